"""The organisation manager's overview: candidates found, filtered, sorted and paged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as sa_select
from sqlmodel import col, func, select

from portal_app.models import EnrolmentStatus, ProgressRow, StepKind, StepState
from portal_app.permissions import Right
from portal_app.progress_rules import shown, unpack
from portal_app.services.candidate_filters import (
    CandidateFilter,
    Conditions,
    attention_apart,
    in_organisation,
)
from portal_app.services.candidate_order import Order
from portal_app.services.candidate_selection import Selection, find
from portal_app.services.routes import Routes, recent_routes, routes_by_id
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate on one route, as the overview shows it."""

    enrolment_id: int
    link_id: int
    organisation_id: int
    organisation: str
    name: str
    email: str
    route: str
    route_code: str
    kinds: tuple[StepKind, ...]
    step_names: tuple[str, ...]
    states: tuple[StepState, ...]
    status: EnrolmentStatus
    next_position: int | None
    next_on: date | None
    next_place: str
    next_percent: int | None
    done_on: date | None
    valid_until: date | None
    registered_on: date


@dataclass(frozen=True, slots=True)
class CandidateList:
    """One page of the overview, and how many there are over all pages."""

    rows: tuple[CandidateRow, ...]
    total: int
    is_exact: bool
    page: int  # the one that was asked for, or the last one there is
    made_at: datetime


@dataclass(frozen=True, slots=True)
class RouteTab:
    """A tab: a route with its steps and how many candidates are on it."""

    code: str
    name: str
    kinds: tuple[StepKind, ...]
    step_names: tuple[str, ...]
    number: int


@use_case(Right.CANDIDATES_SEE)
def overview(
    work: Work,
    *,
    wanted: CandidateFilter,
    order: Order = Order.NAME,
    descending: bool = False,
    page: int = 1,
    size: int = 25,
) -> CandidateList:
    """List candidates. `page` counts from 1; past the end it is the last page."""
    routes = recent_routes(work)
    if wanted.route and all(one.code != wanted.route for one in routes.values()):
        routes = routes_by_id(work)  # it was made a moment ago
    chosen = Selection(wanted, tuple(routes.items()), work.today, order, descending)
    found = find(work, chosen, page, size)
    if any(row.route_id not in routes for row in found.rows):
        routes = routes_by_id(work)
    rows = tuple(row_of(row, row.organisation, routes, work.today) for row in found.rows)
    return CandidateList(rows, found.total, found.is_exact, found.page, work.now)


@use_case(Right.CANDIDATES_SEE)
def tabs(work: Work, *, organisation_id: int | None = None) -> tuple[RouteTab, ...]:
    """List the routes on which there are candidates, with their numbers."""
    counted = dict(
        work.session.exec(
            select(ProgressRow.route_id, func.count())
            .where(*in_organisation(organisation_id))
            .group_by(col(ProgressRow.route_id))
        ).all()
    )
    return tuple(
        RouteTab(one.code, one.name, one.kinds, one.step_names, counted[route_id])
        for route_id, one in routes_by_id(work).items()
        if route_id in counted
    )


@use_case(Right.CANDIDATES_SEE)
def needing_attention(work: Work, *, organisation_id: int | None = None) -> int:
    """Count the candidates for whom something is to be done."""
    mine = in_organisation(organisation_id)
    return sum(count_each(work, [[*mine, one] for one in attention_apart(work.today)]))


def count_each(work: Work, selections: Sequence[Conditions]) -> tuple[int, ...]:
    """Count rows by each of several selections, in one statement."""
    counts = [
        select(func.count()).select_from(ProgressRow).where(*conditions).scalar_subquery()
        for conditions in selections
    ]
    asked = sa_select(*counts)  # SQLModel's own cannot say how many columns there are
    return tuple(work.session.execute(asked).one())  # pyright: ignore[reportDeprecated]


def row_of(row: ProgressRow, organisation: str, routes: Routes, today: date) -> CandidateRow:
    """Turn a row of the projection into what people see today."""
    route = routes[row.route_id]
    states = shown(unpack(row.steps, len(route.kinds)), row.valid_until, today)
    is_past = row.status is EnrolmentStatus.DONE and states[-1] is StepState.EXPIRED
    return CandidateRow(
        enrolment_id=row.enrolment_id,
        link_id=row.link_id,
        organisation_id=row.organisation_id,
        organisation=organisation,
        name=row.display_name,
        email=row.email,
        route=route.name,
        route_code=route.code,
        kinds=route.kinds,
        step_names=route.step_names,
        states=states,
        status=EnrolmentStatus.EXPIRED if is_past else row.status,
        next_position=row.next_position,
        next_on=row.next_on,
        next_place=row.next_place,
        next_percent=row.next_percent,
        done_on=row.done_on,
        valid_until=row.valid_until,
        registered_on=row.registered_on,
    )
