"""The sign-in page: why one is here."""

import reflex as rx

from portal_app.gate.answers import ELSEWHERE, EXPIRED, SIGNED_OUT
from portal_app.gate.handlers import Audience, handler
from portal_app.state.base import PortalState

_REASONS = frozenset({SIGNED_OUT, ELSEWHERE, EXPIRED})


class SignInState(PortalState, rx.State):
    """What the address says; nobody is signed in here."""

    reason: str = ""  # why one was signed out, if one was

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Read the address."""
        reason = self._asked().get("reden", "")
        self.reason = reason if reason in _REASONS else ""
