"""An address that was forgotten or changed: which of the two the form is for."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.state.base import PortalState

FORGOTTEN, CHANGED = "vergeten", "gewijzigd"


class AddressApplicationState(PortalState, rx.State):
    """Nothing here, nor anywhere else, tells whether a person is known."""

    asked: str = FORGOTTEN  # what the address asks for
    kind: str = FORGOTTEN  # what is chosen now

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Show the form that the address names."""
        self._choose(self._asked().get("soort", ""))
        self.asked = self.kind

    @handler(Audience.PUBLIC)
    async def choose(self, kind: str) -> None:
        """Ask for what goes with the other choice."""
        self._choose(kind)

    def _choose(self, kind: str) -> None:
        self.kind = CHANGED if kind == CHANGED else FORGOTTEN
