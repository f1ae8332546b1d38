"""The client with a provider that is not the test broker: nothing is made for one of them."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from portal_app import clock
from portal_app.adapters import id_tokens, oidc
from portal_app.adapters.id_tokens import Expected, TokenRefused
from portal_app.adapters.mandates import Mandate, read_mandate
from portal_app.adapters.oidc import Returned
from portal_app.eherkenning import Level
from portal_app.oidc_settings import oidc_settings
from tests.harness import other_provider, processes

REFERENCE = "ABCDEFGH23"


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], None]]:
    """`restarted()`: start the provider, or anew, with keys that it never had."""
    port = processes.free_port()
    own = oidc_settings.model_copy(
        update={
            "issuer": other_provider.issuer_at(port),
            "client_secret": SecretStr(other_provider.SECRET),
        }
    )
    with pytest.MonkeyPatch.context() as patch, ExitStack() as running:
        patch.setattr(oidc, "oidc_settings", own)
        patch.setattr(oidc, "_published", {})

        def again() -> None:
            running.close()
            folder = tmp_path_factory.mktemp("provider")
            running.enter_context(other_provider.running(folder, port, oidc.return_address()))

        again()
        yield again


@pytest.fixture(autouse=True)
def _real_time(restarted, monkeypatch) -> None:
    """The provider's tokens are of this moment."""
    monkeypatch.undo()


def brought_back() -> dict[str, str]:
    """Go out and come back, and return what the address of the way back says."""
    way_out = asyncio.run(oidc.way_out(REFERENCE, locale="nl"))
    return other_provider.brought_back(way_out, oidc.return_address())


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


@pytest.mark.parametrize(
    "other",
    [
        {"issuer": "https://elsewhere.example/o"},
        {"audience": "another-portal"},
        {"nonce": "of-another-try"},
        {"access_token": "of-another-answer"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_its_own_token_is_refused_where_another_was_expected(monkeypatch, other) -> None:
    judge = id_tokens.claims_of

    def expecting_another(token: str, keys: Any, expected: Expected) -> Any:
        return judge(token, keys, replace(expected, **other))

    monkeypatch.setattr(oidc, "claims_of", expecting_another)

    with pytest.raises(TokenRefused):
        taken(brought_back())


def test_its_own_token_is_refused_when_it_is_too_old() -> None:
    back = brought_back()
    returned = Returned(back["code"], back.get("iss", ""))
    later = clock.real_now() + timedelta(seconds=oidc.MAX_AGE + 2 * id_tokens.SKEW)

    with pytest.raises(TokenRefused):
        asyncio.run(oidc.proven(returned, REFERENCE, now=later))


def test_a_provider_that_has_new_keys_is_believed(restarted, monkeypatch) -> None:
    taken(brought_back())
    monkeypatch.setattr(oidc, "_ASKED_AGAIN_AFTER", 0)

    restarted()

    assert taken(brought_back()).number == "90004701"
