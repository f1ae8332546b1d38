"""The companies among which somebody chooses, while the address of a page names none."""

from collections.abc import Iterable

from portal_app.services.organisations import OrganisationSight
from portal_app.state.shapes import OrganisationChoice


def company_choices(mine: Iterable[OrganisationSight], path: str) -> list[OrganisationChoice]:
    """List companies, each with the address at which the page of `path` is about it."""
    return [
        OrganisationChoice(one.name, one.code, one.detail, f"{path}?org={one.id}") for one in mine
    ]
