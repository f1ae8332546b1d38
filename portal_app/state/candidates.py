"""The overview of candidates: what its address asks for, as the screen shows it."""

from collections.abc import Iterable, Sequence
from typing import Literal

import reflex as rx
from reflex.event import EventSpec

from portal_app import clock
from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import candidate_page, links
from portal_app.services.candidate_address import (
    ALL,
    FIELDS,
    ORDER_WORDS,
    UNLINKED,
    Asked,
    read_address,
    sorted_otherwise,
)
from portal_app.services.candidate_page import Frame
from portal_app.state import frames
from portal_app.state.base import PortalState
from portal_app.state.candidate_frame import (
    figures_and_choices,
    filters_set,
    page_of,
    pager,
    size_links,
    typed,
)
from portal_app.state.candidate_insights import StepFiguresLine
from portal_app.state.candidate_lines import (
    CandidateLine,
    StepHead,
    UnlinkedLine,
    changed,
    heads_of,
    lines_of,
    unlinked_line,
)
from portal_app.state.frames import Frames
from portal_app.state.shapes import (
    MISTAKES,
    Bar,
    Chip,
    Mistake,
    Month,
    Option,
    PageLink,
    SizeLink,
    TabLink,
)

_MOST_WORDED = 8

View = Literal[
    "loading", "list", "nothing_found", "nothing_yet", "no_code", "unlinked", "refused", "failed"
]


class CandidatesState(PortalState, rx.State):
    """The list, its filters and its figures; all of it follows from the address."""

    view: View = "loading"
    tab: str = ALL  # the one that is shown, also when the address names none
    tabs: list[TabLink] = []
    is_one_route: bool = False
    heads: list[StepHead] = []  # of the steps of that one route
    lines: list[CandidateLine] = []
    unlinked_lines: list[UnlinkedLine] = []
    total: int = 0
    first: int = 0
    last: int = 0
    is_exact: bool = True
    pages: list[PageLink] = []
    previous: str = ""
    following: str = ""
    sizes: list[SizeLink] = []
    sorted_by: str = ""
    descending: bool = False
    chips: list[Chip] = []
    clear_href: str = ""
    all_routes_href: str = ""  # the same search over every route, while one is shown
    fields: dict[str, str] = {}
    mistakes: dict[str, Text] = {}
    mistake_list: list[Mistake] = []
    unfolds: bool = False
    step_options: list[Option] = []
    organisation_options: list[Option] = []
    may_unlink: bool = False
    may_export: bool = False
    export_query: str = ""
    made_at: str = ""  # moment in ISO form
    updated: int = 0  # candidates of this page who are no longer as they are shown
    route_name: str = ""
    route_number: int = 0
    bars: list[Bar] = []
    figures: list[StepFiguresLine] = []
    months: list[Month] = []
    attention: dict[str, int] = {}
    attention_links: dict[str, str] = {}
    organisations: list[Text | str] = []
    code: str = ""
    selected: list[int] = []  # links
    selected_number: int = 0
    all_selected: bool = False
    selected_export: str = ""  # the query of the download of what is selected

    _frames: Frames[Frame] = ()
    _told: tuple[Frame, str] | None = None  # what figures and choices were made of
    _worded: tuple[tuple[Frame, str, dict[str, object]], ...] = ()  # those of the frames

    @handler(Audience.SIGNED_IN)
    async def load(self) -> EventSpec | None:
        """Show what the address asks for."""
        try:
            if not await self._succeeds(self._show(anew=self.updated > 0)):
                self._tell_changes(view="failed", **typed(self._wanted()))
        except (NotAllowed, NotFound):
            self.reset()
            self.view = "refused"
        return rx.set_focus(MISTAKES) if self.mistakes else None

    @handler(Audience.SIGNED_IN)
    async def look_again(self) -> None:
        """Tell how many of the candidates on the page have changed; nothing moves by itself."""
        if self._told is not None and self.view in ("list", "nothing_found"):
            await self._succeeds(self._compare(self._told[0]))

    @handler(Audience.SIGNED_IN)
    async def search(self, form: dict[str, str | None]) -> EventSpec:
        """Go to the address of what the form asks for."""
        asked = self._wanted()
        changes = {name: (form.get(name) or "").strip() for name in FIELDS}
        if not changes["geldig"] and asked.filter.expires:
            changes["geldig"] = asked.given["geldig"]  # a month, set by the chart
        read = read_address({**self._asked(), **changes}, today=clock.today())
        return rx.redirect(read.href(tab=asked.tab or self.tab))

    @handler(Audience.SIGNED_IN)
    async def sort(self, by: str) -> EventSpec | None:
        """Go to the address of the list sorted by a column, or the other way round."""
        order = next((order for order, word in ORDER_WORDS.items() if word == by), None)
        if order is None:
            return None
        asked = self._wanted()
        shown = asked if asked.tab else asked.in_tab(self.tab)
        return rx.redirect(sorted_otherwise(shown, order), replace=True)

    @handler(Audience.SIGNED_IN)
    async def select(self, link: int) -> None:
        """Select a candidate of this page, or let go."""
        if link in self.selected:
            self._select([one for one in self.selected if one != link], self.lines)
        else:
            self._select([*self.selected, link], self.lines)

    @handler(Audience.SIGNED_IN)
    async def select_all(self) -> None:
        """Select everybody on this page, or let go of all."""
        wanted = [] if self.all_selected else [line.link for line in self.lines]
        self._select(wanted, self.lines)

    def _select(self, wanted: Iterable[int], lines: Sequence[CandidateLine]) -> None:
        """Select those of the wanted links that are on this page."""
        shown = {line.link for line in lines}
        selected = list(dict.fromkeys(link for link in wanted if link in shown))
        chosen = ",".join(map(str, selected))
        self._tell_changes(
            selected=selected,
            selected_number=len(selected),
            all_selected=bool(shown) and len(selected) == len(shown),
            selected_export=f"{self.export_query}&koppelingen={chosen}",
        )

    def _wanted(self) -> Asked:
        return read_address(self._asked(), today=clock.today())

    async def _show(self, *, anew: bool = False) -> None:
        asked = self._wanted()
        frame = await self._framed(asked, anew=anew)
        asked = asked.in_tab(frame.tab)
        told = (frame, asked.cleared())
        if told != self._told:
            self._tell_changes(**self._around(*told, asked))
            self._told = told
        self._tell_changes(**filters_set(frame, asked))
        if asked.tab == UNLINKED:
            await self._show_unlinked(asked)
        else:
            await self._show_list(frame, asked)

    async def _framed(self, asked: Asked, *, anew: bool) -> Frame:
        """Return what stands around the list; kept for a moment, so that filtering is quick."""
        searches = asked.is_filtered and not asked.tab
        of = (asked.tab, searches, asked.filter.organisation_id, self._organisation())
        self._frames = () if anew else frames.fresh(self._frames)
        kept = frames.found(self._frames, of)
        if kept is not None:
            return kept
        frame = await self._run(
            candidate_page.frame,
            tab=asked.tab,
            is_filtered=asked.is_filtered,
            organisation_id=asked.filter.organisation_id,
        )
        self._frames = frames.keep(self._frames, of, frame)
        return frame

    def _around(self, frame: Frame, address: str, asked: Asked) -> dict[str, object]:
        """Return figures and choices; worded once for each frame that is kept."""
        worded = [one for one in self._worded if any(one[0] is kept.frame for kept in self._frames)]
        for of, at, around in worded:
            if of is frame and at == address:
                return around
        around = figures_and_choices(frame, asked)
        self._worded = ((frame, address, around), *worded)[:_MOST_WORDED]
        return around

    async def _show_list(self, frame: Frame, asked: Asked) -> None:
        answer = await self._run(candidate_page.page, **page_of(asked))
        found = answer.found
        lines = lines_of(answer, frame, asked)
        route = next((tab for tab in frame.tabs if tab.code == asked.tab), None)
        self._tell_changes(
            lines=lines,
            updated=0,
            unlinked_lines=[],
            is_one_route=route is not None,
            heads=heads_of(route) if route else [],
            made_at=found.made_at.isoformat(),
            view=_view_of(frame, found.total, self.code),
        )
        self._select(self.selected, lines)
        self._show_pages(asked, found.total, found.page, len(found.rows), exact=found.is_exact)

    async def _compare(self, frame: Frame) -> None:
        """Count the candidates on the page who are no longer as they are shown."""
        asked = self._wanted().in_tab(self.tab)
        answer = await self._look(candidate_page.page, **page_of(asked))
        self._tell_changes(updated=changed(self.lines, lines_of(answer, frame, asked)))

    async def _show_unlinked(self, asked: Asked) -> None:
        answer = await self._run(
            links.unlinked,
            organisation_id=asked.filter.organisation_id,
            page=asked.page,
            size=asked.size,
        )
        self._tell_changes(
            lines=[],
            updated=0,
            unlinked_lines=[unlinked_line(one) for one in answer.rows],
            made_at=clock.now().isoformat(),
            view="unlinked",
        )
        self._select([], [])
        self._show_pages(asked, answer.total, answer.page, len(answer.rows), exact=True)

    def _show_pages(self, asked: Asked, total: int, page: int, rows: int, *, exact: bool) -> None:
        here = asked.on_page(page)
        pages, previous, following = pager(here, -(-total // asked.size))
        self._tell_changes(
            total=total,
            is_exact=exact,
            first=(page - 1) * asked.size + 1 if rows else 0,
            last=(page - 1) * asked.size + rows,
            pages=pages,
            previous=previous,
            following=following,
            sizes=size_links(here),
        )


def _view_of(frame: Frame, total: int, code: str) -> View:
    if total:
        return "list"
    if any(tab.number for tab in frame.tabs):
        return "nothing_found"
    return "nothing_yet" if code or not frame.organisations else "no_code"
