"""A forgotten password: how far this browser is."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import password_reset_by_code
from portal_app.services.verification import Stage
from portal_app.state.base import PortalState


class PasswordResetState(PortalState, rx.State):
    """Nothing here tells whether somebody signs in with the address."""

    stage: str = Stage.REQUIRED.value
    email: str = ""
    sent_at: str = ""  # moment in ISO form
    login: str = ""  # of whoever proved the address
    names: str = ""  # what the new password may not hold, separated by spaces

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Show how far it is; opening the page changes nothing."""
        standing = await self._run(password_reset_by_code.standing)
        self.stage, self.email = standing.stage.value, standing.email
        self.sent_at = standing.sent_at.isoformat() if standing.sent_at else ""
        held = await self._run(password_reset_by_code.proven)
        self.login = held.login if held else ""
        self.names = " ".join(held.names) if held else ""
