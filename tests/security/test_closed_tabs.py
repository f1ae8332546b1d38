"""What a closed tab showed is kept for a while, in memory not for more than there is room for."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from tests.harness.valkey import ValkeyServer
from tests.security.attacker import HYDRATE, OFFICE, ROOT_STATE, signed_in, socket
from tests.security.serving import GateApp, serving

SECONDS = 2.0
_STORE = 4  # of Valkey's numbers, the one of these tests


@pytest.fixture(scope="module")
def in_memory(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateApp]:
    place = tmp_path_factory.mktemp("forgetful")
    with serving(
        built, place, PORTAL_CLOSED_TAB_SECONDS=str(SECONDS), PORTAL_CLOSED_TABS="3"
    ) as running:
        yield running


@pytest.fixture(scope="module")
def pair(
    built: Path, tmp_path_factory: pytest.TempPathFactory, valkey_server: ValkeyServer
) -> Iterator[tuple[GateApp, GateApp]]:
    """Two processes that share a Valkey."""
    shared = {
        "PORTAL_CLOSED_TAB_SECONDS": str(SECONDS),
        "PORTAL_REDIS_URL": valkey_server.address(_STORE),
        "PORTAL_BASE_URL": "http://localhost",
    }
    place = tmp_path_factory.mktemp("forgetful-pair")
    with ExitStack() as stack:
        yield (
            stack.enter_context(serving(built, place, **shared)),
            stack.enter_context(serving(built, place, **shared)),
        )


@pytest.fixture(params=["in memory", "in Redis"])
def forgetful(request: pytest.FixtureRequest) -> GateApp:
    if request.param == "in memory":
        return request.getfixturevalue("in_memory")
    return request.getfixturevalue("pair")[0]


def show_something(app: GateApp, cookie: str, token: str) -> None:
    with socket(app, cookie, token=token) as tab:
        tab.hydrate()
        tab.event(f"{OFFICE}.open_drawer")
        tab.hear_until("SECRET-OF-7")


def still_shows(app: GateApp, cookie: str, token: str, *, after: float = 0) -> bool:
    with socket(app, cookie, token=token) as tab:
        if not after:
            return "SECRET-OF-7" in tab.hydrate()
        tab.hydrate()
        time.sleep(after)
        tab.event(HYDRATE)
        return "SECRET-OF-7" in tab.hear(1)


def test_a_tab_that_comes_back_in_time_still_shows_what_it_showed(forgetful: GateApp):
    cookie = signed_in(forgetful)
    show_something(forgetful, cookie, "back")
    assert still_shows(forgetful, cookie, "back")


def test_a_tab_that_is_back_keeps_its_state_while_it_stays(forgetful: GateApp):
    cookie = signed_in(forgetful)
    show_something(forgetful, cookie, "stays")
    assert still_shows(forgetful, cookie, "stays", after=SECONDS + 0.5)


def test_a_tab_that_stays_away_is_forgotten(forgetful: GateApp):
    cookie = signed_in(forgetful)
    show_something(forgetful, cookie, "away")
    time.sleep(SECONDS + 0.5)
    assert not still_shows(forgetful, cookie, "away")


def test_only_the_tabs_that_closed_last_are_kept(in_memory: GateApp):
    cookie = signed_in(in_memory)
    for number in range(4):
        show_something(in_memory, cookie, f"many-{number}")
    assert not still_shows(in_memory, cookie, "many-0")
    assert still_shows(in_memory, cookie, "many-3")


def test_a_tab_in_which_nobody_did_anything_is_not_kept_instead(in_memory: GateApp):
    cookie = signed_in(in_memory)
    show_something(in_memory, cookie, "used")
    for number in range(4):
        with socket(in_memory, cookie, token=f"idle-{number}") as tab:
            tab.hydrate()
    assert still_shows(in_memory, cookie, "used")


def test_a_tab_may_come_back_to_another_process(pair: tuple[GateApp, GateApp]):
    one, two = pair
    cookie = signed_in(one)
    show_something(one, cookie, "moves")
    assert still_shows(two, cookie, "moves", after=SECONDS + 0.5)


def test_nothing_of_a_tab_that_stays_away_is_left_in_redis(
    pair: tuple[GateApp, GateApp], valkey_server: ValkeyServer
):
    def kept() -> list[bytes]:
        return [key for key in store.scan_iter() if ROOT_STATE.encode() in key]

    with redis.Redis.from_url(valkey_server.address(_STORE)) as store:
        store.flushdb()
        show_something(pair[0], signed_in(pair[0]), "leaves")
        assert kept()
        time.sleep(SECONDS + 0.5)
        assert not kept()
