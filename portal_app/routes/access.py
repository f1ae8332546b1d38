"""What managers of access post: an appointment, or the name of a successor."""

from datetime import datetime, time, timedelta

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.clock import BRUSSELS
from portal_app.database import in_thread
from portal_app.languages import LOCALES
from portal_app.permissions import APPOINTS, Role
from portal_app.reading import Reading
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import browser_of
from portal_app.services import appointing, handover
from portal_app.services.appointing import Appointment
from portal_app.unit_of_work import run

_ROLES = frozenset(role.value for roles in APPOINTS.values() for role in roles)
_LARGEST_ID = 2**31 - 1


async def _appoint(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    organisation_id = _organisation(reading)
    names = {
        "given_name": reading.text("given_name", empty="errors.given_name_of_person_empty"),
        "infix": reading.optional_text("infix", longest=40),
        "family_name": reading.text("family_name", empty="errors.family_name_of_person_empty"),
    }
    email = reading.email("email")
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


def _organisation(reading: Reading) -> int:
    typed = reading.typed("organisation")
    is_number = typed.isascii() and typed.isdigit() and len(typed) < len(str(_LARGEST_ID))
    return int(typed) if is_number else 0


ROUTES: list[BaseRoute] = [
    Route("/formulieren/toegang/aanstellen", posted(_appoint), methods=["POST"])
]
