"""The sign-in page: why one is here, and where one goes on to."""

import reflex as rx

from portal_app.gate.answers import ELSEWHERE, EXPIRED, SIGNED_OUT
from portal_app.gate.handlers import Audience, handler
from portal_app.services import eherkenning
from portal_app.settings import settings
from portal_app.state.base import PortalState

_REASONS = frozenset({SIGNED_OUT, ELSEWHERE, EXPIRED})


class SignInState(PortalState, rx.State):
    """What the address says, and what this browser set out for; nobody is signed in here."""

    to_eherkenning: bool = False
    spares_staff: bool = False  # a demo in which staff need no second step
    reason: str = ""  # why one was signed out, if one was

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Read the address, and look where this browser was going."""
        reason = self._asked().get("reden", "")
        self.reason = reason if reason in _REASONS else ""
        self.spares_staff = settings.is_demo and not settings.asks_staff_for_a_factor
        self.to_eherkenning = await self._run(eherkenning.is_wished)
