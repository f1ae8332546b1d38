"""The one queue of applications: what staff may decide, the most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression
from sqlmodel import col, func, or_, select

from portal_app.applications import BEGUN, RULES, ApplicationKind, ApplicationState
from portal_app.models import Application, Person
from portal_app.names import folded, name_of
from portal_app.permissions import Right
from portal_app.services import applications
from portal_app.services.counting import count_tabs
from portal_app.unit_of_work import Work, use_case

TABS = ("open", "mine", "waiting", "finished")
"""The tabs of the queue; those that wait for the applicant are nobody's to do."""

_STATE = ApplicationState
_TO_DO = (_STATE.SUBMITTED, *sorted(BEGUN))
_FOR_APPLICANT = (_STATE.WAITING, _STATE.APPROVED)
_WORDS = 6


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One application in the queue."""

    number: str
    kind: ApplicationKind
    state: ApplicationState
    name: str
    email: str
    company: str  # empty when it is about no company
    submitted_at: datetime
    due_at: datetime
    finished_at: datetime | None
    assignee: str  # empty when nobody has it in hand
    is_late: bool


@dataclass(frozen=True, slots=True)
class ApplicationList:
    """One page of the queue, how many there are in this tab, and in every tab."""

    rows: tuple[ApplicationRow, ...]
    total: int
    counts: dict[str, int]
    kinds: tuple[ApplicationKind, ...]  # that whoever asks decides


@use_case(Right.APPLICATIONS_SEE)
def overview(
    work: Work,
    *,
    tab: str = "open",
    kind: str = "",
    words: str = "",
    page: int = 1,
    size: int = 25,
) -> ApplicationList:
    """List applications, those due first at the top; `words` find number, name and address."""
    kinds = tuple(one for one in RULES if applications.may_decide(work, one))
    chosen = tab if tab in TABS else "open"
    asked = [one for one in kinds if one.value == kind] or kinds
    wanted = [col(Application.kind).in_(asked), *_matching(words)]
    tabs = {name: _in_tab(work, name) for name in TABS}
    counts = count_tabs(work, Application, wanted, tabs)
    found = work.session.exec(
        select(Application, Person)
        .join(Person, col(Person.id) == Application.assignee_id, isouter=True)
        .where(*wanted, *tabs[chosen])
        .order_by(*_order(chosen))
        .offset((page - 1) * size)
        .limit(size)
    )
    rows = tuple(_row(work, application, assignee) for application, assignee in found)
    return ApplicationList(rows, counts[chosen], counts, kinds)


@use_case(Right.APPLICATIONS_SEE)
def to_do(work: Work) -> int:
    """Count what waits for the staff to whom whoever asks belongs."""
    kinds = [one for one in RULES if applications.may_decide(work, one)]
    return work.session.exec(
        select(func.count())
        .select_from(Application)
        .where(col(Application.kind).in_(kinds), *_in_tab(work, "open"))
    ).one()


def _in_tab(work: Work, tab: str) -> Sequence[ColumnElement[bool]]:
    is_open = col(Application.finished_at).is_(None)
    match tab:
        case "finished":
            return (col(Application.finished_at).is_not(None),)
        case "waiting":
            return (is_open, col(Application.state).in_(_FOR_APPLICANT))
        case "mine":
            mine = col(Application.assignee_id) == work.actor.person_id
            return (is_open, mine, col(Application.state).in_(_TO_DO))
        case _:
            return (is_open, col(Application.state).in_(_TO_DO))


def _order(tab: str) -> tuple[UnaryExpression[Any], ...]:
    if tab == "finished":
        return (col(Application.finished_at).desc(), col(Application.id).desc())
    return (col(Application.due_at).asc(), col(Application.id).asc())


def _matching(words: str) -> list[ColumnElement[bool]]:
    return [
        or_(
            col(Application.number).icontains(word, autoescape=True),
            col(Application.email).icontains(word, autoescape=True),
            col(Application.name).icontains(word, autoescape=True),
            col(Application.company).icontains(word, autoescape=True),
            col(Application.company_number).contains(word, autoescape=True),
            col(Application.name_sort).contains(folded(word), autoescape=True),
        )
        for word in words.split()[:_WORDS]
    ]


def _row(work: Work, application: Application, assignee: Person | None) -> ApplicationRow:
    return ApplicationRow(
        application.number,
        application.kind,
        application.state,
        application.name,
        application.email,
        application.company,
        application.submitted_at,
        application.due_at,
        application.finished_at,
        name_of(assignee).full if assignee else "",
        application.finished_at is None and application.due_at < work.now,
    )
