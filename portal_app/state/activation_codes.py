"""Codes of a company account that work no more: why somebody is on the page that says so."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.state.base import PortalState


class ActivationCodesState(PortalState, rx.State):
    """Whether somebody came here with codes that were right, but too old."""

    is_expired: bool = False

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Read the address."""
        self.is_expired = self._asked().get("reden", "") == "verlopen"
