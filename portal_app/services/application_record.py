"""One application as staff see it: what was asked, what happened, and who it may be."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import col, or_, select

from portal_app.applications import (
    RULES,
    ActivationPayload,
    ApplicationKind,
    ApplicationState,
    IdentityPayload,
    Payload,
)
from portal_app.models import (
    Account,
    Application,
    ApplicationEvent,
    CompanyAccount,
    Grant,
    Organisation,
    Person,
)
from portal_app.names import PersonName, name_of
from portal_app.permissions import Right, Role
from portal_app.services import applications
from portal_app.unit_of_work import Work, use_case

_MOST_PEOPLE = 10
_MOST_DOUBLES = 10


class NumberMatch(StrEnum):
    """How the national register number compares with the one of a person."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"  # of one of the two


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened."""

    from_state: ApplicationState | None
    to_state: ApplicationState
    by: str  # empty: the applicant
    at: datetime
    reason: str
    public_note: str
    internal_note: str


@dataclass(frozen=True, slots=True)
class Double:
    """Another application from the same address, of the same name or for the same company."""

    number: str
    kind: ApplicationKind
    state: ApplicationState
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role, and the organisation for which it is held; the fund's own is without one."""

    role: Role
    organisation: str
    unit: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody whom the applicant may be, and what speaks for it."""

    person_id: int
    name: str
    email: str
    birth_date: date | None
    phone: str
    roles: tuple[RoleHeld, ...]
    number: NumberMatch
    is_of_the_name: bool
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class ApplicationRecord:
    """All that staff see of an application; `payload` is None once it was erased."""

    number: str
    kind: ApplicationKind
    state: ApplicationState
    version: int
    name: str
    email: str
    locale: str
    payload: Payload | None
    submitted_at: datetime
    due_at: datetime
    confirm_until: datetime | None
    assignee: str
    is_mine: bool
    checked_by: str
    checked_by_me: bool
    person_id: int | None
    is_late: bool
    needs_two: bool  # members of staff who establish who somebody is
    moves: frozenset[ApplicationState]
    reasons: tuple[str, ...]
    questions: tuple[str, ...]
    events: tuple[Happening, ...]
    doubles: tuple[Double, ...]


@use_case(Right.APPLICATIONS_SEE)
def record(work: Work, *, number: str) -> ApplicationRecord:
    """Show an application.

    Raises:
        NotFound: there is none that whoever asks decides.
    """
    one = applications.open_one(work, number)
    rule = RULES[one.kind]
    names = _names(work, {one.assignee_id, one.checked_by_id})
    return ApplicationRecord(
        one.number,
        one.kind,
        one.state,
        one.version,
        one.name,
        one.email,
        one.locale,
        applications.payload_of(one),
        one.submitted_at,
        one.due_at,
        one.confirm_until,
        names.get(one.assignee_id, ""),
        one.assignee_id == work.actor.person_id,
        names.get(one.checked_by_id, ""),
        one.checked_by_id == work.actor.person_id,
        one.person_id,
        one.finished_at is None and one.due_at < work.now,
        rule.needs_two,
        frozenset(
            to for to, right in rule.moves.get(one.state, {}).items() if work.actor.scope(right)
        ),
        rule.reasons,
        rule.questions,
        _events(work, one),
        _doubles(work, one),
    )


@use_case(Right.IDENTITY_CHECK, writes=True)
def suspects(work: Work, *, number: str, words: str = "") -> tuple[Suspect, ...]:
    """List the people whom an applicant may be; `words` look for others by name or address.

    Once somebody was chosen it is that one alone, so that the second judges the same person.

    Raises:
        NotFound: there is no such application.
    """
    one, payload = applications.open_asking(work, number, IdentityPayload)
    wanted = select(Person, Account).join(Account, col(Account.person_id) == Person.id)
    if one.person_id is not None:
        wanted = wanted.where(Person.id == one.person_id)
    elif words.split():
        for word in words.split()[:6]:
            wanted = wanted.where(
                or_(
                    col(Person.family_name).icontains(word, autoescape=True),
                    col(Person.given_name).icontains(word, autoescape=True),
                    col(Account.email).icontains(word, autoescape=True),
                )
            )
    else:
        alike = [col(Person.name_sort).startswith(begin) for begin in _beginnings(payload)]
        if payload.national_number:
            alike.append(col(Person.national_number_digest) == payload.national_number)
        if isinstance(payload, ActivationPayload):
            alike.append(col(Person.id).in_(_appointed(payload.company_number)))
        wanted = wanted.where(or_(*alike))
    found = work.session.exec(wanted.order_by(col(Person.name_sort)).limit(_MOST_PEOPLE)).all()
    roles = _roles(work, [person.key for person, _ in found])
    suspected = [
        Suspect(
            person.key,
            name_of(person).full,
            account.email,
            person.birth_date,
            person.phone or "",
            tuple(roles.get(person.key, ())),
            _compared(payload, person),
            any(person.name_sort.startswith(begin) for begin in _beginnings(payload)),
            account.blocked_at is not None,
        )
        for person, account in found
    ]
    work.note("applications.looked_up", about=("application", one.id), found=len(suspected))
    return tuple(sorted(suspected, key=lambda who: who.number is not NumberMatch.SAME))


def _appointed(company_number: str):  # noqa: ANN202  # sqlmodel's own select type
    """Select the people for whom an account of this company was made."""
    return (
        select(CompanyAccount.person_id)
        .join(Organisation, col(Organisation.id) == CompanyAccount.organisation_id)
        .where(Organisation.number == company_number)
    )


def _beginnings(payload: IdentityPayload) -> list[str]:
    """Return how the sort keys begin of everybody so called.

    People type 'van den Berg' as their name; the infix stands apart with us.
    """
    words = payload.family_name.split()
    return [
        PersonName(payload.given_name, " ".join(words[at:])).name_sort for at in range(len(words))
    ][:5]


def _compared(payload: IdentityPayload, person: Person) -> NumberMatch:
    known = person.national_number_digest
    if not known or not payload.national_number:
        return NumberMatch.UNKNOWN
    return NumberMatch.SAME if known == payload.national_number else NumberMatch.OTHER


def _roles(work: Work, people: list[int]) -> dict[int, list[RoleHeld]]:
    held: dict[int, list[RoleHeld]] = {}
    for grant, organisation in work.session.exec(
        select(Grant, Organisation)
        .join(Organisation, col(Organisation.id) == Grant.organisation_id, isouter=True)
        .where(col(Grant.person_id).in_(people), col(Grant.ended_at).is_(None))
        .order_by(col(Grant.id))
    ):
        where = (organisation.name, organisation.unit) if organisation else ("", "")
        held.setdefault(grant.person_id, []).append(RoleHeld(grant.role, *where))
    return held


def _events(work: Work, one: Application) -> tuple[Happening, ...]:
    found = work.session.exec(
        select(ApplicationEvent, Person)
        .join(Person, col(Person.id) == ApplicationEvent.by_id, isouter=True)
        .where(ApplicationEvent.application_id == one.id)
        .order_by(col(ApplicationEvent.id))
    )
    return tuple(
        Happening(
            event.from_state,
            event.to_state,
            name_of(by).full if by else "",
            event.at,
            event.reason,
            event.public_note,
            event.internal_note,
        )
        for event, by in found
    )


def _doubles(work: Work, one: Application) -> tuple[Double, ...]:
    """List other applications that may be of the same applicant, the newest first."""
    if one.erased_at is not None:
        return ()
    found = work.session.exec(
        select(Application)
        .where(
            or_(
                Application.email == one.email,
                Application.name_sort == one.name_sort,
                (col(Application.company_number) == one.company_number)
                & (col(Application.company_number) != ""),
            ),
            Application.id != one.id,
            col(Application.erased_at).is_(None),
        )
        .order_by(col(Application.id).desc())
        .limit(_MOST_DOUBLES)
    )
    return tuple(
        Double(other.number, other.kind, other.state, other.submitted_at)
        for other in found
        if applications.may_decide(work, other.kind)
    )


def _names(work: Work, ids: set[int | None]) -> dict[int | None, str]:
    found = work.session.exec(select(Person).where(col(Person.id).in_(ids - {None})))
    return {person.id: name_of(person).full for person in found}
