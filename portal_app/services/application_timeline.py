"""What the applicant sees of an application, with the key of a mail or signed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from portal_app.applications import BEGUN, RULES, ApplicationKind, ApplicationState
from portal_app.models import Application, ApplicationEvent
from portal_app.needs import Anyone
from portal_app.services import applications
from portal_app.services.applications import TIMELINE
from portal_app.unit_of_work import Work, use_case

# That one colleague still has to agree is no news to the applicant.
SHOWN_AS = {ApplicationState.CHECKED: ApplicationState.IN_PROGRESS}
"""States that the applicant reads as another."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the applicant was told."""

    state: ApplicationState
    at: datetime
    reason: str
    note: str
    is_answer: bool  # of the applicant


@dataclass(frozen=True, slots=True)
class Timeline:
    """An application as the applicant sees it: nothing of it tells who works on it."""

    number: str
    kind: ApplicationKind
    state: ApplicationState
    submitted_at: datetime
    due_at: datetime
    is_answered: bool  # or it waits for the applicant, or for another than the fund
    may_answer: bool
    may_withdraw: bool
    told: tuple[Told, ...]


@use_case(Anyone)
def own(work: Work, *, key: str) -> Timeline | None:
    """Show the application that a mailed key opens; None when it opens nothing."""
    one = applications.by_key(work, key, TIMELINE)
    return timeline(work, one) if one else None


def timeline(work: Work, one: Application) -> Timeline:
    """Tell what happened to an application, for a use case that judged whose it is."""
    follow = RULES[one.kind].own_moves.get(one.state, frozenset())
    told: list[Told] = []
    for event in work.session.exec(
        select(ApplicationEvent)
        .where(ApplicationEvent.application_id == one.id)
        .order_by(col(ApplicationEvent.id))
    ):
        state = SHOWN_AS.get(event.to_state, event.to_state)
        if not told or told[-1].state is not state:
            is_answer = event.from_state is ApplicationState.WAITING and event.by_id is None
            is_answer = is_answer and state is ApplicationState.IN_PROGRESS
            told.append(Told(state, event.at, event.reason, event.public_note, is_answer))
    return Timeline(
        one.number,
        one.kind,
        SHOWN_AS.get(one.state, one.state),
        one.submitted_at,
        one.due_at,
        one.kind is ApplicationKind.CO_MANAGER
        or one.state not in (ApplicationState.SUBMITTED, *BEGUN),
        ApplicationState.IN_PROGRESS in follow,
        ApplicationState.WITHDRAWN in follow,
        tuple(told),
    )
