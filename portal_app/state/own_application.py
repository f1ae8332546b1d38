"""One's own application, opened with the key that a mail carries or from the list of one's own."""

from dataclasses import dataclass

import reflex as rx

from portal_app.applications import said_with
from portal_app.errors import NotFound
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_text import cleaned
from portal_app.services import application_timeline, own_applications
from portal_app.services.application_timeline import Timeline, Told
from portal_app.state.application_icons import icons_of
from portal_app.state.base import PortalState

MINE = "/aanvragen"
ONE_OF_MINE = f"{MINE}/aanvraag"
_LONGEST_KEY = 100
_LONGEST_NUMBER = 8


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One thing that the applicant was told; the moment in ISO form."""

    said_key: str
    reason_key: str
    note: str
    at: str
    icon: str


class _Shown(PortalState, rx.State, mixin=True):
    """What happened so far."""

    is_loaded: bool = False
    number: str = ""  # empty when there is nothing to show
    kind_key: str = ""
    due: str = ""  # a day in ISO form, while an answer is to come
    may_answer: bool = False
    may_withdraw: bool = False
    lines: list[ToldLine] = []

    def _show(self, found: Timeline) -> None:
        self.number, self.kind_key = found.number, f"applications.kind_{found.kind.value}"
        self.may_answer, self.may_withdraw = found.may_answer, found.may_withdraw
        self.due = "" if found.is_answered else found.due_at.isoformat()
        icons = icons_of([one.state for one in found.told])
        self.lines = [_line(one, icon) for one, icon in zip(found.told, icons, strict=True)]


class OwnApplicationState(_Shown, rx.State):
    """The application of a mailed key."""

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Show the application of the key in the address."""
        self.reset()
        key = self._asked().get("code", "").strip()[:_LONGEST_KEY]
        found = await self._run(application_timeline.own, key=key)
        self.is_loaded = True
        if found is not None:
            self._show(found)


class MyApplicationState(_Shown, rx.State):
    """One of the applications of whoever is signed in."""

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show the application of the number in the address."""
        self.reset()
        number = cleaned(self._asked().get("nr", ""))[:_LONGEST_NUMBER].upper()
        try:
            self._show(await self._run(own_applications.one, number=number))
        except NotFound:
            self.number = ""
        self.is_loaded = True


def _line(one: Told, icon: str) -> ToldLine:
    return ToldLine(
        f"applications.own_{'answered' if one.is_answer else one.state.value}",
        said_with(one.state, one.reason),
        one.note,
        one.at.isoformat(),
        icon,
    )
