"""The list of payment codes: everything that is shown follows from the address."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Literal
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from portal_app import clock
from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import PAGE_SIZES
from portal_app.reading_payment_codes import (
    PATH,
    CodeFilter,
    CodeListing,
    CodeOrder,
    CodeStatus,
    read_code_listing,
)
from portal_app.services import payment_code_frame, payment_codes
from portal_app.services.organisations import OrganisationSight
from portal_app.services.payment_code_frame import FEW_LEFT, Frame
from portal_app.services.payment_codes import CodePage
from portal_app.state import frames
from portal_app.state.base import PortalState
from portal_app.state.frames import Frames
from portal_app.state.payment_code_lines import (
    KINDS,
    BatchGroup,
    CodeLine,
    Figure,
    called,
    group_of,
    line_of,
    segments_of,
)
from portal_app.state.shapes import (
    MISTAKES,
    Chip,
    Mistake,
    Option,
    PageLink,
    Segment,
    SizeLink,
    mistakes_of,
    page_links,
)

DOWNLOAD = "/downloads/betaalcodes"
FIELDS = ("trefwoorden", "organisatie", "profiel", "van", "tot", "status")
"""The fields of the filter, called as in the address."""


View = Literal["loading", "list", "nothing_found", "nothing_yet", "refused", "failed"]


class PaymentCodesState(PortalState, rx.State):
    """The page of payment codes."""

    view: View = "loading"
    is_busy: bool = False
    typed: dict[str, str] = dict.fromkeys(FIELDS, "")
    mistakes: dict[str, Text] = {}
    mistake_list: list[Mistake] = []
    organisations: list[Option] = []
    profiles: list[Option] = []

    has_stock: bool = False
    usable: int = 0
    all_codes: int = 0
    is_short: bool = False
    figures: list[Figure] = []
    stock: list[Segment] = []
    may_export: bool = False
    may_manage: bool = False  # make codes inactive, and active again
    excel: str = ""
    csv: str = ""

    groups: list[BatchGroup] = []
    chips: list[Chip] = []
    per_batch: bool = True
    sorted_by: str = CodeOrder.CREATED.value
    descending: bool = True
    made_at: str = ""  # moment in ISO form
    total: int = 0
    is_exact: bool = True
    first: int = 0
    last: int = 0
    pages: list[PageLink] = []
    sizes: list[SizeLink] = []
    previous: str = ""
    following: str = ""

    _frames: Frames[Frame] = ()

    @handler(Audience.SIGNED_IN)
    async def load(self) -> AsyncGenerator[EventSpec | None]:
        """Show what the address asks for; what is there stays, dimmed, until that is known."""
        self.is_busy = True
        yield None
        listing = read_code_listing(self._asked())
        self._show_form(listing)
        try:
            if not await self._succeeds(self._show(listing)):
                self.view = "failed"
        except (NotAllowed, NotFound):
            self.reset()
            self.view = "refused"
        finally:
            self.is_busy = False
        if listing.mistakes:
            yield rx.set_focus(MISTAKES)

    @handler(Audience.SIGNED_IN)
    async def apply(self, form: dict[str, str]) -> EventSpec:
        """Go to the address of what was typed; a day that cannot be read stays as it is."""
        listing = self._listing()
        asked = read_code_listing({name: form.get(name, "") for name in FIELDS})
        wanted = replace(listing, wanted=asked.wanted, page=1)
        wrong = {name: form.get(name, "") for name in asked.mistakes}
        return rx.redirect(self._address(wanted, **wrong))

    @handler(Audience.SIGNED_IN)
    async def sort(self, column: CodeOrder) -> EventSpec:
        """Sort by a column; once more turns the order around."""
        return rx.redirect(self._address(self._listing().sorted_by(column)))

    @handler(Audience.SIGNED_IN)
    async def regroup(self) -> EventSpec:
        """Show the codes per batch, or if they are so, one below the other."""
        listing = self._listing()
        return rx.redirect(self._address(replace(listing, per_batch=not listing.per_batch, page=1)))

    @handler(Audience.SIGNED_IN)
    async def copied(self, code_id: int) -> None:
        """Let it be written down that a code was copied."""
        await self._run(payment_codes.copied, code_id=code_id)

    async def _show(self, listing: CodeListing) -> None:
        page = await self._run(payment_codes.overview, listing=listing)
        frame = await self._framed(listing.wanted.organisation_id)
        self._show_list(replace(listing, page=page.page), page)
        self._show_frame(listing.wanted, frame, any_codes=page.total > 0)
        self.view = self._view_of(page)

    async def _show_anew(self) -> None:
        """Show the same list as it is now that codes have changed."""
        self._frames = ()
        await self._show(self._listing())

    def _line(self, code_id: int) -> CodeLine | None:
        lines = (line for group in self.groups for line in group.lines)
        return next((line for line in lines if line.id == code_id), None)

    async def _framed(self, organisation_id: int | None) -> Frame:
        """Return what stands around the list; kept for a moment, so that filtering is quick."""
        of = (organisation_id, self._organisation())
        self._frames = frames.fresh(self._frames)
        kept = frames.found(self._frames, of)
        if kept is not None:
            return kept
        frame = await self._run(payment_code_frame.frame, organisation_id=organisation_id)
        self._frames = frames.keep(self._frames, of, frame)
        return frame

    def _listing(self) -> CodeListing:
        return read_code_listing(self._asked())

    def _address(self, listing: CodeListing, **more: str) -> str:
        return self._with_query(PATH, listing.query() | more)

    def _with_query(self, path: str, query: Mapping[str, str]) -> str:
        organisation = self._organisation()
        kept = {} if organisation is None else {"org": str(organisation)}
        return f"{path}?{urlencode(asked)}" if (asked := {**query, **kept}) else path

    def _view_of(self, page: CodePage) -> View:
        if page.total:
            return "list"
        return "nothing_found" if self.chips else "nothing_yet"

    def _show_form(self, listing: CodeListing) -> None:
        wrong = {name: self._asked().get(name, "") for name in listing.mistakes}
        self.typed = dict.fromkeys(FIELDS, "") | listing.wanted.query() | wrong
        self.mistakes = dict(listing.mistakes)
        self.mistake_list = mistakes_of(listing.mistakes)

    def _show_list(self, listing: CodeListing, page: CodePage) -> None:
        lines = [line_of(row, self._organisation()) for row in page.rows]
        if listing.per_batch:
            self.groups = [
                group_of(batch, lines, copy_from=self._with_query(f"{DOWNLOAD}/{batch.number}", {}))
                for batch in page.batches
            ]
        else:
            self.groups = [BatchGroup(lines=lines)] if lines else []
        self.per_batch = listing.per_batch
        self.sorted_by, self.descending = listing.order.value, listing.descending
        self.total, self.is_exact = page.total, page.is_exact
        self.made_at = clock.now().isoformat()
        self.first = (listing.page - 1) * listing.size + 1
        self.last = self.first + len(lines) - 1
        self._show_pager(listing, -(-page.total // listing.size))

    def _show_pager(self, listing: CodeListing, pages: int) -> None:
        def at(page: int) -> str:
            return self._address(replace(listing, page=page))

        self.pages = page_links(listing.page, pages, at) if pages > 1 else []
        self.previous = at(listing.page - 1) if listing.page > 1 else ""
        self.following = at(listing.page + 1) if listing.page < pages else ""
        self.sizes = [
            SizeLink(size, self._address(replace(listing, size=size, page=1)), size == listing.size)
            for size in PAGE_SIZES
        ]

    def _show_frame(self, wanted: CodeFilter, frame: Frame, *, any_codes: bool) -> None:
        self.organisations = [Option(str(one.id), called(one)) for one in frame.organisations]
        self.profiles = [Option(name, name) for name in frame.profiles]
        self.chips = self._chips(wanted, frame.organisations)
        self.may_export = frame.may_export and any_codes
        self.may_manage = frame.may_manage
        self.excel = self._with_query(f"{DOWNLOAD}.xlsx", wanted.query())
        self.csv = self._with_query(f"{DOWNLOAD}.csv", wanted.query())
        self._show_stock(wanted, frame.stock)

    def _show_stock(self, wanted: CodeFilter, stock: dict[CodeStatus, int] | None) -> None:
        counted = stock or {}
        self.all_codes = sum(counted.values())
        self.has_stock = self.all_codes > 0
        self.usable = counted.get(CodeStatus.USABLE, 0)
        self.is_short = self.usable < FEW_LEFT
        self.stock = segments_of(counted)
        of_it = CodeFilter(organisation_id=wanted.organisation_id)
        self.figures = [
            Figure(
                status.value,
                kind,
                counted[status],
                self._address(CodeListing(replace(of_it, status=status))),
            )
            for status, kind in KINDS.items()
            if counted.get(status)
        ]

    def _chips(
        self, wanted: CodeFilter, organisations: tuple[OrganisationSight, ...]
    ) -> list[Chip]:
        names = {one.id: called(one) for one in organisations}
        said = wanted.query()
        shown = {
            "words": ("components.keywords", wanted.words),
            "organisation_id": (
                "payment_codes.organisation",
                names.get(wanted.organisation_id or 0, said.get("organisatie", "")),
            ),
            "profile": ("payment_codes.profile", wanted.profile),
            "created_from": ("payment_codes.created_from", said.get("van", "")),
            "created_to": ("payment_codes.created_to", said.get("tot", "")),
            "status": (
                "payment_codes.status",
                Text(f"payment_codes.status_{wanted.status}") if wanted.status else "",
            ),
        }
        empty = CodeFilter()
        listing = replace(self._listing(), page=1)
        return [
            Chip(
                label_key,
                value,
                self._address(
                    replace(listing, wanted=replace(wanted, **{name: getattr(empty, name)}))
                ),
            )
            for name, (label_key, value) in shown.items()
            if value
        ]
