"""What is posted by whoever asks new codes for the account of a company."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.reading import Reading
from portal_app.reading_numbers import read_company_number, read_national_number
from portal_app.routes.answers import Agreed, Answer, Form, posted, reader_locale
from portal_app.routes.callers import address_of, browser_of
from portal_app.routes.even_answers import taking
from portal_app.services import activation_codes
from portal_app.services.activation_codes import AskedCodes
from portal_app.settings import settings
from portal_app.unit_of_work import run


def read_codes(reading: Reading, locale: str, *, of: str = "") -> AskedCodes:
    """Read who asks new codes, and for whom; mistakes stay with `reading`.

    `of` is as with an address.
    """
    by = reading.choice("by", ("zelf", "bedrijf"), empty="activation.wrong_by_empty")
    is_another = by == "bedrijf"
    asker = ""
    if is_another:
        asker = reading.text("asker", empty=f"activation.wrong_asker{of}_empty", longest=160)
    number = reading.read("company_number", read_company_number, "")
    given_name = reading.text("given_name", empty="errors.given_name_of_person_empty", longest=100)
    family_name = reading.text(
        "family_name", empty="errors.family_name_of_person_empty", longest=100
    )
    national_number = ""
    if brand.national_number and not is_another:
        national_number = reading.read("national_number", read_national_number, "")
    email = reading.email("email", empty=f"errors.email{of}_empty")
    phone = reading.phone("phone")
    return AskedCodes(number, given_name, family_name, asker, email, phone, locale, national_number)


async def _ask(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    asked = read_codes(reading, reader_locale(request))
    reading.raise_if_wrong()
    caller = browser_of(request)
    await in_thread(limits.attempt, "activation_codes", asked.email, address_of(request))
    async with taking(settings.reset_answer_seconds):
        application = await in_thread(run, activation_codes.ask, caller, asked=asked)
    return Agreed(focus="title", data={"number": application})


ROUTES: list[BaseRoute] = [Route("/formulieren/activeringscodes", posted(_ask), methods=["POST"])]
