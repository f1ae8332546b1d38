"""Why somebody sees a tile, and who could open a page that is refused (I-03, X-12).

Both are read from the grants and the one table of rights, so what is told is what decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT, HeldGrant
from portal_app.brand import Capacity, brand
from portal_app.models import Basis, Grant, Person
from portal_app.names import name_of
from portal_app.needs import SignedIn
from portal_app.permissions import APPOINTS, ROLE_RIGHTS, STAFF_ROLES, Right, Role
from portal_app.services import elsewhere, organisations
from portal_app.services.organisations import OrganisationSight
from portal_app.services.places import PLACES
from portal_app.unit_of_work import Work, use_case

ELSEWHERE = "elsewhere."
"""What stands before the code of a tile of the brand, so that it is none of the portal's own."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The oldest grant that opens a tile."""

    role: Role
    capacity: str  # in which it was given, else that which carries it; empty: none has to
    organisation: OrganisationSight | None  # None: the fund
    basis: Basis
    since: datetime
    until: datetime | None
    others: int  # grants that open it as well


@dataclass(frozen=True, slots=True)
class Giver:
    """Somebody of one's own organisation who can give access."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class WayIn:
    """What would open a page, and whom to ask."""

    roles: tuple[Role, ...]  # of organisations; none: only the fund's own people
    organisation_id: int | None  # for which access can be asked; None: not known which
    givers: tuple[Giver, ...]
    lacks: Capacity | None = None  # which the company does not have on, though the role is there
    may_switch: bool = False  # whether the reader can switch that on
    may_ask: bool = False  # or ask the fund to


@use_case(SignedIn)
def of_tiles(work: Work, *, organisation_id: int | None = None) -> Mapping[str, Reason]:
    """Tell by which grant each tile opens for `organisation_id` (None: for any)."""
    held = {grant.id for grant in work.actor.grants}
    rows = {
        grant.key: grant
        for grant in work.session.exec(select(Grant).where(col(Grant.id).in_(held)))
    }
    mine = {one.id: one for one in organisations.mine(work)}
    chosen = organisation_id if organisation_id in mine else None
    reasons: dict[str, Reason] = {}
    for place in PLACES:
        opening = [grant for grant in work.actor.grants if _opens(grant, place.right, chosen)]
        if opening:
            carrier = opening[0].carrier(place.right)
            of = mine.get(opening[0].organisation_id or 0)
            reasons[place.name] = _reason(rows[opening[0].id], carrier, of, len(opening) - 1)
    for code, opening in elsewhere.openers(work, chosen).items():
        of = mine.get(opening[0].organisation_id or 0)
        reasons[f"{ELSEWHERE}{code}"] = _reason(
            rows[opening[0].id], _named(code), of, len(opening) - 1
        )
    return reasons


@use_case(SignedIn)
def way_in(work: Work, *, right: Right, organisation_id: int | None = None) -> WayIn:
    """Tell which roles open what `right` guards, and who gives them in one's own organisation.

    Colleagues are named to colleagues alone: of any other organisation nobody is.
    """
    roles = tuple(role for role in Role if right in ROLE_RIGHTS[role] and role not in STAFF_ROLES)
    mine = {grant.organisation_id for grant in work.actor.grants} - {None}
    only = next(iter(mine)) if len(mine) == 1 else None
    own = organisation_id if organisation_id is not None else only
    if work.actor.is_staff or own not in mine:
        return WayIn(roles, None, ())
    lacks = _lacking(work, right, own)
    give = {role for role in Role if Right.CAPACITIES_SWITCH in ROLE_RIGHTS[role]}
    if lacks is None:
        give = {role for role, given in APPOINTS.items() if not given.isdisjoint(roles)}
    found = work.session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == Grant.person_id)
        .where(
            Grant.organisation_id == own,
            col(Grant.role).in_(give - STAFF_ROLES),
            Grant.person_id != work.person_id,
            ACTIVE_GRANT,
        )
        .order_by(Person.name_sort, col(Grant.id)),
        params={"now": work.now},
    )
    order = list(Role)
    givers = [Giver(name_of(person).full, grant.role) for grant, person in found]
    givers.sort(key=lambda one: order.index(one.role))
    if lacks is None:
        return WayIn(roles, own, tuple(givers))
    switches, asks = (
        own in work.actor.scope(right) for right in (Right.CAPACITIES_SWITCH, Right.CAPACITIES_ASK)
    )
    may_switch = switches and not lacks.needs_fund
    return WayIn(roles, own, tuple(givers), lacks, may_switch, asks and not may_switch)


def _lacking(work: Work, right: Right, organisation_id: int | None) -> Capacity | None:
    """Return the capacity without which the actor's own role opens nothing here."""
    held = [
        grant
        for grant in work.actor.grants
        if grant.organisation_id == organisation_id and right in ROLE_RIGHTS[grant.role]
    ]
    return held[0].lacks(right) if held else None


def _reason(
    grant: Grant, carrier: Capacity | None, of: OrganisationSight | None, others: int
) -> Reason:
    capacity = grant.capacity or (carrier.code if carrier else "")
    return Reason(grant.role, capacity, of, grant.basis, grant.starts_at, grant.until, others)


def _named(code: str) -> Capacity | None:
    """Return the capacity that the brand asks for a tile."""
    return next((brand.capacity(one.capacity) for one in brand.tiles if one.code == code), None)


def _opens(grant: HeldGrant, right: Right, organisation_id: int | None) -> bool:
    is_there = organisation_id is None or grant.organisation_id in (None, organisation_id)
    return grant.opens(right) and is_there
