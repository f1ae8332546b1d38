import time

import pytest

from tests.security.attacker import (
    HYDRATE,
    OFFICE,
    SHOP,
    Socket,
    ask,
    is_refused,
    signed_in,
    socket,
    visitor,
)
from tests.security.serving import GateApp


def open_drawer(tab: Socket) -> None:
    """Put the papers on the screen."""
    tab.hydrate()
    tab.event(f"{OFFICE}.open_drawer")
    tab.hear_until("SECRET-OF-7")


def test_a_session_that_ends_elsewhere_empties_every_tab_within_two_seconds(app: GateApp):
    cookie = signed_in(app)
    with socket(app, cookie, token="a") as one, socket(app, cookie, token="b") as two:
        open_drawer(one)
        open_drawer(two)
        app.end(cookie, "afgemeld")
        ended = time.monotonic()
        for tab in (one, two):
            heard = tab.hear_until("_redirect")
            assert '"papers_rx_state_":[]' in heard
            assert "/aanmelden?reden=afgemeld" in heard
            assert time.monotonic() - ended < 2
        for tab in (one, two):
            assert "state_mismatch" in tab.hear_until("CLOSED")


@pytest.mark.parametrize(
    ("reason", "place", "address"),
    [
        ("verlopen", "/drawer?a=1", "/aanmelden?reden=verlopen&terug=%2Fdrawer%3Fa%3D1"),
        ("elders", "/drawer", "/aanmelden?reden=elders&terug=%2Fdrawer"),
        ("afgemeld", "/drawer", "/aanmelden?reden=afgemeld"),
        ("vernieuwd", "/drawer?a=1", "/drawer?a=1"),
        ("verlopen", "//evil.example/x", "/aanmelden?reden=verlopen"),
        ("vernieuwd", "https://evil.example", "/"),
    ],
)
def test_a_tab_whose_session_ends_is_led_out_and_back(
    app: GateApp, reason: str, place: str, address: str
):
    cookie = signed_in(app)
    with socket(app, cookie) as tab:
        open_drawer(tab)
        tab.event(f"{OFFICE}.open_drawer", place={"pathname": "/drawer", "asPath": place})
        tab.hear_until("SECRET-OF-7")
        app.end(cookie, reason)
        assert f'"path":"{address}"' in tab.hear_until("_redirect")


def test_signing_out_empties_the_other_tabs_at_once_and_the_farewell_clears_storage(app: GateApp):
    cookie = signed_in(app)
    with socket(app, cookie) as tab:
        open_drawer(tab)
        started = time.monotonic()
        answer = ask(app, "/leave", method="POST", Origin=app.origin, Cookie=cookie)
        tab.hear_until("/aanmelden?reden=afgemeld")
        assert time.monotonic() - started < 1
    assert answer.status == 200
    assert "sessionStorage.clear()" in answer.body
    assert answer.cookies[0].startswith("portal=v")
    assert "clear-site-data" not in answer.headers


def test_no_event_of_an_ended_session_is_answered_with_its_state(app: GateApp):
    cookie = signed_in(app)
    with socket(app, cookie) as tab:
        open_drawer(tab)
        app.end(cookie)
        tab.event(HYDRATE)
        tab.event(f"{SHOP}.add", {"number": 1})
        heard = tab.hear_until("CLOSED")
        assert "SECRET" not in heard
        assert '"count_rx_state_":1' not in heard
        assert "_redirect" in heard


def test_a_tab_that_comes_back_after_its_session_ended_is_shown_out(app: GateApp):
    cookie = signed_in(app)
    with socket(app, cookie) as tab:
        open_drawer(tab)
    app.end(cookie)
    with socket(app, cookie) as tab:
        tab.connect(event={"name": HYDRATE, "payload": {}, "router_data": {"pathname": "/"}})
        heard = tab.hear_until("CLOSED")
    assert "SECRET" not in heard
    assert "/aanmelden?reden=afgemeld" in heard


def test_a_session_nobody_knows_is_over_and_its_page_is_loaded_with_the_cookie_of_now(
    app: GateApp,
):
    cookie = signed_in(app)
    with socket(app, cookie) as tab:
        open_drawer(tab)
        app._write({})
        heard = tab.hear_until("CLOSED")
        assert '"papers_rx_state_":[]' in heard
        assert '"path":"/"' in heard
        assert "state_mismatch" in heard


def test_changed_rights_reach_open_tabs_within_two_seconds(app: GateApp):
    cookie = signed_in(app)
    with socket(app, cookie) as tab:
        tab.hydrate()
        app.know(cookie, person_id=7, grants_version=5)
        tab.hear_until('"rights_seen_rx_state_":5', seconds=2)


def test_a_tab_that_never_speaks_is_hung_up(built, tmp_path):
    from tests.security.serving import serving

    with serving(built, tmp_path, PORTAL_SOCKET_SILENCE_SECONDS="0.5") as impatient:
        with socket(impatient, visitor(impatient)) as silent:
            silent.say("3")
            silent.hear_until("CLOSED", seconds=2)
        with socket(impatient, visitor(impatient)) as page:
            page.hydrate()
            assert page.hear(0.8) == ""


def test_sockets_are_counted_per_session_per_address_and_per_second(built, tmp_path):
    from tests.security.serving import serving

    limits = {
        "PORTAL_SOCKETS_PER_SESSION": "2",
        "PORTAL_SOCKETS_PER_ADDRESS": "3",
        "PORTAL_SOCKET_CONNECT_BURST": "6",
        "PORTAL_SOCKET_CONNECTS_PER_SECOND": "0.01",
    }
    with serving(built, tmp_path, **limits) as narrow:
        one, two = visitor(narrow), visitor(narrow)
        with socket(narrow, one, token="a"), socket(narrow, one, token="b"):
            assert is_refused(narrow, one, token="c")
            with socket(narrow, two):
                assert is_refused(narrow, two, token="d")
        time.sleep(0.2)
        with socket(narrow, one), socket(narrow, two), socket(narrow, two, token="e"):
            pass
        time.sleep(0.2)
        assert is_refused(narrow, one)
