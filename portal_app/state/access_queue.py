"""The companies of which staff must look after the access."""

from dataclasses import dataclass

import reflex as rx

from portal_app.errors import Text
from portal_app.reading_numbers import shown_unit
from portal_app.services import access_queue
from portal_app.services.access_queue import TABS, Company
from portal_app.state.lists import ListState, tab_links
from portal_app.state.paging import list_address, paging
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


class AccessQueueState(ListState, rx.State):
    """The page: one of two lists."""

    tab: str = TABS[0]
    tabs: list[TabLink] = []
    lines: list[CompanyLine] = []

    async def _show(self) -> None:
        self.tab = _WORDS.get(self._asked().get("tab", ""), TABS[0])
        page, size = self._asked_page()
        found = await self._find(access_queue.queue, tab=self.tab, page=page, size=size)
        if found is None:
            return
        self.tabs = tab_links(
            _WORDS,
            found.counts,
            chosen=self.tab,
            label=lambda tab: f"access.queue_{tab}",
            href=self._href,
        )
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
