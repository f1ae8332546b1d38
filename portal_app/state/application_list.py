"""The queue of applications; all of it follows from the address."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_search
from portal_app.services import application_queue
from portal_app.services.application_queue import TABS, ApplicationRow
from portal_app.state.lists import ListState, tab_links
from portal_app.state.paging import list_address, paging
from portal_app.state.shapes import Option, TabLink

PATH = "/beheer/aanvragen"
_QUERY = ("tab", "soort", "zoek", "pagina", "per")


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application in the queue; moments in ISO form, empty when there is none."""

    number: str
    href: str
    kind_key: str
    state_key: str
    name: str
    email: str
    company: str
    submitted_at: str
    due_at: str
    finished_at: str
    assignee: str
    is_late: bool


class ApplicationListState(ListState, rx.State):
    """The list, its tabs, filters and pages."""

    tab: str = TABS[0]
    kind: str = ""
    kinds: list[Option] = []
    words: str = ""
    lines: list[ApplicationLine] = []
    tabs: list[TabLink] = []

    @handler(Audience.STAFF)
    async def search(self, form: dict[str, str]) -> EventSpec:
        """Go to the address of the list with these filters."""
        words = read_search(form.get("zoek", ""))
        return rx.redirect(self._href(zoek=words, soort=form.get("soort", "")[:32], pagina=""))

    async def _show(self) -> None:
        asked = self._asked()
        self.tab = asked.get("tab", "") if asked.get("tab") in TABS else TABS[0]
        self.words = read_search(asked.get("zoek", ""))
        page, size = self._asked_page()
        found = await self._find(
            application_queue.overview,
            tab=self.tab,
            kind=asked.get("soort", ""),
            words=self.words,
            page=page,
            size=size,
        )
        if found is None:
            return
        self.kinds = [
            Option(one.value, Text(f"applications.kind_{one.value}")) for one in found.kinds
        ]
        known = {option.value for option in self.kinds}
        self.kind = asked.get("soort", "") if asked.get("soort") in known else ""
        self.lines = [_line(row) for row in found.rows]
        self.tabs = tab_links(
            {name: name for name in TABS},
            found.counts,
            chosen=self.tab,
            label=lambda tab: f"applications.tab_{tab}",
            href=self._href,
        )
        self.paging = paging(found.total, page, size, self._href)

    def _href(self, **changes: str) -> str:
        """Return the address of the list with some of its query changed."""
        return list_address(PATH, self._asked(), _QUERY, **changes)


def _line(row: ApplicationRow) -> ApplicationLine:
    return ApplicationLine(
        row.number,
        f"{PATH}/aanvraag?nr={row.number}",
        f"applications.kind_{row.kind.value}",
        f"applications.state_{row.state.value}",
        row.name,
        row.email,
        row.company,
        row.submitted_at.isoformat(),
        row.due_at.isoformat(),
        row.finished_at.isoformat() if row.finished_at else "",
        row.assignee,
        row.is_late,
    )
