"""The places inside that have a tile: which right opens each, and where it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portal_app.permissions import Right


@dataclass(frozen=True, slots=True)
class Place:
    """A page with a tile, a link in the bar on top, and a choice of page to start on."""

    name: str
    right: Right  # that opens it
    address: str
    of_a_company: bool = False  # staff have no company of their own to show there


PLACES: tuple[Place, ...] = (
    Place("overview", Right.CANDIDATES_SEE, "/overzicht"),
    Place("payment_codes", Right.PAYMENT_CODES_SEE, "/betaalcodes"),
    Place("company", Right.ORGANISATION_SEE, "/bedrijf", of_a_company=True),
    Place("access", Right.ACCESS_SEE, "/toegang", of_a_company=True),
    Place("invitations", Right.INVITATIONS_MANAGE, "/beheer/uitnodigingen"),
    Place("applications", Right.APPLICATIONS_SEE, "/beheer/aanvragen"),
)
"""In the order in which they are shown."""

ADDRESSES: Mapping[str, str] = {place.name: place.address for place in PLACES}


def opened_by(rights: Collection[Right], *, is_staff: bool) -> tuple[str, ...]:
    """Name the places that open for whoever holds `rights` somewhere, in order."""
    return tuple(
        place.name
        for place in PLACES
        if place.right in rights and not (place.of_a_company and is_staff)
    )
