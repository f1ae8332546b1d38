"""'Inzien kandidaatgegevens': everything an organisation may see of one candidate."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from portal_app.errors import NotFound
from portal_app.models import (
    Attempt,
    Enrolment,
    LinkedVia,
    Organisation,
    OrganisationCode,
    OrganisationLink,
    PaymentCode,
    Person,
    Profile,
    ProgressRow,
    Result,
    Route,
    Step,
    StepKind,
    StepState,
)
from portal_app.permissions import Right
from portal_app.services.candidate_filters import CandidateFilter, conditions_of
from portal_app.services.candidate_order import Order, beside
from portal_app.services.candidates import CandidateRow, row_of
from portal_app.services.routes import routes_by_id
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt at a step."""

    number: int
    result: Result
    on: date | None
    place: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class StepOfCandidate:
    """A step of the route, how it stands, and every attempt, first one first."""

    kind: StepKind
    name: str
    state: StepState
    max_attempts: int | None
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """A candidate on a route, as one organisation sees it."""

    row: CandidateRow
    link_id: int
    profile: str
    phone: str
    reference: str
    payment_code_end: str  # its last group, for who may see payment codes
    quality_scheme_url: str
    linked_via: LinkedVia
    organisation_code: str
    linked_at: datetime
    steps: tuple[StepOfCandidate, ...]
    others: tuple[tuple[int, str], ...]  # other enrolments: number and route
    may_unlink: bool


@use_case(Right.CANDIDATES_SEE)
def record(work: Work, *, enrolment_id: int, organisation_id: int | None = None) -> CandidateRecord:
    """Show one candidate.

    Raises:
        NotFound: no such candidate, or not (any more) linked to an organisation in scope.
    """
    wanted = select(ProgressRow, Organisation.name).join(
        Organisation, col(Organisation.id) == ProgressRow.organisation_id
    )
    if organisation_id is not None:
        wanted = wanted.where(ProgressRow.organisation_id == organisation_id)
    found = work.session.exec(wanted.where(ProgressRow.enrolment_id == enrolment_id)).first()
    if found is None:
        raise NotFound
    row, organisation = found
    routes = routes_by_id(work)
    shown = row_of(row, organisation, routes, work.today)
    enrolment = work.session.get_one(Enrolment, enrolment_id)
    link = work.session.get_one(OrganisationLink, row.link_id)
    code = work.session.get(OrganisationCode, link.organisation_code_id or 0)
    others = work.session.exec(
        select(ProgressRow.enrolment_id, ProgressRow.route_id).where(
            ProgressRow.person_id == row.person_id,
            ProgressRow.organisation_id == row.organisation_id,
            ProgressRow.enrolment_id != enrolment_id,
        )
    ).all()
    return CandidateRecord(
        shown,
        link.key,
        work.session.get_one(Profile, enrolment.profile_id).name,
        work.session.get_one(Person, row.person_id).phone or "",
        row.reference,
        _end_of_payment_code(work, row),
        _quality_scheme(work, row.route_id),
        link.via,
        code.code if code else "",
        link.linked_at,
        _steps(work, row.route_id, enrolment_id, shown.states),
        tuple((number, routes[route_id].name) for number, route_id in others),
        row.organisation_id in work.actor.scope(Right.CANDIDATES_UNLINK),
    )


_TRIES = (  # columns: a page has a hundred attempts; SQLModel's own select takes four at most
    sa_select(
        col(Attempt.enrolment_id),
        col(Step.position),
        col(Attempt.result),
        col(Attempt.on),
        col(Attempt.place),
        col(Attempt.percent),
    )
    .join(Step, col(Step.id) == Attempt.step_id)
    .where(
        col(Attempt.enrolment_id).in_(bindparam("enrolments", expanding=True)),
        col(Attempt.superseded).is_(False),
    )
    .order_by(col(Attempt.number))
)


def tries_of(work: Work, enrolment_ids: list[int]) -> dict[tuple[int, int], list[Try]]:
    """Return the attempts by enrolment and step position, first one first."""
    found: dict[tuple[int, int], list[Try]] = defaultdict(list)
    for enrolment_id, position, result, on, place, percent in work.session.execute(  # pyright: ignore[reportDeprecated]
        _TRIES, {"enrolments": enrolment_ids}
    ):
        tries = found[enrolment_id, position]
        number = len(tries) + 1  # corrections leave gaps in the numbers that are kept
        tries.append(Try(number, result, on, place, percent))
    return found


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A candidate beside another one in a list."""

    enrolment_id: int
    organisation_id: int
    name: str


@use_case(Right.CANDIDATES_SEE)
def neighbours(
    work: Work,
    *,
    enrolment_id: int,
    organisation_id: int,
    wanted: CandidateFilter,
    order: Order = Order.NAME,
    descending: bool = False,
) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the candidates before and after one in the selection of a filter."""
    here = work.session.exec(
        select(ProgressRow).where(
            ProgressRow.enrolment_id == enrolment_id, ProgressRow.organisation_id == organisation_id
        )
    ).first()
    if here is None:
        return None, None
    conditions = conditions_of(wanted, routes_by_id(work), work.today)

    def nearest(*, following: bool) -> Neighbour | None:
        there, nearest_first = beside(here, order, descending=descending, following=following)
        found = work.session.exec(
            select(ProgressRow).where(*conditions, there).order_by(*nearest_first).limit(1)
        ).first()
        return found and Neighbour(found.enrolment_id, found.organisation_id, found.display_name)

    return nearest(following=False), nearest(following=True)


def _steps(
    work: Work, route_id: int, enrolment_id: int, states: tuple[StepState, ...]
) -> tuple[StepOfCandidate, ...]:
    tries = tries_of(work, [enrolment_id])
    steps = work.session.exec(
        select(Step).where(Step.route_id == route_id).order_by(col(Step.position))
    ).all()
    return tuple(
        StepOfCandidate(
            step.kind,
            step.name,
            state,
            step.max_attempts,
            tuple(tries.get((enrolment_id, step.position), ())),
        )
        for step, state in zip(steps, states, strict=True)
    )


def _end_of_payment_code(work: Work, row: ProgressRow) -> str:
    # The whole code stands on the page of payment codes, which writes down who saw it.
    if row.organisation_id not in work.actor.scope(Right.PAYMENT_CODES_SEE):
        return ""
    code = work.session.exec(
        select(PaymentCode.code).where(PaymentCode.enrolment_id == row.enrolment_id)
    ).first()
    return code.rpartition("-")[2] if code else ""


def _quality_scheme(work: Work, route_id: int) -> str:
    return work.session.get_one(Route, route_id).quality_scheme_url
