"""The companies of which staff must look after the access."""

from dataclasses import dataclass

import reflex as rx

from portal_app.errors import NotAllowed, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_page_number, read_page_size
from portal_app.reading_numbers import shown_unit
from portal_app.services import access_queue
from portal_app.services.access_queue import TABS, Company
from portal_app.state.base import PortalState
from portal_app.state.paging import Paging, list_address, paging
from portal_app.state.shapes import TabLink

PATH = "/beheer/toegang"
_QUERY = ("tab", "pagina", "per")
_WORDS = {"zonder-beheerder": "without", "te-laat": "late"}


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """A company in the queue; the day in ISO form, empty when there is none."""

    name: str
    number: str
    unit: Text | str
    href: str
    people: int
    due_at: str
    left: int


class AccessQueueState(PortalState, rx.State):
    """The page: one of two lists."""

    is_loaded: bool = False
    is_refused: bool = False
    is_failed: bool = False
    tab: str = TABS[0]
    tabs: list[TabLink] = []
    lines: list[CompanyLine] = []
    paging: Paging = Paging()

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show the list that the address asks for."""
        self.is_failed = not await self._succeeds(self._show())

    async def _show(self) -> None:
        asked = self._asked()
        self.tab = _WORDS.get(asked.get("tab", ""), TABS[0])
        size, page = read_page_size(asked.get("per", "")), read_page_number(asked.get("pagina", ""))
        try:
            found = await self._run(access_queue.queue, tab=self.tab, page=page, size=size)
        except NotAllowed:
            self.reset()
            self.is_refused = True
            return
        self.is_refused, self.is_loaded = False, True
        self.tabs = [
            TabLink(
                self._href(tab=word, pagina=""),
                found.counts[name],
                name == self.tab,
                label_key=f"access.queue_{name}",
            )
            for word, name in _WORDS.items()
        ]
        self.lines = [_line(one, self.tab) for one in found.companies]
        self.paging = paging(found.counts[self.tab], page, size, self._href)

    def _href(self, **changes: str) -> str:
        """Return the address of the list with some of its query changed."""
        return list_address(PATH, self._asked(), _QUERY, **changes)


def _line(one: Company, tab: str) -> CompanyLine:
    way = "&tab=controle" if tab == "late" else ""
    return CompanyLine(
        one.name,
        one.number,
        shown_unit(one.unit),
        f"/toegang?org={one.organisation_id}{way}",
        one.people,
        one.due_at.isoformat() if one.due_at else "",
        one.left,
    )
