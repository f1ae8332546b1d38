"""The form with which a company asks for access: which register, and who asks."""

import reflex as rx

from portal_app.brand import brand
from portal_app.errors import NotAllowed, NotSignedIn
from portal_app.gate.handlers import Audience, handler
from portal_app.services import profile
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
        except (NotSignedIn, NotAllowed):
            return
        self.values = {
            "given_name": mine.given_name,
            "family_name": f"{mine.infix} {mine.family_name}".strip(),
            "email": mine.email,
        }

    @handler(Audience.PUBLIC)
    async def choose_register(self, chosen: str) -> None:
        """Ask for a Belgian or a Dutch number."""
        self.register = "kvk" if chosen == "kvk" else "kbo"
