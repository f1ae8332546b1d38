"""What can be asked of the overview, and the conditions that answer it.

Everything happens in the database, on the projection; the indexes of
`models.training.ProgressRow` serve each combination inside one organisation.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false
from sqlalchemy.orm import Mapped
from sqlmodel import col, func, or_

from portal_app.models import EnrolmentStatus, ProgressRow, StepKind, StepState
from portal_app.names import folded
from portal_app.progress_rules import PACKED_BITS, packed_state
from portal_app.services.candidate_order import in_no_index
from portal_app.services.routes import Routes

EXPIRES_SOON_DAYS = 90
EXAM_SOON_DAYS = 14
STALLED_DAYS = 60
MOST_WORDS = 8

Conditions = list[ColumnElement[bool]]


class Attention(StrEnum):
    """What asks for attention: each is a filter."""

    RESIT = "resit"
    EXPIRES = "expires"
    EXAM = "exam"
    STALLED = "stalled"


class Standing(StrEnum):
    """How a step stands, as coarsely as the chart of progress shows it."""

    PASSED = "passed"
    FAILED = "failed"
    UNDER_WAY = "under_way"
    IDLE = "idle"


STATES_OF = {
    Standing.PASSED: (StepState.PASSED, StepState.EXEMPT),
    Standing.FAILED: (StepState.FAILED,),
    Standing.UNDER_WAY: (StepState.BOOKED, StepState.BUSY),
    Standing.IDLE: (StepState.IDLE,),
}


@dataclass(frozen=True, slots=True)
class CandidateFilter:
    """What was asked for; every field narrows, an empty one does not."""

    words: str = ""
    route: str = ""  # code of the route
    status: EnrolmentStatus | None = None
    step: StepKind | None = None  # the step to do next
    stands: tuple[StepKind, Standing] | None = None  # a step, and how it stands
    organisation_id: int | None = None
    registered_from: date | None = None  # both days included
    registered_to: date | None = None
    valid_before: date | None = None
    expires: tuple[date, date] | None = None  # obtained, and runs out from … to before …
    attention: Attention | None = None
    needs_attention: bool = False  # any of them: the tab 'Aandacht nodig'
    link_ids: tuple[int, ...] = ()  # only these: what was selected in the list


def in_organisation(organisation_id: int | None) -> Conditions:
    """Narrow to one organisation, or not; the net holds the list to those in scope."""
    return [] if organisation_id is None else [col(ProgressRow.organisation_id) == organisation_id]


def conditions_of(wanted: CandidateFilter, routes: Routes, today: date) -> Conditions:
    """Turn a filter into conditions; the net adds the organisations in scope."""
    row = ProgressRow
    conditions: Conditions = []
    if wanted.route:
        ids = [route_id for route_id, one in routes.items() if one.code == wanted.route]
        conditions.append(col(row.route_id).in_(ids) if ids else false())
    if wanted.status is not None:
        conditions.append(_has_status(wanted.status, today))
    if wanted.step is not None:
        conditions.append(_is_at(wanted.step, routes))
    if wanted.stands is not None:
        conditions.append(_stands(*wanted.stands, routes))
    conditions += _in_time(wanted)
    if wanted.attention is not None:
        conditions.append(asks_for(wanted.attention, today))
    if wanted.needs_attention:
        conditions.append(any_attention(today))
    if wanted.link_ids:
        conditions.append(col(row.link_id).in_(wanted.link_ids))
    words = [  # last, for what they cost: SQLite looks at conditions in this order
        col(row.search).contains(folded(word), autoescape=True)
        for word in wanted.words.split()[:MOST_WORDS]
    ]
    return [*in_organisation(wanted.organisation_id), *conditions, *words]


def any_attention(today: date) -> ColumnElement[bool]:
    """Turn 'anything asks for attention' into a condition."""
    return or_(*(asks_for(one, today) for one in Attention))


def attention_apart(today: date) -> tuple[ColumnElement[bool], ...]:
    """Split 'anything asks for attention' in conditions that no row meets twice.

    An index serves each of them; none can serve one condition that is an 'or' of all.
    """
    status = col(ProgressRow.status)
    resit, expires, exam = (
        asks_for(one, today) for one in (Attention.RESIT, Attention.EXPIRES, Attention.EXAM)
    )
    stalled = and_(
        asks_for(Attention.STALLED, today),
        status == EnrolmentStatus.STARTED,
        func.coalesce(exam, false()).is_(False),
    )
    apart = status.not_in([EnrolmentStatus.RESIT, EnrolmentStatus.DONE])
    return resit, expires, and_(exam, apart), stalled


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


def _in_time(wanted: CandidateFilter) -> Conditions:
    registered: ColumnElement[Any] | Mapped[Any] = col(ProgressRow.registered_on)
    valid: ColumnElement[Any] | Mapped[Any] = col(ProgressRow.valid_until)
    if wanted.words:
        # Keywords stand in the wide index. Through one of dates SQLite would read every row of
        # that time by itself, three times as long when it is a year of a large organisation.
        registered, valid = in_no_index(registered), in_no_index(valid)
    conditions: Conditions = []
    if wanted.registered_from:
        conditions.append(registered >= wanted.registered_from)
    if wanted.registered_to:
        conditions.append(registered <= wanted.registered_to)
    if wanted.valid_before:
        conditions.append(valid < wanted.valid_before)
    if wanted.expires:
        first, end = wanted.expires
        conditions += [
            col(ProgressRow.status) == EnrolmentStatus.DONE,
            valid >= first,
            valid < end,
        ]
    return conditions


def _has_status(status: EnrolmentStatus, today: date) -> ColumnElement[bool]:
    ran_out = and_(col(ProgressRow.valid_until).is_not(None), col(ProgressRow.valid_until) < today)
    if status is EnrolmentStatus.EXPIRED:
        return and_(col(ProgressRow.status) == EnrolmentStatus.DONE, ran_out)
    if status is EnrolmentStatus.DONE:
        return and_(col(ProgressRow.status) == EnrolmentStatus.DONE, ~ran_out)
    return col(ProgressRow.status) == status


def _is_at(kind: StepKind, routes: Routes) -> ColumnElement[bool]:
    places = [
        and_(col(ProgressRow.route_id) == route_id, col(ProgressRow.next_position).in_(positions))
        for route_id, positions in _positions(kind, routes)
    ]
    return or_(*places) if places else false()


def _stands(kind: StepKind, standing: Standing, routes: Routes) -> ColumnElement[bool]:
    wanted = [packed_state(state) for state in STATES_OF[standing]]
    places = [
        and_(
            col(ProgressRow.route_id) == route_id,
            or_(
                *(
                    col(ProgressRow.steps)
                    .bitwise_rshift(PACKED_BITS * at)
                    .bitwise_and(2**PACKED_BITS - 1)
                    .in_(wanted)
                    for at in positions
                )
            ),
        )
        for route_id, positions in _positions(kind, routes)
    ]
    return or_(*places) if places else false()


def _positions(kind: StepKind, routes: Routes) -> list[tuple[int, list[int]]]:
    return [
        (route_id, [at for at, one in enumerate(route.kinds) if one is kind])
        for route_id, route in routes.items()
        if kind in route.kinds
    ]
