"""The profile form as it was kept, and the new address that is being verified."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import profile
from portal_app.services.verification import Stage
from portal_app.state.base import PortalState


class ProfileState(PortalState, rx.State):
    """What the profile page shows; passwords and codes are never here."""

    salutation: str = ""
    given_name: str = ""
    infix: str = ""
    family_name: str = ""
    email: str = ""
    username: str = ""
    new_email: str = ""  # being verified
    sent_at: str = ""  # moment in ISO form
    was_saved: bool = False  # just before this page came

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what is kept."""
        kept = await self._run(profile.own)
        self.salutation = kept.salutation.value if kept.salutation else ""
        self.given_name, self.infix = kept.given_name, kept.infix
        self.family_name, self.email = kept.family_name, kept.email
        self.username = kept.username or kept.email
        proving = kept.proof.stage is Stage.SENT
        self.new_email = kept.proof.email if proving else ""
        self.sent_at = kept.proof.sent_at.isoformat() if proving and kept.proof.sent_at else ""
        self.was_saved = self._asked().get("opgeslagen", "") == "1"
