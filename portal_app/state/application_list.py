"""The queue of applications; all of it follows from the address."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_page_number, read_page_size
from portal_app.services import application_queue
from portal_app.services.application_queue import TABS, ApplicationRow
from portal_app.state.base import PortalState
from portal_app.state.paging import Paging, list_address, paging
from portal_app.state.shapes import Option, TabLink

PATH = "/beheer/aanvragen"
_LONGEST_SEARCH = 100
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


class ApplicationListState(PortalState, rx.State):
    """The list, its tabs, filters and pages."""

    is_loaded: bool = False
    is_refused: bool = False
    is_failed: bool = False
    tab: str = TABS[0]
    kind: str = ""
    kinds: list[Option] = []
    words: str = ""
    lines: list[ApplicationLine] = []
    tabs: list[TabLink] = []
    paging: Paging = Paging()

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what the address asks for."""
        self.is_failed = not await self._succeeds(self._show())

    @handler(Audience.STAFF)
    async def search(self, form: dict[str, str]) -> EventSpec:
        """Go to the address of the list with these filters."""
        words = form.get("zoek", "").strip()[:_LONGEST_SEARCH]
        return rx.redirect(self._href(zoek=words, soort=form.get("soort", "")[:32], pagina=""))

    async def _show(self) -> None:
        asked = self._asked()
        self.tab = asked.get("tab", "") if asked.get("tab") in TABS else TABS[0]
        self.words = asked.get("zoek", "")[:_LONGEST_SEARCH]
        size, page = read_page_size(asked.get("per", "")), read_page_number(asked.get("pagina", ""))
        try:
            found = await self._run(
                application_queue.overview,
                tab=self.tab,
                kind=asked.get("soort", ""),
                words=self.words,
                page=page,
                size=size,
            )
        except (NotAllowed, NotFound):
            self.reset()
            self.is_refused = True
            return
        self.is_refused, self.is_loaded = False, True
        self.kinds = [
            Option(one.value, Text(f"applications.kind_{one.value}")) for one in found.kinds
        ]
        known = {option.value for option in self.kinds}
        self.kind = asked.get("soort", "") if asked.get("soort") in known else ""
        self.lines = [_line(row) for row in found.rows]
        self.tabs = [
            TabLink(
                self._href(tab=name, pagina=""),
                found.counts[name],
                name == self.tab,
                label_key=f"applications.tab_{name}",
            )
            for name in TABS
        ]
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
