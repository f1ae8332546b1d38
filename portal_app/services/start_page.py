"""The page on which somebody arrives who signed in: by what they may do, or the one they chose."""

from dataclasses import dataclass

from portal_app.actors import active_grants
from portal_app.brand import Module
from portal_app.errors import NotFound
from portal_app.models import Account
from portal_app.needs import SignedIn
from portal_app.permissions import MODULE_OF, STAFF_ROLES, Right
from portal_app.services.places import ADDRESSES, PLACES, opened_by
from portal_app.unit_of_work import Work, use_case

BY_ITSELF = ""
TILES = "home"
"""The first page with its tiles, whatever the role."""

_FOLLOWING = frozenset({Module.OVERVIEW, Module.PAYMENT_CODES})
"""What following candidates is made of: who has nothing else has no need of tiles."""


@dataclass(frozen=True, slots=True)
class StartPages:
    """The pages to choose from, and the one that counts now."""

    chosen: str  # `BY_ITSELF` too when a chosen one no longer opens
    names: tuple[str, ...]


@use_case(SignedIn)
def offered(work: Work) -> StartPages:
    """List the pages on which the person may arrive, beside the two that are always there."""
    chosen = work.session.get_one(Account, work.person_id).start_page
    names = _names(work)
    return StartPages(chosen if chosen in (TILES, *names) else BY_ITSELF, names)


@use_case(SignedIn, writes=True)
def choose(work: Work, *, page: str) -> None:
    """Arrive on a page from now on (X-17).

    Raises:
        NotFound: it is no place to start on, or does not open for this person.
    """
    if page not in (BY_ITSELF, TILES, *_names(work)):
        raise NotFound
    account = work.session.get_one(Account, work.person_id)
    account.start_page = page
    work.session.add(account)
    work.note("profile.start_page_chosen", about=("person", work.person_id), page=page)


def address_of(work: Work, account: Account) -> str:
    """Tell where somebody who just came in arrives.

    What they chose counts while it opens. Otherwise whoever only follows candidates arrives
    at the overview, and everybody else at the tiles (V-19, X-17).
    """
    if account.start_page == TILES:
        return "/"
    with work.everywhere():  # until now nobody was signed in, so nothing is in scope
        held = active_grants(work.session, account.person_id, work.now)
    opened = {right for grant in held for right in Right if grant.opens(right)}
    is_staff = any(grant.role in STAFF_ROLES for grant in held)
    if account.start_page in opened_by(opened, is_staff=is_staff):
        return ADDRESSES[account.start_page]
    is_only_that = {MODULE_OF[right] for right in opened} <= _FOLLOWING
    return "/overzicht" if Right.CANDIDATES_SEE in opened and is_only_that else "/"


def _names(work: Work) -> tuple[str, ...]:
    opened = {place.right for place in PLACES if work.actor.scope(place.right)}
    return opened_by(opened, is_staff=work.actor.is_staff)
