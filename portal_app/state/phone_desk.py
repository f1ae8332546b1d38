"""The phone desk: one search, and the person or company that was chosen from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from portal_app.errors import NotAllowed, NotFound, Text
from portal_app.gate.handlers import Audience, handler
from portal_app.reading import read_search
from portal_app.reading_contact import shown_phone
from portal_app.reading_numbers import named_apart
from portal_app.reading_text import read_key
from portal_app.services import phone_desk, phone_search
from portal_app.services.blocking import BlockReason
from portal_app.services.phone_callers import Question
from portal_app.services.phone_desk import Caller, CompanySight, Told
from portal_app.services.phone_search import Findings
from portal_app.state.access_questions import PATH as ACCESS
from portal_app.state.application_list import PATH as APPLICATIONS
from portal_app.state.base import PortalState
from portal_app.state.company_data import PATH as COMPANY_DATA
from portal_app.state.shapes import Option

PATH = "/beheer/telefoon"


@dataclass(frozen=True, slots=True)
class FoundLine:
    """Something that the search found: what kind, what it is called, and where it is."""

    kind_key: str
    name: str
    detail: Text | str
    href: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """Something to ask; the answer is words, or a day in ISO form."""

    word: str
    question_key: str
    answer: str
    is_day: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """Something that may be told: a role, an invitation or an application; moments in ISO form."""

    name_key: str
    name: Text | str
    state_key: str
    at: str
    href: str
    invitation: int  # that can be sent once more; 0: none


class PhoneDeskState(PortalState, rx.State):
    """All of it follows from the address; whatever is shown was written down as looked at."""

    is_loaded: bool = False
    is_refused: bool = False
    words: str = ""
    found: list[FoundLine] = []
    has_searched: bool = False
    is_gone: bool = False  # what the address names is not there
    person: int = 0
    name: str = ""
    questions: list[QuestionLine] = []
    can_establish: bool = False
    until: str = ""  # established so long, in ISO form
    username: str = ""
    has_account: bool = False
    blocked_at: str = ""  # in ISO form; empty: it is not
    blocked_why_key: str = ""
    block_reasons: list[Option] = []
    temporary_until: str = ""
    has_second_step: bool = False
    roles: list[FactLine] = []
    invitations: list[FactLine] = []
    applications: list[FactLine] = []
    company: str = ""
    company_detail: str = ""
    access_href: str = ""  # who may do what for it; empty: not theirs to see
    data_href: str = ""  # what it says of itself; idem
    managers: list[FactLine] = []

    @handler(Audience.SIGNED_IN)
    async def load(self) -> None:
        """Show what the address asks for."""
        asked = self._asked()
        self.reset()
        self.words = read_search(asked.get("zoek", ""))
        person, company = read_key(asked.get("persoon", "")), read_key(asked.get("bedrijf", ""))
        try:
            if person:
                self._show_caller(await self._run(phone_desk.caller, person_id=person))
            elif company:
                self._show_company(await self._run(phone_desk.company, organisation_id=company))
            else:
                found = await self._run(phone_search.find, words=self.words)
                self.has_searched, self.found = bool(self.words), _found(found, self.words)
        except NotFound:
            self.is_gone = True
        except NotAllowed:
            self.is_refused = True
        self.is_loaded = True

    @handler(Audience.STAFF)
    async def search(self, form: dict[str, str]) -> EventSpec:
        """Go to the address of what is looked for."""
        words = read_search(form.get("zoek", ""))
        return rx.redirect(_href(zoek=words))

    def _show_caller(self, one: Caller) -> None:
        self.person, self.name = one.person_id, one.name
        self.questions = [_question(each) for each in one.questions]
        self.can_establish = one.can_establish
        self.until = one.until.isoformat() if one.until else ""
        if one.told is not None:
            self._show_told(one.told)

    def _show_told(self, told: Told) -> None:
        self.username, self.has_account = told.username, told.has_account
        self.has_second_step = told.has_second_step
        if told.blocked is not None:
            self.blocked_at = told.blocked.at.isoformat()
            self.blocked_why_key = f"phone_desk.block_{told.blocked.why.value}"
        self.block_reasons = [
            Option(one.value, Text(f"phone_desk.block_{one.value}")) for one in BlockReason
        ]
        self.temporary_until = told.temporary_until.isoformat() if told.temporary_until else ""
        self.roles = [
            FactLine(
                f"roles.{one.role.value}",
                named_apart(one.company, one.unit),
                "roles.suspended" if one.is_suspended else "",
                one.since.isoformat(),
                _access_of(one.access_of),
                0,
            )
            for one in told.roles
        ]
        self.invitations = [
            FactLine(
                f"roles.{one.role.value}",
                one.company,
                f"invitations.state_{one.state.value}",
                one.expires_at.isoformat(),
                "",
                one.id if one.may_send else 0,
            )
            for one in told.invitations
        ]
        self.applications = [
            FactLine(
                f"applications.kind_{one.kind.value}",
                one.number,
                f"applications.state_{one.state.value}",
                one.due_at.isoformat(),
                f"{APPLICATIONS}/aanvraag?nr={one.number}",
                0,
            )
            for one in told.applications
        ]

    def _show_company(self, one: CompanySight) -> None:
        self.company, self.company_detail = one.name, f"{one.number} {one.unit}".strip()
        self.access_href = _access_of(one.access_of)
        self.data_href = f"{COMPANY_DATA}?org={one.data_of}" if one.data_of else ""
        self.managers = [
            FactLine(
                f"roles.{each.role.value}",
                each.name,
                "",
                "",
                _href(persoon=str(each.person_id)),
                0,
            )
            for each in one.managers
        ]


def _found(found: Findings, words: str) -> list[FoundLine]:
    people = [
        FoundLine(
            "phone_desk.kind_person" if one.has_account else "phone_desk.kind_no_account",
            one.name,
            "",
            _href(zoek=words, persoon=str(one.id)),
        )
        for one in found.people
    ]
    companies = [
        FoundLine(
            "phone_desk.kind_company", one.name, one.detail, _href(zoek=words, bedrijf=str(one.id))
        )
        for one in found.companies
    ]
    asked = [
        FoundLine(
            "phone_desk.kind_application",
            one.number,
            one.name,
            f"{APPLICATIONS}/aanvraag?nr={one.number}",
        )
        for one in found.applications
    ]
    codes = [
        FoundLine(
            "phone_desk.kind_code",
            one.code,
            one.company,
            f"/betaalcodes?{urlencode({'trefwoorden': one.code})}",
        )
        for one in found.codes
    ]
    return [*people, *companies, *asked, *codes]


def _question(one: Question) -> QuestionLine:
    is_day = isinstance(one.answer, date)
    answer = one.answer.isoformat() if isinstance(one.answer, date) else one.answer
    if one.word == "phone":
        answer = shown_phone(answer)
    return QuestionLine(one.word, f"phone_desk.question_{one.word}", answer, is_day)


def _href(**query: str) -> str:
    asked: Mapping[str, str] = {name: value for name, value in query.items() if value}
    return f"{PATH}?{urlencode(asked)}" if asked else PATH


def _access_of(organisation: int) -> str:
    return f"{ACCESS}?org={organisation}" if organisation else ""
