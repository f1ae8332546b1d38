"""Grants: what a person may do, given on a basis, ended with a reason (X-12)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from portal_app.actors import STANDING_GRANT
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Basis, Grant, Invitation
from portal_app.needs import ProvenLately
from portal_app.permissions import INVITABLE_ROLES, Right, Role
from portal_app.services import access_limits, switching
from portal_app.unit_of_work import Work, rights_changed, use_case

_OF_THE_COMPANY = frozenset({Basis.APPOINTMENT, Basis.COMPANY_ACCOUNT})
"""On these a company itself chooses in which capacities it acts."""


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends along with something else."""

    role: Role
    name: str
    is_appointment: bool  # not accepted yet


@use_case(ProvenLately(Right.GRANTS_GIVE, with_factor=True), writes=True)
def give(work: Work, *, email: str, organisation_id: int, role: Role) -> bool:
    """Give somebody who is known at the organisation a role more; no mail goes out (M-10).

    Returns False when the person holds it already. Open pages follow within seconds.

    Raises:
        NotFound: no such organisation in scope.
        Invalid: nobody of the organisation has this address, or the role is not to be given.
    """
    if organisation_id not in work.scope or not access_limits.take(work, organisation_id):
        raise NotFound
    if role not in INVITABLE_ROLES:
        raise Invalid({"role": Text("errors.role_empty")})
    account = work.session.exec(select(Account).where(Account.email == email)).first()
    if account is None or not _known_at(work, account.person_id, organisation_id):
        raise Invalid({"email": Text("errors.email_unknown_here")})
    return add(work, account.person_id, organisation_id, role, Basis.STAFF, None)


@use_case(ProvenLately(Right.GRANTS_GIVE, with_factor=True), writes=True)
def end(work: Work, *, grant_id: int, reason: str) -> None:
    """End a grant; what it opened closes at once.

    Raises:
        NotFound: no such grant in scope, or it has ended already.
    """
    grant = work.session.get(Grant, grant_id)
    if grant is None or grant.ended_at or grant.organisation_id not in work.scope:
        raise NotFound
    if grant.organisation_id is not None:
        access_limits.take(work, grant.organisation_id)
        work.session.refresh(grant)  # somebody may have ended it while this waited
        if grant.ended_at:
            raise NotFound
    close(work, grant, reason)


def close(work: Work, grant: Grant, reason: str) -> None:
    """End a grant inside another use case, and take back the appointments that rest on it."""
    grant.ended_at, grant.ended_by_id = work.now, work.actor.person_id
    grant.ended_reason = reason[:400]
    work.session.add(grant)
    rights_changed(work, grant.person_id)
    work.note(
        "grants.ended",
        about=("grant", grant.id),
        organisation_id=grant.organisation_id,
        role=grant.role.value,
        capacity=grant.capacity,
    )
    for appointment in work.session.exec(
        select(Invitation).where(
            Invitation.appointing_grant_id == grant.id,
            col(Invitation.redeemed_at).is_(None),
            col(Invitation.withdrawn_at).is_(None),
        )
    ):
        take_back(work, appointment)


def take_back(work: Work, invitation: Invitation) -> None:
    """Withdraw an invitation inside another use case: its code opens nothing any more."""
    invitation.withdrawn_at, invitation.withdrawn_by_id = work.now, work.actor.person_id
    work.session.add(invitation)
    work.note(
        "invitations.withdrawn",
        about=("invitation", invitation.id),
        organisation_id=invitation.organisation_id,
    )


def add(  # all that a grant says
    work: Work,
    person_id: int,
    organisation_id: int | None,
    role: Role,
    basis: Basis,
    basis_id: int | None,
    *,
    capacity: str = "",
    until: datetime | None = None,
) -> bool:
    """Write a grant inside another use case; False when the person holds it already.

    With the first one of an organisation its standard capacity begins, and with a role that the
    fund gives, or a proof, the capacities that carry it.
    """
    _close_what_ran_out(work, person_id, organisation_id)
    if organisation_id is not None:
        switching.begin(work, organisation_id)
        if basis not in _OF_THE_COMPANY:
            switching.bring_along(work, organisation_id, role)
    grant = Grant(
        person_id=person_id,
        organisation_id=organisation_id,
        capacity=capacity,
        role=role,
        basis=basis,
        basis_id=basis_id,
        granted_at=work.now,
        granted_by_id=work.actor.person_id,
        starts_at=work.now,
        until=until,
    )
    try:
        with work.session.begin_nested():
            work.session.add(grant)
    except IntegrityError:  # the index of active grants: the person has it
        return False
    rights_changed(work, person_id)
    work.note(
        "grants.given",
        about=("grant", grant.id),
        organisation_id=organisation_id,
        role=role.value,
        basis=basis.value,
        capacity=capacity,
    )
    return True


def is_kept_from(work: Work, grant: Grant) -> bool:
    """Tell whether the fund suspended a grant that whoever acts, not of the fund, must leave."""
    return grant.suspended_by_fund and not work.actor.is_staff


def is_held_back(work: Work, person_id: int, organisation_id: int) -> bool:
    """Tell whether the fund suspended a role of somebody here: the company gives no other."""
    found = work.session.exec(
        select(Grant).where(
            Grant.person_id == person_id,
            Grant.organisation_id == organisation_id,
            STANDING_GRANT,
        ),
        params={"now": work.now},
    )
    return any(one.suspended_by_fund for one in found)


def _close_what_ran_out(work: Work, person_id: int, organisation_id: int | None) -> None:
    """End, in the books too, what a person had until a day that has passed."""
    for grant in work.session.exec(
        select(Grant).where(
            Grant.person_id == person_id,
            Grant.organisation_id == organisation_id,
            col(Grant.ended_at).is_(None),
            col(Grant.until) <= work.now,
        )
    ):
        close(work, grant, "until")
        grant.ended_at = grant.until
    work.session.flush()


def _known_at(work: Work, person_id: int, organisation_id: int) -> bool:
    return (
        work.session.exec(
            select(Grant.id).where(
                Grant.person_id == person_id,
                Grant.organisation_id == organisation_id,
                col(Grant.ended_at).is_(None),
            )
        ).first()
        is not None
    )
