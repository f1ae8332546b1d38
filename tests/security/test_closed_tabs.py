"""What a closed tab showed is kept for a while, and not for more tabs than there is room for."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.attacker import HYDRATE, OFFICE, signed_in, socket
from tests.security.serving import GateApp, serving

SECONDS = 2.0


@pytest.fixture(scope="module")
def forgetful(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GateApp]:
    place = tmp_path_factory.mktemp("forgetful")
    with serving(
        built, place, PORTAL_CLOSED_TAB_SECONDS=str(SECONDS), PORTAL_CLOSED_TABS="3"
    ) as running:
        yield running


def show_something(app: GateApp, cookie: str, token: str) -> None:
    with socket(app, cookie, token=token) as tab:
        tab.hydrate()
        tab.event(f"{OFFICE}.open_drawer")
        tab.hear_until("SECRET-OF-7")


def still_shows(app: GateApp, cookie: str, token: str) -> bool:
    with socket(app, cookie, token=token) as tab:
        return "SECRET-OF-7" in tab.hydrate()


def test_a_tab_that_comes_back_in_time_still_shows_what_it_showed(forgetful: GateApp):
    cookie = signed_in(forgetful)
    show_something(forgetful, cookie, "back")
    assert still_shows(forgetful, cookie, "back")


def test_a_tab_that_stays_open_keeps_its_state(forgetful: GateApp):
    cookie = signed_in(forgetful)
    show_something(forgetful, cookie, "open")
    with socket(forgetful, cookie, token="open") as tab:
        tab.hydrate()
        time.sleep(SECONDS + 0.5)
        tab.event(HYDRATE)
        assert "SECRET-OF-7" in tab.hear(1)


def test_a_tab_that_stays_away_is_forgotten(forgetful: GateApp):
    cookie = signed_in(forgetful)
    show_something(forgetful, cookie, "away")
    time.sleep(SECONDS + 0.5)
    assert not still_shows(forgetful, cookie, "away")


def test_only_the_tabs_that_closed_last_are_kept(forgetful: GateApp):
    cookie = signed_in(forgetful)
    for number in range(4):
        show_something(forgetful, cookie, f"many-{number}")
    assert not still_shows(forgetful, cookie, "many-0")
    assert still_shows(forgetful, cookie, "many-3")


def test_a_tab_in_which_nobody_did_anything_is_not_kept_instead(forgetful: GateApp):
    cookie = signed_in(forgetful)
    show_something(forgetful, cookie, "used")
    for number in range(4):
        with socket(forgetful, cookie, token=f"idle-{number}") as tab:
            tab.hydrate()
    assert still_shows(forgetful, cookie, "used")
