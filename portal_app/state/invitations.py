"""The invitation that waits in this browser, on the pages of coming in."""

import reflex as rx

from portal_app.errors import Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_contact import masked
from portal_app.reading_numbers import shown_unit
from portal_app.services import invitations
from portal_app.services.invitations import Sight
from portal_app.state.base import PortalState


class InvitationState(PortalState, rx.State):
    """The context of coming in: company, role, inviter, expiry."""

    waits: bool = False
    company: str = ""
    unit: Text | str = ""
    role_key: str = ""
    capacity: str = ""
    inviter: str = ""
    expires: str = ""  # moment in ISO form
    invited: str = ""  # the address, masked, when whoever is signed in has another one
    signed_in: bool = False
    over: Text | None = None  # why what waited cannot be redeemed any more
    typed: str = ""  # the code of the link, to be confirmed with 'Doorgaan'

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Show what waits; opening the page changes nothing."""
        self.signed_in = await self._run(invitations.asker_is_signed_in)
        self.typed = self._asked().get("code", "")[:400]
        waiting = await self._run(invitations.waiting)
        self._show(waiting)
        self.over = None if waiting else await self._run(invitations.over)

    def _show(self, sight: Sight | None) -> None:
        self.waits = sight is not None
        self.company = sight.organisation if sight else ""
        self.unit = shown_unit(sight.unit) if sight else ""
        self.role_key = f"roles.{sight.role.value}" if sight else ""
        self.capacity = sight.capacity if sight else ""
        self.inviter = sight.inviter if sight else ""
        self.expires = sight.expires_at.isoformat() if sight else ""
        self.invited = masked(sight.email) if sight and sight.is_for_another_address else ""
