"""Taking up what somebody was invited or appointed to: what is checked again, and what it gives.

Between an appointment and its acceptance a fortnight may pass. Whoever appointed may have lost
their place meanwhile, the capacity may have ended, or somebody else may have come first.
"""

from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT
from portal_app.errors import Refused, Text
from portal_app.models import Basis, Grant, Invitation
from portal_app.permissions import APPOINTS, CAPACITY_ROLES, STAFF_ROLES, Role
from portal_app.services import access_letters, access_limits, grants
from portal_app.unit_of_work import Work

HANDED_OVER = "handed over"
"""Why the grant of a main access manager ended who named a successor."""


def why_not(work: Work, invitation: Invitation, person_id: int | None) -> Refused | None:
    """Tell why an invitation gives nothing any more; None: it does."""
    organisation_id = invitation.organisation_id
    if invitation.appointing_grant_id is None:
        return None
    appointer = _appointer(work, invitation)
    if appointer is None or not _may_give(appointer, invitation):
        return Refused(Text("invitations.wrong_appointer_gone"), "code")
    if appointer.person_id == person_id:
        return Refused(Text("invitations.wrong_own_appointment"), "code")
    is_by_fund = appointer.role in STAFF_ROLES
    if person_id and not is_by_fund and grants.is_held_back(work, person_id, organisation_id):
        return Refused(Text("invitations.wrong_held_back"), "code")
    if invitation.role in CAPACITY_ROLES and not access_limits.is_active(
        work, organisation_id, invitation.capacity
    ):
        return Refused(Text("invitations.wrong_capacity_ended"), "code")
    has_room = access_limits.has_room(
        work,
        organisation_id,
        invitation.role,
        invitation.capacity,
        but_invitation=invitation.id,
        but_grant=appointer.id if _hands_over(appointer, invitation) else None,
    )
    return None if has_room else Refused(Text("invitations.wrong_place_taken"), "code")


def give(work: Work, invitation: Invitation, person_id: int) -> None:
    """Give what an invitation says; a successor takes the place of whoever named them."""
    organisation_id = invitation.organisation_id
    if invitation.appointing_grant_id is None:
        grants.add(
            work, person_id, organisation_id, invitation.role, Basis.INVITATION, invitation.id
        )
        return
    appointer = _appointer(work, invitation)
    if appointer is not None and _hands_over(appointer, invitation):
        grants.close(work, appointer, HANDED_OVER)
        access_letters.tell_of_end(work, appointer)
        for other in _as_co_manager(work, organisation_id, person_id):
            grants.close(work, other, HANDED_OVER)
        work.session.flush()  # the place is free before it is taken
    grants.add(
        work,
        person_id,
        organisation_id,
        invitation.role,
        Basis.APPOINTMENT,
        invitation.appointing_grant_id,
        capacity=invitation.capacity,
        until=invitation.until,
    )


def _appointer(work: Work, invitation: Invitation) -> Grant | None:
    return work.session.exec(
        select(Grant).where(Grant.id == invitation.appointing_grant_id, ACTIVE_GRANT),
        params={"now": work.now},
    ).first()


def _may_give(appointer: Grant, invitation: Invitation) -> bool:
    may = APPOINTS.get(appointer.role, frozenset[Role]())
    if invitation.role not in may and not _hands_over(appointer, invitation):
        return False
    is_here = appointer.organisation_id == invitation.organisation_id
    reaches = is_here and appointer.capacity in ("", invitation.capacity)
    return reaches or appointer.role in STAFF_ROLES


def _hands_over(appointer: Grant, invitation: Invitation) -> bool:
    return appointer.role is invitation.role is Role.MAIN_ACCESS_MANAGER


def _as_co_manager(work: Work, organisation_id: int, person_id: int) -> list[Grant]:
    return list(
        work.session.exec(
            select(Grant).where(
                Grant.person_id == person_id,
                Grant.organisation_id == organisation_id,
                Grant.role == Role.CO_MAIN_ACCESS_MANAGER,
                col(Grant.ended_at).is_(None),
            )
        )
    )
