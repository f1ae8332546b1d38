"""What the portal knows of whoever asked for a role or a capacity, beside the application."""

from dataclasses import dataclass

import reflex as rx

from portal_app.errors import NotAllowed, NotFound
from portal_app.gate.handlers import Audience, handler
from portal_app.services import company_outcomes
from portal_app.state.application_record import asked_number
from portal_app.state.base import PortalState


@dataclass(frozen=True, slots=True)
class ManagerLine:
    """Somebody who manages the access of the company."""

    name: str
    email: str
    role_key: str


class CompanyEvidenceState(PortalState, rx.State):
    """What speaks for the application, and against it."""

    is_there: bool = False  # the application is for a role or a capacity
    company: str = ""
    is_open: bool = False
    role_keys: list[str] = []  # that whoever asked holds there
    is_there_already: bool = False
    is_oneself: bool = False
    managers: list[ManagerLine] = []

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Look, when the address names such an application."""
        try:
            found = await self._run(company_outcomes.evidence, number=asked_number(self._asked()))
        except (NotFound, NotAllowed):
            self.reset()
            return
        self.is_there, self.company, self.is_open = True, found.company, found.is_open
        self.role_keys = [f"roles.{role.value}" for role in found.held]
        self.is_there_already, self.is_oneself = found.is_there_already, found.is_oneself
        self.managers = [
            ManagerLine(one.name, one.email, f"roles.{one.role.value}") for one in found.managers
        ]
