"""Who manages the access of a company: appointed by whoever stands above, ended the same way.

An appointment is an invitation that rests on the grant of whoever appoints; accepting it is
redeeming its code. Roles, and which of them give which, are `permissions.APPOINTS`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from portal_app.actors import STANDING_GRANT, HeldGrant
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Grant, Invitation, Organisation, Person
from portal_app.names import name_of
from portal_app.needs import ProvenLately, SignedIn
from portal_app.permissions import APPOINTS, CAPACITY_ROLES, STAFF_ROLES, Right, Role
from portal_app.services import access_letters, access_limits, grants, inviting
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Work, use_case

BY_A_MANAGER, LEFT = "ended by a manager", "left"
"""Why a grant ended."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A form that was read and found right."""

    organisation_id: int
    role: Role
    capacity: str  # empty for whoever manages the organisation as a whole
    email: str  # casefolded
    given_name: str
    infix: str
    family_name: str
    locale: str = "nl"
    until: datetime | None = None  # for a stand-in


@dataclass(frozen=True, slots=True)
class EndingRole:
    """A role that may end, and the appointments that are taken back with it."""

    grant_id: int
    name: str
    role: Role
    capacity: str
    endings: tuple[grants.Ending, ...]


@use_case(ProvenLately(Right.ACCESS_GIVE, with_factor=True), writes=True)
def appoint(work: Work, *, wanted: Appointment) -> datetime:
    """Appoint somebody, who accepts with the code in the mail; return until when that can.

    Raises:
        NotFound: no such organisation or capacity in scope.
        Invalid: the role is not theirs to give or is taken, the capacity is not on, the day
            has passed, or the person has or was offered the role already.
    """
    is_there = access_limits.take(work, wanted.organisation_id)
    if not is_there or not work.holds(wanted.organisation_id, wanted.capacity):
        raise NotFound
    by = giver(work, wanted.organisation_id, wanted.role, wanted.capacity)
    if by is None or (wanted.role in CAPACITY_ROLES) != bool(wanted.capacity):
        raise Invalid({"role": Text("access.wrong_role")})
    if wanted.until is not None and wanted.until <= work.now:
        raise Invalid({"until": Text("access.wrong_until")})
    return invite(work, wanted, by.id)


def invite(
    work: Work, wanted: Appointment, by_grant: int, *, instead_of: int | None = None
) -> datetime:
    """Write and mail an appointment inside a use case that judged who appoints, after taking.

    `instead_of` is the grant of which the place becomes free with it.
    """
    organisation_id = wanted.organisation_id
    if wanted.capacity and not access_limits.is_active(work, organisation_id, wanted.capacity):
        raise Invalid({"role": Text("access.wrong_capacity")})
    _refuse_who_is_held_back(work, wanted)
    _refuse_doubles(work, wanted)
    if not access_limits.has_room(
        work, organisation_id, wanted.role, wanted.capacity, but_grant=instead_of
    ):
        raise Invalid({"role": Text("access.wrong_place_taken")})
    organisation = work.session.get_one(Organisation, organisation_id)
    number = OrganisationNumber(organisation.trade_register, organisation.number, organisation.unit)
    invitation, _ = inviting.make(
        work,
        organisation,
        NewInvitation(
            organisation=number,
            organisation_name=organisation.name,
            role=wanted.role,
            email=wanted.email,
            given_name=wanted.given_name,
            infix=wanted.infix,
            family_name=wanted.family_name,
            locale=wanted.locale,
            capacity=wanted.capacity,
            until=wanted.until,
        ),
        by_grant=by_grant,
    )
    return invitation.expires_at


@use_case(Right.ACCESS_GIVE, writes=True)
def send_again(work: Work, *, invitation_id: int) -> None:
    """Mail an appointment once more, and let it live 14 days from now.

    Raises:
        NotFound: no such appointment in scope, or it ended.
        Invalid: it ran out, and its place was taken or its last day came meanwhile.
    """
    invitation = _appointment(work, invitation_id)
    if invitation.until is not None and invitation.until <= work.now:
        raise Invalid({"": Text("access.wrong_until")})
    if not access_limits.has_room(
        work,
        invitation.organisation_id,
        invitation.role,
        invitation.capacity,
        but_invitation=invitation.id,
        but_grant=invitation.appointing_grant_id,
    ):
        raise Invalid({"": Text("access.wrong_place_taken")})
    inviting.resend(work, invitation)


@use_case(Right.ACCESS_GIVE, writes=True)
def withdraw(work: Work, *, invitation_id: int) -> None:
    """Take an appointment back that was not accepted yet.

    Raises:
        NotFound: no such appointment in scope, or it ended.
    """
    grants.take_back(work, _appointment(work, invitation_id))


@use_case(ProvenLately(Right.ACCESS_GIVE, with_factor=True))
def what_ends(work: Work, *, grant_id: int) -> EndingRole:
    """Tell what ends with a role that is theirs to end.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
        Invalid: it is not theirs to end.
    """
    grant = found(work, grant_id)
    judge_end(work, grant)
    waiting = work.session.exec(
        select(Invitation)
        .where(Invitation.appointing_grant_id == grant.id, *access_limits.waits(work))
        .order_by(col(Invitation.id))
    ).all()
    return EndingRole(
        grant.key,
        name_of(work.session.get_one(Person, grant.person_id)).full,
        grant.role,
        grant.capacity,
        tuple(
            grants.Ending(one.role, name_of(one).full or one.email, is_appointment=True)
            for one in waiting
        ),
    )


@use_case(ProvenLately(Right.ACCESS_GIVE, with_factor=True), writes=True)
def end(work: Work, *, grant_id: int) -> None:
    """End a role that is theirs to give, and tell whoever held it.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
        Invalid: it is not theirs to end.
    """
    grant = taken(work, grant_id)
    judge_end(work, grant)
    grants.close(work, grant, BY_A_MANAGER)
    access_letters.tell_of_end(work, grant)


@use_case(SignedIn, writes=True)
def leave(work: Work, *, grant_id: int) -> None:
    """End a role of one's own.

    Raises:
        NotFound: it is not one's own, has ended, or is suspended.
        Invalid: it is that of the main access manager, who hands over instead.
    """
    grant = taken(work, grant_id)
    if grant.person_id != work.person_id or grant.suspended_at is not None:
        raise NotFound
    if grant.role is Role.MAIN_ACCESS_MANAGER:
        raise Invalid({"": Text("access.wrong_last")})
    grants.close(work, grant, LEFT)


def giver(work: Work, organisation_id: int, role: Role, capacity: str) -> HeldGrant | None:
    """Return the grant by which the actor may give a role in a capacity."""
    for grant in work.actor.reaching(organisation_id, capacity):
        if role in APPOINTS.get(grant.role, frozenset[Role]()):
            return grant
    return None


def taken(work: Work, grant_id: int) -> Grant:
    """Take the organisation of a grant that is active, and return the grant as it then is."""
    organisation_id = work.session.exec(
        select(Grant.organisation_id).where(Grant.id == grant_id)
    ).first()
    if organisation_id is None or organisation_id not in work.scope:
        raise NotFound
    if not access_limits.take(work, organisation_id):
        raise NotFound
    return found(work, grant_id)


def found(work: Work, grant_id: int) -> Grant:
    """Return a grant of an organisation that is active."""
    grant = work.session.exec(
        select(Grant).where(Grant.id == grant_id, STANDING_GRANT), params={"now": work.now}
    ).first()
    if grant is None or grant.role in STAFF_ROLES:
        raise NotFound
    return grant


def judge_end(work: Work, grant: Grant) -> None:
    """Refuse to end what is not theirs to end."""
    if not work.holds(grant.organisation_id or 0, grant.capacity):
        raise NotFound
    if grant.role not in work.actor.appoints(grant.organisation_id or 0, grant.capacity):
        raise Invalid({"": Text("access.wrong_to_end")})
    refuse_what_the_fund_suspended(work, grant)


def refuse_what_the_fund_suspended(work: Work, grant: Grant) -> None:
    """Refuse a company what would undo a suspension by the fund."""
    if grants.is_kept_from(work, grant):
        raise Invalid({"": Text("access.wrong_suspended_by_fund")})


def _appointment(work: Work, invitation_id: int) -> Invitation:
    """Take the organisation of an open appointment that is theirs, and return it."""
    organisation_id = work.session.exec(
        select(Invitation.organisation_id).where(
            Invitation.id == invitation_id, col(Invitation.appointing_grant_id).is_not(None)
        )
    ).first()
    if organisation_id is None or not access_limits.take(work, organisation_id):
        raise NotFound
    invitation = inviting.open_one(work, invitation_id)
    is_theirs = invitation.role in work.actor.appoints(organisation_id, invitation.capacity)
    is_own = invitation.appointing_grant_id in {grant.id for grant in work.actor.grants}
    if not work.holds(organisation_id, invitation.capacity) or not (is_theirs or is_own):
        raise NotFound
    return invitation


def _refuse_who_is_held_back(work: Work, wanted: Appointment) -> None:
    known = work.session.exec(select(Account).where(Account.email == wanted.email)).first()
    if known is None or work.actor.is_staff:
        return
    if grants.is_held_back(work, known.person_id, wanted.organisation_id):
        raise Invalid({"email": Text("access.wrong_held_back")})


def _refuse_doubles(work: Work, wanted: Appointment) -> None:
    holds = work.session.exec(
        select(Grant.id)
        .join(Account, col(Account.person_id) == Grant.person_id)
        .where(
            Account.email == wanted.email,
            Grant.organisation_id == wanted.organisation_id,
            Grant.role == wanted.role,
            Grant.capacity == wanted.capacity,
            STANDING_GRANT,
        ),
        params={"now": work.now},
    ).first()
    if holds is not None:
        raise Invalid({"email": Text("access.wrong_holds_already")})
    waits = work.session.exec(
        select(Invitation.id).where(
            Invitation.email == wanted.email,
            Invitation.organisation_id == wanted.organisation_id,
            Invitation.role == wanted.role,
            Invitation.capacity == wanted.capacity,
            *access_limits.waits(work),
        )
    ).first()
    if waits is not None:
        raise Invalid({"email": Text("access.wrong_waits_already")})
