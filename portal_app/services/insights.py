"""The figures above the overview: where people get stuck, what asks for attention, what expires."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select

from portal_app.models import EnrolmentStatus, ProgressRow, StepKind, StepState
from portal_app.permissions import Right
from portal_app.progress_rules import DONE_STATES, unpack
from portal_app.services.candidate_filters import (
    Attention,
    Conditions,
    asks_for,
    in_organisation,
)
from portal_app.services.candidates import RouteTab, count_each, tabs
from portal_app.services.routes import RouteSteps, routes_by_id
from portal_app.unit_of_work import Work, use_case

MONTHS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class StepFigures:
    """How many candidates of a route stand where at one step."""

    kind: StepKind
    name: str
    passed: int
    failed: int
    under_way: int  # planned or busy
    idle: int


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """How many certificates run out in a month."""

    first_day: date
    number: int


@dataclass(frozen=True, slots=True)
class Insights:
    """What the overview shows above its table."""

    route: str  # code of the route that the steps are of; empty when there is none
    route_name: str
    number: int
    steps: tuple[StepFigures, ...]
    attention: dict[Attention, int]
    months: tuple[MonthFigure, ...]


@use_case(Right.CANDIDATES_SEE)
def insights(work: Work, *, route: str = "", organisation_id: int | None = None) -> Insights:
    """Return the figures; the steps are of `route`, or of the route with most candidates."""
    return figures(work, tabs(work, organisation_id=organisation_id), route, organisation_id)


def figures(
    work: Work, counted: Sequence[RouteTab], route: str, organisation_id: int | None
) -> Insights:
    """Return the figures inside another use case, which has counted the tabs already."""
    mine = in_organisation(organisation_id)
    routes = routes_by_id(work)
    fullest = max(counted, key=lambda tab: tab.number, default=None)
    wanted = route or (fullest.code if fullest else "")
    chosen = next((number for number, one in routes.items() if one.code == wanted), None)
    steps = _steps(work, chosen, mine, routes[chosen]) if chosen else ()
    in_route = [*mine, col(ProgressRow.route_id) == chosen] if route and chosen else mine
    return Insights(
        routes[chosen].code if chosen else "",
        routes[chosen].name if chosen else "",
        sum((steps[0].passed, steps[0].failed, steps[0].under_way, steps[0].idle)) if steps else 0,
        steps,
        _attention(work, in_route),
        _months(work, in_route),
    )


def _steps(
    work: Work, route_id: int, mine: Conditions, route: RouteSteps
) -> tuple[StepFigures, ...]:
    # Many candidates stand alike: the database groups them by their packed states.
    counted: list[Counter[StepState]] = [Counter() for _ in route.kinds]
    for packed, number in work.session.exec(
        select(ProgressRow.steps, func.count())
        .where(col(ProgressRow.route_id) == route_id, *mine)
        .group_by(col(ProgressRow.steps))
    ):
        for at, state in enumerate(unpack(packed, len(route.kinds))):
            counted[at][state] += number
    return tuple(
        StepFigures(
            kind,
            name,
            passed=sum(count[state] for state in DONE_STATES),
            failed=count[StepState.FAILED],
            under_way=count[StepState.BOOKED] + count[StepState.BUSY],
            idle=count[StepState.IDLE],
        )
        for kind, name, count in zip(route.kinds, route.step_names, counted, strict=True)
    )


def _attention(work: Work, mine: Conditions) -> dict[Attention, int]:
    counted = count_each(work, [[*mine, asks_for(one, work.today)] for one in Attention])
    return dict(zip(Attention, counted, strict=True))


def _months(work: Work, mine: Conditions) -> tuple[MonthFigure, ...]:
    firsts = [_month(work.today, ahead) for ahead in range(MONTHS_AHEAD + 1)]
    by_day = work.session.exec(
        select(col(ProgressRow.valid_until), func.count())
        .where(
            *mine,
            col(ProgressRow.status) == EnrolmentStatus.DONE,
            col(ProgressRow.valid_until) >= work.today,
            col(ProgressRow.valid_until) < firsts[-1],
        )
        .group_by(col(ProgressRow.valid_until))
    ).all()
    numbers: Counter[date] = Counter()
    for day, number in by_day:
        if day is not None:
            numbers[day.replace(day=1)] += number
    return tuple(MonthFigure(first, numbers[first]) for first in firsts[:-1])


def _month(today: date, ahead: int) -> date:
    years, month = divmod(today.month - 1 + ahead, 12)
    return date(today.year + years, month + 1, 1)
