"""The organisation manager's overview: candidates found, filtered, sorted and paged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.models import EnrolmentStatus, Organisation, ProgressRow, StepKind, StepState
from portal_app.permissions import Right
from portal_app.progress_rules import shown, unpack
from portal_app.services.candidate_filters import (
    CandidateFilter,
    Conditions,
    Order,
    Routes,
    attention_apart,
    conditions_of,
    in_organisation,
    ordering,
)
from portal_app.services.routes import RouteSteps, routes_by_id
from portal_app.unit_of_work import Work, use_case

COUNTED_UP_TO = 10_000
"""Over all organisations (staff) counting stops here; inside one it is always exact."""
SORTED_UP_TO = 1_000
"""Up to this many matches are sorted; of more, an index is walked until the page is full."""

_KEPT = 500
_ROWS = (
    select(ProgressRow, Organisation.name)
    .join(Organisation, col(Organisation.id) == ProgressRow.organisation_id)
    .where(col(ProgressRow.id).in_(bindparam("ids", expanding=True)))
)

HashableRoutes = tuple[tuple[int, RouteSteps], ...]


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
    routes = routes_by_id(work)
    asked = (wanted, tuple(routes.items()), work.today)
    total, is_exact = _count(work, *asked)
    if total == 0:
        return CandidateList((), 0, is_exact, 1, work.now)
    page = max(1, min(page, -(-total // size)))
    offset = (page - 1) * size
    # The numbers come from an index alone; only the rows of this page are read.
    walks = _walks(work, wanted, order, offset, total)
    ids = work.session.exec(
        _numbers(*asked, order, descending=descending, walks=walks),
        params={"first": offset, "size": size},
    ).all()
    found = work.session.exec(_ROWS, params={"ids": ids})
    by_id = {row.id: row_of(row, name, routes, work.today) for row, name in found}
    return CandidateList(tuple(by_id[one] for one in ids), total, is_exact, page, work.now)


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


def _walks(work: Work, wanted: CandidateFilter, order: Order, offset: int, total: int) -> bool:
    """Tell whether walking an ordered index fills the page sooner than sorting what matches."""
    inside_one = isinstance(work.scope, frozenset) or wanted.organisation_id is not None
    if inside_one and order is Order.NAME:
        return True  # the wide index has this order itself
    if replace(wanted, organisation_id=None) == CandidateFilter():
        return True
    return offset <= SORTED_UP_TO < total


def _count(
    work: Work, wanted: CandidateFilter, routes: HashableRoutes, today: date
) -> tuple[int, bool]:
    if isinstance(work.scope, frozenset):
        return work.session.exec(_number(wanted, routes, today)).one(), True
    number = work.session.exec(_number(wanted, routes, today, up_to=COUNTED_UP_TO + 1)).one()
    return min(number, COUNTED_UP_TO), number <= COUNTED_UP_TO


# People ask the same again and again. Making a statement takes as long as running it, so the
# last ones are kept; they hold no scope, for the net narrows each time.


@lru_cache(maxsize=_KEPT)
def _number(
    wanted: CandidateFilter, routes: HashableRoutes, today: date, up_to: int | None = None
) -> SelectOfScalar[int]:
    conditions = conditions_of(wanted, dict(routes), today)
    if up_to is None:
        return select(func.count()).select_from(ProgressRow).where(*conditions)
    first = select(ProgressRow.id).where(*conditions).limit(up_to).subquery()
    return select(func.count()).select_from(first)


@lru_cache(maxsize=_KEPT)
def _numbers(
    wanted: CandidateFilter,
    routes: HashableRoutes,
    today: date,
    order: Order,
    *,
    descending: bool,
    walks: bool,
) -> SelectOfScalar[Any]:
    return (
        select(ProgressRow.id)
        .where(*conditions_of(wanted, dict(routes), today))
        .order_by(*ordering(order, descending=descending, walks=walks))
        .offset(bindparam("first", type_=Integer))
        .limit(bindparam("size", type_=Integer))
    )
