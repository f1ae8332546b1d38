"""Switching capacities on and off: what a company does with the fund, and who acts in it (S-10).

Ending one ends what was given inside it. That is listed first, with the version of the
organisation's access; ending it names that version, so that exactly what was listed ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.actors import STANDING_GRANT
from portal_app.brand import Capacity, brand
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Grant, Invitation, Organisation, OrganisationCapacity, Person
from portal_app.names import name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import Right
from portal_app.services import access_letters, access_limits, grants, switching
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class WhatEnds:
    """All that ends along with a capacity, as it stands in this version of the access."""

    capacity: str
    version: int
    endings: tuple[grants.Ending, ...]


@use_case(Right.CAPACITIES_SWITCH, writes=True)
def activate(work: Work, *, organisation_id: int, capacity: str) -> bool:
    """Switch a capacity on; False when it is on already.

    Raises:
        NotFound: no such organisation in scope, or the fund has no such capacity.
        Invalid: only the fund switches this one on.
    """
    offered = _offered(work, organisation_id, capacity)
    if offered.needs_fund:
        raise Invalid({"capacity": Text("capacities.wrong_needs_fund")})
    return switching.switch_on(work, organisation_id, offered.code)


@use_case(Right.CAPACITIES_APPROVE, writes=True)
def approve(work: Work, *, organisation_id: int, capacity: str, reason: str) -> bool:
    """Switch a capacity on for the fund, whoever may ask for it; False when it is on already.

    Raises:
        NotFound: no such organisation in scope, or the fund has no such capacity.
    """
    offered = _offered(work, organisation_id, capacity)
    return switching.switch_on(work, organisation_id, offered.code, reason)


@use_case(ProvenLately(Right.CAPACITIES_SWITCH, with_factor=True))
def what_ends(work: Work, *, organisation_id: int, capacity: str) -> WhatEnds:
    """List what ends along with a capacity.

    Raises:
        NotFound: no such organisation in scope, or the capacity is not on.
        Invalid: it is the standard one, which never ends, or the fund suspended a role in it.
    """
    _on(work, organisation_id, capacity)
    version = work.session.exec(
        select(Organisation.access_version).where(Organisation.id == organisation_id)
    ).one()
    held, waiting = _inside(work, organisation_id, capacity)
    _refuse_what_the_fund_suspended(work, held)
    endings = [grants.Ending(grant.role, name_of(person).full, False) for grant, person in held]  # noqa: FBT003  # a field
    endings += [
        grants.Ending(one.role, name_of(one).full or one.email, True)  # noqa: FBT003  # a field
        for one in waiting
    ]
    return WhatEnds(capacity, version, tuple(endings))


@use_case(ProvenLately(Right.CAPACITIES_SWITCH, with_factor=True), writes=True)
def end(work: Work, *, organisation_id: int, capacity: str, reason: str, version: int) -> None:
    """End a capacity with all that `what_ends` listed in this version, and tell whom it touches.

    Raises:
        NotFound: no such organisation in scope, or the capacity is not on.
        Invalid: it is the standard one, something changed since it was listed, or the fund
            suspended a role in it.
    """
    is_unchanged = access_limits.take(work, organisation_id, seen=version)
    ended = _on(work, organisation_id, capacity)
    if not is_unchanged:
        raise Invalid({"": Text("capacities.wrong_changed")})
    held, waiting = _inside(work, organisation_id, capacity)
    _refuse_what_the_fund_suspended(work, held)
    for appointment in waiting:
        grants.take_back(work, appointment)
    work.session.flush()
    for grant, _ in held:
        grants.close(work, grant, f"capacity {capacity} ended")
        access_letters.tell_of_end(work, grant)
    ended.ended_at, ended.ended_by_id = work.now, work.actor.person_id
    ended.ended_reason = reason[:400]
    work.session.add(ended)
    switching.tell_holders(work, organisation_id)  # what it carried closes for them all
    work.note(
        "capacities.ended",
        about=("organisation_capacity", ended.id),
        organisation_id=organisation_id,
        capacity=capacity,
        grants=len(held),
        appointments=len(waiting),
    )


def _offered(work: Work, organisation_id: int, capacity: str) -> Capacity:
    """Take the organisation, and return a capacity that may be switched on."""
    offered = brand.capacity(capacity)
    is_there = access_limits.take(work, organisation_id)
    if offered is None or not is_there or not work.holds(organisation_id, ""):
        raise NotFound
    return offered


def _on(work: Work, organisation_id: int, capacity: str) -> OrganisationCapacity:
    """Return an active capacity that may end."""
    found = work.session.exec(
        select(OrganisationCapacity).where(
            OrganisationCapacity.organisation_id == organisation_id,
            OrganisationCapacity.capacity == capacity,
            col(OrganisationCapacity.ended_at).is_(None),
        )
    ).first()
    if found is None or not work.holds(organisation_id, ""):
        raise NotFound
    if capacity == brand.standard_capacity.code:
        raise Invalid({"capacity": Text("capacities.wrong_standard")})
    return found


def _refuse_what_the_fund_suspended(work: Work, held: Sequence[tuple[Grant, Person]]) -> None:
    """Refuse a company to end roles that it could then give anew."""
    if any(grants.is_kept_from(work, grant) for grant, _ in held):
        raise Invalid({"capacity": Text("capacities.wrong_suspended")})


def _inside(
    work: Work, organisation_id: int, capacity: str
) -> tuple[Sequence[tuple[Grant, Person]], Sequence[Invitation]]:
    """Return who was given something inside a capacity, and who was appointed to it."""
    held = work.session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == Grant.person_id)
        .where(
            Grant.organisation_id == organisation_id,
            Grant.capacity == capacity,
            STANDING_GRANT,
        )
        .order_by(col(Grant.id)),
        params={"now": work.now},
    ).all()
    waiting = work.session.exec(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.capacity == capacity,
            col(Invitation.redeemed_at).is_(None),
            col(Invitation.withdrawn_at).is_(None),
        )
        .order_by(col(Invitation.id))
    ).all()
    return held, waiting
