"""The form with which staff enter an application for somebody on the phone."""

import reflex as rx

from portal_app.brand import brand
from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import entered_applications
from portal_app.state.application_list import PATH as LIST
from portal_app.state.base import PortalState
from portal_app.state.shapes import Option

PATH = f"{LIST}/invoeren"
_LONGEST_ID = 9


class EnterApplicationState(PortalState, rx.State):
    """Which kind is entered, and what is filled in of a caller."""

    is_loaded: bool = False
    is_refused: bool = False
    kinds: list[Option] = []
    kind: str = ""
    register: str = "kvk" if brand.country == "NL" else "kbo"
    by: str = "zelf"
    values: dict[str, str] = {}

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Start with the kind of the address, and with what is known of a caller."""
        self.reset()
        asked = self._asked()
        person = asked.get("persoon", "")
        fits = person.isascii() and person.isdigit() and len(person) <= _LONGEST_ID
        try:
            found = await self._run(
                entered_applications.start, person_id=int(person) if fits else 0
            )
        except (NotAllowed, NotFound):
            self.is_refused = True
            return
        self.kinds = [
            Option(one.value, Text(f"applications.kind_{one.value}")) for one in found.kinds
        ]
        wanted = asked.get("soort", "")
        self._choose(wanted)
        self.values = {
            "given_name": found.given_name,
            "family_name": found.family_name,
            "locale": found.locale or brand.languages[0],
        }
        self.is_loaded = True

    @handler(Audience.STAFF)
    async def choose_kind(self, kind: str) -> None:
        """Ask for what goes with the kind."""
        self._choose(kind)

    @handler(Audience.STAFF)
    async def choose_register(self, chosen: str) -> None:
        """Ask for a Belgian or a Dutch number."""
        self.register = "kvk" if chosen == "kvk" else "kbo"

    @handler(Audience.STAFF)
    async def choose_by(self, chosen: str) -> None:
        """Ask who is responsible, when somebody asks codes for another."""
        self.by = "bedrijf" if chosen == "bedrijf" else "zelf"

    def _choose(self, kind: str) -> None:
        known = [one.value for one in self.kinds]
        self.kind = kind if kind in known else known[0] if known else ""
