"""The organisation manager's overview: candidates found, filtered, sorted and paged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Integer, bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

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
_ROWS = (  # columns: making an object of every row is a tenth of what a page costs
    sa_select(
        *(
            getattr(ProgressRow, name)
            for name in (
                *("id", "enrolment_id", "link_id", "organisation_id", "route_id", "display_name"),
                *("email", "steps", "status", "next_position", "next_on", "next_place"),
                *("next_percent", "done_on", "valid_until", "registered_on"),
            )
        ),
        col(Organisation.name).label("organisation"),
    )
    .join(Organisation, col(Organisation.id) == ProgressRow.organisation_id)
    .where(col(ProgressRow.id).in_(bindparam("ids", expanding=True)))
)

Chosen = TypeVar("Chosen", bound="Select[Any, Any] | SelectOfScalar[Any]")
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
    chosen = _Selection(wanted, tuple(routes.items()), work.today, order, descending)
    # The numbers come from an index alone; only the rows of this page are read.
    ids, total, is_exact, page = _found(work, chosen, page, size)
    found = work.session.execute(_ROWS, {"ids": ids}) if ids else ()  # pyright: ignore[reportDeprecated]
    by_id = {
        row.id: row_of(cast("ProgressRow", row), row.organisation, routes, work.today)
        for row in found
    }
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


@dataclass(frozen=True, slots=True)
class _Selection:
    """What decides which candidates are listed, and in which order."""

    wanted: CandidateFilter
    routes: HashableRoutes
    today: date
    order: Order
    descending: bool

    def conditions(self) -> Conditions:
        return conditions_of(self.wanted, dict(self.routes), self.today)


def _found(
    work: Work, chosen: _Selection, page: int, size: int
) -> tuple[Sequence[int], int, bool, int]:
    """Return the numbers on a page, how many there are, whether exactly, and which page it is."""
    walks = _walks_whatever_matches(work, chosen)
    at = {"first": 0, "size": size}
    if page == 1 and walks and isinstance(work.scope, frozenset):
        rows = work.session.exec(_numbers_and_total(chosen), params=at).all()
        return [number for number, _ in rows], rows[0][1] if rows else 0, True, 1
    total, is_exact = _count(work, chosen)
    if total == 0:
        return (), 0, is_exact, 1
    page = max(1, min(page, -(-total // size)))
    at["first"] = (page - 1) * size
    walks = walks or at["first"] <= SORTED_UP_TO < total
    return work.session.exec(_numbers(chosen, walks=walks), params=at).all(), total, is_exact, page


def _walks_whatever_matches(work: Work, chosen: _Selection) -> bool:
    """Tell whether walking an ordered index always fills a page sooner than sorting does."""
    wanted = chosen.wanted
    inside_one = isinstance(work.scope, frozenset) or wanted.organisation_id is not None
    if inside_one and chosen.order is Order.NAME:
        return True  # the wide index has this order itself
    return replace(wanted, organisation_id=None) == CandidateFilter()


def _count(work: Work, chosen: _Selection) -> tuple[int, bool]:
    if isinstance(work.scope, frozenset):
        return work.session.exec(_number(chosen)).one(), True
    number = work.session.exec(_number(chosen, up_to=COUNTED_UP_TO + 1)).one()
    return min(number, COUNTED_UP_TO), number <= COUNTED_UP_TO


# People ask the same again and again. Making a statement takes as long as running it, so the
# last ones are kept; they hold no scope, for the net narrows each time.


@lru_cache(maxsize=_KEPT)
def _number(chosen: _Selection, up_to: int | None = None) -> SelectOfScalar[int]:
    conditions = chosen.conditions()
    if up_to is None:
        return select(func.count()).select_from(ProgressRow).where(*conditions)
    first = select(ProgressRow.id).where(*conditions).limit(up_to).subquery()
    return select(func.count()).select_from(first)


@lru_cache(maxsize=_KEPT)
def _numbers(chosen: _Selection, *, walks: bool) -> SelectOfScalar[Any]:
    return _page_of(select(col(ProgressRow.id)), chosen, walks=walks)


@lru_cache(maxsize=_KEPT)
def _numbers_and_total(chosen: _Selection) -> Select[Any, int]:
    # Counting beside every row would make each match wait for all; this counts once.
    total = _number(chosen).scalar_subquery()
    return _page_of(select(col(ProgressRow.id), total), chosen, walks=True)


def _page_of(listed: Chosen, chosen: _Selection, *, walks: bool) -> Chosen:
    order = ordering(chosen.order, descending=chosen.descending, walks=walks)
    return (
        listed.where(*chosen.conditions())
        .order_by(*order)
        .offset(bindparam("first", type_=Integer))
        .limit(bindparam("size", type_=Integer))
    )
