"""What staff do with an application of any kind: take it, ask for more, go on, refuse."""

from portal_app.applications import RULES, ApplicationState, said_with
from portal_app.errors import Invalid, Text
from portal_app.permissions import Right
from portal_app.services import applications
from portal_app.services.applications import Notes
from portal_app.unit_of_work import Work, use_case

_STATE = ApplicationState


@use_case(Right.APPLICATIONS_SEE, writes=True)
def take(work: Work, *, number: str, version: int) -> None:
    """Take an application in hand; one that a colleague has is taken over.

    Raises:
        Invalid: it has moved on since.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number)
    if application.state is _STATE.SUBMITTED:
        applications.move(
            work, application, _STATE.IN_PROGRESS, version=version, assignee_id=work.person_id
        )
        applications.tell_of_change(work, application, "in_progress")
    elif application.finished_at is None:
        applications.change(work, application, version=version, assignee_id=work.person_id)
    else:
        raise Invalid({"": Text("errors.application_moved_on")})


@use_case(Right.APPLICATIONS_SEE, writes=True)
def ask_for_more(work: Work, *, number: str, version: int, question: str, note: str) -> None:
    """Mail the applicant a question of its kind, one's own, or both, and wait for the answer.

    Raises:
        Invalid: it has moved on since, nothing is asked, or the question is none of its kind.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number)
    is_known = question in RULES[application.kind].questions
    if not (is_known or note) or (question and not is_known):
        raise Invalid({"question": Text("errors.application_question_empty")})
    notes = Notes(public=note, reason=question)
    applications.move(work, application, _STATE.WAITING, version=version, notes=notes)
    asked = Text(said_with(_STATE.WAITING, question)) if question else ""
    applications.write_to_applicant(
        work, application, "application_question", {"name": "", "question": asked, "note": note}
    )


@use_case(Right.APPLICATIONS_SEE, writes=True)
def go_on(work: Work, *, number: str, version: int, answer: str) -> None:
    """Go on with an application whose applicant has answered; `answer` is for colleagues.

    Raises:
        Invalid: it has moved on since.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number, state=_STATE.WAITING)
    applications.move(
        work,
        application,
        _STATE.IN_PROGRESS,
        version=version,
        notes=Notes(internal=answer),
        assignee_id=work.person_id,
    )


@use_case(Right.APPLICATIONS_SEE, writes=True)
def refuse(work: Work, *, number: str, version: int, reason: str, note: str) -> None:
    """Refuse an application, and mail why: a reason of its kind, and what is added to it.

    Raises:
        Invalid: it has moved on since, or the reason is none of its kind.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number)
    if reason not in RULES[application.kind].reasons:
        raise Invalid({"reason": Text("errors.application_reason_empty")})
    applications.move(
        work,
        application,
        _STATE.REFUSED,
        version=version,
        notes=Notes(public=note, reason=reason),
    )
    applications.write_to_applicant(
        work,
        application,
        "application_refused",
        {"name": "", "reason": Text(said_with(_STATE.REFUSED, reason)), "note": note},
    )
