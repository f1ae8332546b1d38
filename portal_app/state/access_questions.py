"""What the page of a company's access asks before something changes, and what then happens.

Whoever must prove who they are first comes back to what they asked: it stands in the address.
"""

from collections.abc import Awaitable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import Invalid, NotFound, NotProven, PortalError, Text
from portal_app.gate.answers import way_to_prove
from portal_app.gate.handlers import Audience, handler
from portal_app.permissions import Role
from portal_app.reading_text import read_key
from portal_app.services import appointing, capacities, role_changes, suspensions
from portal_app.services.appointing import EndingRole
from portal_app.services.suspensions import RoleToSuspend
from portal_app.state.access_lines import (
    AppointedLine,
    EndingLine,
    HolderLine,
    PlaceLine,
    ending_line,
    place_line,
)
from portal_app.state.access_part import AccessPart
from portal_app.state.shapes import Option
from portal_app.suspension import SuspensionReason
from portal_app.unit_of_work import UseCase

PATH = "/toegang"
_ROLE, _CHANGE, _CAPACITY = "rol-", "wijzigen-", "hoedanigheid-"  # in the address
_SUSPENSION = "schorsen-"
_LONGEST_REASON = 300
_ROLES = frozenset(role.value for role in Role)
_REASONS = frozenset(one.value for one in SuspensionReason)


class AccessQuestions(AccessPart, mixin=True):
    """Mixed into the state of the page: its dialogs."""

    people: list[HolderLine] = []
    appointed: list[AppointedLine] = []
    tab: str = ""
    asking: str = ""  # end, change, suspend, leave, withdraw or capacity
    asked: int = 0
    asked_name: str = ""
    asked_role_key: str = ""
    asked_capacity: str = ""
    endings: list[EndingLine] = []
    places: list[PlaceLine] = []  # that the role may change into
    reasons: list[Option] = []  # why a role may be suspended
    wrong_place: Text | None = None
    wrong_why: Text | None = None

    _chosen: int = 0
    _version: int = 0

    @handler(Audience.SIGNED_IN)
    async def ask(self, what: str, number: int) -> None:
        """Ask whether one leaves a role ('leave') or takes an appointment back ('withdraw')."""
        line = next((one for one in self.people if one.grant == number), None)
        waiting = next((one for one in self.appointed if one.invitation == number), None)
        found = waiting if what == "withdraw" else line
        if what not in ("leave", "withdraw") or found is None:
            return
        self.asking, self.asked = what, number
        self.asked_name, self.asked_role_key = found.spoken, found.role_key
        self.refused = None

    @handler(Audience.SIGNED_IN)
    async def ask_end(self, grant: int) -> EventSpec | None:
        """Tell what ends with a role, and ask whether it does, once it is proven who asks."""
        return await self._asks(self._list_role(grant), f"{_ROLE}{grant}")

    @handler(Audience.SIGNED_IN)
    async def ask_change(self, grant: int) -> EventSpec | None:
        """Ask into which role one changes; proven in the same way."""
        return await self._asks(self._list_places(grant), f"{_CHANGE}{grant}")

    @handler(Audience.SIGNED_IN)
    async def ask_suspend(self, grant: int) -> EventSpec | None:
        """Ask why a role opens nothing for a while; proven in the same way."""
        return await self._asks(self._list_suspension(grant), f"{_SUSPENSION}{grant}")

    @handler(Audience.SIGNED_IN)
    async def ask_capacity(self, capacity: str) -> EventSpec | None:
        """List what ends along with a capacity, and ask whether it ends; proven in the same way."""
        return await self._asks(self._list_capacity(capacity), f"{_CAPACITY}{capacity}")

    @handler(Audience.SIGNED_IN)
    async def keep(self) -> None:
        """Leave everything as it is."""
        self.asking = ""

    @handler(Audience.SIGNED_IN)
    async def confirm(self) -> EventSpec | None:
        """Do what was asked about a role or an appointment."""
        what, number, self.asking = self.asking, self.asked, ""
        done = Text(f"access.done_{what}", {} if what == "leave" else {"name": self.asked_name})
        if what == "end":
            return await self._do_or_prove(
                done, appointing.end, f"{_ROLE}{number}", grant_id=number
            )
        if what == "leave":
            return await self._do_or_prove(done, appointing.leave, "", grant_id=number)
        if what == "withdraw":
            return await self._do_or_prove(done, appointing.withdraw, "", invitation_id=number)
        return None

    @handler(Audience.SIGNED_IN)
    async def change(self, form: dict[str, str]) -> EventSpec | None:
        """Change the role that was asked about into the one that was chosen."""
        if self.asking != "change":
            return None
        role, _, capacity = form.get("place", "").partition(":")
        if role not in _ROLES:
            self.wrong_place = Text("access.new_role_empty")
            return None
        number, self.asking = self.asked, ""
        done = Text("access.done_change", {"name": self.asked_name})
        wanted = {"grant_id": number, "role": Role(role), "capacity": capacity}
        return await self._do_or_prove(done, role_changes.change, f"{_CHANGE}{number}", **wanted)

    @handler(Audience.SIGNED_IN)
    async def suspend(self, form: dict[str, str]) -> EventSpec | None:
        """Suspend the role that was asked about, for the reason that was chosen."""
        if self.asking != "suspend":
            return None
        why = form.get("suspension", "")
        if why not in _REASONS:
            self.wrong_why = Text("access.suspend_why_empty")
            return None
        number, self.asking = self.asked, ""
        done = Text("access.done_suspend", {"name": self.asked_name})
        wanted = {"grant_id": number, "why": SuspensionReason(why)}
        return await self._do_or_prove(
            done, suspensions.suspend, f"{_SUSPENSION}{number}", **wanted
        )

    @handler(Audience.SIGNED_IN)
    async def resume(self, grant: int, name: str) -> EventSpec | None:
        """Let a suspended role open again what it did."""
        done = Text("access.done_resume", {"name": name})
        return await self._do_or_prove(done, suspensions.resume, "", grant_id=grant)

    @handler(Audience.SIGNED_IN)
    async def give_back(self, grant: int, name: str) -> EventSpec | None:
        """Give somebody back a role that was taken away lately."""
        done = Text("access.done_give_back", {"name": name})
        return await self._do_or_prove(done, role_changes.give_back, "", grant_id=grant)

    @handler(Audience.SIGNED_IN)
    async def end_capacity(self, form: dict[str, str]) -> EventSpec | None:
        """End the capacity that was asked about, with exactly what was listed."""
        capacity, self.asking = self.asked_capacity, ""
        return await self._do_or_prove(
            Text("access.done_capacity"),
            capacities.end,
            f"{_CAPACITY}{capacity}",
            organisation_id=self._chosen,
            capacity=capacity,
            reason=form.get("reason", "").strip()[:_LONGEST_REASON],
            version=self._version,
        )

    async def _do_or_prove(
        self, done: Text, use_case: UseCase[..., Any], asked: str, **wanted: Any
    ) -> EventSpec | None:
        """Do it; whoever must prove who they are first is asked the same again after that."""
        try:
            await self._do(done, use_case, **wanted)
        except NotProven as error:
            return self._to_prove(error, asked)
        return None

    async def _asks(self, listing: Awaitable[None], asked: str) -> EventSpec | None:
        self.refused = None
        try:
            await listing
        except NotProven as error:
            return self._to_prove(error, asked)
        except (Invalid, NotFound) as why:
            self._refuse(why)
        return None

    async def _ask_again(self) -> None:
        """Ask what the address says was asked before a proof."""
        asked = self._asked().get("vraag", "")
        what, _, number = asked.partition("-")
        with suppress(PortalError):  # an address says anything: then there is nothing to ask
            if asked.startswith(_CAPACITY):
                await self._list_capacity(asked.removeprefix(_CAPACITY))
            elif key := read_key(number):
                if f"{what}-" == _ROLE:
                    await self._list_role(key)
                elif f"{what}-" == _CHANGE:
                    await self._list_places(key)
                elif f"{what}-" == _SUSPENSION:
                    await self._list_suspension(key)

    async def _list_role(self, grant: int) -> None:
        self._ask_about("end", await self._run(appointing.what_ends, grant_id=grant))

    async def _list_places(self, grant: int) -> None:
        seen = await self._run(role_changes.choices, grant_id=grant)
        self._ask_about("change", seen.now)
        self.places = [place_line(one) for one in seen.into]

    async def _list_suspension(self, grant: int) -> None:
        self._ask_about("suspend", await self._run(suspensions.to_suspend, grant_id=grant))
        self.reasons = [
            Option(one.value, Text(f"roles.suspended_{one.value}")) for one in SuspensionReason
        ]

    def _ask_about(self, what: str, role: EndingRole | RoleToSuspend) -> None:
        self.asking, self.asked = what, role.grant_id
        self.wrong_place = self.wrong_why = None
        self.asked_name, self.asked_role_key = role.name, f"roles.{role.role.value}"
        self.asked_capacity = role.capacity
        endings = role.endings if isinstance(role, EndingRole) else ()
        self.endings = [ending_line(one) for one in endings]

    async def _list_capacity(self, capacity: str) -> None:
        seen = await self._run(
            capacities.what_ends, organisation_id=self._chosen, capacity=capacity
        )
        self.asking, self.asked_capacity, self._version = "capacity", capacity, seen.version
        self.endings = [ending_line(one) for one in seen.endings]

    def _to_prove(self, error: NotProven, asked: str) -> EventSpec:
        address = {"org": self._chosen, "tab": self.tab, "vraag": asked}
        query = urlencode({name: value for name, value in address.items() if value})
        return rx.redirect(way_to_prove(error, f"{PATH}?{query}"))
