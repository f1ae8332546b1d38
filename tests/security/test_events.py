"""An event over an open socket: a declared name, arguments that fit, and whoever may send it."""

import pytest

from tests.security.attacker import (
    HYDRATE,
    OFFICE,
    ROOT_STATE,
    SHOP,
    count,
    signed_in,
    socket,
    visitor,
)
from tests.security.serving import GateApp


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        (f"{SHOP}.setvar", {"var_name": "count", "value": 99}),
        (f"{OFFICE}.setvar", {"var_name": "level", "value": 99}),
        (f"{ROOT_STATE}.setvar", {"var_name": "is_hydrated", "value": True}),
        (f"{SHOP}._take_over", {}),
        (f"{SHOP}.reset", {}),
        (f"{SHOP}.dict", {}),
        (f"{SHOP}.get_state", {"state_cls": "x"}),
        (f"{SHOP}.__init__", {}),
        (f"{SHOP}.set_count", {"value": 9}),
        (f"{ROOT_STATE}.hydrate", {}),
        (f"{ROOT_STATE}.set_is_hydrated", {"value": True}),
        (f"{ROOT_STATE}.hydrate_and_load", {"vars": {f"{SHOP}.count": 9}}),
        (
            f"{ROOT_STATE}.reflex___state____update_vars_internal_state.update_vars_internal",
            {"vars": {f"{SHOP}.count": 9}},
        ),
        ("_redirect", {"path": "/"}),
        ("", {}),
        ("x" * 5000, {}),
    ],
)
def test_a_name_that_nobody_declared_does_nothing(
    app: GateApp, name: str, payload: dict[str, object]
):
    with socket(app, visitor(app)) as attacker:
        attacker.hydrate()
        attacker.event(name, payload)
        assert attacker.hear(0.1) == ""
        assert '"count_rx_state_":1' in count(attacker)


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("add", {}),
        ("add", {"number": "7"}),
        ("add", {"number": True}),
        ("add", {"number": 1.5}),
        ("add", {"number": None}),
        ("add", {"number": [1]}),
        ("add", {"number": {"__class__": "int"}}),
        ("add", {"number": float("nan")}),
        ("add", {"number": float("inf")}),
        ("add", {"number": 2**60}),
        ("add", {"number": 1, "extra": 1}),
        ("add", {"number": 1, "self": {}}),
        ("add", {"number": 1, "background": True}),
        ("choose", {"colour": "green"}),
        ("choose", {"colour": "red", "size": "xl"}),
        ("choose", {"colour": "red", "when": "gisteren"}),
        ("choose", {"colour": "red", "when": 5}),
        ("choose", {"colour": "red", "price": float("nan")}),
        ("choose", {"colour": "red", "price": "1"}),
        ("choose", {"colour": "red", "notes": ["a"] * 4}),
        ("choose", {"colour": "red", "notes": ["a" * 2001]}),
        ("choose", {"colour": "red", "notes": {"a": "b"}}),
        ("search", {"words": "a" * 2001}),
        ("search", {"words": "nul \0 byte"}),
        ("search", {"words": {"deep": [[[[[[[[[["x"]]]]]]]]]]}}),
        ("fill_in", {"form": {"a": 1}}),
        ("fill_in", {"form": ["a"]}),
        ("fill_in", {"form": {"a": {"b": "c"}}}),
    ],
)
def test_an_argument_that_does_not_fit_stops_the_handler(
    app: GateApp, name: str, payload: dict[str, object]
):
    with socket(app, visitor(app)) as attacker:
        attacker.hydrate()
        attacker.event(f"{SHOP}.{name}", payload)
        assert attacker.hear(0.1) == ""
        assert '"count_rx_state_":1' in count(attacker)


def test_arguments_of_every_kind_reach_their_handler(app: GateApp):
    with socket(app, visitor(app)) as page:
        page.hydrate()
        sent = {"colour": "blue", "size": "m", "when": "2026-03-02", "price": 2, "notes": ["a"]}
        page.event(f"{SHOP}.choose", sent)
        page.hear_until("blue m 2026-03-02 2.0 1")
        page.event(f"{SHOP}.stream")
        page.hear_until("step 2")
        page.event(f"{SHOP}.in_background")
        page.hear_until("background None")
        page.event(f"{SHOP}.fill_in", {"form": {"name": "Anna"}})
        page.hear_until("name=Anna")


def test_a_handler_for_the_signed_in_sends_a_stranger_to_the_sign_in_page(app: GateApp):
    with socket(app, visitor(app)) as stranger:
        stranger.hydrate()
        stranger.event(f"{OFFICE}.open_drawer", place={"pathname": "/", "asPath": "/overzicht?a=1"})
        heard = stranger.hear_until("_redirect")
        assert "/aanmelden?terug=%2Foverzicht%3Fa%3D1" in heard
        assert "SECRET" not in heard


def test_the_way_back_never_leads_to_another_site(app: GateApp):
    with socket(app, visitor(app)) as stranger:
        stranger.hydrate()
        for place in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"):
            stranger.event(f"{OFFICE}.open_drawer", place={"pathname": "/", "asPath": place})
            assert '"path":"/aanmelden"' in stranger.hear_until("_redirect")


def test_a_handler_for_staff_refuses_another_person_and_serves_staff(app: GateApp):
    cookie = signed_in(app)
    with socket(app, cookie) as person:
        person.hydrate()
        person.event(f"{OFFICE}.set_level", {"level": 9})
        heard = person.hear_until("problem_rx_state_")
        assert "errors.not_allowed" in heard
        assert "level_rx_state_" not in heard
    app.know(cookie, person_id=7, is_staff=True)
    with socket(app, cookie) as staff:
        staff.hydrate()
        staff.event(f"{OFFICE}.set_level", {"level": 9})
        assert '"level_rx_state_":9' in staff.hear_until("level_rx_state_")


def test_an_event_from_an_address_that_leads_nowhere_is_served(app: GateApp):
    nowhere = {"pathname": "/a/b", "asPath": "/a/b", "query": {"splat": ["a", "b"]}}
    with socket(app, visitor(app)) as page:
        page.hydrate()
        page.event(f"{SHOP}.add", {"number": 1}, nowhere)
        page.hear_until('"count_rx_state_":1')


def test_what_a_client_says_of_itself_is_not_believed(app: GateApp):
    with socket(app, visitor(app), headers={"X-Portal-User": "admin"}) as attacker:
        attacker.connect()
        attacker.event(
            HYDRATE,
            place={
                "pathname": "/",
                "asPath": "/",
                "headers": {"cookie": "FORGED"},
                "ip": "FORGED",
                "token": "FORGED",
                "sid": "FORGED",
                "evil": "FORGED",
            },
        )
        heard = attacker.hear()
        assert "is_hydrated" in heard
        assert "FORGED" not in heard
        assert "x-portal-user" not in heard
