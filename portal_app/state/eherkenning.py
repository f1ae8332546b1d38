"""The page of eHerkenning: where somebody is on that road, and how it ended."""

from dataclasses import dataclass

import reflex as rx

from portal_app.errors import NotFound, NotSignedIn
from portal_app.gate.guest import guest
from portal_app.gate.handlers import Audience, handler
from portal_app.services import eherkenning
from portal_app.services.eherkenning import Result
from portal_app.state.base import PortalState


@dataclass(frozen=True, slots=True)
class ProvenCompany:
    """A company that was proven, as the page lists it."""

    name: str
    number: str
    unit: str
    role_key: str


class EherkenningState(PortalState, rx.State):
    """What a try came to; nothing of it can be replayed."""

    signed_in: bool = False
    outcome: str = ""  # empty: nothing was tried yet
    level: str = ""
    number: str = ""
    branch: str = ""
    companies: list[ProvenCompany] = []
    reference: str = ""  # for the helpdesk

    @handler(Audience.PUBLIC)
    async def load(self) -> None:
        """Show how the try of the address ended; any other address shows how to begin."""
        self.signed_in = guest().is_signed_in
        asked = self._asked()
        ended = await self._ended(asked.get("poging", "")[:16])
        self.outcome = "strange" if asked.get("terug") == "onbekend" else ""
        self.outcome = ended.outcome.value if ended and ended.outcome else self.outcome
        self.level = ended.level.label if ended and ended.level else ""
        self.number, self.branch = (ended.number, ended.branch) if ended else ("", "")
        self.reference = ended.reference if ended else ""
        self.companies = [
            ProvenCompany(one.name, one.number, one.unit, f"roles.{one.role.value}")
            for one in (ended.companies if ended else ())
        ]

    async def _ended(self, reference: str) -> Result | None:
        if not reference or not self.signed_in:
            return None
        try:
            return await self._run(eherkenning.result, reference=reference)
        except (NotFound, NotSignedIn):  # somebody else's, or nobody came back from it
            return None
