"""What somebody posts who cannot sign in because of an address: an application, its proof."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.applications import ApplicationKind
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.errors import Text
from portal_app.reading import Reading
from portal_app.reading_numbers import read_national_number
from portal_app.routes.answers import Agreed, Answer, Form, posted, reader_locale
from portal_app.routes.callers import address_of, browser_of
from portal_app.routes.even_answers import taking
from portal_app.services import address_applications
from portal_app.services.address_applications import AskedAddress
from portal_app.settings import settings
from portal_app.unit_of_work import run

_FORMS = "/formulieren/e-mailadres-vergeten"
_KINDS = {
    "vergeten": ApplicationKind.ADDRESS_FORGOTTEN,
    "gewijzigd": ApplicationKind.ADDRESS_CHANGED,
}


def read_address(
    reading: Reading, kind: ApplicationKind, locale: str, *, of: str = ""
) -> AskedAddress:
    """Read what is told about an address; mistakes stay with `reading`.

    `of` is "_of_person" where somebody types it for another, and is told of mistakes so.
    """
    given_name = reading.text("given_name", empty=f"errors.given_name{of}_empty", longest=100)
    family_name = reading.text("family_name", empty=f"errors.family_name{of}_empty", longest=100)
    national_number = ""
    if brand.national_number:
        national_number = reading.read("national_number", read_national_number, "")
    email = reading.email("email", empty=f"errors.email{of}_empty")
    is_changed = kind is ApplicationKind.ADDRESS_CHANGED
    if is_changed and not reading.typed("new_email").strip():
        reading.refuse("new_email", Text(f"errors.application_new_email{of}_empty"))
    new_email = reading.email("new_email") if is_changed else ""
    phone = reading.optional_phone("phone")
    return AskedAddress(
        kind, given_name, family_name, email, locale, new_email, phone, national_number
    )


async def _ask(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    kind = _KINDS.get(reading.choice("kind", _KINDS, empty="errors.application_kind_empty"))
    asked = read_address(reading, kind or ApplicationKind.ADDRESS_FORGOTTEN, reader_locale(request))
    reading.raise_if_wrong()
    caller = browser_of(request)
    await in_thread(limits.attempt, "forgotten_address", asked.email, address_of(request))
    async with taking(settings.reset_answer_seconds):
        number = await in_thread(run, address_applications.ask, caller, asked=asked)
    return Agreed(focus="title", data={"number": number})


async def _confirm(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    key = (caller.session_key, address_of(request))
    await in_thread(limits.attempt, "verification_code", *key)
    refused = await in_thread(
        run, address_applications.confirm, caller, key=form.get("code", "").strip()[:100]
    )
    if refused is not None:
        await in_thread(limits.failed, "verification_code", *key)
    return refused or Agreed(focus="title", data={"confirmed": "yes"})


ROUTES: list[BaseRoute] = [
    Route(_FORMS, posted(_ask), methods=["POST"]),
    Route(f"{_FORMS}/bevestigen", posted(_confirm), methods=["POST"]),
]
