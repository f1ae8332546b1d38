"""What the portal remembers of how a person likes it; the rest the browser keeps by itself."""

from contextlib import suppress
from typing import Literal

import reflex as rx

from portal_app.errors import NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import profile, start_page
from portal_app.services.start_page import BY_ITSELF, TILES
from portal_app.state.base import PortalState
from portal_app.state.shapes import Option


class PreferencesState(PortalState, rx.State):
    """The language of mails and files (pages follow the browser), and where one starts."""

    start_page: str = ""
    start_pages: list[Option] = []

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what was chosen."""
        found = await self._run(start_page.offered)
        self.start_page = found.chosen
        self.start_pages = [
            Option(BY_ITSELF, Text("preferences.start_by_itself")),
            Option(TILES, Text("preferences.start_tiles")),
            *(Option(name, Text(f"shell.place_{name}")) for name in found.names),
        ]

    @handler(Audience.SIGNED_IN)
    async def choose_start_page(self, page: str) -> None:
        """Remember where the person starts; what no longer opens leaves the choices."""
        with suppress(NotFound):
            await self._run(start_page.choose, page=page)
        await self.load()

    @handler(Audience.SIGNED_IN)
    async def choose_language(self, locale: Literal["nl", "fr", "en", "de"]) -> None:
        """Remember in which language the person reads."""
        await self._run(profile.choose_language, locale=locale)
