"""The form with which a company asks for access: which register, and who asks."""

import reflex as rx

from portal_app.brand import brand
from portal_app.errors import NotAllowed, NotSignedIn
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_numbers import KVK_DIGITS
from portal_app.services import organisations, profile
from portal_app.services.organisations import OrganisationSight
from portal_app.state.base import PortalState


class AccessRequestState(PortalState, rx.State):
    """What the form starts with."""

    register: str = "kvk" if brand.country == "NL" else "kbo"
    values: dict[str, str] = {}  # of whoever is signed in

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Fill in who is signed in, if anybody is."""
        self.values = {}
        try:
            mine = await self._run(profile.own)
            companies = await self._run(organisations.mine)
        except (NotSignedIn, NotAllowed):
            return
        self.values = {
            "given_name": mine.given_name,
            "family_name": f"{mine.infix} {mine.family_name}".strip(),
            "email": mine.email,
        }
        for company in companies:
            if company.id == self._organisation():
                self._fill_in(company)

    def _fill_in(self, company: OrganisationSight) -> None:
        is_dutch = len(company.number) == KVK_DIGITS
        self.register = "kvk" if is_dutch else "kbo"
        number, unit = (
            ("kvk_number", "branch_number") if is_dutch else ("enterprise_number", "province")
        )
        self.values |= {"company": company.name, number: company.number, unit: company.unit}

    @handler(Audience.PUBLIC)
    async def choose_register(self, chosen: str) -> None:
        """Ask for a Belgian or a Dutch number."""
        self.register = "kvk" if chosen == "kvk" else "kbo"
