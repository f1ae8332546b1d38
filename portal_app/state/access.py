"""Who may do what for a company, and what can be changed about it; it follows the address."""

from collections.abc import Awaitable
from contextlib import suppress
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import Invalid, NotAllowed, NotFound, NotProven, PortalError, Text
from portal_app.gate.answers import way_to_prove
from portal_app.gate.handlers import Audience, handler
from portal_app.permissions import Role
from portal_app.services import access_list, appointing, capacities
from portal_app.services.access_list import Access, CapacitySight
from portal_app.services.organisations import OrganisationSight
from portal_app.state.access_lines import (
    AppointedLine,
    AppointLink,
    CapacityBlock,
    EndingLine,
    HolderLine,
    appointed_line,
    ending_line,
    holder_line,
)
from portal_app.state.base import PortalState
from portal_app.state.capacity_parameters import PATH as PARAMETERS
from portal_app.state.shapes import OrganisationChoice, TabLink

PATH, APPOINT = "/toegang", "/toegang/aanstellen"
_ROLE, _CAPACITY = "rol-", "hoedanigheid-"  # what was asked before a proof, in the address
TABS = ("personen", "hoedanigheden", "uitnodigingen")
_LONGEST_REASON = 300
_LONGEST_ID = 9


class AccessState(PortalState, rx.State):
    """The page, and what it asks before something ends."""

    is_loaded: bool = False
    is_refused: bool = False
    is_failed: bool = False
    organisation: str = ""
    choices: list[OrganisationChoice] = []  # while none of several is chosen
    tab: str = TABS[0]
    tabs: list[TabLink] = []
    main: list[HolderLine] = []
    co_main: list[HolderLine] = []
    people: list[HolderLine] = []
    appointed: list[AppointedLine] = []
    blocks: list[CapacityBlock] = []
    offers: list[str] = []  # capacities that the reader may switch on
    with_fund: list[str] = []  # those that only the fund does
    appoints: list[AppointLink] = []
    hand_over_href: str = ""
    managers: int = 0
    managers_at_most: int = 0
    said: Text | None = None
    refused: Text | None = None
    asking: str = ""  # end, leave, withdraw or capacity
    asked: int = 0
    asked_name: str = ""
    asked_role_key: str = ""
    asked_capacity: str = ""
    endings: list[EndingLine] = []

    _chosen: int = 0
    _version: int = 0

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what the address asks for."""
        self.said = self.refused = None
        self.asking = ""
        if self._asked().get("gedaan") == "aangesteld":
            self.said = Text("access.appointed")
        self.is_failed = not await self._succeeds(self._show())
        if not self.is_failed and not self.is_refused:
            await self._ask_again()

    @handler(Audience.SIGNED_IN)
    async def ask(self, what: str, number: int) -> None:
        """Ask whether one leaves a role ('leave') or takes an appointment back ('withdraw')."""
        line = next((one for one in self.people if one.grant == number), None)
        waiting = next((one for one in self.appointed if one.invitation == number), None)
        found = waiting if what == "withdraw" else line
        if what not in ("leave", "withdraw") or found is None:
            return
        self.asking, self.asked = what, number
        self.asked_name, self.asked_role_key = found.name, found.role_key
        self.refused = None

    @handler(Audience.SIGNED_IN)
    async def ask_end(self, grant: int) -> EventSpec | None:
        """Tell what ends with a role, and ask whether it does, once it is proven who asks."""
        return await self._asks(self._list_role(grant), f"{_ROLE}{grant}")

    @handler(Audience.SIGNED_IN)
    async def ask_capacity(self, capacity: str) -> EventSpec | None:
        """List what ends along with a capacity, and ask whether it ends; proven in the same way."""
        return await self._asks(self._list_capacity(capacity), f"{_CAPACITY}{capacity}")

    async def _asks(self, listing: Awaitable[None], asked: str) -> EventSpec | None:
        """Ask; whoever must prove who they are first comes back to what they asked."""
        self.refused = None
        try:
            await listing
        except NotProven as error:
            address = {"org": self._chosen, "tab": self.tab, "vraag": asked}
            return rx.redirect(way_to_prove(error, f"{PATH}?{urlencode(address)}"))
        except Invalid as wrong:
            self._refuse(wrong)
        except NotFound:
            self.said, self.refused = None, Text("access.gone")
        return None

    async def _ask_again(self) -> None:
        """Ask what the address says was asked before a proof."""
        asked = self._asked().get("vraag", "")
        number = asked.removeprefix(_ROLE)
        with suppress(PortalError):  # an address says anything: then there is nothing to ask
            if asked.startswith(_CAPACITY):
                await self._list_capacity(asked.removeprefix(_CAPACITY))
            elif asked.startswith(_ROLE) and number.isascii() and number.isdigit():
                await self._list_role(int(number[:_LONGEST_ID]))

    async def _list_role(self, grant: int) -> None:
        seen = await self._run(appointing.what_ends, grant_id=grant)
        self.asking, self.asked = "end", seen.grant_id
        self.asked_name, self.asked_role_key = seen.name, f"roles.{seen.role.value}"
        self.endings = [ending_line(one) for one in seen.endings]

    async def _list_capacity(self, capacity: str) -> None:
        seen = await self._run(
            capacities.what_ends, organisation_id=self._chosen, capacity=capacity
        )
        self.asking, self.asked_capacity, self._version = "capacity", capacity, seen.version
        self.endings = [ending_line(one) for one in seen.endings]

    @handler(Audience.SIGNED_IN)
    async def keep(self) -> None:
        """Leave everything as it is."""
        self.asking = ""

    @handler(Audience.SIGNED_IN)
    async def confirm(self) -> None:
        """Do what was asked about a role or an appointment."""
        what, number, self.asking = self.asking, self.asked, ""
        name = self.asked_name
        try:
            if what == "end":
                await self._run(appointing.end, grant_id=number)
            elif what == "leave":
                await self._run(appointing.leave, grant_id=number)
            elif what == "withdraw":
                await self._run(appointing.withdraw, invitation_id=number)
            else:
                return
        except Invalid as wrong:
            self._refuse(wrong)
        except NotFound:
            self.said, self.refused = None, Text("access.gone")
        else:
            self._say(Text(f"access.done_{what}", {} if what == "leave" else {"name": name}))
        await self._show()

    @handler(Audience.SIGNED_IN)
    async def end_capacity(self, form: dict[str, str]) -> None:
        """End the capacity that was asked about, with exactly what was listed."""
        capacity, self.asking = self.asked_capacity, ""
        try:
            await self._run(
                capacities.end,
                organisation_id=self._chosen,
                capacity=capacity,
                reason=form.get("reason", "").strip()[:_LONGEST_REASON],
                version=self._version,
            )
        except Invalid as wrong:
            self._refuse(wrong)
        except NotFound:
            self.said, self.refused = None, Text("access.gone")
        else:
            self._say(Text("access.done_capacity"))
        await self._show()

    @handler(Audience.SIGNED_IN)
    async def activate(self, capacity: str) -> None:
        """Switch a capacity on."""
        try:
            await self._run(capacities.activate, organisation_id=self._chosen, capacity=capacity)
        except Invalid as wrong:
            self._refuse(wrong)
        else:
            self._say(Text("access.done_activate"))
        await self._show()

    @handler(Audience.SIGNED_IN)
    async def send_again(self, invitation: int) -> None:
        """Mail an appointment once more; it lives anew."""
        name = next((one.name for one in self.appointed if one.invitation == invitation), "")
        try:
            await self._run(appointing.send_again, invitation_id=invitation)
        except Invalid as wrong:
            self._refuse(wrong)
        except NotFound:
            self.said, self.refused = None, Text("access.gone")
        else:
            self._say(Text("access.done_send_again", {"name": name}))
        await self._show()

    def _say(self, done: Text) -> None:
        self.said, self.refused = done, None

    def _refuse(self, wrong: Invalid) -> None:
        self.said, self.refused = None, next(iter(wrong.fields.values()))

    async def _show(self) -> None:
        asked = self._asked().get("tab", "")
        self.tab = asked if asked in TABS else TABS[0]
        try:
            mine = await self._run(access_list.managed)
            chosen = self._organisation() or (mine[0].id if len(mine) == 1 else None)
            if chosen is None:
                self._show_choices(mine)
                return
            seen = await self._run(access_list.overview, organisation_id=chosen)
        except (NotAllowed, NotFound):
            self.reset()
            self.is_refused = True
            return
        self.is_refused, self.is_loaded, self.choices = False, True, []
        self._chosen = seen.organisation_id
        self._show_people(seen)
        self._show_capacities(seen)

    def _show_choices(self, mine: tuple[OrganisationSight, ...]) -> None:
        self.is_refused, self.is_loaded, self.organisation = False, True, ""
        self.choices = [
            OrganisationChoice(one.name, one.code, one.detail, f"{PATH}?org={one.id}")
            for one in mine
        ]

    def _show_people(self, seen: Access) -> None:
        self.organisation = seen.organisation
        lines = [(one.role, holder_line(one)) for one in seen.holders]
        self.people = [line for _, line in lines]
        self.main = [line for role, line in lines if role is Role.MAIN_ACCESS_MANAGER]
        self.co_main = [line for role, line in lines if role is Role.CO_MAIN_ACCESS_MANAGER]
        self.appointed = [appointed_line(one) for one in seen.appointed]
        self.appoints = [self._appoint(role, "") for role in seen.gives]
        main = Role.MAIN_ACCESS_MANAGER
        self.hand_over_href = self._appoint(main, "").href if seen.may_hand_over else ""
        self.managers, self.managers_at_most = seen.access_managers, seen.access_managers_at_most
        counts = (
            len(self.people),
            sum(one.is_active for one in seen.capacities),
            len(self.appointed),
        )
        self.tabs = [
            TabLink(
                f"{PATH}?{urlencode({'org': self._chosen, 'tab': name})}",
                count,
                name == self.tab,
                label_key=f"access.tab_{name}",
            )
            for name, count in zip(TABS, counts, strict=True)
        ]

    def _show_capacities(self, seen: Access) -> None:
        self.blocks = [self._block(seen, one) for one in seen.capacities if one.is_active]
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
