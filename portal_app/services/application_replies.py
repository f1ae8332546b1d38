"""What the applicant does with an application, with the key of a mail or signed in.

No account is needed: whoever reads the mails may answer and withdraw.
"""

from portal_app.applications import RULES, ApplicationState
from portal_app.errors import Refused, Text
from portal_app.models import Application
from portal_app.needs import Anyone
from portal_app.services import applications
from portal_app.services.applications import TIMELINE, Notes
from portal_app.unit_of_work import Work, use_case

_STATE = ApplicationState


@use_case(Anyone, writes=True)
def answer(work: Work, *, key: str, text: str) -> Refused | None:
    """Answer what was asked; it goes on with whoever has it in hand, and has as long again."""
    application = applications.by_key(work, key, TIMELINE, to_write=True)
    if application is None:
        return Refused(Text("errors.application_key"))
    return answered(work, application, text)


def answered(work: Work, application: Application, text: str) -> Refused | None:
    """Write the applicant's answer inside a use case that judged whose application it is."""
    if application.state is not _STATE.WAITING:
        return Refused(Text("errors.application_not_waiting"))
    applications.move(
        work,
        application,
        _STATE.IN_PROGRESS,
        version=application.version,
        notes=Notes(public=text),
        by_applicant=True,
        due_at=max(application.due_at, applications.due(work.now)),
    )
    applications.tell_of_change(work, application, "answered")
    return None


@use_case(Anyone, writes=True)
def withdraw(work: Work, *, key: str) -> Refused | None:
    """Take the application back, for good; twice does nothing more."""
    application = applications.by_key(work, key, TIMELINE, to_write=True)
    if application is None:
        return Refused(Text("errors.application_key"))
    return withdrawn(work, application)


def withdrawn(work: Work, application: Application) -> Refused | None:
    """Take an application back inside a use case that judged whose it is."""
    if application.state is _STATE.WITHDRAWN:
        return None
    if _STATE.WITHDRAWN not in RULES[application.kind].own_moves.get(application.state, ()):
        return Refused(Text("errors.application_finished"))
    applications.move(
        work, application, _STATE.WITHDRAWN, version=application.version, by_applicant=True
    )
    applications.tell_of_change(work, application, "withdrawn")
    return None
