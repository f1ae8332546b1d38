"""Suspending a role: it opens nothing for a while, and its place stays taken (I-15).

A company suspends the roles that it gives, the fund any role of a company. What the fund
suspended, the company neither resumes, changes nor ends.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from portal_app.actors import STANDING_GRANT
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Grant, Organisation, Person
from portal_app.names import name_of
from portal_app.needs import ProvenLately, SignedIn
from portal_app.permissions import Right, Role
from portal_app.services import access_letters, appointing, grants
from portal_app.suspension import SuspensionReason
from portal_app.unit_of_work import Work, rights_changed, use_case


@dataclass(frozen=True, slots=True)
class RoleToSuspend:
    """A role that may be suspended."""

    grant_id: int
    name: str
    role: Role
    capacity: str


@dataclass(frozen=True, slots=True)
class Suspended:
    """A role of one's own that opens nothing now."""

    role: Role
    capacity: str
    company: str
    since: datetime
    why: SuspensionReason
    by_fund: bool


@use_case(ProvenLately(Right.ACCESS_SUSPEND, with_factor=True))
def to_suspend(work: Work, *, grant_id: int) -> RoleToSuspend:
    """Tell which role is asked about.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
        Invalid: it is not theirs to suspend, it is one's own, or the fund suspended it.
    """
    grant = appointing.found(work, grant_id)
    _judge(work, grant)
    name = name_of(work.session.get_one(Person, grant.person_id)).full
    return RoleToSuspend(grant.key, name, grant.role, grant.capacity)


@use_case(ProvenLately(Right.ACCESS_SUSPEND, with_factor=True), writes=True)
def suspend(work: Work, *, grant_id: int, why: SuspensionReason) -> None:
    """Close at once what a role opens, and tell whoever holds it. Twice does it once.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
        Invalid: it is not theirs to suspend, it is one's own, or the fund suspended it.
    """
    grant = appointing.taken(work, grant_id)
    _judge(work, grant)
    if grant.suspended_at is not None:
        return
    grant.suspended_at, grant.suspended_why = work.now, why
    grant.suspended_by_fund = work.actor.is_staff
    _keep(work, grant, "grants.suspended", why=why.value)
    access_letters.tell_of_suspension(work, grant, why)


@use_case(ProvenLately(Right.ACCESS_SUSPEND, with_factor=True), writes=True)
def resume(work: Work, *, grant_id: int) -> None:
    """Let a role open again what it did, and tell whoever holds it. Twice does it once.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
        Invalid: it is not theirs to suspend, it is one's own, or the fund suspended it.
    """
    grant = appointing.taken(work, grant_id)
    _judge(work, grant)
    if grant.suspended_at is None:
        return
    grant.suspended_at = grant.suspended_why = None
    grant.suspended_by_fund = False
    _keep(work, grant, "grants.resumed")
    access_letters.tell_of_resumption(work, grant)


@use_case(SignedIn)
def mine(work: Work) -> tuple[Suspended, ...]:
    """List one's own roles at companies that are suspended, the last one first."""
    with work.everywhere():  # a suspended role brings no scope
        found = work.session.exec(
            select(Grant, Organisation)
            .join(Organisation, col(Organisation.id) == Grant.organisation_id)
            .where(
                Grant.person_id == work.person_id,
                col(Grant.suspended_at).is_not(None),
                STANDING_GRANT,
            )
            .order_by(col(Grant.suspended_at).desc(), col(Grant.id).desc()),
            params={"now": work.now},
        ).all()
    return tuple(
        Suspended(
            grant.role,
            grant.capacity,
            company.name,
            grant.suspended_at,
            grant.suspended_why,
            grant.suspended_by_fund,
        )
        for grant, company in found
        if grant.suspended_at is not None and grant.suspended_why is not None
    )


def may_suspend(work: Work, grant: Grant) -> bool:
    """Tell whether a role of a company is the actor's to suspend, or to resume."""
    actor, organisation_id = work.actor, grant.organisation_id or 0
    is_another_s = grant.person_id != actor.person_id
    if not is_another_s or not actor.holds(Right.ACCESS_SUSPEND, organisation_id, grant.capacity):
        return False
    if actor.is_staff:
        return True
    is_theirs = grant.role in actor.appoints(organisation_id, grant.capacity)
    return is_theirs and not grants.is_kept_from(work, grant)


def _judge(work: Work, grant: Grant) -> None:
    if not work.holds(grant.organisation_id or 0, grant.capacity):
        raise NotFound
    if grant.person_id == work.actor.person_id:
        raise Invalid({"": Text("access.wrong_own_role")})
    appointing.refuse_what_the_fund_suspended(work, grant)
    if not may_suspend(work, grant):
        raise Invalid({"": Text("access.wrong_to_suspend")})


def _keep(work: Work, grant: Grant, action: str, **more: str) -> None:
    work.session.add(grant)
    rights_changed(work, grant.person_id)
    work.note(
        action,
        about=("grant", grant.id),
        organisation_id=grant.organisation_id,
        role=grant.role.value,
        capacity=grant.capacity,
        **more,
    )
