"""Switching a capacity on inside another use case, and who notices when one goes on or off."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT
from portal_app.brand import brand, carriers
from portal_app.models import Grant, OrganisationCapacity
from portal_app.permissions import MODULE_OF, ROLE_RIGHTS, Role
from portal_app.unit_of_work import Work, rights_changed


def switch_on(work: Work, organisation_id: int, capacity: str, reason: str = "") -> bool:
    """Switch a capacity on; False when it is on already. Open pages follow within seconds."""
    if capacity in _active(work, organisation_id):
        return False
    made = OrganisationCapacity(
        organisation_id=organisation_id,
        capacity=capacity,
        activated_at=work.now,
        activated_by_id=work.actor.person_id,
        activated_reason=reason[:400],
    )
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:  # the index of active ones: somebody did in the meantime
        return False
    work.note(
        "capacities.activated",
        about=("organisation_capacity", made.id),
        organisation_id=organisation_id,
        capacity=capacity,
    )
    tell_holders(work, organisation_id)
    return True


def begin(work: Work, organisation_id: int) -> None:
    """Switch the standard capacity on of an organisation that waited for its first grant."""
    switch_on(work, organisation_id, brand.standard_capacity.code)


def bring_along(work: Work, organisation_id: int, role: Role) -> None:
    """Switch on what carries a role that the fund gives, so that it opens what it is for.

    What only the fund switches on stays as it is: that is a decision of its own.
    """
    on = _active(work, organisation_id)
    modules = {MODULE_OF[right] for right in ROLE_RIGHTS[role]} - {None}
    for module in sorted(one for one in modules if one is not None):
        able = [one for one in carriers(module) if not one.needs_fund]
        if able and not any(one.standard or one.code in on for one in carriers(module)):
            switch_on(work, organisation_id, able[0].code, f"comes along with {role.value}")
            on |= {able[0].code}


def tell_holders(work: Work, organisation_id: int) -> None:
    """Let the open pages of everybody with a role here know that it may open something else."""
    holders = work.session.exec(
        select(Grant.person_id)
        .where(Grant.organisation_id == organisation_id, ACTIVE_GRANT)
        .distinct()
        .order_by(col(Grant.person_id)),  # the same order for all, so that none waits in a ring
        params={"now": work.now},
    ).all()
    for person_id in holders:
        rights_changed(work, person_id)


def _active(work: Work, organisation_id: int) -> set[str]:
    return set(
        work.session.exec(
            select(OrganisationCapacity.capacity).where(
                OrganisationCapacity.organisation_id == organisation_id,
                col(OrganisationCapacity.ended_at).is_(None),
            )
        )
    )
