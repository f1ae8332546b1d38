"""Whether one comes in on the way to eHerkenning, on the pages of coming in."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import eherkenning
from portal_app.state.base import PortalState


class OnTheWayState(PortalState, rx.State):
    """Where whoever comes in here goes on to."""

    to_eherkenning: bool = False

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Look where this browser was going."""
        self.to_eherkenning = await self._run(eherkenning.is_wished)
