"""Somebody calls: first it is established who it is (`phone_callers`), then they are helped.

Until then what to ask stands there and nothing else. Every look is written down.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, or_, select

from portal_app.actors import is_active_at
from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import NotFound
from portal_app.models import (
    Account,
    Application,
    Grant,
    Invitation,
    Organisation,
    Person,
)
from portal_app.names import name_of
from portal_app.permissions import MANAGER_ROLES, Right, Role
from portal_app.services import (
    applications,
    blocking,
    factors,
    inviting,
    password_reset,
    phone_callers,
)
from portal_app.services.blocking import Blocked
from portal_app.services.invitations import InvitationState, state_of
from portal_app.services.phone_callers import FEWEST, HOLDS, Question, RoleNow
from portal_app.unit_of_work import Work, use_case

_MOST = 20


@dataclass(frozen=True, slots=True)
class InvitationNow:
    """An invitation, and whether it can be sent once more from here."""

    id: int
    company: str
    role: Role
    state: InvitationState
    expires_at: datetime
    may_send: bool


@dataclass(frozen=True, slots=True)
class ApplicationNow:
    """Something that was asked of the fund."""

    number: str
    kind: ApplicationKind
    state: ApplicationState
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told to a caller of whom it is established who they are."""

    username: str
    has_account: bool
    blocked: Blocked | None
    temporary_until: datetime | None  # a password that waits to be changed
    has_second_step: bool
    roles: tuple[RoleNow, ...]
    invitations: tuple[InvitationNow, ...]
    applications: tuple[ApplicationNow, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who may be calling; `told` is None until it is established."""

    person_id: int
    name: str
    questions: tuple[Question, ...]
    can_establish: bool  # enough is known to compare, and it is somebody else
    until: datetime | None
    told: Told | None


@dataclass(frozen=True, slots=True)
class ManagerNow:
    """Somebody who manages the access of a company; strangers hear the initials."""

    person_id: int
    name: str
    initials: str
    role: Role


@dataclass(frozen=True, slots=True)
class CompanySight:
    """A company about which somebody calls."""

    name: str
    number: str
    unit: str
    managers: tuple[ManagerNow, ...]
    access_of: int  # itself, when the reader sees who may do what for it; 0: they do not
    data_of: int  # itself, when the reader sees what it says of itself; 0: they do not


@use_case(Right.IDENTITY_CHECK, writes=True)
def caller(work: Work, *, person_id: int) -> Caller:
    """Show what to ask somebody and, once that is established, what they may be told.

    Raises:
        NotFound: there is no such person.
    """
    person = phone_callers.person_of(work, person_id)
    account = work.session.get(Account, person_id)
    at = phone_callers.established_at(work, person_id)
    work.note("phone_desk.looked", about=("person", person_id), told=at is not None)
    questions = phone_callers.questions(work, person, account)
    can = len(questions) >= FEWEST and person_id != work.actor.person_id
    return Caller(
        person_id,
        name_of(person).full,
        questions,
        can,
        at + HOLDS if at else None,
        _told(work, person, account) if at else None,
    )


@use_case(Right.IDENTITY_CHECK, writes=True)
def send_password(work: Work, *, person_id: int) -> None:
    """Mail a temporary password to the known address, as 'Wachtwoord vergeten' does.

    Raises:
        Invalid: it is not established that it is this person who calls.
        NotFound: there is no such person, or they have no account.
    """
    phone_callers.must_be_established(work, person_id)
    account = work.session.get(Account, person_id)
    if account is None:
        raise NotFound
    password_reset.ask(work, email=account.email)


@use_case(Right.INVITATIONS_MANAGE, writes=True)
def send_invitation(work: Work, *, person_id: int, invitation_id: int) -> None:
    """Mail an invitation of the caller once more, to the address that it was made for.

    Raises:
        Invalid: it is not established that it is this person who calls.
        NotFound: it is no open invitation of this person.
    """
    person = phone_callers.must_be_established(work, person_id)
    wanted = _invitations_of(person, work.session.get(Account, person_id))
    mine = work.session.exec(
        select(Invitation.id).where(wanted, Invitation.id == invitation_id)
    ).first()
    if mine is None:
        raise NotFound
    inviting.send_again(work, invitation_id=mine)


@use_case(Right.IDENTITY_CHECK, writes=True)
def company(work: Work, *, organisation_id: int) -> CompanySight:
    """Show a company, and who manages its access.

    Raises:
        NotFound: there is no such company.
    """
    found = work.session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    work.note(
        "phone_desk.looked",
        about=("organisation", organisation_id),
        organisation_id=organisation_id,
    )
    rows = work.session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == Grant.person_id)
        .where(
            Grant.organisation_id == organisation_id,
            col(Grant.role).in_(MANAGER_ROLES),
            is_active_at(work.now),
        )
        .order_by(col(Person.name_sort))
        .limit(_MOST)
    )
    managers = tuple(
        ManagerNow(person.key, name_of(person).full, name_of(person).initials, grant.role)
        for grant, person in rows
    )
    access_of, data_of = (
        phone_callers.where_held(work, right, organisation_id)
        for right in (Right.ACCESS_SEE, Right.ORGANISATION_SEE)
    )
    return CompanySight(found.name, found.number, found.unit, managers, access_of, data_of)


def _told(work: Work, person: Person, account: Account | None) -> Told:
    waits = account.temporary_expires_at if account and account.temporary_hash else None
    return Told(
        (account.username or "") if account else "",
        account is not None,
        blocking.standing(work, account),
        waits,
        factors.number_of(work, person.key) > 0,
        phone_callers.roles(work, person.key),
        _invitations(work, person, account),
        _applications(work, person, account),
    )


def _invitations_of(person: Person, account: Account | None) -> ColumnElement[bool]:
    known = {account.email if account else "", (person.email or "").casefold()} - {""}
    return col(Invitation.email).in_(known)


def _invitations(work: Work, person: Person, account: Account | None) -> tuple[InvitationNow, ...]:
    rows = work.session.exec(
        select(Invitation, Organisation)
        .join(Organisation, col(Organisation.id) == Invitation.organisation_id)
        .where(_invitations_of(person, account))
        .order_by(col(Invitation.id).desc())
        .limit(_MOST)
    )
    manages = bool(work.actor.scope(Right.INVITATIONS_MANAGE))
    return tuple(
        InvitationNow(
            one.key,
            where.name,
            one.role,
            state_of(one, work.now),
            one.expires_at,
            manages and one.redeemed_at is None and one.withdrawn_at is None,
        )
        for one, where in rows
    )


def _applications(
    work: Work, person: Person, account: Account | None
) -> tuple[ApplicationNow, ...]:
    mine = [col(Application.person_id) == person.key]
    if account is not None:
        mine.append(col(Application.email) == account.email)
    rows = work.session.exec(
        select(Application)
        .where(or_(*mine), col(Application.erased_at).is_(None))
        .order_by(col(Application.id).desc())
        .limit(_MOST)
    )
    return tuple(
        ApplicationNow(one.number, one.kind, one.state, one.due_at)
        for one in rows
        if applications.may_decide(work, one.kind)
    )
