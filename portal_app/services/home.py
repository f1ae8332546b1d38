"""Home: who one is here, and what one may do: tiles from grants."""

from dataclasses import dataclass
from datetime import datetime

from portal_app.models import Person
from portal_app.names import name_of
from portal_app.permissions import Right, Role
from portal_app.services import organisations
from portal_app.services.organisations import OrganisationSight
from portal_app.unit_of_work import WithAnyPassword, Work, use_case

TILES: tuple[tuple[str, Right], ...] = (
    ("overview", Right.CANDIDATES_SEE),
    ("payment_codes", Right.PAYMENT_CODES_SEE),
    ("invitations", Right.INVITATIONS_MANAGE),
)
"""The tiles of pages that exist, in order, with the right that opens each."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role that the person holds for an organisation, or for the fund."""

    organisation_id: int | None
    role: Role


@dataclass(frozen=True, slots=True)
class Myself:
    """The signed-in person, as every page of the app shows it."""

    person_id: int
    given_name: str
    name: str
    initials: str
    is_staff: bool
    must_change_password: bool
    organisations: tuple[OrganisationSight, ...]
    roles: tuple[Held, ...]
    tiles: tuple[str, ...]  # for the wished organisation, else over all
    now: datetime


@use_case(WithAnyPassword)
def myself(work: Work, *, organisation_id: int | None = None) -> Myself:
    """Tell who is signed in, and which tiles open for `organisation_id` (None: for any)."""
    person = work.session.get_one(Person, work.person_id)
    seen = () if work.actor.must_change_password else organisations.mine(work)
    chosen = organisation_id if organisation_id in {one.id for one in seen} else None
    return Myself(
        person.key,
        person.given_name,
        name_of(person).full,
        name_of(person).initials,
        work.actor.is_staff,
        work.actor.must_change_password,
        seen,
        tuple(Held(grant.organisation_id, grant.role) for grant in work.actor.grants),
        tuple(name for name, right in TILES if _opens(work, right, chosen)),
        work.now,
    )


def _opens(work: Work, right: Right, organisation_id: int | None) -> bool:
    scope = work.actor.scope(right)
    return organisation_id in scope if organisation_id is not None else bool(scope)
