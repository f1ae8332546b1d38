"""What the portal knows of a company that asks for access, beside the application."""

from dataclasses import dataclass

import reflex as rx

from portal_app.errors import NotAllowed, NotFound
from portal_app.gate.handlers import Audience, handler
from portal_app.services import access_applications
from portal_app.state.application_record import asked_number
from portal_app.state.base import PortalState


@dataclass(frozen=True, slots=True)
class KnownLine:
    """Somebody who has a role at the company now."""

    name: str
    email: str
    role_key: str


class AccessEvidenceState(PortalState, rx.State):
    """What speaks for an application for access, and against it."""

    is_there: bool = False  # the application is for access
    company: str = ""  # as the portal knows it; empty when it is new
    siblings: str = ""  # units of the same number
    has_address_alike: bool = False
    account: str = ""
    is_known_there: bool = False
    people: list[KnownLine] = []

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Look, when the address names an application for access."""
        try:
            found = await self._run(
                access_applications.evidence, number=asked_number(self._asked())
            )
        except (NotFound, NotAllowed):
            self.reset()
            return
        self.is_there, self.company = True, found.company
        self.siblings = ", ".join(found.siblings)
        self.has_address_alike, self.account = found.has_address_alike, found.account
        self.is_known_there = found.is_known_there
        self.people = [
            KnownLine(one.name, one.email, f"roles.{one.role.value}") for one in found.people
        ]
