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


def read_access(reading: Reading, locale: str, *, of: str = "") -> AskedAccess:
    """Read which company asks for access, and who for it; mistakes stay with `reading`.

    `of` is as with an address.
    """
    number = read_number(reading)
    return AskedAccess(
        number,
        company=reading.text("company", empty="errors.application_company_empty", longest=160),
        street=reading.text("street", empty="errors.application_street_empty", longest=160),
        postal_code=reading.text(
            "postal_code", empty="errors.application_postal_code_empty", longest=12
        ),
        town=reading.text("town", empty="errors.application_town_empty", longest=100),
        given_name=reading.text("given_name", empty=f"errors.given_name{of}_empty", longest=100),
        family_name=reading.text("family_name", empty=f"errors.family_name{of}_empty", longest=100),
        position=reading.text(
            "position", empty=f"errors.application_position{of}_empty", longest=100
        ),
        email=reading.email("email", empty=f"errors.email{of}_empty"),
        phone=reading.phone("phone"),
        direct_phone=reading.optional_phone("direct_phone"),
        locale=locale,
    )


async def _ask(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    asked = read_access(reading, reader_locale(request))
    reading.raise_if_wrong()
    caller = browser_of(request)
    await in_thread(limits.attempt, "access_request", asked.email, address_of(request))
    async with taking(settings.reset_answer_seconds):
        quoted = await in_thread(run, access_applications.ask, caller, asked=asked)
    return Agreed(focus="title", data={"number": quoted})


ROUTES: list[BaseRoute] = [Route("/formulieren/toegang-aanvragen", posted(_ask), methods=["POST"])]
