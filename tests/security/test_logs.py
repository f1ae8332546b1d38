import logging

import pytest

from portal_app.gate.cookies import Kind, issue
from portal_app.gate.logs import Hygienic, note_error
from tests.security.attacker import HYDRATE, OFFICE, SHOP, ask, is_refused, signed_in, socket
from tests.security.attacker import visitor as a_visitor
from tests.security.serving import GateApp

CANARY = "CANARY4711"


def test_nothing_that_a_browser_sends_reaches_the_log(app: GateApp):
    cookie = signed_in(app)
    said = {
        "unknown handler": ("event", {"name": f"{SHOP}.{CANARY}", "payload": {"a": CANARY}}),
        "wrong type": ("event", {"name": f"{SHOP}.add", "payload": {"number": CANARY}}),
        "as a string": ("event", CANARY),
        "as a list": ("event", [CANARY]),
        "junk router data": ("event", {"name": f"{SHOP}.stream", "router_data": CANARY}),
        "failing": ("event", {"name": f"{SHOP}.break_down", "payload": {"secret": CANARY}}),
        "junk form": (
            "event",
            {"name": f"{SHOP}.fill_in", "payload": {"form": {"__reflex_form_data": CANARY}}},
        ),
        "page error": ("client_error", {"message": f"{CANARY}\nforged", "error_type": CANARY}),
        "frontend exception": (
            "event",
            {
                "name": "reflex___state____state.reflex___state____"
                "frontend_event_exception_state.handle_frontend_exception",
                "payload": {"info": f"{CANARY}\nforged", "component_stack": CANARY},
            },
        ),
        "other event": (CANARY, CANARY),
    }
    place = {"pathname": f"/{CANARY}", "asPath": f"/{CANARY}?code={CANARY}", "query": {"q": CANARY}}
    with socket(app, cookie, headers={"User-Agent": CANARY}, subprotocols=[CANARY]) as page:
        page.connect(
            event={"name": HYDRATE, "payload": {}, "router_data": place}, state_schema=CANARY
        )
        page.hear(0.2)
        for name, data in said.values():
            if isinstance(data, dict) and "router_data" not in data:
                data["router_data"] = place
            page.emit(name, data)
        page.event(f"{OFFICE}.open_drawer", place=place)
        page.say(f'42/_event,["event",{{"name":"{CANARY}')
        page.say(f"45{CANARY}")
        page.say("4" + CANARY)
        page.hear(0.3)
    assert is_refused(app, f"portal={CANARY}")
    assert is_refused(app, cookie, origin=f"http://{CANARY}")
    for path in (f"/fail?{CANARY}", f"/{CANARY}", f"/_{CANARY}", f"/assets/{CANARY}"):
        ask(app, path, Cookie=cookie, User_Agent=CANARY, Referer=CANARY)
    ask(app, "/enter", method="POST", form={"person": CANARY}, Origin=app.origin)
    ask(app, f"/{CANARY}", method=CANARY)
    with socket(app, a_visitor(app)) as page:
        page.connect(event=CANARY)
        page.hear(0.2)
    log = app.log.read_text("utf-8")
    assert "reference" in log  # what failed was noted
    assert CANARY not in log.upper()
    assert cookie.partition("=")[2] not in log
    assert "forged" not in log
    assert all(line[:1] in "2[" for line in log.splitlines() if line)  # nobody made a line


def lines(name: str, message: str, *values: object, error: BaseException | None = None) -> str:
    """Format one record as the portal would."""
    raised = (type(error), error, None) if error else None
    record = logging.LogRecord(name, logging.ERROR, "file.py", 7, message, values, raised)
    return Hygienic().format(record)


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param(
            issue(Kind.SESSION).header.partition("=")[2].partition(";")[0], id="a session's cookie"
        ),
        "els.jansen@bedrijf.example",
        "E-7KQ2M9-ABCD-EFGH-JKMN-PQRS",
        "EXZA-7KQ2-M9AB-U22J",
        "493817",
    ],
)
def test_a_careless_message_of_our_own_loses_its_secrets(secret: str):
    assert secret not in lines("portal_app.x", "mail to %s failed", secret)


def test_a_line_break_cannot_start_a_second_line():
    line = lines("portal_app.x", "name %s", "a\r\n2026-01-01 ERROR forged\u2028x\x1b[2J")
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


def test_a_library_is_quoted_by_its_place_only():
    line = lines("reflex.app", f"Received event data {CANARY}")
    assert CANARY not in line
    assert "file.py:7" in line


def test_an_error_keeps_its_frames_and_loses_its_words(caplog: pytest.LogCaptureFixture):
    caught = ValueError(f"no {CANARY}")
    line = lines("portal_app.x", "failed", error=caught)
    assert CANARY not in line
    assert "ValueError" in line
    reference = note_error(caught, f"/page?{CANARY}")
    assert reference in caplog.text
    assert len({note_error(caught) for _ in range(50)}) == 50
