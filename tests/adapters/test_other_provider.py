"""The client with a provider that is not the test broker: nothing is made for one of them."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr

from portal_app import clock
from portal_app.adapters import oidc
from portal_app.adapters.id_tokens import TokenRefused
from portal_app.adapters.mandates import Mandate, read_mandate
from portal_app.adapters.oidc import Returned
from portal_app.eherkenning import Level
from portal_app.oidc_settings import oidc_settings
from tests.harness import processes

REFERENCE = "ABCDEFGH23"
SECRET = "a-secret-of-forty-signs-for-this-test-only"
_PROGRAM = Path(__file__).with_name("other_provider.py")


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder, port = tmp_path_factory.mktemp("provider"), processes.free_port()
    issuer = f"http://127.0.0.1:{port}/o"
    own = oidc_settings.model_copy(update={"issuer": issuer, "client_secret": SecretStr(SECRET)})
    with pytest.MonkeyPatch.context() as patch, (folder / "log").open("wb") as log:
        patch.setattr(oidc, "oidc_settings", own)
        patch.setattr(oidc, "_published", {})
        process = subprocess.Popen(
            [sys.executable, _PROGRAM, str(port), SECRET, oidc.return_address(), folder],
            stdout=log,
            stderr=log,
        )
        try:
            processes.wait_until(lambda: answers(issuer), process, folder / "log")
            yield
        finally:
            processes.stop(process)


@pytest.fixture(autouse=True)
def _real_time(_running, monkeypatch) -> None:
    """The provider's tokens are of this moment."""
    monkeypatch.undo()


def answers(issuer: str) -> bool:
    try:
        return httpx.get(f"{issuer}/.well-known/openid-configuration").is_success
    except httpx.TransportError:
        return False


def brought_back() -> dict[str, str]:
    """Go out and come back, and return what the address of the way back says."""
    with httpx.Client() as browser:
        response = browser.get(asyncio.run(oidc.way_out(REFERENCE, locale="nl")))
        while not response.headers["location"].startswith(oidc.return_address()):
            response = browser.get(response.url.join(response.headers["location"]))
    query = parse_qs(urlsplit(response.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


def taken(back: dict[str, str], reference: str = REFERENCE) -> Mandate:
    returned = Returned(back["code"], back.get("iss", ""))
    answer = asyncio.run(oidc.proven(returned, reference, now=clock.real_now()))
    return read_mandate(*answer)


def test_the_whole_road_leads_to_a_mandate() -> None:
    back = brought_back()

    mandate = taken(back)

    assert oidc.reference_of(back["state"]) == REFERENCE
    assert (mandate.number, mandate.level) == ("90004701", Level.EH3)
    assert mandate.acting_subject == "PERSON@COMPANY"


def test_a_code_is_exchanged_once() -> None:
    back = brought_back()
    taken(back)

    with pytest.raises(TokenRefused):
        taken(back)


def test_the_code_of_one_try_is_of_no_use_to_another() -> None:
    with pytest.raises(TokenRefused):
        taken(brought_back(), "ZZZZZZZZ99")
