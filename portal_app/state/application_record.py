"""One application as staff see it, and whom it may be about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from portal_app.applications import (
    AccessPayload,
    ActivationPayload,
    AddressPayload,
    ApplicationState,
    CapacityPayload,
    CoManagerPayload,
    CompanyPayload,
    IdentityPayload,
    Payload,
    RolePayload,
    said_with,
)
from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_search
from portal_app.reading_contact import shown_phone
from portal_app.reading_numbers import named_apart
from portal_app.reading_text import cleaned
from portal_app.services import application_record
from portal_app.services.application_record import (
    ApplicationRecord,
    Double,
    Happening,
    RoleHeld,
    Suspect,
)
from portal_app.state.application_icons import icons_of
from portal_app.state.application_list import PATH as LIST
from portal_app.state.base import PortalState
from portal_app.state.shapes import Option

PATH = f"{LIST}/aanvraag"
_LONGEST_NUMBER = 8
_LOOKED_UP_IN = (ApplicationState.IN_PROGRESS, ApplicationState.CHECKED)


@dataclass(frozen=True, slots=True)
class HappeningLine:
    """One thing that happened; the moment in ISO form."""

    state_key: str
    icon: str
    by: str
    at: str
    reason_key: str
    public_note: str
    internal_note: str


@dataclass(frozen=True, slots=True)
class DoubleLine:
    """Another application of the same applicant."""

    number: str
    href: str
    kind_key: str
    state_key: str
    submitted_at: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role and where it is held."""

    role_key: str
    organisation: Text | str


@dataclass(frozen=True, slots=True)
class SuspectLine:
    """Somebody whom the applicant may be."""

    person: int
    name: str
    email: str
    born: str  # a day in ISO form
    phone: str  # as people write it
    number_key: str
    name_key: str
    is_blocked: bool
    roles: list[RoleLine] = field(default_factory=list[RoleLine])


class ApplicationRecordState(PortalState, rx.State):
    """The application that the address names."""

    is_loaded: bool = False
    is_there: bool = False
    is_refused: bool = False
    number: str = ""
    version: int = 0
    state: str = ""
    state_key: str = ""
    kind_key: str = ""
    name: str = ""
    email: str = ""
    new_email: str = ""
    phone: str = ""
    phone_said: str = ""  # as people write it, as is the direct one
    language_key: str = ""
    submitted_at: str = ""
    due_at: str = ""
    confirm_until: str = ""
    assignee: str = ""
    is_mine: bool = False
    checked_by: str = ""
    checked_by_me: bool = False
    is_late: bool = False
    checks_identity: bool = False
    is_known: bool = False  # whom it is about
    outcome_key: str = ""  # what comes of it once two agree
    company: str = ""  # for which access is asked, and what follows of it
    company_number: str = ""
    company_unit: str = ""
    company_address: str = ""
    asks_for: str = ""  # whom, when somebody asks for another
    role_key: str = ""  # that is asked, as is the capacity
    capacity: str = ""
    asked_why: str = ""
    given_at: str = ""  # the page where it is decided, when not here
    position: str = ""
    direct_phone: str = ""
    direct_phone_said: str = ""
    is_erased: bool = False
    is_open: bool = False
    may_refuse: bool = False
    asks_number: bool = False
    reasons: list[Option] = []
    questions: list[Option] = []
    events: list[HappeningLine] = []
    doubles: list[DoubleLine] = []
    words: str = ""
    suspects: list[SuspectLine] = []

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show the application, or that there is none."""
        number = asked_number(self._asked())
        words = read_search(self._asked().get("zoek", ""))
        try:
            found = await self._run(application_record.record, number=number)
            people = ()
            if found.state in _LOOKED_UP_IN and isinstance(found.payload, IdentityPayload):
                people = await self._run(application_record.suspects, number=number, words=words)
        except (NotFound, NotAllowed) as refusal:
            self.reset()
            self.is_loaded, self.is_refused = True, isinstance(refusal, NotAllowed)
            return
        self.words = words
        self._show(found)
        self.suspects = [_suspect(one) for one in people]

    @handler(Audience.STAFF)
    async def search(self, form: dict[str, str]) -> EventSpec:
        """Look for other people whom the applicant may be."""
        asked = {"nr": self.number, "zoek": read_search(form.get("zoek", ""))}
        return rx.redirect(f"{PATH}?{urlencode({k: v for k, v in asked.items() if v})}")

    def _show(self, found: ApplicationRecord) -> None:
        self.is_loaded = self.is_there = True
        self.is_refused = False
        self.number, self.version, self.state = found.number, found.version, found.state.value
        self.state_key = f"applications.state_{found.state.value}"
        self.kind_key = f"applications.kind_{found.kind.value}"
        self.name, self.email = found.name, found.email
        self.checks_identity, self.is_known = found.needs_two, found.person_id is not None
        self.outcome_key = f"applications.outcome_{found.kind.value}" if found.needs_two else ""
        self._show_payload(found.payload)
        self.language_key = f"shell.language_{found.locale}"
        self.submitted_at, self.due_at = found.submitted_at.isoformat(), found.due_at.isoformat()
        self.confirm_until = found.confirm_until.isoformat() if found.confirm_until else ""
        self.assignee, self.is_mine = found.assignee, found.is_mine
        self.checked_by, self.checked_by_me = found.checked_by, found.checked_by_me
        self.is_late, self.is_open = found.is_late, bool(found.moves)
        self.may_refuse = ApplicationState.REFUSED in found.moves
        self.reasons = _options(found.reasons, ApplicationState.REFUSED)
        self.questions = _options(found.questions, ApplicationState.WAITING)
        icons = icons_of([one.to_state for one in found.events])
        self.events = [_happening(one, icon) for one, icon in zip(found.events, icons, strict=True)]
        self.doubles = [_double(one) for one in found.doubles]

    def _show_payload(self, payload: Payload | None) -> None:
        self.is_erased = payload is None
        address = payload if isinstance(payload, AddressPayload) else None
        access = payload if isinstance(payload, AccessPayload) else None
        person = payload if isinstance(payload, IdentityPayload) else None
        codes = payload if isinstance(payload, ActivationPayload) else None
        self.phone = payload.phone if payload else ""
        self.phone_said = shown_phone(self.phone)
        self.new_email = address.new_email if address else ""
        self.asks_number = bool(person and person.national_number)
        own = payload if isinstance(payload, CompanyPayload) else None
        company = access or own
        self.company = company.company if company else ""
        self.company_number = company.number if company else codes.company_number if codes else ""
        asks_for = bool(codes and codes.asker)
        self.asks_for = f"{codes.given_name} {codes.family_name}" if codes and asks_for else ""
        self.company_unit = company.unit if company else ""
        self.role_key = f"roles.{own.role.value}" if isinstance(own, RolePayload) else ""
        self.capacity = own.capacity if isinstance(own, CapacityPayload) else ""
        self.asked_why = own.why if own else ""
        elsewhere = isinstance(own, CoManagerPayload)
        self.given_at = f"/toegang?org={own.organisation_id}" if elsewhere else ""
        self.company_address = (
            f"{access.street}, {access.postal_code} {access.town}" if access else ""
        )
        self.position = access.position if access else ""
        self.direct_phone = access.direct_phone if access else ""
        self.direct_phone_said = shown_phone(self.direct_phone)


def asked_number(query: Mapping[str, str]) -> str:
    """Read which application an address names."""
    return cleaned(query.get("nr", ""))[:_LONGEST_NUMBER].upper()


def _options(words: Iterable[str], state: ApplicationState) -> list[Option]:
    return [Option(word, Text(said_with(state, word))) for word in words]


def _happening(one: Happening, icon: str) -> HappeningLine:
    is_answer = one.from_state is ApplicationState.WAITING and not one.by
    is_answer = is_answer and one.to_state is ApplicationState.IN_PROGRESS
    return HappeningLine(
        "applications.answered" if is_answer else f"applications.state_{one.to_state.value}",
        icon,
        one.by,
        one.at.isoformat(),
        said_with(one.to_state, one.reason),
        one.public_note,
        one.internal_note,
    )


def _double(one: Double) -> DoubleLine:
    return DoubleLine(
        one.number,
        f"{PATH}?nr={one.number}",
        f"applications.kind_{one.kind.value}",
        f"applications.state_{one.state.value}",
        one.submitted_at.isoformat(),
    )


def _suspect(one: Suspect) -> SuspectLine:
    return SuspectLine(
        one.person_id,
        one.name,
        one.email,
        one.birth_date.isoformat() if one.birth_date else "",
        shown_phone(one.phone),
        f"applications.number_{one.number.value}",
        "applications.name_same" if one.is_of_the_name else "applications.name_other",
        one.is_blocked,
        [_role(held) for held in one.roles],
    )


def _role(held: RoleHeld) -> RoleLine:
    return RoleLine(f"roles.{held.role.value}", named_apart(held.organisation, held.unit))
