"""What managers of access post: an appointment, a successor's name, a capacity's parameters."""

from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.clock import BRUSSELS
from portal_app.database import in_thread
from portal_app.languages import LOCALES
from portal_app.permissions import APPOINTS, Role
from portal_app.reading import Reading
from portal_app.reading_contact import read_https_address
from portal_app.reading_text import read_key
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import browser_of
from portal_app.services import appointing, capacity_parameters, handover
from portal_app.services.appointing import Appointment
from portal_app.services.capacity_parameters import Parameters, TaskRoute
from portal_app.unit_of_work import run

_ROLES = frozenset(role.value for roles in APPOINTS.values() for role in roles)


async def _appoint(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    organisation_id = read_key(reading.typed("organisation"))
    names = {
        "given_name": reading.text("given_name", empty="errors.given_name_of_person_empty"),
        "infix": reading.optional_text("infix", longest=40),
        "family_name": reading.text("family_name", empty="errors.family_name_of_person_empty"),
    }
    email = reading.email("email", empty="errors.email_of_person_empty")
    role = reading.choice("role", _ROLES, empty="errors.role_empty")
    locale = reading.choice("locale", LOCALES, empty="errors.language_empty")
    last_day = reading.optional_day("until")
    reading.raise_if_wrong()
    caller = browser_of(request)
    if reading.typed("hands_over"):
        await in_thread(
            run,
            handover.name_successor,
            caller,
            organisation_id=organisation_id,
            email=email,
            locale=locale,
            **names,
        )
    else:
        until = None
        if last_day is not None:  # that day included
            until = datetime.combine(last_day + timedelta(days=1), time(), BRUSSELS)
        wanted = Appointment(
            organisation_id,
            Role(role),
            reading.optional_text("capacity", longest=32),
            email,
            **names,
            locale=locale,
            until=until,
        )
        await in_thread(run, appointing.appoint, caller, wanted=wanted)
    return Agreed(go=f"/toegang?org={organisation_id}&tab=uitnodigingen&gedaan=aangesteld")


async def _set(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    organisation_id = read_key(reading.typed("organisation"))
    capacity = reading.optional_text("capacity", longest=32)
    tasks_to = reading.choice(
        "tasks_to", [one.value for one in TaskRoute], empty="capacities.tasks_to_empty"
    )
    is_to_address = tasks_to == TaskRoute.ADDRESS.value
    has_messages = bool(reading.typed("structured_messages"))
    empty = "capacities.tasks_address_empty"
    tasks_address = reading.email("tasks_address", empty=empty) if is_to_address else ""
    messages_to = reading.read("messages_to", read_https_address, "") if has_messages else ""
    reading.raise_if_wrong()
    await in_thread(
        run,
        capacity_parameters.set_parameters,
        browser_of(request),
        organisation_id=organisation_id,
        capacity=capacity,
        wanted=Parameters(
            tasks_to=TaskRoute(tasks_to),
            tasks_address=tasks_address,
            structured_messages=has_messages,
            messages_to=messages_to,
        ),
    )
    asked = urlencode({"org": organisation_id, "hoedanigheid": capacity, "gedaan": "bewaard"})
    return Agreed(go=f"/toegang/parameters?{asked}")


ROUTES: list[BaseRoute] = [
    Route("/formulieren/toegang/aanstellen", posted(_appoint), methods=["POST"]),
    Route("/formulieren/toegang/parameters", posted(_set), methods=["POST"]),
]
