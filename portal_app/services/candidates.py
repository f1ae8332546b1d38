"""The organisation manager's overview: candidates found, filtered, sorted and paged.

Everything happens in the database, on the projection; the indexes of
`models.training.ProgressRow` serve each combination inside one organisation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false
from sqlmodel import col, func, or_, select

from portal_app.models import (
    EnrolmentStatus,
    Organisation,
    ProgressRow,
    StepKind,
    StepState,
)
from portal_app.names import folded
from portal_app.permissions import Right
from portal_app.progress_rules import shown, unpack
from portal_app.services.routes import RouteSteps, routes_by_id
from portal_app.unit_of_work import Work, use_case

EXPIRES_SOON_DAYS = 90
EXAM_SOON_DAYS = 14
STALLED_DAYS = 60
COUNTED_UP_TO = 10_000
"""Over all organisations (staff) counting stops here; inside one it is always exact."""


class Attention(StrEnum):
    """What asks for attention: each is a filter."""

    RESIT = "resit"
    EXPIRES = "expires"
    EXAM = "exam"
    STALLED = "stalled"


class Order(StrEnum):
    """By what the list can be sorted."""

    NAME = "name"
    VALID_UNTIL = "valid_until"
    REGISTERED = "registered"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """What was asked for; every field narrows, an empty one does not."""

    words: str = ""
    route: str = ""  # code of the route
    status: EnrolmentStatus | None = None
    step: StepKind | None = None  # the step to do next
    organisation_id: int | None = None
    registered_from: date | None = None  # both days included
    registered_to: date | None = None
    valid_before: date | None = None
    valid_from: date | None = None
    attention: Attention | None = None
    needs_attention: bool = False  # any of them: the tab 'Aandacht nodig'


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate on one route, as the overview shows it."""

    enrolment_id: int
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
    """List candidates. `page` counts from 1; a page past the end is empty."""
    conditions = conditions_of(work, wanted)
    total, is_exact = _count(work, conditions)
    found = work.session.exec(
        select(ProgressRow, Organisation.name)
        .join(Organisation, col(Organisation.id) == ProgressRow.organisation_id)
        .where(*conditions)
        .order_by(*_ordering(order, descending=descending))
        .offset((page - 1) * size)
        .limit(size)
    ).all()
    routes = routes_by_id(work)
    rows = tuple(row_of(row, name, routes, work.today) for row, name in found)
    return CandidateList(rows, total, is_exact, work.now)


@use_case(Right.CANDIDATES_SEE)
def tabs(work: Work, *, organisation_id: int | None = None) -> tuple[RouteTab, ...]:
    """List the routes on which there are candidates, with their numbers."""
    counted = dict(
        work.session.exec(
            select(ProgressRow.route_id, func.count())
            .where(*_in_organisation(organisation_id))
            .group_by(col(ProgressRow.route_id))
        ).all()
    )
    routes = routes_by_id(work)
    return tuple(
        RouteTab(one.code, one.name, one.kinds, one.step_names, counted[route_id])
        for route_id, one in routes.items()
        if route_id in counted
    )


def conditions_of(work: Work, wanted: CandidateFilter) -> list[ColumnElement[bool]]:
    """Turn a filter into conditions; the net adds the organisations in scope."""
    row = ProgressRow
    conditions = _in_organisation(wanted.organisation_id)
    conditions += [
        col(row.search).contains(folded(word), autoescape=True) for word in wanted.words.split()[:8]
    ]
    routes = routes_by_id(work)
    if wanted.route:
        ids = [route_id for route_id, one in routes.items() if one.code == wanted.route]
        conditions.append(col(row.route_id).in_(ids) if ids else false())
    if wanted.status is not None:
        conditions.append(_has_status(wanted.status, work.today))
    if wanted.step is not None:
        conditions.append(_is_at(wanted.step, routes))
    if wanted.registered_from:
        conditions.append(col(row.registered_on) >= wanted.registered_from)
    if wanted.registered_to:
        conditions.append(col(row.registered_on) <= wanted.registered_to)
    if wanted.valid_from:
        conditions.append(col(row.valid_until) >= wanted.valid_from)
    if wanted.valid_before:
        conditions.append(col(row.valid_until) < wanted.valid_before)
    if wanted.attention is not None:
        conditions.append(asks_for(wanted.attention, work.today))
    if wanted.needs_attention:
        conditions.append(or_(*(asks_for(one, work.today) for one in Attention)))
    return conditions


def asks_for(attention: Attention, today: date) -> ColumnElement[bool]:
    """Turn what asks for attention into a condition."""
    row = ProgressRow
    match attention:
        case Attention.RESIT:
            return col(row.status) == EnrolmentStatus.RESIT
        case Attention.EXPIRES:
            return and_(
                col(row.status) == EnrolmentStatus.DONE,
                col(row.valid_until).between(today, today + timedelta(days=EXPIRES_SOON_DAYS)),
            )
        case Attention.EXAM:
            return and_(
                col(row.next_state) == StepState.BOOKED,
                col(row.next_on).between(today, today + timedelta(days=EXAM_SOON_DAYS)),
            )
        case Attention.STALLED:
            return and_(
                col(row.status).in_([EnrolmentStatus.STARTED, EnrolmentStatus.RESIT]),
                col(row.last_activity_on) < today - timedelta(days=STALLED_DAYS),
            )


def row_of(
    row: ProgressRow, organisation: str, routes: dict[int, RouteSteps], today: date
) -> CandidateRow:
    """Turn a row of the projection into what people see today."""
    route = routes[row.route_id]
    states = shown(unpack(row.steps, len(route.kinds)), row.valid_until, today)
    is_past = row.status is EnrolmentStatus.DONE and states[-1] is StepState.EXPIRED
    return CandidateRow(
        row.enrolment_id,
        row.organisation_id,
        organisation,
        row.display_name,
        row.email,
        route.name,
        route.code,
        route.kinds,
        route.step_names,
        states,
        EnrolmentStatus.EXPIRED if is_past else row.status,
        row.next_position,
        row.next_on,
        row.next_place,
        row.next_percent,
        row.done_on,
        row.valid_until,
        row.registered_on,
    )


def _in_organisation(organisation_id: int | None) -> list[ColumnElement[bool]]:
    return [] if organisation_id is None else [col(ProgressRow.organisation_id) == organisation_id]


def _has_status(status: EnrolmentStatus, today: date) -> ColumnElement[bool]:
    ran_out = and_(col(ProgressRow.valid_until).is_not(None), col(ProgressRow.valid_until) < today)
    if status is EnrolmentStatus.EXPIRED:
        return and_(col(ProgressRow.status) == EnrolmentStatus.DONE, ran_out)
    if status is EnrolmentStatus.DONE:
        return and_(col(ProgressRow.status) == EnrolmentStatus.DONE, ~ran_out)
    return col(ProgressRow.status) == status


def _is_at(kind: StepKind, routes: dict[int, RouteSteps]) -> ColumnElement[bool]:
    places = [
        and_(
            col(ProgressRow.route_id) == route_id,
            col(ProgressRow.next_position).in_(
                [at for at, one in enumerate(route.kinds) if one is kind]
            ),
        )
        for route_id, route in routes.items()
        if kind in route.kinds
    ]
    return or_(*places) if places else false()


def _ordering(order: Order, *, descending: bool) -> Sequence[ColumnElement[Any]]:
    column = {
        Order.NAME: col(ProgressRow.name_sort),
        Order.VALID_UNTIL: col(ProgressRow.valid_until),
        Order.REGISTERED: col(ProgressRow.registered_on),
        Order.ACTIVITY: col(ProgressRow.last_activity_on),
    }[order]
    tie = col(ProgressRow.id)
    if order is Order.VALID_UNTIL:  # the only one that can be empty; empty comes last
        empty_last = column.is_(None)
        return [empty_last, column.desc() if descending else column.asc(), tie.asc()]
    return [column.desc(), tie.desc()] if descending else [column.asc(), tie.asc()]


def _count(work: Work, conditions: list[ColumnElement[bool]]) -> tuple[int, bool]:
    if isinstance(work.scope, frozenset):
        exact = select(func.count()).select_from(ProgressRow).where(*conditions)
        return work.session.exec(exact).one(), True
    first = select(ProgressRow.id).where(*conditions).limit(COUNTED_UP_TO + 1).subquery()
    number = work.session.exec(select(func.count()).select_from(first)).one()
    return min(number, COUNTED_UP_TO), number <= COUNTED_UP_TO
