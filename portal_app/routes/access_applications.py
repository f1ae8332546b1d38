"""The application with which a company asks to be let in."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.database import in_thread
from portal_app.reading import Reading
from portal_app.routes.answers import Agreed, Answer, Form, posted, reader_locale
from portal_app.routes.callers import address_of, browser_of
from portal_app.routes.even_answers import taking
from portal_app.routes.staff_invitations import read_number
from portal_app.services import access_applications
from portal_app.services.access_applications import AskedAccess
from portal_app.settings import settings
from portal_app.unit_of_work import run


async def _ask(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number = read_number(reading)
    asked = AskedAccess(
        number,
        company=reading.text("company", empty="errors.organisation_name_empty", longest=160),
        street=reading.text("street", empty="applications.wrong_street_empty", longest=160),
        postal_code=reading.text(
            "postal_code", empty="applications.wrong_postal_code_empty", longest=12
        ),
        town=reading.text("town", empty="applications.wrong_town_empty", longest=100),
        given_name=reading.text("given_name", empty="errors.given_name_empty", longest=100),
        family_name=reading.text("family_name", empty="errors.family_name_empty", longest=100),
        position=reading.text("position", empty="applications.wrong_position_empty", longest=100),
        email=reading.email("email"),
        phone=reading.phone("phone"),
        direct_phone=reading.optional_phone("direct_phone"),
        locale=reader_locale(request),
    )
    reading.raise_if_wrong()
    caller = browser_of(request)
    await in_thread(limits.attempt, "access_request", asked.email, address_of(request))
    async with taking(settings.reset_answer_seconds):
        quoted = await in_thread(run, access_applications.ask, caller, asked=asked)
    return Agreed(focus="title", data={"number": quoted})


ROUTES: list[BaseRoute] = [Route("/formulieren/toegang-aanvragen", posted(_ask), methods=["POST"])]
