"""What somebody posts who is signed in: a role or a capacity is asked, answered, withdrawn."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.permissions import INVITABLE_ROLES, Role
from portal_app.reading import Reading
from portal_app.reading_text import LONGEST_KEY, cleaned, read_key
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of
from portal_app.services import company_applications, own_applications
from portal_app.unit_of_work import run

_FORMS = "/formulieren/aanvragen"
ROLES = {role.value for role in INVITABLE_ROLES}
CAPACITIES = {one.code for one in brand.capacities}
_LONGEST_WHY = 1000


async def _ask_role(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    role = reading.choice("role", ROLES, empty="errors.role_empty")
    why = read_why(reading)
    reading.raise_if_wrong()
    await _limit(request)
    number = await in_thread(
        run,
        company_applications.ask_role,
        browser_of(request),
        organisation_id=read_key(form.get("organisation", "")),
        role=Role(role),
        why=why,
    )
    return Agreed(focus="title", data={"number": number})


async def _ask_capacity(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    capacity = reading.choice("capacity", CAPACITIES, empty="errors.application_capacity_empty")
    why = read_why(reading)
    reading.raise_if_wrong()
    await _limit(request)
    number = await in_thread(
        run,
        company_applications.ask_capacity,
        browser_of(request),
        organisation_id=read_key(form.get("organisation", "")),
        capacity=capacity,
        why=why,
    )
    return Agreed(focus="title", data={"number": number})


async def _answer(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    text = reading.text("answer", empty="errors.application_own_answer_empty", longest=_LONGEST_WHY)
    reading.raise_if_wrong()
    refused = await in_thread(
        run, own_applications.answer, browser_of(request), number=_quoted(form), text=text
    )
    return refused or Agreed(focus="title", data={"done": "answered"}, clear=("answer",))


async def _withdraw(request: Request, form: Form) -> Answer:
    refused = await in_thread(
        run, own_applications.withdraw, browser_of(request), number=_quoted(form)
    )
    return refused or Agreed(focus="title", data={"done": "withdrawn"})


def _quoted(form: Form) -> str:
    return cleaned(form.get("number", ""))[:LONGEST_KEY]


def read_why(reading: Reading) -> str:
    """Read what it is needed for."""
    return reading.text("why", empty="errors.application_asked_why_empty", longest=_LONGEST_WHY)


async def _limit(request: Request) -> None:
    who = (browser_of(request).session_key, address_of(request))
    await in_thread(limits.attempt, "company_application", *who)


ROUTES: list[BaseRoute] = [
    Route(f"{_FORMS}/rol", posted(_ask_role), methods=["POST"]),
    Route(f"{_FORMS}/hoedanigheid", posted(_ask_capacity), methods=["POST"]),
    Route(f"{_FORMS}/antwoorden", posted(_answer), methods=["POST"]),
    Route(f"{_FORMS}/intrekken", posted(_withdraw), methods=["POST"]),
]
