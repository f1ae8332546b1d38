"""A state with a public method of which nobody said who may call it: the start must stop."""

import reflex as rx

from portal_app.state.base import PortalState


class HandlerWithoutADeclaration(PortalState, rx.State):
    """Anybody could call `show`, page or no page."""

    found: str = ""

    def show(self) -> None:
        """Show what is nobody's business."""
        self.found = "shown"
