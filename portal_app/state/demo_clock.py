"""The clock of demo mode, as a tab shows it."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import demo_clock
from portal_app.services.demo_clock import Reading
from portal_app.state.base import PortalState


class DemoClockState(PortalState, rx.State):
    """What time the portal lives in."""

    shown: str = ""  # moment in ISO form
    is_moved: bool = False

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Look at the clock."""
        self._show(await self._run(demo_clock.read))

    @handler(Audience.PUBLIC)
    async def move(self, hours: int) -> None:
        """Put the clock forward, or back."""
        self._show(await self._run(demo_clock.move, hours=hours))

    @handler(Audience.PUBLIC)
    async def reset_clock(self) -> None:
        """Put the clock back to where it started."""
        self._show(await self._run(demo_clock.reset))

    def _show(self, reading: Reading) -> None:
        self.shown = reading.at.isoformat()
        self.is_moved = reading.is_moved
