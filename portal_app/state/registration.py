"""Registration on one screen: which of its states it is in."""

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import registration
from portal_app.services.registration import Standing
from portal_app.services.verification import Stage
from portal_app.state.base import PortalState

_CHANGING = "changing"  # another address is typed, while the proof of the first one stands


class RegistrationState(PortalState, rx.State):
    """How the registration of this browser stands; nothing secret is here."""

    stage: str = Stage.REQUIRED.value
    email: str = ""
    sent_at: str = ""  # moment in ISO form
    draft: dict[str, str] = {}
    is_invited: bool = False
    asks_birth_date: bool = True
    to_eherkenning: bool = False  # goes there once the account is made

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Show how the registration stands."""
        self._show(await self._run(registration.standing))

    def _show(self, standing: Standing) -> None:
        proof, invitation = standing.proof, standing.invitation
        self.stage = _CHANGING if standing.is_changing else proof.stage.value
        self.asks_birth_date = standing.asks_birth_date
        self.to_eherkenning = standing.goes_to_eherkenning
        draft = dict(standing.draft)
        if invitation is not None:
            self.is_invited = True
            draft.setdefault("email", invitation.email)
            draft.setdefault("given_name", invitation.given_name)
            draft.setdefault("infix", invitation.infix)
            draft.setdefault("family_name", invitation.family_name)
        typed = draft.get("email", "")
        self.email = typed if standing.is_changing else proof.email or typed
        self.sent_at = proof.sent_at.isoformat() if proof.sent_at else ""
        self.draft = draft | {"email": self.email}
