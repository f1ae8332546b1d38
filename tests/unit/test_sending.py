"""What a browser is sent is what Reflex would send, written faster."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from reflex.istate.data import RouterData
from reflex.istate.proxy import MutableProxy
from reflex_base.utils.format import json_dumps

from portal_app.errors import Text
from portal_app.models import StepState
from portal_app.state import sending
from portal_app.state.candidate_lines import StepCell
from portal_app.state.shapes import Bar, Segment
from portal_app.state.shell import ShellState


class Mood(StrEnum):
    """A choice."""

    GLAD = "glad"


@dataclass
class Elsewhere:
    """A shape that is not of the portal."""

    name: str


NESTED = Text("candidates.next_plan", {"step": Text("steps.kind_theory"), "n": 3})
SENT = {
    "text": NESTED,
    "texts": [NESTED, "x", None],
    "cell": StepCell(StepState.PASSED.value, NESTED, None),
    "bar": Bar(NESTED, "3", NESTED, [Segment("passed", 40, "/overzicht", NESTED)]),
    "words": {"a": "Ünïcode – “”", "b": "</script>\u2028"},
    "numbers": [0, -1, 2**31, 1.5, 10**25],
    "keys": {1: "one", "two": 2},
    "day": [date(2026, 11, 22), datetime(2026, 11, 22, 9, 30)],  # noqa: DTZ001  # as a browser is sent it
    "others": [Mood.GLAD, Decimal("1.10"), UUID(int=7), {3}, (1, 2), Elsewhere("y")],
}


@pytest.mark.parametrize("name", SENT)
def test_what_is_sent_says_what_reflex_would_say(name: str):
    said = {"delta": {"state": {name: SENT[name]}}}

    assert json.loads(sending.dumps(said)) == json.loads(json_dumps(said))


def test_a_list_that_a_state_watches_is_sent_whole():
    watched = MutableProxy([StepCell("idle", "x", NESTED)], ShellState(), "cells")

    assert json.loads(sending.dumps(watched)) == json.loads(json_dumps(watched))


def test_the_cookie_of_a_page_is_kept_back():
    router = RouterData.from_router_data({"headers": {"cookie": "session=secret", "host": "h"}})
    written = sending.dumps({"router": router})

    assert "secret" not in written
    assert json.loads(written) == json.loads(json_dumps({"router": router}))
