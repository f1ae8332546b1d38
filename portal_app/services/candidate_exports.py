"""The filter selection as rows of a file: exactly what the overview lists, on all its pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import select as select_columns
from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select

from portal_app.models import (
    EnrolmentStatus,
    Organisation,
    Person,
    ProgressRow,
    StepKind,
    StepState,
)
from portal_app.names import name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import Right
from portal_app.progress_rules import shown, unpack
from portal_app.services import organisations
from portal_app.services.candidate_filters import CandidateFilter, conditions_of
from portal_app.services.candidate_order import Order, ordering
from portal_app.services.organisations import OrganisationSight
from portal_app.services.routes import Routes, routes_by_id
from portal_app.unit_of_work import Work, use_case

_AT_ONCE = 500
_REMEMBERED = 4096

Step = tuple[StepKind, str]  # its kind, and its own name when it has one


@dataclass(frozen=True, slots=True)
class ExportBegun:
    """What a file is of: said on its sheet 'Filters' and in its name."""

    made_by: str
    made_at: datetime
    day: date
    number: int
    steps: tuple[Step, ...]  # of every route in the selection, each once
    route: str  # the only one, or empty
    organisations: tuple[OrganisationSight, ...]


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A candidate on a route."""

    name: str
    email: str
    reference: str
    organisation: str
    route: str
    status: EnrolmentStatus
    states: tuple[StepState | None, ...]  # in the order of the steps; None: not on this route
    next_step: Step | None
    next_on: date | None
    next_place: str
    registered_on: date
    last_activity_on: date
    done_on: date | None
    valid_until: date | None


@use_case(ProvenLately(Right.CANDIDATES_EXPORT, by_staff=True), writes=True)
def begin(work: Work, *, wanted: CandidateFilter, query: str, file: str) -> ExportBegun:
    """Write down, per organisation, that a selection is downloaded; tell what it is of.

    `query` is the address that asked for it, kept as the criteria.
    """
    routes = routes_by_id(work)
    counted = work.session.exec(
        select(ProgressRow.organisation_id, ProgressRow.route_id, func.count())
        .where(*conditions_of(wanted, routes, work.today))
        .group_by(col(ProgressRow.organisation_id), col(ProgressRow.route_id))
    ).all()
    of_organisation: dict[int, int] = {}
    for organisation_id, _, number in counted:
        of_organisation[organisation_id] = of_organisation.get(organisation_id, 0) + number
    for organisation_id, number in of_organisation.items():
        work.note(
            "candidates.exported",
            organisation_id=organisation_id,
            number=number,
            file=file,
            criteria=query[:400],
        )
    there = {route_id for _, route_id, _ in counted}
    mine = set(work.scope) if isinstance(work.scope, frozenset) else set(of_organisation)
    return ExportBegun(
        name_of(work.session.get_one(Person, work.person_id)).full,
        work.now,
        work.today,
        sum(of_organisation.values()),
        _steps_of(routes, there),
        routes[next(iter(there))].name if len(there) == 1 else "",
        organisations.sights(work, mine),
    )


@use_case(Right.CANDIDATES_EXPORT)
def rows(
    work: Work,
    *,
    wanted: CandidateFilter,
    steps: tuple[Step, ...],
    order: Order = Order.NAME,
    descending: bool = False,
) -> Iterator[ExportRow]:
    """Give the selection row by row, in the order of the list; for `run_through`."""
    routes, today = routes_by_id(work), work.today
    places = _places(routes, steps)

    @lru_cache(_REMEMBERED)  # thousands of candidates stand in a few dozen ways
    def states_of(route_id: int, packed: int, valid_until: date | None) -> _States:
        states = shown(unpack(packed, len(places[route_id])), valid_until, today)
        by_place = dict(zip(places[route_id], states, strict=True))
        return tuple(by_place.get(at) for at in range(len(steps))), states[-1]

    chosen = (
        _columns()
        .where(*conditions_of(wanted, routes, today))
        .order_by(*ordering(order, descending=descending))
        .execution_options(yield_per=_AT_ONCE)
    )
    with work.session.exec(chosen) as found:
        for (
            name, email, reference, organisation, route_id, status, packed, position, next_on,
            next_place, registered_on, last_activity_on, done_on, valid_until,
        ) in cast("Iterable[_Plain]", found):  # fmt: skip
            states, last = states_of(route_id, packed, valid_until)
            is_past = status is EnrolmentStatus.DONE and last is StepState.EXPIRED
            at = None if position is None else steps[places[route_id][position]]
            yield ExportRow(
                name,
                email,
                reference,
                organisation,
                routes[route_id].name,
                EnrolmentStatus.EXPIRED if is_past else status,
                states,
                at,
                next_on,
                next_place,
                registered_on,
                last_activity_on,
                done_on,
                valid_until,
            )


_Plain = tuple[
    str, str, str, str, int, EnrolmentStatus, int, int | None, date | None, str, date, date,
    date | None, date | None,
]  # fmt: skip
_States = tuple[tuple[StepState | None, ...], StepState]


def _columns() -> Select[Any]:
    """Select plain columns: a selection may be the whole of a large organisation."""
    row = ProgressRow
    columns: tuple[Any, ...] = (
        row.display_name, row.email, row.reference, Organisation.name, row.route_id, row.status,
        row.steps, row.next_position, row.next_on, row.next_place, row.registered_on,
        row.last_activity_on, row.done_on, row.valid_until,
    )  # fmt: skip
    selected = select_columns(*columns).join(
        Organisation, col(Organisation.id) == row.organisation_id
    )
    return cast("Select[Any]", selected)  # SQLModel's own select takes four columns at most


def _steps_of(routes: Routes, there: set[int]) -> tuple[Step, ...]:
    return tuple(
        dict.fromkeys(
            step
            for route_id, route in routes.items()
            if route_id in there
            for step in zip(route.kinds, route.step_names, strict=True)
        )
    )


def _places(routes: Routes, steps: tuple[Step, ...]) -> dict[int, list[int]]:
    """Find, by route, in which column each of its steps stands."""
    column = {step: at for at, step in enumerate(steps)}
    return {
        route_id: [column[step] for step in zip(route.kinds, route.step_names, strict=True)]
        for route_id, route in routes.items()
        if all(step in column for step in zip(route.kinds, route.step_names, strict=True))
    }
