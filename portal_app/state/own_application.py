"""One's own application, opened with the key that a mail carries."""

from dataclasses import dataclass

import reflex as rx

from portal_app.applications import said_with
from portal_app.gate.handlers import Audience, handler
from portal_app.services import application_timeline
from portal_app.services.application_timeline import Told
from portal_app.state.base import PortalState

_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing that the applicant was told; the moment in ISO form."""

    said_key: str
    reason_key: str
    note: str
    at: str
    icon: str


class OwnApplicationState(PortalState, rx.State):
    """What happened so far."""

    is_loaded: bool = False
    number: str = ""  # empty when the key opens nothing
    kind_key: str = ""
    due: str = ""  # a day in ISO form, while an answer is to come
    may_answer: bool = False
    may_withdraw: bool = False
    lines: list[ToldLine] = []

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Show the application of the key in the address."""
        self.reset()
        key = self._asked().get("code", "").strip()[:_LONGEST_KEY]
        found = await self._run(application_timeline.own, key=key)
        self.is_loaded = True
        if found is None:
            return
        self.number, self.kind_key = found.number, f"applications.kind_{found.kind.value}"
        self.may_answer, self.may_withdraw = found.may_answer, found.may_withdraw
        self.due = "" if found.is_answered else found.due_at.isoformat()
        self.lines = [_line(one) for one in found.told]


def _line(one: Told) -> ToldLine:
    icons = {"done": "passed", "refused": "failed", "waiting": "booked", "approved": "booked"}
    icons["withdrawn"] = "idle"
    return ToldLine(
        f"applications.own_{'answered' if one.is_answer else one.state.value}",
        said_with(one.state, one.reason),
        one.note,
        one.at.isoformat(),
        icons.get(one.state.value, "busy"),
    )
