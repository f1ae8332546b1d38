"""How many may manage the access of an organisation (X-16), and taking turns in changing it.

Whoever changes it takes the organisation first. From then on nobody else does, in another
process neither, so what is counted stays true until the transaction ends.
"""

from collections import Counter
from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select, update

from portal_app.actors import STANDING_GRANT, active_grants
from portal_app.models import Grant, Invitation, Organisation, OrganisationCapacity
from portal_app.permissions import Role
from portal_app.settings import settings
from portal_app.unit_of_work import Work


def most(role: Role) -> int | None:
    """Tell how many may hold a role at once, in the organisation or in one capacity; None: any."""
    return {
        Role.MAIN_ACCESS_MANAGER: 1,  # an index of the database keeps this one too
        Role.CO_MAIN_ACCESS_MANAGER: settings.co_main_access_managers,
        Role.ACCESS_MANAGER: settings.access_managers,
        Role.CO_ACCESS_MANAGER: settings.co_access_managers,
    }.get(role)


def take(work: Work, organisation_id: int, *, seen: int | None = None) -> bool:
    """Take an organisation to change who may do what for it, before anything of it is read.

    What the actor holds is found out anew: it may have ended while this waited. False when the
    organisation is closed or out of scope, or changed since its version was `seen`.
    """
    wanted = [col(Organisation.id) == organisation_id, col(Organisation.closed_at).is_(None)]
    if seen is not None:
        wanted.append(col(Organisation.access_version) == seen)
    taken = work.session.exec(
        update(Organisation)
        .where(*wanted)
        .values(access_version=col(Organisation.access_version) + 1)
        .execution_options(synchronize_session=False)
    )
    if work.actor.person_id is not None:
        with work.everywhere():  # what is on in each of the actor's organisations counts
            held = active_grants(work.session, work.actor.person_id, work.now)
        work.actor = replace(work.actor, grants=held)
    return taken.rowcount == 1


def has_room(  # whom to leave out differs by who asks
    work: Work,
    organisation_id: int,
    role: Role,
    capacity: str,
    *,
    but_invitation: int | None = None,
    but_grant: int | None = None,
) -> bool:
    """Tell whether one more may get a role, in an organisation that was taken."""
    limit = most(role)
    if limit is None:
        return True
    places = taken(work, organisation_id, but_invitation=but_invitation, but_grant=but_grant)
    return places[role, capacity] < limit


def taken(
    work: Work,
    organisation_id: int,
    *,
    but_invitation: int | None = None,
    but_grant: int | None = None,
) -> Counter[tuple[Role, str]]:
    """Count who holds each role, by role and capacity; who was appointed to one counts too."""
    held = work.session.exec(
        select(Grant.role, Grant.capacity, func.count())
        .where(Grant.organisation_id == organisation_id, Grant.id != but_grant, STANDING_GRANT)
        .group_by(col(Grant.role), col(Grant.capacity)),
        params={"now": work.now},
    )
    places = Counter[tuple[Role, str]]()
    for role, capacity, number in held:
        places[Role(role), capacity] += number
    waiting = work.session.exec(
        select(Invitation.role, Invitation.capacity, func.count())
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.id != but_invitation,
            *waits(work),
        )
        .group_by(col(Invitation.role), col(Invitation.capacity))
    )
    for role, capacity, number in waiting:
        places[Role(role), capacity] += number
    return places


def waits(work: Work) -> tuple[ColumnElement[bool], ...]:
    """Return what an appointment meets that can still be accepted."""
    return (
        col(Invitation.appointing_grant_id).is_not(None),
        col(Invitation.redeemed_at).is_(None),
        col(Invitation.withdrawn_at).is_(None),
        col(Invitation.expires_at) > work.now,
    )


def is_active(work: Work, organisation_id: int, capacity: str) -> bool:
    """Tell whether a capacity is switched on for an organisation."""
    found = work.session.exec(
        select(OrganisationCapacity.id).where(
            OrganisationCapacity.organisation_id == organisation_id,
            OrganisationCapacity.capacity == capacity,
            col(OrganisationCapacity.ended_at).is_(None),
        )
    ).first()
    return found is not None
