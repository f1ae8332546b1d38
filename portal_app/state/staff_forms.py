"""The forms of staff that make access: whether the company that is typed exists already."""

import reflex as rx

from portal_app.brand import brand
from portal_app.errors import NotAllowed
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_numbers import (
    read_branch_number,
    read_enterprise_number,
    read_kvk_number,
    read_province,
)
from portal_app.reading_text import Misread
from portal_app.services import organisations
from portal_app.services.organisations import OrganisationNumber
from portal_app.state.base import PortalState


class StaffFormsState(PortalState, rx.State):
    """What is known of the company while its number is typed."""

    is_refused: bool = False
    register: str = "kvk" if brand.country == "NL" else "kbo"
    company: str = ""  # that has this number and unit
    is_new: bool = False  # number and unit are right, and nobody has them yet

    _number: str = ""
    _unit: str = ""

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Start with an empty form; only for whoever may invite."""
        self.reset()
        try:
            await self._look_up()
        except NotAllowed:
            self.is_refused = True

    @handler(Audience.STAFF)
    async def choose_register(self, chosen: str) -> None:
        """Ask for a Belgian or a Dutch number."""
        self.register = "kvk" if chosen == "kvk" else "kbo"
        self._number = self._unit = ""
        await self._look_up()

    @handler(Audience.STAFF, debounce=300)
    async def type_number(self, number: str) -> None:
        """Look whether the company exists."""
        self._number = number
        await self._look_up()

    @handler(Audience.STAFF, debounce=300)
    async def type_unit(self, unit: str) -> None:
        """Look whether the company exists in this province or branch."""
        self._unit = unit
        await self._look_up()

    async def _look_up(self) -> None:
        number = self._read()
        # Asked even for nothing: whoever may not invite is refused.
        found = await self._run(organisations.find, number=number or _NOTHING)
        self.company = found.name if found else ""
        self.is_new = number is not None and found is None

    def _read(self) -> OrganisationNumber | None:
        try:
            if self.register == "kvk":
                branch = read_branch_number(self._unit) if self._unit.strip() else ""
                return OrganisationNumber.dutch(read_kvk_number(self._number), branch)
            return OrganisationNumber.belgian(
                read_enterprise_number(self._number), read_province(self._unit).value
            )
        except Misread:
            return None


_NOTHING = OrganisationNumber.belgian("", "")
