"""The services on other sites that the fund names: whose tiles and rubrics are there (I-04, S-08).

They follow the same grants and capacities as the tiles of the portal itself.
"""

from collections.abc import Mapping

from portal_app.actors import HeldGrant
from portal_app.brand import Rubric, Tile, brand
from portal_app.unit_of_work import Work


def openers(work: Work, organisation_id: int | None) -> Mapping[str, tuple[HeldGrant, ...]]:
    """Return the grants by which each is there for an organisation (None: for any), by its code.

    A tile with rubrics is there with one of them.
    """
    held = [
        grant
        for grant in work.actor.grants
        if grant.organisation_id is not None and organisation_id in (None, grant.organisation_id)
    ]
    found: dict[str, tuple[HeldGrant, ...]] = {}
    for tile in brand.tiles:
        inside = {one.code: _opening(held, one) for one in tile.rubrics}
        any_of_them = {grant for grants in inside.values() for grant in grants}
        by_any = tuple(grant for grant in held if grant in any_of_them)
        found |= {tile.code: by_any if tile.rubrics else _opening(held, tile)} | inside
    return {code: grants for code, grants in found.items() if grants}


def _opening(held: list[HeldGrant], to: Rubric | Tile) -> tuple[HeldGrant, ...]:
    return tuple(one for one in held if _is_theirs(one, to) and _is_carried(one, to))


def _is_theirs(grant: HeldGrant, to: Rubric) -> bool:
    return not to.roles or grant.role in to.roles


def _is_carried(grant: HeldGrant, to: Rubric) -> bool:
    if not to.capacity:
        return True
    capacity = brand.capacity(to.capacity)
    is_on = capacity is not None and grant.has_on(capacity)
    return is_on and grant.capacity in ("", to.capacity)
