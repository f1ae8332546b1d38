"""The forms with which somebody asks for a role, or for a capacity of their company."""

from collections.abc import Collection
from typing import TypeVar

import reflex as rx

from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_numbers import named_apart
from portal_app.services import company_applications, organisations
from portal_app.services.company_applications import CapacitiesToAsk, RolesToAsk
from portal_app.state.base import PortalState
from portal_app.state.shapes import Option
from portal_app.unit_of_work import UseCase

ROLE = "/aanvragen/rol"
CAPACITY = "/aanvragen/hoedanigheid"

Found = TypeVar("Found", RolesToAsk, CapacitiesToAsk)


class _CompanyState(PortalState, rx.State, mixin=True):
    """For which company something is asked; one is chosen first by whoever has several."""

    is_loaded: bool = False
    is_refused: bool = False
    organisation_id: int = 0
    organisation: Text | str = ""
    companies: list[Option] = []
    chosen: str = ""

    async def _company(self) -> int | None:
        """Return the company of the address, or the only one; else offer all of one's own."""
        asked = self._organisation()
        if asked is not None:
            return asked
        mine = await self._run(organisations.mine)
        if len(mine) == 1:
            return mine[0].id
        self.companies = [Option(str(one.id), one.apart_by(one.unit)) for one in mine]
        return None

    async def _find(self, to_ask: UseCase[..., Found]) -> Found | None:
        """Find what can be asked for the company; None while it is to be chosen, or is refused."""
        self.reset()
        company = await self._company()
        if company is None:
            self.is_loaded, self.is_refused = True, not self.companies
            return None
        try:
            found = await self._run(to_ask, organisation_id=company)
        except (NotFound, NotAllowed):
            self.is_refused = True
            return None
        self.organisation_id = found.organisation_id
        self.organisation = named_apart(found.company, found.unit)
        self.is_loaded = True
        return found

    def _choose(self, name: str, offered: Collection[str]) -> None:
        """Choose what the address names, when it is offered."""
        named = self._asked().get(name, "")
        self.chosen = named if named in offered else ""


class RoleApplicationState(_CompanyState, rx.State):
    """Which roles can be asked."""

    roles: list[Option] = []
    capacity_at: str = ""  # where a capacity can be asked instead; empty: not by them

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Offer the roles, with the one that the address names chosen."""
        found = await self._find(company_applications.roles_to_ask)
        if found is not None:
            self.roles = [Option(one.value, Text(f"roles.{one.value}")) for one in found.roles]
            self._choose("rol", {one.value for one in found.roles})
            self.capacity_at = await self._capacity_at(found.organisation_id)

    async def _capacity_at(self, company: int) -> str:
        try:
            found = await self._run(company_applications.capacities_to_ask, organisation_id=company)
        except (NotFound, NotAllowed):
            return ""
        return f"{CAPACITY}?org={company}" if found.capacities else ""


class CapacityApplicationState(_CompanyState, rx.State):
    """Which capacities can be asked."""

    capacities: list[str] = []

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Offer the capacities, with the one that the address names chosen."""
        found = await self._find(company_applications.capacities_to_ask)
        if found is not None:
            self.capacities = list(found.capacities)
            self._choose("hoedanigheid", found.capacities)
