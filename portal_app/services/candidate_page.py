"""What one page of the overview needs, answered in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal_app.permissions import Right
from portal_app.services import candidates, insights, links, organisations
from portal_app.services.candidate_address import ALL, OVER_ROUTES
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.services.candidate_order import Order
from portal_app.services.candidate_record import Try, tries_of
from portal_app.services.candidates import CandidateList, RouteTab
from portal_app.services.insights import Insights
from portal_app.services.organisations import OrganisationSight
from portal_app.unit_of_work import Work, use_case

MOST_CHOICES = 500
"""How many organisations staff can choose from in the filter."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the list, whatever filters are set."""

    tab: str  # the one that is shown, by its name in the address
    tabs: tuple[RouteTab, ...]
    needing_attention: int
    unlinked: int
    insights: Insights
    organisations: tuple[OrganisationSight, ...]  # those of the reader; staff: none
    choices: tuple[OrganisationSight, ...]  # to filter by; staff: who has an organisation code
    may_unlink: bool
    may_export: bool


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """A page of the list, and the attempt that decides each step of its rows."""

    found: CandidateList
    last_tries: dict[int, dict[int, Try]]  # by enrolment and position of the step


@use_case(Right.CANDIDATES_SEE)
def frame(
    work: Work, *, tab: str = "", is_filtered: bool = False, organisation_id: int | None = None
) -> Frame:
    """Return what stands around the list, with the figures of the tab that is asked for.

    Without one, or with one that has nobody, it is the first route; a search is over all.
    """
    ids = set(work.scope) if isinstance(work.scope, frozenset) else None
    mine = organisations.sights(work, ids or set())
    tabs = candidates.tabs(work, organisation_id=organisation_id)
    shown = _shown(tab, [one.code for one in tabs], is_filtered=is_filtered)
    route = "" if shown in OVER_ROUTES else shown
    return Frame(
        shown,
        tabs,
        candidates.needing_attention(work, organisation_id=organisation_id),
        links.count_unlinked(work, organisation_id=organisation_id),
        insights.figures(work, tabs, route, organisation_id),
        mine,
        organisations.with_code(work, MOST_CHOICES) if ids is None else mine,
        _may(work, Right.CANDIDATES_UNLINK),
        _may(work, Right.CANDIDATES_EXPORT),
    )


@use_case(Right.CANDIDATES_SEE)
def page(
    work: Work,
    *,
    wanted: CandidateFilter,
    order: Order = Order.NAME,
    descending: bool = False,
    page: int = 1,
    size: int = 25,
) -> CandidatePage:
    """List candidates with what the tips of their steps say."""
    found = candidates.overview(
        work, wanted=wanted, order=order, descending=descending, page=page, size=size
    )
    tries = tries_of(work, [row.enrolment_id for row in found.rows])
    lasts: dict[int, dict[int, Try]] = {row.enrolment_id: {} for row in found.rows}
    for (enrolment_id, position), made in tries.items():
        lasts[enrolment_id][position] = made[-1]
    return CandidatePage(found, lasts)


def _shown(tab: str, routes: Sequence[str], *, is_filtered: bool) -> str:
    if tab in (*routes, *OVER_ROUTES):
        return tab
    return routes[0] if routes and not tab and not is_filtered else ALL


def _may(work: Work, right: Right) -> bool:
    held = work.actor.scope(right)
    if isinstance(work.scope, frozenset):
        return any(organisation_id in held for organisation_id in work.scope)
    return bool(held)
