"""A second OpenID provider, of another make than the test broker, as a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.harness import processes

SECRET = "a-secret-of-forty-signs-for-this-test-only"
_PROGRAM = Path(__file__).with_name("other_provider_program.py")


@contextmanager
def running(folder: Path, port: int, return_address: str) -> Iterator[str]:
    """Start it for a portal that browsers come back to at this address; yield its issuer."""
    issuer = issuer_at(port)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, _PROGRAM, str(port), SECRET, return_address, folder],
            stdout=log,
            stderr=log,
        )
        try:
            processes.wait_until(lambda: _answers(issuer), process, folder / "log")
            yield issuer
        finally:
            processes.stop(process)


def issuer_at(port: int) -> str:
    """Return what it calls itself."""
    return f"http://127.0.0.1:{port}/o"


def brought_back(way_out: str, return_address: str) -> dict[str, str]:
    """Go out and come back, and return what the address of the way back says."""
    with httpx.Client() as browser:
        response = browser.get(way_out)
        while not response.headers["location"].startswith(return_address):
            response = browser.get(response.url.join(response.headers["location"]))
    query = parse_qs(urlsplit(response.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


def _answers(issuer: str) -> bool:
    try:
        return httpx.get(f"{issuer}/.well-known/openid-configuration").is_success
    except httpx.TransportError:
        return False
