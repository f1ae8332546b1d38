"""Two processes behind one address, sharing their state in a real Valkey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.valkey import ValkeyServer
from tests.security.attacker import OFFICE, ask, signed_in, socket
from tests.security.serving import GateApp, serving


@pytest.fixture(scope="module")
def pair(
    built: Path, tmp_path_factory: pytest.TempPathFactory, valkey_server: ValkeyServer
) -> Iterator[tuple[GateApp, GateApp]]:
    place = tmp_path_factory.mktemp("pair")
    shared = {"PORTAL_REDIS_URL": valkey_server.address(3), "PORTAL_BASE_URL": "http://localhost"}
    with serving(built, place, **shared) as one, serving(built, place, **shared) as two:
        yield one, two


def test_a_tab_keeps_its_state_when_it_reconnects_to_another_process(pair):
    one, two = pair
    cookie = signed_in(one)
    with socket(one, cookie, token="moves") as tab:
        tab.hydrate()
        tab.event(f"{OFFICE}.open_drawer")
        tab.hear_until("SECRET-OF-7")
    with socket(two, cookie, token="moves") as tab:
        assert "SECRET-OF-7" in tab.hydrate()
    with socket(two, signed_in(two, 8), token="moves") as thief:
        assert "SECRET-OF-7" not in thief.hydrate()


def test_a_tab_duplicated_in_another_process_gets_a_token_of_its_session(pair):
    one, two = pair
    cookie = signed_in(one)
    with socket(one, cookie, token="twice") as first:
        first.hydrate()
        with socket(two, cookie, token="twice") as second:
            second.hydrate()
            second.event(f"{OFFICE}.open_drawer")
            second.hear_until("SECRET-OF-7")
    assert second.new_token
    with socket(one, cookie, token=second.new_token) as again:
        assert "SECRET-OF-7" in again.hydrate()
    with socket(one, signed_in(one, 8), token=second.new_token) as thief:
        assert "SECRET-OF-7" not in thief.hydrate()


def test_signing_out_in_one_process_empties_tabs_in_the_other_within_two_seconds(pair):
    one, two = pair
    cookie = signed_in(one)
    with socket(two, cookie, token="there") as tab:
        tab.hydrate()
        tab.event(f"{OFFICE}.open_drawer")
        tab.hear_until("SECRET-OF-7")
        ask(one, "/leave", method="POST", Origin=one.origin, Cookie=cookie)
        tab.hear_until("/aanmelden?reden=", seconds=2)


def test_no_cookie_is_stored_with_the_state(pair, valkey_server: ValkeyServer):
    import redis

    one, _ = pair
    cookie = signed_in(one)
    with (
        socket(one, cookie, token="stored") as tab,
        redis.Redis.from_url(valkey_server.address(3)) as store,
    ):
        tab.hydrate()
        tab.event(f"{OFFICE}.open_drawer")
        tab.hear_until("SECRET-OF-7")
        kept = b"".join(
            key + (store.get(key) or b"")
            for key in store.scan_iter()
            if store.type(key) == b"string"
        )
    assert b"SECRET-OF-7" in kept  # the state is there
    assert cookie.partition("=")[2].encode() not in kept
