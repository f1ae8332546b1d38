"""Who may do what for a company, and what can be changed about it; it follows the address."""

from urllib.parse import urlencode

import reflex as rx

from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.permissions import Role
from portal_app.reading_numbers import named_apart
from portal_app.services import (
    access_list,
    access_reviews,
    appointing,
    capacities,
    company_applications,
    role_changes,
)
from portal_app.services.access_list import Access, CapacitySight
from portal_app.state.access_consents import AccessConsents
from portal_app.state.access_lines import (
    AppointLink,
    CapacityBlock,
    HolderLine,
    TakenAwayLine,
    appointed_line,
    holder_line,
    taken_away_line,
)
from portal_app.state.access_questions import PATH
from portal_app.state.access_reviewing import AccessReviewing
from portal_app.state.appointing import AppointingState
from portal_app.state.capacity_parameters import PATH as PARAMETERS
from portal_app.state.capacity_parameters import CapacityParametersState
from portal_app.state.company_application import CAPACITY
from portal_app.state.shapes import TabLink

APPOINT = f"{PATH}/aanstellen"
TABS = ("personen", "hoedanigheden", "uitnodigingen", "controle")


class AccessState(AccessConsents, AccessReviewing, rx.State):
    """The page, and what it asks before something changes."""

    tab: str = TABS[0]
    tabs: list[TabLink] = []
    main: list[HolderLine] = []
    co_main: list[HolderLine] = []
    taken_away: list[TakenAwayLine] = []
    blocks: list[CapacityBlock] = []
    offers: list[str] = []  # capacities that the reader may switch on
    with_fund: list[str] = []  # those that only the fund does
    ask_at: str = ""  # where those are asked; empty for whoever does not
    appoints: list[AppointLink] = []
    add_href: str = ""  # where people are added inside a capacity; empty for whoever adds nobody
    hand_over_href: str = ""
    managers: int = 0
    managers_at_most: int = 0

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what the address asks for."""
        self.said = self.refused = None
        self.asking = ""
        for form in (AppointingState, CapacityParametersState):
            left = await self.get_state(form)
            if left.is_loaded:  # what it was about last must not be there when it opens again
                left.reset()
        if self._asked().get("gedaan") == "aangesteld":
            self.said = Text("access.appointed")
        self.is_failed = not await self._succeeds(self._show())
        if not self.is_failed and not self.is_refused:
            await self._ask_again()

    @handler(Audience.SIGNED_IN)
    async def activate(self, capacity: str) -> None:
        """Switch a capacity on."""
        done, where = Text("access.done_activate"), self._chosen
        await self._do(done, capacities.activate, organisation_id=where, capacity=capacity)

    @handler(Audience.SIGNED_IN)
    async def send_again(self, invitation: int) -> None:
        """Mail an appointment once more; it lives anew."""
        name = next((one.spoken for one in self.appointed if one.invitation == invitation), "")
        done = Text("access.done_send_again", {"name": name})
        await self._do(done, appointing.send_again, invitation_id=invitation)

    async def _show(self) -> None:
        tab = self._asked().get("tab", "")
        self.tab = tab if tab in TABS else TABS[0]
        try:
            mine = await self._run(access_list.managed)
            chosen = self._organisation() or (mine[0].id if len(mine) == 1 else None)
            if chosen is None:
                self._show_choices(mine, PATH)
                return
            seen = await self._run(access_list.overview, organisation_id=chosen)
            gone = await self._run(role_changes.taken_away, organisation_id=chosen)
            asked = await self._run(access_reviews.reviews, organisation_id=chosen)
        except (NotAllowed, NotFound):
            self._show_refusal()
            return
        self._show_chosen()
        self._chosen = seen.organisation_id
        self._show_reviews(chosen, asked or ())
        await self._show_consents()
        self._show_people(seen)
        self._show_tabs(seen, with_reviews=asked is not None)
        self.taken_away = [taken_away_line(one) for one in gone]
        self._show_capacities(seen)
        self.ask_at = await self._asks_at(chosen) if self.with_fund else ""

    async def _asks_at(self, organisation: int) -> str:
        try:
            await self._look(company_applications.capacities_to_ask, organisation_id=organisation)
        except (NotAllowed, NotFound):
            return ""
        return f"{CAPACITY}?org={organisation}"

    def _show_people(self, seen: Access) -> None:
        self.organisation = named_apart(seen.organisation, seen.unit)
        lines = [(one.role, holder_line(one)) for one in seen.holders]
        self.people = [line for _, line in lines]
        self.main = [line for role, line in lines if role is Role.MAIN_ACCESS_MANAGER]
        self.co_main = [line for role, line in lines if role is Role.CO_MAIN_ACCESS_MANAGER]
        self.appointed = [appointed_line(one) for one in seen.appointed]
        self.appoints = [self._appoint(role, "") for role in seen.gives]
        main = Role.MAIN_ACCESS_MANAGER
        self.hand_over_href = self._appoint(main, "").href if seen.may_hand_over else ""
        self.managers, self.managers_at_most = seen.access_managers, seen.access_managers_at_most

    def _show_tabs(self, seen: Access, *, with_reviews: bool) -> None:
        counts = (
            len(self.people),
            sum(one.is_active for one in seen.capacities),
            len(self.appointed),
            *((self.review_left,) if with_reviews else ()),
        )
        self.tabs = [
            TabLink(
                self._tab_href(name),
                count,
                name == self.tab,
                label_key=f"access.tab_{name}",
            )
            for name, count in zip(TABS, counts, strict=False)
        ]

    def _tab_href(self, name: str) -> str:
        return f"{PATH}?{urlencode({'org': self._chosen, 'tab': name})}"

    def _show_capacities(self, seen: Access) -> None:
        self.blocks = [self._block(seen, one) for one in seen.capacities if one.is_active]
        adds = any(block.appoints for block in self.blocks)
        self.add_href = self._tab_href("hoedanigheden") if adds else ""
        idle = [one for one in seen.capacities if not one.is_active] if seen.may_switch else []
        self.offers = [one.code for one in idle if not one.needs_fund]
        self.with_fund = [one.code for one in idle if one.needs_fund]

    def _block(self, seen: Access, one: CapacitySight) -> CapacityBlock:
        inside = [holder for holder in seen.holders if holder.capacity == one.code]
        return CapacityBlock(
            one.code,
            one.is_standard,
            one.since.isoformat() if one.since else "",
            [holder_line(holder) for holder in inside if holder.role is not Role.USER],
            sum(holder.role is Role.USER for holder in inside),
            [self._appoint(role, one.code) for role in one.gives],
            f"{PARAMETERS}?{urlencode({'org': self._chosen, 'hoedanigheid': one.code})}",
            seen.may_switch and not one.is_standard,
        )

    def _appoint(self, role: Role, capacity: str) -> AppointLink:
        asked = {"org": self._chosen, "rol": role.value, "hoedanigheid": capacity}
        query = urlencode({name: value for name, value in asked.items() if value})
        return AppointLink(role.value, f"{APPOINT}?{query}")
