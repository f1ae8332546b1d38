"""New codes for the account of a company: why somebody is here, and for whom they ask."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.state.base import PortalState

ONESELF, COMPANY = "zelf", "bedrijf"


class ActivationCodesState(PortalState, rx.State):
    """Nothing here, nor anywhere else, tells whether an account is known."""

    is_expired: bool = False  # somebody came with codes that were right, but too old
    by: str = ONESELF  # who asks

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Read the address."""
        self.is_expired = self._asked().get("reden", "") == "verlopen"
        self.by = ONESELF

    @handler(Audience.PUBLIC)
    async def choose(self, by: str) -> None:
        """Ask for what goes with the other choice."""
        self.by = COMPANY if by == COMPANY else ONESELF
