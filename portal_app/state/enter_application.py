"""The form with which staff enter an application for somebody on the phone."""

import reflex as rx

from portal_app.applications import ApplicationKind
from portal_app.brand import brand
from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading_numbers import named_apart
from portal_app.reading_text import read_key
from portal_app.services import entered_applications
from portal_app.services.entered_applications import CallersCompany
from portal_app.state.application_list import PATH as LIST
from portal_app.state.base import PortalState
from portal_app.state.shapes import Option

PATH = f"{LIST}/invoeren"


class EnterApplicationState(PortalState, rx.State):
    """Which kind is entered, and what is filled in of a caller."""

    is_loaded: bool = False
    is_refused: bool = False
    kinds: list[Option] = []
    kind: str = ""
    register: str = "kvk" if brand.country == "NL" else "kbo"
    by: str = "zelf"
    values: dict[str, str] = {}
    person: int = 0  # a caller who was established
    name: str = ""
    company: str = ""  # of the caller, for which something is asked
    companies: list[Option] = []  # where what is chosen can be asked
    roles: list[Option] = []  # that can be asked there
    capacities: list[str] = []
    _of_caller: tuple[CallersCompany, ...] = ()

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Start with the kind of the address, and with what is known of a caller."""
        self.reset()
        asked = self._asked()
        person = read_key(asked.get("persoon", ""))
        try:
            found = await self._run(entered_applications.start, person_id=person)
        except (NotAllowed, NotFound):
            self.is_refused = True
            return
        self.kinds = [
            Option(one.value, Text(f"applications.kind_{one.value}")) for one in found.kinds
        ]
        self.person = person if found.given_name else 0
        self.name = f"{found.given_name} {found.family_name}".strip()
        self._of_caller = found.companies
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

    @handler(Audience.STAFF)
    async def choose_company(self, chosen: str) -> None:
        """Offer what can be asked for a company of the caller."""
        self._choose_company(chosen)

    def _choose(self, kind: str) -> None:
        known = [one.value for one in self.kinds]
        self.kind = kind if kind in known else known[0] if known else ""
        self.companies = [
            Option(str(one.id), named_apart(one.name, one.unit))
            for one in self._of_caller
            if (self.kind == ApplicationKind.ROLE and one.roles)
            or (self.kind == ApplicationKind.CAPACITY and one.capacities)
        ]
        self._choose_company(self.company)

    def _choose_company(self, chosen: str) -> None:
        known = [one.value for one in self.companies]
        self.company = chosen if chosen in known else known[0] if known else ""
        self.roles, self.capacities = [], []
        for one in self._of_caller:
            if str(one.id) == self.company:
                self.roles = [Option(role.value, Text(f"roles.{role.value}")) for role in one.roles]
                self.capacities = list(one.capacities)
