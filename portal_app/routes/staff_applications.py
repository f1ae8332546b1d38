"""What staff post while they work on an application.

Each names the application and the version that was looked at, and is judged by those.
"""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.database import in_thread
from portal_app.errors import Text
from portal_app.permissions import INVITABLE_ROLES, Role
from portal_app.reading import Reading
from portal_app.reading_text import LONGEST_KEY, cleaned, read_key
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import browser_of
from portal_app.services import (
    access_applications,
    address_applications,
    application_handling,
    company_outcomes,
    identity_checks,
)
from portal_app.unit_of_work import run

_FORMS = "/formulieren/beheer/aanvragen"
_LONGEST_NOTE = 1000
_ROLES = {role.value for role in INVITABLE_ROLES}


async def _take(request: Request, form: Form) -> Answer:
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(run, application_handling.take, caller, number=number, version=version)
    return _done("taken")


async def _ask_for_more(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    note = reading.optional_text("own_question", longest=_LONGEST_NOTE)
    reading.raise_if_wrong()
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(
        run,
        application_handling.ask_for_more,
        caller,
        number=number,
        version=version,
        question=form.get("question", ""),
        note=note,
    )
    return _done("asked")


async def _go_on(request: Request, form: Form) -> Answer:
    answer = _needed(form, "answer")
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(
        run, application_handling.go_on, caller, number=number, version=version, answer=answer
    )
    return _done("taken")


async def _refuse(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    note = reading.optional_text("note", longest=_LONGEST_NOTE)
    reading.raise_if_wrong()
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(
        run,
        application_handling.refuse,
        caller,
        number=number,
        version=version,
        reason=form.get("reason", ""),
        note=note,
    )
    return _done("refused")


async def _check(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    how = reading.text("how", empty="errors.application_how_empty", longest=_LONGEST_NOTE)
    person_id = read_key(form.get("person", ""))
    if not person_id:
        reading.refuse("person", Text("errors.application_person_empty"))
    reading.raise_if_wrong()
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(
        run,
        identity_checks.check,
        caller,
        number=number,
        version=version,
        person_id=person_id,
        how=how,
    )
    return _done("checked")


async def _agree(request: Request, form: Form) -> Answer:
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(run, identity_checks.agree, caller, number=number, version=version)
    return _done("agreed")


async def _send_again(request: Request, form: Form) -> Answer:
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(run, address_applications.send_again, caller, number=number, version=version)
    return _done("sent")


async def _disagree(request: Request, form: Form) -> Answer:
    why = _needed(form, "why")
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(run, identity_checks.disagree, caller, number=number, version=version, why=why)
    return _done("disagreed")


async def _invite(request: Request, form: Form) -> Answer:
    role = _role(form)
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(
        run, access_applications.invite, caller, number=number, version=version, role=role
    )
    return _done("invited")


async def _grant(request: Request, form: Form) -> Answer:
    role = _role(form)
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(
        run, access_applications.grant, caller, number=number, version=version, role=role
    )
    return _done("granted")


async def _give_role(request: Request, form: Form) -> Answer:
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(run, company_outcomes.give, caller, number=number, version=version)
    return _done("given")


async def _switch_on(request: Request, form: Form) -> Answer:
    caller, number, version = browser_of(request), *_target(form)
    await in_thread(run, company_outcomes.switch_on, caller, number=number, version=version)
    return _done("switched_on")


def _role(form: Form) -> Role:
    reading = Reading(form)
    role = reading.choice("role", _ROLES, empty="errors.role_empty")
    reading.raise_if_wrong()
    return Role(role)


def _target(form: Form) -> tuple[str, int]:
    """Return which application is meant, and which version of it was looked at."""
    return cleaned(form.get("number", ""))[:LONGEST_KEY], read_key(form.get("version", ""))


def _needed(form: Form, field: str) -> str:
    reading = Reading(form)
    text = reading.text(field, empty=f"errors.application_{field}_empty", longest=_LONGEST_NOTE)
    reading.raise_if_wrong()
    return text


def _done(what: str) -> Agreed:
    return Agreed(focus="title", data={"done": what})


ROUTES: list[BaseRoute] = [
    Route(f"{_FORMS}/{name}", posted(do), methods=["POST"])
    for name, do in (
        ("nemen", _take),
        ("vragen", _ask_for_more),
        ("verder", _go_on),
        ("afwijzen", _refuse),
        ("vaststellen", _check),
        ("akkoord", _agree),
        ("terug", _disagree),
        ("opnieuw", _send_again),
        ("uitnodigen", _invite),
        ("toekennen", _grant),
        ("rol-geven", _give_role),
        ("inschakelen", _switch_on),
    )
]
