"""Who manages the access of a company: what the forms start with for whoever is signed in."""

import reflex as rx

from portal_app.errors import NotAllowed, NotSignedIn
from portal_app.gate.handlers import Audience, handler
from portal_app.services import organisations, profile
from portal_app.state.base import PortalState


class WhoManagesState(PortalState, rx.State):
    """What was found comes with the answer to the form, and is kept nowhere."""

    asked: dict[str, str] = {}
    sender: dict[str, str] = {}

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Fill in the number of one's company, and who writes."""
        self.asked, self.sender = {}, {}
        try:
            mine = await self._run(profile.own)
            companies = await self._run(organisations.mine)
        except (NotSignedIn, NotAllowed):
            return
        name = f"{mine.given_name} {mine.infix} {mine.family_name}"
        self.sender = {"name": " ".join(name.split()), "email": mine.email}
        wished = self._organisation()
        meant = [one for one in companies if wished in (None, one.id)]
        if len(meant) == 1:
            self.asked = {"number": meant[0].number}
