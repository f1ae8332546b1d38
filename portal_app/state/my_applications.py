"""The list of one's own applications; its page follows from the address."""

from dataclasses import dataclass

import reflex as rx

from portal_app.errors import Text
from portal_app.reading_numbers import named_apart
from portal_app.services import own_applications
from portal_app.services.own_applications import OwnRow
from portal_app.state.lists import ListState
from portal_app.state.own_application import MINE, ONE_OF_MINE
from portal_app.state.paging import list_address, paging


@dataclass(frozen=True, slots=True)
class MyLine:
    """One application; moments in ISO form, empty when there is none."""

    number: str
    href: str
    kind_key: str
    state_key: str
    company: Text | str
    submitted_at: str
    due_at: str


class MyApplicationsState(ListState, rx.State):
    """The list and its pages."""

    lines: list[MyLine] = []

    async def _show(self) -> None:
        page, size = self._asked_page()
        found = await self._run(own_applications.listed, page=page, size=size)
        self.lines = [_line(one) for one in found.rows]
        self.paging = paging(found.total, page, size, self._href)
        self.is_loaded = True

    def _href(self, **changes: str) -> str:
        return list_address(MINE, self._asked(), ("pagina", "per"), **changes)


def _line(one: OwnRow) -> MyLine:
    return MyLine(
        one.number,
        f"{ONE_OF_MINE}?nr={one.number}",
        f"applications.kind_{one.kind.value}",
        f"applications.state_{one.state.value}",
        named_apart(one.company, one.unit),
        one.submitted_at.isoformat(),
        one.due_at.isoformat() if one.due_at else "",
    )
