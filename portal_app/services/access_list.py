"""Who may do what for a company, as the page of its access shows it (S-11…S-16)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from portal_app.actors import STANDING_GRANT
from portal_app.brand import brand
from portal_app.errors import NotFound
from portal_app.models import (
    Account,
    Basis,
    BrowserSession,
    Grant,
    Invitation,
    MailState,
    Organisation,
    OrganisationCapacity,
    Person,
)
from portal_app.names import name_of
from portal_app.permissions import CAPACITY_ROLES, Right, Role
from portal_app.services import access_limits, grants, organisations, outbox, suspensions
from portal_app.services.organisations import OrganisationSight
from portal_app.suspension import SuspensionReason
from portal_app.unit_of_work import Work, use_case

MANAGERS = (Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Since when a role opens nothing, and why."""

    since: datetime
    why: SuspensionReason
    by_fund: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role."""

    grant_id: int
    name: str  # as in a list
    spoken: str
    email: str
    role: Role
    capacity: str  # empty: the organisation as a whole
    since: datetime
    until: datetime | None
    suspension: Suspension | None
    by_eherkenning: bool
    seen_at: datetime | None  # when they last did something here
    is_myself: bool
    may_end: bool
    may_suspend: bool  # or resume, when it is suspended


@dataclass(frozen=True, slots=True)
class Appointed:
    """Somebody who was appointed and did not accept yet."""

    invitation_id: int
    name: str  # as in a list
    spoken: str
    email: str
    role: Role
    capacity: str
    expires_at: datetime
    is_expired: bool
    mail: MailState | None  # how far the last mail is
    may_manage: bool


@dataclass(frozen=True, slots=True)
class CapacitySight:
    """A capacity of the brand, and how it stands with the organisation."""

    code: str
    is_active: bool
    is_standard: bool
    needs_fund: bool
    since: datetime | None
    gives: tuple[Role, ...]  # which the reader appoints here, and for which there is room
    may_set: bool  # its parameters


@dataclass(frozen=True, slots=True)
class Access:
    """All of it, as far as the reader may see."""

    organisation_id: int
    organisation: str
    unit: str
    holders: tuple[Holder, ...]
    appointed: tuple[Appointed, ...]
    capacities: tuple[CapacitySight, ...]
    gives: tuple[Role, ...]  # for the organisation as a whole
    may_switch: bool
    may_hand_over: bool
    access_managers: int
    access_managers_at_most: int


@use_case(Right.ACCESS_SEE)
def managed(work: Work) -> tuple[OrganisationSight, ...]:
    """List the organisations of which the person sees who manages the access; staff: none."""
    return organisations.in_scope(work)


@use_case(Right.ACCESS_SEE)
def overview(work: Work, *, organisation_id: int) -> Access:
    """Tell who may do what for an organisation.

    Whoever acts in one capacity sees that one, and who manages the whole.

    Raises:
        NotFound: no such organisation in scope.
    """
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None or organisation_id not in work.scope:
        raise NotFound
    holders = _holders(work, organisation_id)
    taken = access_limits.taken(work, organisation_id)
    sights = _capacities(work, organisation_id, taken)
    active = sum(one.is_active for one in sights)
    at_most = access_limits.most(Role.ACCESS_MANAGER) or 0
    return Access(
        organisation_id,
        organisation.name,
        organisation.unit,
        holders,
        _appointed(work, organisation_id),
        sights,
        _gives(work, organisation_id, "", taken),
        work.actor.holds(Right.CAPACITIES_SWITCH, organisation_id, ""),
        work.actor.holds(Right.ACCESS_HAND_OVER, organisation_id, ""),
        sum(one.role is Role.ACCESS_MANAGER for one in holders),
        active * at_most,
    )


def _holders(work: Work, organisation_id: int) -> tuple[Holder, ...]:
    found = work.session.exec(
        select(Grant, Person, Account)
        .join(Person, col(Person.id) == Grant.person_id)
        .join(Account, col(Account.person_id) == Person.id, isouter=True)
        .where(Grant.organisation_id == organisation_id, STANDING_GRANT)
        .order_by(Person.name_sort, col(Grant.id)),
        params={"now": work.now},
    ).all()
    seen = _seen(work, {grant.person_id for grant, _, _ in found})
    return tuple(
        Holder(
            grant.key,
            name_of(person).listed,
            name_of(person).full,
            account.email if account else "",
            grant.role,
            grant.capacity,
            grant.starts_at,
            grant.until,
            _suspension(grant),
            grant.basis is Basis.EHERKENNING,
            seen.get(grant.person_id),
            grant.person_id == work.actor.person_id,
            grant.role in work.actor.appoints(organisation_id, grant.capacity)
            and not grants.is_kept_from(work, grant),
            suspensions.may_suspend(work, grant),
        )
        for grant, person, account in found
        if grant.role in MANAGERS or work.holds(organisation_id, grant.capacity)
    )


def _suspension(grant: Grant) -> Suspension | None:
    if grant.suspended_at is None or grant.suspended_why is None:
        return None
    return Suspension(grant.suspended_at, grant.suspended_why, grant.suspended_by_fund)


def _seen(work: Work, people: set[int]) -> Mapping[int, datetime]:
    found = work.session.exec(
        select(BrowserSession.person_id, func.max(BrowserSession.seen_at))
        .where(col(BrowserSession.person_id).in_(people))
        .group_by(col(BrowserSession.person_id))
    )
    return {person: at for person, at in found if person is not None}


def _appointed(work: Work, organisation_id: int) -> tuple[Appointed, ...]:
    found = work.session.exec(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            col(Invitation.appointing_grant_id).is_not(None),
            col(Invitation.redeemed_at).is_(None),
            col(Invitation.withdrawn_at).is_(None),
        )
        .order_by(col(Invitation.created_at).desc(), col(Invitation.id).desc())
    ).all()
    mails = outbox.statuses(work, "invitation", [one.key for one in found])
    own = {grant.id for grant in work.actor.grants}
    return tuple(
        Appointed(
            one.key,
            name_of(one).listed or one.email,
            name_of(one).full or one.email,
            one.email,
            one.role,
            one.capacity,
            one.expires_at,
            one.expires_at <= work.now,
            mails[one.key].state if one.key in mails else None,
            one.role in work.actor.appoints(organisation_id, one.capacity)
            or one.appointing_grant_id in own,
        )
        for one in found
        if work.holds(organisation_id, one.capacity)
    )


def _capacities(
    work: Work, organisation_id: int, taken: Counter[tuple[Role, str]]
) -> tuple[CapacitySight, ...]:
    """Return the capacities of the brand that the reader sees, active ones first."""
    active = {
        one.capacity: one.activated_at
        for one in work.session.exec(
            select(OrganisationCapacity).where(
                OrganisationCapacity.organisation_id == organisation_id,
                col(OrganisationCapacity.ended_at).is_(None),
            )
        )
    }
    sights = [
        CapacitySight(
            one.code,
            one.code in active,
            one.standard,
            one.needs_fund,
            active.get(one.code),
            _gives(work, organisation_id, one.code, taken) if one.code in active else (),
            work.actor.holds(Right.CAPACITIES_SET, organisation_id, one.code),
        )
        for one in brand.capacities
        if work.holds(organisation_id, one.code)
    ]
    return tuple(sorted(sights, key=lambda one: (not one.is_standard, not one.is_active)))


def _gives(
    work: Work, organisation_id: int, capacity: str, taken: Counter[tuple[Role, str]]
) -> tuple[Role, ...]:
    """Return whom the reader may appoint in a capacity now, from the highest down."""
    below = work.actor.appoints(organisation_id, capacity)
    return tuple(
        role
        for role in Role
        if role in below
        and (role in CAPACITY_ROLES) is bool(capacity)
        and ((limit := access_limits.most(role)) is None or taken[role, capacity] < limit)
    )
