"""Choosing a password of one's own after signing in with a temporary one (V-06, V-07, S-03)."""

from datetime import timedelta

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import passwords
from portal_app.state.base import PortalState


class ForcedChangeState(PortalState, rx.State):
    """Whose password it is, until when the temporary one works, and whether it activates."""

    activates: bool = False  # the account of a company
    login: str = ""
    names: str = ""  # what the new password may not hold, separated by spaces
    expires: str = ""  # moment in ISO form; of what activates, the last one that still counts

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show for whom it is."""
        held = await self._run(passwords.own)
        self.login, self.names = held.login, " ".join(held.names)
        until = held.temporary_expires_at
        self.activates = held.activates
        is_owed = held.must_change or held.activates
        if until and held.activates:
            until -= timedelta(microseconds=1)  # it ends with a day, and that day is what is said
        self.expires = until.isoformat() if until and is_owed else ""
