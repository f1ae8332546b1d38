"""A socket of the gate: who may open one, and what it lets through."""

import json
import time

import pytest

from tests.security.attacker import (
    HYDRATE,
    OFFICE,
    SHOP,
    ask,
    count,
    is_refused,
    signed_in,
    socket,
    visitor,
)
from tests.security.serving import GateApp


@pytest.mark.parametrize(
    "origin",
    ["", "null", "http://evil.example", "{}.evil.example", "{}/", "https://localhost:{port}"],
)
def test_a_socket_from_another_origin_is_refused(app: GateApp, origin: str):
    named = origin.replace("{}", app.origin).replace("{port}", str(app.port))
    assert is_refused(app, visitor(app), origin=named)


def test_a_socket_from_our_own_pages_is_let_in(app: GateApp):
    with socket(app, visitor(app)) as page:
        page.hydrate()
        assert '"count_rx_state_":5' in count(page, 5)


@pytest.mark.parametrize(
    "cookie",
    [
        None,
        "portal=",
        "portal=v" + "a" * 43 + "0" * 16,
        "other=1",
        "{good}; {good}",
        "{good}x",
        "{as_session}",
    ],
)
def test_a_socket_without_a_cookie_of_ours_is_refused(app: GateApp, cookie: str | None):
    good = visitor(app)
    if cookie:
        cookie = cookie.replace("{good}", good)
        cookie = cookie.replace("{as_session}", good.replace("portal=v", "portal=s"))
    assert is_refused(app, cookie)


@pytest.mark.parametrize(
    "token", ["", "a_b", "../../etc/passwd", "x" * 81, "a%0Ab", "a&token=b", "a%00"]
)
def test_a_socket_with_an_odd_token_is_refused(app: GateApp, token: str):
    assert is_refused(app, visitor(app), token=token)


def test_a_cross_site_socket_is_refused_whatever_origin_it_claims(app: GateApp):
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert is_refused(app, visitor(app), headers=headers)


def test_a_socket_to_another_host_name_is_refused(app: GateApp):
    assert is_refused(app, visitor(app), host="evil.example")


def test_a_stolen_token_opens_nothing_when_its_owner_is_away(app: GateApp):
    owner = signed_in(app)
    with socket(app, owner, token="stolen") as tab:
        tab.hydrate()
        tab.event(f"{OFFICE}.open_drawer")
        tab.hear_until("SECRET-OF-7")
    with socket(app, signed_in(app, 8), token="stolen") as thief:
        assert "SECRET-OF-7" not in thief.hydrate()
    with socket(app, visitor(app), token="stolen") as thief:
        assert "SECRET-OF-7" not in thief.hydrate()
    with socket(app, owner, token="stolen") as tab:
        assert "SECRET-OF-7" in tab.hydrate()


def test_a_duplicated_tab_gets_a_token_that_only_its_own_session_can_use(app: GateApp):
    owner = signed_in(app)
    with socket(app, owner, token="twice") as first:
        first.hydrate()
        with socket(app, owner, token="twice") as second:
            second.hydrate()
            second.event(f"{OFFICE}.open_drawer")
            second.hear_until("SECRET-OF-7")
    assert second.new_token
    with socket(app, signed_in(app, 8), token=second.new_token) as thief:
        assert "SECRET-OF-7" not in thief.hydrate()
    with socket(app, owner, token=second.new_token) as again:
        assert "SECRET-OF-7" in again.hydrate()


def test_a_page_cannot_forge_its_own_handshake(app: GateApp):
    victim = signed_in(app)
    with socket(app, victim, token="victim") as tab:
        heard = tab.hydrate()
        tab.event(f"{OFFICE}.open_drawer")
        tab.hear_until("SECRET-OF-7")
    inside = json.loads(heard.partition('"client_token":')[2].partition(",")[0])
    key = json.dumps([["cookie", "portal=s" + "0" * 64]])
    with socket(app, visitor(app)) as attacker:
        attacker.hydrate()
        environ = {
            "QUERY_STRING": f"token={inside}",
            "asgi.scope": {"headers": json.loads(key), "client": ["9.9.9.9", 1]},
            "portal.tab": {},
        }
        attacker.emit("connect", environ, {"event": {"name": HYDRATE, "router_data": {}}})
        attacker.event(HYDRATE)
        assert "SECRET-OF-7" not in attacker.hear()
        attacker.emit("disconnect", "transport close")
        attacker.event(f"{SHOP}.add", {"number": 1})
        assert "SECRET" not in attacker.hear()


_MALFORMED = {
    "an unknown engine.io type": "9",
    "an upgrade": "5",
    "a probe": "2probe",
    "an empty frame": "",
    "no name": "42/_event,[]",
    "a number for a name": "42/_event,[1]",
    "null for a name": "42/_event,[null]",
    "no data": '42/_event,["event"]',
    "null": '42/_event,["event",null]',
    "a string": '42/_event,["event","x"]',
    "a list": '42/_event,["event",[1,2]]',
    "broken JSON": '42/_event,["event",{"name":',
    "deep JSON": '42/_event,["event",' + "[" * 20_000 + "]" * 20_000 + "]",
    "not a number": '42/_event,["event",{"name":NaN}]',
    "a large number": '42/_event,["event",{"name":' + "9" * 4000 + "}]",
    "a lone surrogate": '42/_event,["event",{"name":"\\ud800"}]',
    "a name as an object": '42/_event,["event",{"name":{"a":1},"payload":{}}]',
    "a payload as a list": f'42/_event,["event",{{"name":"{SHOP}.add","payload":[1]}}]',
    "router data as text": (
        f'42/_event,["event",{{"name":"{SHOP}.add","payload":{{"number":1}},"router_data":"x"}}]'
    ),
    "no router data": f'42/_event,["event",{{"name":"{SHOP}.add","payload":{{"number":1}}}}]',
    "a query as a list": (
        f'42/_event,["event",{{"name":"{SHOP}.add","payload":{{"number":1}},'
        '"router_data":{"pathname":"/","asPath":"/","query":[1]}}]'
    ),
    "another namespace": "40/admin,",
    "the root namespace": "40",
    "an event elsewhere": '42["event",{}]',
    "many binary parts": '4599999-/_event,["event",{"_placeholder":true,"num":0}]',
    "a private method": '42/_event,["link_token_to_sid","x","y"]',
    "an update for others": '42/_event,["emit_update",{},"x"]',
    "a report of an error": '42/_event,["client_error",{"message":"x\\ny"}]',
    "an acknowledgement": "43/_event,7[]",
}


@pytest.mark.parametrize("frame", _MALFORMED.values(), ids=_MALFORMED)
def test_a_malformed_frame_neither_counts_nor_hurts_others(app: GateApp, frame: str):
    cookie = visitor(app)
    with socket(app, cookie) as attacker, socket(app, visitor(app)) as other:
        attacker.hydrate()
        other.hydrate()
        attacker.say(frame)
        assert "count_rx_state_" not in attacker.hear(0.1)
        assert '"count_rx_state_":1' in count(other)


def test_a_second_handshake_and_leaving_do_no_harm(app: GateApp):
    with socket(app, visitor(app)) as page:
        page.hydrate()
        page.say("41/_event,")
        page.event(f"{SHOP}.add", {"number": 1})
        assert "count_rx_state_" not in page.hear(0.1)
        page.connect()
        page.hear(0.1)
        assert "count_rx_state_" in count(page)


@pytest.mark.parametrize("frame", ["4" * 70_000, "é" * 40_000, "😀" * 17_000, b"binary"])
def test_a_frame_that_is_too_large_or_binary_closes_the_socket(app: GateApp, frame: str | bytes):
    with socket(app, visitor(app)) as attacker:
        attacker.hydrate()
        attacker.say(frame)
        attacker.hear_until("CLOSED")


def test_a_flood_closes_its_socket_and_leaves_others_alone(app: GateApp):
    cookie = visitor(app)
    with socket(app, cookie) as attacker, socket(app, visitor(app)) as other:
        attacker.hydrate()
        other.hydrate()
        began = time.monotonic()
        for _ in range(600):
            attacker.event(f"{SHOP}.add", {"number": 1})
        heard = attacker.hear_until("CLOSED")
        at_most = 120 + 40 * (time.monotonic() - began)  # at once, and a second
        assert heard.count("count_rx_state_") <= at_most
        assert '"count_rx_state_":1' in count(other)


def test_the_cookie_never_comes_back_to_the_page(app: GateApp):
    cookie = signed_in(app)
    with socket(app, cookie) as page:
        heard = page.hydrate()
    assert cookie.partition("=")[2] not in heard
    assert '"cookie"' not in heard


def test_polling_is_closed(app: GateApp):
    answer = ask(app, "/_event/?EIO=4&transport=polling", Cookie=visitor(app))
    assert answer.status == 404
