"""What the portal remembers of how a person likes it; the rest the browser keeps by itself."""

from typing import Literal

import reflex as rx

from portal_app.gate.handlers import Audience, handler
from portal_app.services import profile
from portal_app.state.base import PortalState


class PreferencesState(PortalState, rx.State):
    """The language of mails and files; pages follow the browser."""

    @handler(Audience.SIGNED_IN)
    async def choose_language(self, locale: Literal["nl", "fr", "en", "de"]) -> None:
        """Remember in which language the person reads."""
        await self._run(profile.choose_language, locale=locale)
