"""Who is on the phone: what to ask, and what was answered rightly.

Which questions were asked is written down, and that opens the rest for the colleague who asked
them, for half an hour. No table holds it: the trail does.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from portal_app.actors import stands_at
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, AuditEvent, Grant, Organisation, Person
from portal_app.permissions import Right, Role
from portal_app.unit_of_work import Work, use_case

QUESTIONS = ("birth_date", "phone", "email", "company")
"""What may be asked: `phone_desk.question_<word>`. Two right answers establish who it is."""

FEWEST = 2
HOLDS = timedelta(minutes=30)
_ESTABLISHED = "phone_desk.established"
_MOST = 20


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask, and the answer to compare with."""

    word: str
    answer: str | date


@dataclass(frozen=True, slots=True)
class RoleNow:
    """A role that is held now; the fund's own is without a company."""

    role: Role
    company: str
    unit: str
    since: datetime
    is_suspended: bool
    access_of: int  # the company of which the reader sees the access; 0: none


@use_case(Right.IDENTITY_CHECK, writes=True)
def establish(work: Work, *, person_id: int, asked: frozenset[str]) -> None:
    """Write down which questions the caller answered rightly; two are enough.

    Raises:
        Invalid: fewer than two were, it cannot be asked, or it is whoever asks.
        NotFound: there is no such person.
    """
    person = person_of(work, person_id)
    if person_id == work.actor.person_id:
        raise Invalid({"asked": Text("errors.application_oneself")})
    can_ask = {one.word for one in questions(work, person, work.session.get(Account, person_id))}
    if len(asked & can_ask) < FEWEST or asked - can_ask:
        raise Invalid({"asked": Text("phone_desk.wrong_too_few")})
    work.note(_ESTABLISHED, about=("person", person_id), asked=" ".join(sorted(asked)))


def person_of(work: Work, person_id: int) -> Person:
    """Return somebody.

    Raises:
        NotFound: there is no such person.
    """
    person = work.session.get(Person, person_id)
    if person is None:
        raise NotFound
    return person


def established_at(work: Work, person_id: int) -> datetime | None:
    """Tell when whoever asks established that it is this person; None when too long ago."""
    return work.session.exec(
        select(AuditEvent.at)
        .where(
            AuditEvent.about == "person",
            AuditEvent.about_id == person_id,
            AuditEvent.action == _ESTABLISHED,
            AuditEvent.actor_id == work.person_id,
            AuditEvent.at > work.real_now - HOLDS,
        )
        .order_by(col(AuditEvent.at).desc())
    ).first()


def must_be_established(work: Work, person_id: int) -> Person:
    """Return somebody of whom whoever asks established lately that they call.

    Raises:
        Invalid: they did not.
        NotFound: there is no such person.
    """
    person = person_of(work, person_id)
    if established_at(work, person_id) is None:
        raise Invalid({"": Text("phone_desk.wrong_not_established")})
    return person


def questions(work: Work, person: Person, account: Account | None) -> tuple[Question, ...]:
    """List what somebody can be asked, with the answers."""
    companies = dict.fromkeys(one.company for one in roles(work, person.key) if one.company)
    answers: tuple[tuple[str, str | date | None], ...] = (
        ("birth_date", person.birth_date),
        ("phone", person.phone),
        ("email", account.email if account else person.email),
        ("company", ", ".join(companies)),
    )
    return tuple(Question(word, answer) for word, answer in answers if answer)


def where_held(work: Work, right: Right, organisation_id: int | None) -> int:
    """Return a company for which the reader holds a right, else 0."""
    if organisation_id is None:
        return 0
    return organisation_id if work.actor.holds(right, organisation_id, "") else 0


def roles(work: Work, person_id: int) -> tuple[RoleNow, ...]:
    """List what somebody is now."""
    rows = work.session.exec(
        select(Grant, Organisation)
        .join(Organisation, col(Organisation.id) == Grant.organisation_id, isouter=True)
        .where(Grant.person_id == person_id, stands_at(work.now))
        .order_by(col(Grant.id))
        .limit(_MOST)
    )
    return tuple(
        RoleNow(
            grant.role,
            where.name if where else "",
            where.unit if where else "",
            grant.starts_at,
            grant.suspended_at is not None,
            where_held(work, Right.ACCESS_SEE, grant.organisation_id),
        )
        for grant, where in rows
    )
