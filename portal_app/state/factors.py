"""The second ways that somebody has to prove who they are; keys and codes never come here."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import factors
from portal_app.state.base import PortalState

_CHANGES = {"app": "changed_app", "app-weg": "changed_app_removed", "codes": "changed_codes"}


class FactorsState(PortalState, rx.State):
    """What the cards of the second step show."""

    app_since: str = ""  # moments in ISO form; empty: no app
    app_used_at: str = ""
    codes_left: int = 0
    is_required: bool = False
    change_key: str = ""  # of the sentence on what was changed just before this page came

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what there is."""
        change = _CHANGES.get(self._asked().get("gewijzigd", ""), "")
        self.change_key = f"factors.{change}" if change else ""
        await self._show()

    @handler(Audience.SIGNED_IN)
    async def follow(self) -> None:
        """Show what a form has just changed."""
        await self._show()

    async def _show(self) -> None:
        held = await self._run(factors.own)
        self.app_since = held.app_since.isoformat() if held.app_since else ""
        self.app_used_at = held.app_used_at.isoformat() if held.app_used_at else ""
        self.codes_left, self.is_required = held.codes_left, held.is_required
