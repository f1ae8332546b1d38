"""Giving somebody another role in place of theirs, and giving back what was just taken away.

Nothing that ended lives on: either way a further grant is written, judged like an appointment.
Nobody has to accept it, for whoever gets it had a role of this company from the same hands.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, or_, select

from portal_app.actors import HeldGrant
from portal_app.brand import brand
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Basis, Grant, Person
from portal_app.names import name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import CAPACITY_ROLES, Right, Role
from portal_app.services import access_letters, access_limits, appointing, grants
from portal_app.services.appointing import EndingRole
from portal_app.unit_of_work import Work, use_case

CHANGED = "changed into another role"
"""Why a grant ended."""
GIVEN_BACK_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Place:
    """A role, and the capacity in which it is held; empty: the organisation as a whole."""

    role: Role
    capacity: str


@dataclass(frozen=True, slots=True)
class Change:
    """A role that may change: into what, and what ends along."""

    now: EndingRole
    into: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class TakenAway:
    """A role that a manager took away lately."""

    grant_id: int
    name: str  # as in a list
    spoken: str
    role: Role
    capacity: str
    ended_at: datetime
    ended_by: str
    until: datetime  # when it can no longer be given back
    may_give_back: bool


@use_case(ProvenLately(Right.ACCESS_GIVE, with_factor=True))
def choices(work: Work, *, grant_id: int) -> Change:
    """Tell into which roles one may change, and what ends along.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
        Invalid: it is not theirs to end, it is one's own, or it is suspended.
    """
    now = appointing.what_ends(work, grant_id=grant_id)
    grant = appointing.found(work, grant_id)
    _refuse_own(work, grant)
    _refuse_suspended(grant)
    organisation_id = grant.organisation_id or 0
    taken = access_limits.taken(work, organisation_id, but_grant=grant.id)
    capacities = [
        one.code
        for one in brand.capacities
        if access_limits.is_active(work, organisation_id, one.code)
    ]
    places = (Place(role, where) for where in ("", *capacities) for role in Role)
    return Change(
        now,
        tuple(
            one
            for one in places
            if one != Place(grant.role, grant.capacity)
            and (one.role in CAPACITY_ROLES) is bool(one.capacity)
            and one.role in work.actor.appoints(organisation_id, one.capacity)
            and (
                (most := access_limits.most(one.role)) is None
                or taken[one.role, one.capacity] < most
            )
        ),
    )


@use_case(ProvenLately(Right.ACCESS_GIVE, with_factor=True), writes=True)
def change(work: Work, *, grant_id: int, role: Role, capacity: str) -> None:
    """End a role and give another in its place, until the same day, and tell whoever holds it.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
        Invalid: it is not theirs to end, one's own, or suspended; or the other is not theirs to
            give, is the same, is taken, or its capacity is not on.
    """
    grant = appointing.taken(work, grant_id)
    appointing.judge_end(work, grant)
    _refuse_own(work, grant)
    _refuse_suspended(grant)
    if (role, capacity) == (grant.role, grant.capacity):
        raise Invalid({"place": Text("access.wrong_same_role")})
    by = _giver(work, grant.organisation_id or 0, role, capacity)
    grants.close(work, grant, CHANGED)
    work.session.flush()
    _give(work, grant, by, role, capacity)
    _note(work, "grants.changed", grant)
    access_letters.tell_of_change(work, grant, role, capacity)


@use_case(Right.ACCESS_SEE)
def taken_away(work: Work, *, organisation_id: int) -> tuple[TakenAway, ...]:
    """List the roles that managers took away lately and nobody has again, the last one first."""
    found = work.session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == Grant.person_id)
        .where(
            Grant.organisation_id == organisation_id,
            col(Grant.ended_at) > work.now - GIVEN_BACK_WITHIN,
            col(Grant.ended_reason) == appointing.BY_A_MANAGER,
            or_(col(Grant.until).is_(None), col(Grant.until) > work.now),
        )
        .order_by(col(Grant.ended_at).desc(), col(Grant.id).desc())
    ).all()
    held = work.session.exec(
        select(Grant.person_id, Grant.role, Grant.capacity).where(
            Grant.organisation_id == organisation_id, col(Grant.ended_at).is_(None)
        )
    ).all()
    seen = {(person, role, capacity) for person, role, capacity in held}
    listed: list[TakenAway] = []
    for grant, person in found:
        what = (grant.person_id, grant.role, grant.capacity)
        if what in seen or grant.ended_at is None or not work.holds(organisation_id, what[2]):
            continue
        seen.add(what)
        by = work.session.get(Person, grant.ended_by_id or 0)
        listed.append(
            TakenAway(
                grant.key,
                name_of(person).listed,
                name_of(person).full,
                grant.role,
                grant.capacity,
                grant.ended_at,
                name_of(by).full if by else "",
                grant.ended_at + GIVEN_BACK_WITHIN,
                grant.role in work.actor.appoints(organisation_id, grant.capacity)
                and grant.person_id != work.actor.person_id,
            )
        )
    return tuple(listed)


@use_case(ProvenLately(Right.ACCESS_GIVE, with_factor=True), writes=True)
def give_back(work: Work, *, grant_id: int) -> None:
    """Give somebody back the role that a manager took away in the last 30 days.

    Raises:
        NotFound: no such role in scope, or it was taken away too long ago, or not by a manager.
        Invalid: it is not theirs to give, somebody else has the place by now, its capacity is not
            on, its last day has come, or the person has it again.
    """
    organisation_id = work.session.exec(
        select(Grant.organisation_id).where(Grant.id == grant_id)
    ).first()
    if organisation_id is None or not access_limits.take(work, organisation_id):
        raise NotFound
    grant = work.session.exec(
        select(Grant).where(
            Grant.id == grant_id,
            col(Grant.ended_at) > work.now - GIVEN_BACK_WITHIN,
            col(Grant.ended_reason) == appointing.BY_A_MANAGER,
        )
    ).first()
    if grant is None or not work.holds(organisation_id, grant.capacity):
        raise NotFound
    _refuse_own(work, grant)
    if grant.until is not None and grant.until <= work.now:
        raise Invalid({"": Text("access.wrong_until")})
    by = _giver(work, organisation_id, grant.role, grant.capacity)
    _give(work, grant, by, grant.role, grant.capacity)
    _note(work, "grants.given_back", grant)
    access_letters.tell_of_return(work, grant)


def _note(work: Work, action: str, before: Grant) -> None:
    work.note(action, about=("grant", before.id), organisation_id=before.organisation_id)


def _refuse_own(work: Work, grant: Grant) -> None:
    if grant.person_id == work.actor.person_id:
        raise Invalid({"": Text("access.wrong_own_role")})


def _refuse_suspended(grant: Grant) -> None:
    if grant.suspended_at is not None:  # another role would open what is closed
        raise Invalid({"": Text("access.wrong_suspended")})


def _giver(work: Work, organisation_id: int, role: Role, capacity: str) -> HeldGrant:
    """Return the grant by which the actor gives a role, or refuse."""
    by = appointing.giver(work, organisation_id, role, capacity)
    if by is None or (role in CAPACITY_ROLES) != bool(capacity):
        raise Invalid({"place": Text("access.wrong_role")})
    if capacity and not access_limits.is_active(work, organisation_id, capacity):
        raise Invalid({"place": Text("access.wrong_capacity")})
    return by


def _give(work: Work, before: Grant, by: HeldGrant, role: Role, capacity: str) -> None:
    """Write the further grant, where there is room for it."""
    organisation_id = before.organisation_id or 0
    is_held_back = grants.is_held_back(work, before.person_id, organisation_id)
    if is_held_back and not work.actor.is_staff:
        raise Invalid({"place": Text("access.wrong_held_back")})
    if not access_limits.has_room(work, organisation_id, role, capacity):
        raise Invalid({"place": Text("access.wrong_place_taken")})
    is_new = grants.add(
        work,
        before.person_id,
        organisation_id,
        role,
        Basis.APPOINTMENT,
        by.id,
        capacity=capacity,
        until=before.until,
    )
    if not is_new:
        raise Invalid({"place": Text("access.wrong_holds_already")})
