"""The peers of the portal, each served by the server that serves the portal."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

import psutil

from portal_app.hosting.reflex_environment import reflex_environment
from tests.harness import processes
from tests.harness.server import ROOT

_BARE = Path(__file__).parent / "bare_app"
_DJANGO = "tests.bench.django_app"


@contextmanager
def bare_reflex(place: Path, rows: Path) -> Iterator[tuple[str, int]]:
    """Serve Reflex without anything of ours; give its origin and the number of its process."""
    port = processes.free_port()
    environment = reflex_environment("serve") | {
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "false",
        "REFLEX_WEB_WORKDIR": str(place / ".web"),
        "PYTHONPATH": str(_BARE),
        "BARE_APP_ROWS": str(rows),
    }
    how = ("asgi", "--factory", "bare_app.bare_app:app")
    with _served(port, _BARE, place / "bare.log", environment, *how) as number:
        yield f"http://localhost:{port}", number


@contextmanager
def django(place: Path, database: Path) -> Iterator[tuple[int, int]]:
    """Serve Django on the portal's own database; give its port and the number of its process."""
    port = processes.free_port()
    environment = {"DJANGO_APP_DATABASE": str(database)}
    how = ("wsgi", f"{_DJANGO}:application")
    with _served(port, ROOT, place / "django.log", environment, *how) as number:
        yield port, number


def django_session(database: Path, person_id: int) -> str:
    """Make Django's tables in the portal's database; return the cookie of somebody signed in."""
    answer = subprocess.run(
        [sys.executable, "-m", _DJANGO, str(person_id)],
        cwd=ROOT,
        env=processes.clean_environment(DJANGO_APP_DATABASE=str(database)),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return answer.stdout.strip()


def cpu_seconds(number: int) -> float:
    """Return what a process and its children have used of the processor."""
    first = psutil.Process(number)
    used = [one.cpu_times() for one in (first, *first.children(recursive=True))]
    return sum(one.user + one.system for one in used)


@contextmanager
def _served(
    port: int, home: Path, log: Path, environment: dict[str, str], interface: str, *target: str
) -> Iterator[int]:
    command = [sys.executable, "-m", "granian", "--interface", interface, "--no-access-log"]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--loop", "asyncio", "--port", str(port), *target],
            cwd=home,
            env=processes.clean_environment(**environment),
            stdout=written,
            stderr=written,
        )
        try:
            processes.wait_until(lambda: _listens(port), process, log)
            yield process.pid
        finally:
            processes.stop(process)


def _listens(port: int) -> bool:
    try:
        create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return False
    return True
