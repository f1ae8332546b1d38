"""What staff do with an application of any kind: take it, ask for more, go on, refuse."""

from portal_app.applications import RULES, ApplicationState
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
    elif application.finished_at is None:
        applications.assign(work, application, version=version)
    else:
        raise Invalid({"": Text("applications.wrong_moved_on")})


@use_case(Right.APPLICATIONS_SEE, writes=True)
def ask_for_more(work: Work, *, number: str, version: int, question: str) -> None:
    """Mail the applicant a question, and wait for the answer.

    Raises:
        Invalid: it has moved on since.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number)
    applications.move(
        work, application, _STATE.WAITING, version=version, notes=Notes(public=question)
    )
    applications.write_to_applicant(
        work, application, "application_question", {"name": "", "note": question}
    )


@use_case(Right.APPLICATIONS_SEE, writes=True)
def go_on(work: Work, *, number: str, version: int, answer: str) -> None:
    """Go on with an application whose applicant has answered; `answer` is for colleagues.

    Raises:
        Invalid: it has moved on since.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number)
    if application.state is not _STATE.WAITING:
        raise Invalid({"": Text("applications.wrong_moved_on")})
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
        raise Invalid({"reason": Text("applications.wrong_reason_empty")})
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
        {"name": "", "reason": Text(f"applications.reason_{reason}"), "note": note},
    )
