"""Asking who manages a company whether somebody who proved it may be co-manager (X-12, 0031).

Only where the operator wants that. What is asked is an application like others, decided by whoever
may appoint a co-manager; the proof that it rests on is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from portal_app.applications import ApplicationKind, ApplicationState, CoManagerPayload
from portal_app.eherkenning import Level
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import (
    Account,
    Application,
    Basis,
    EherkenningProof,
    Grant,
    Organisation,
    Person,
)
from portal_app.names import PersonName, name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import Right, Role
from portal_app.services import (
    access_limits,
    applications,
    eherkenning_letters,
    grants,
    proven_applications,
)
from portal_app.services.applications import NewApplication, Notes
from portal_app.unit_of_work import Work, use_case

_ROLE = Role.CO_MAIN_ACCESS_MANAGER
_MOST = 50


@dataclass(frozen=True, slots=True)
class Consent:
    """Somebody who proved the company and waits to be co-manager."""

    application_id: int
    version: int
    name: str
    email: str
    level: Level
    asked_at: datetime


@use_case(Right.ACCESS_SEE)
def waiting(work: Work, *, organisation_id: int) -> tuple[Consent, ...]:
    """List who waits for the consent of whoever looks; nobody for whom it is not theirs to give."""
    company = work.session.get(Organisation, organisation_id)
    if company is None or _ROLE not in work.actor.appoints(organisation_id, ""):
        return ()
    found = work.session.exec(
        select(Application, Person, Account)
        .join(Person, col(Person.id) == Application.person_id)
        .join(Account, col(Account.person_id) == Person.id)
        .where(
            *_is_open(),
            Application.company_number == company.number,
            Application.person_id != work.person_id,
        )
        .order_by(col(Application.id))
        .limit(_MOST)
    ).all()
    return tuple(
        Consent(
            one.key,
            one.version,
            name_of(person).full,
            account.email,
            work.session.get_one(EherkenningProof, payload.proof_id).level,
            one.submitted_at,
        )
        for one, person, account in found
        if (payload := _payload(one)).organisation_id == organisation_id
    )


@use_case(ProvenLately(Right.ACCESS_GIVE, with_factor=True), writes=True)
def accept(work: Work, *, application_id: int, version: int) -> None:
    """Make whoever proved the company co-manager on that proof, and mail it.

    Raises:
        NotFound: there is no such question, or it is not theirs to answer.
        Invalid: it has moved on since, the place is taken, or the account is blocked.
    """
    application, payload = _theirs(work, application_id)
    person_id, company = application.person_id or 0, payload.organisation_id
    applications.move(
        work, application, ApplicationState.DONE, version=version, agreed_by_id=work.person_id
    )
    account = work.session.get_one(Account, person_id)
    if account.blocked_at is not None:
        raise Invalid({"": Text("access.wrong_blocked")})
    if _manages(work, person_id, company):
        return
    if not access_limits.has_room(work, company, _ROLE, ""):
        raise Invalid({"": Text("access.wrong_place_taken")})
    if grants.add(work, person_id, company, _ROLE, Basis.EHERKENNING, payload.proof_id):
        level = work.session.get_one(EherkenningProof, payload.proof_id).level
        organisation = work.session.get_one(Organisation, company)
        eherkenning_letters.tell(work, person_id, [organisation], _ROLE, level)
        proven_applications.settle(work, person_id, [organisation])


@use_case(Right.ACCESS_GIVE, writes=True)
def refuse(work: Work, *, application_id: int, version: int, why: str) -> None:
    """Refuse whoever proved the company, and mail it with the reason when there is one.

    Raises:
        NotFound: there is no such question, or it is not theirs to answer.
        Invalid: it has moved on since.
    """
    application, payload = _theirs(work, application_id)
    applications.move(
        work, application, ApplicationState.REFUSED, version=version, notes=Notes(public=why)
    )
    person = work.session.get_one(Person, application.person_id)
    account = work.session.get_one(Account, application.person_id)
    application.email = account.email  # it may have changed since
    work.session.add(application)
    applications.write_to_applicant(
        work,
        application,
        "co_manager_refused",
        {"name": name_of(person).full, "company": payload.company, "note": why},
    )


def is_asked(work: Work, organisation_id: int) -> bool:
    """Tell whether what the actor proved waits for the consent of a company's manager."""
    return any(_of_actor(work, organisation_id))


def ask(work: Work, companies: Sequence[Organisation], proof: EherkenningProof) -> None:
    """Ask the managers of companies, once, whether who acts may be co-manager on a proof."""
    person = work.session.get_one(Person, work.person_id)
    account = work.session.get_one(Account, work.person_id)
    new = [one for one in companies if not is_asked(work, one.key)]
    for one in new:
        payload = CoManagerPayload(
            organisation_id=one.key,
            company=one.name,
            number=one.number,
            unit=one.unit,
            why="",
            proof_id=proof.id or 0,
        )
        wanted = NewApplication(
            ApplicationKind.CO_MANAGER,
            PersonName(person.given_name, person.family_name, person.infix),
            account.email,
            account.locale,
            payload,
            one.name,
            one.number,
            person_id=work.person_id,
            same=f"{work.person_id} {one.key}",
        )
        applications.submit(work, wanted, letter="co_manager_waits")
    if new:
        asks = "co_manager_asked"
        eherkenning_letters.tell_main_ones(work, new, person, proof.level, asks)


def drop(work: Work, companies: Sequence[Organisation]) -> None:
    """Take back what who acts asked of companies of which they have become manager."""
    for company in companies:
        for one in _of_actor(work, company.key):
            applications.move(
                work, one, ApplicationState.WITHDRAWN, version=one.version, by_applicant=True
            )


def _theirs(work: Work, application_id: int) -> tuple[Application, CoManagerPayload]:
    """Take the company that a question is about, and return it to whoever may answer."""
    found = work.session.exec(
        select(Application).where(
            Application.id == application_id, Application.kind == ApplicationKind.CO_MANAGER
        )
    ).first()
    if found is None or found.erased_at is not None:
        raise NotFound
    payload = _payload(found)
    if not access_limits.take(work, payload.organisation_id):
        raise NotFound
    if _ROLE not in work.actor.appoints(payload.organisation_id, ""):
        raise NotFound
    if found.person_id == work.person_id:
        raise NotFound
    work.session.refresh(found)  # somebody may have answered while this waited
    return found, payload


def _of_actor(work: Work, organisation_id: int) -> list[Application]:
    found = work.session.exec(
        select(Application).where(*_is_open(), Application.person_id == work.person_id)
    )
    return [one for one in found if _payload(one).organisation_id == organisation_id]


def _payload(application: Application) -> CoManagerPayload:
    return CoManagerPayload.model_validate_json(application.payload)


def _is_open() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Application.kind) == ApplicationKind.CO_MANAGER,
        col(Application.finished_at).is_(None),
    )


def _manages(work: Work, person_id: int, organisation_id: int) -> bool:
    managers = (Role.MAIN_ACCESS_MANAGER, _ROLE)
    found = work.session.exec(
        select(Grant.id).where(
            Grant.person_id == person_id,
            Grant.organisation_id == organisation_id,
            col(Grant.role).in_(managers),
            col(Grant.ended_at).is_(None),
        )
    ).first()
    return found is not None
