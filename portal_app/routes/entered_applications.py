"""What staff post who enter an application for somebody on the phone."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.applications import ApplicationKind
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.reading import Reading
from portal_app.routes.access_applications import read_access
from portal_app.routes.activation_codes import read_codes
from portal_app.routes.address_applications import read_address
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import browser_of
from portal_app.services import entered_applications
from portal_app.services.entered_applications import KINDS
from portal_app.unit_of_work import run

_OF = "_of_person"  # staff are not told to type an address of their own


async def _enter(request: Request, form: Form) -> Answer:
    reading, caller = Reading(form), browser_of(request)
    kind = ApplicationKind(
        reading.choice(
            "kind", [one.value for one in KINDS], empty="errors.application_entered_kind"
        )
        or KINDS[0]
    )
    locale = reading.choice("locale", brand.languages, empty="errors.language_empty")
    if kind is ApplicationKind.ACCESS:
        access = read_access(reading, locale, of=_OF)
        reading.raise_if_wrong()
        number = await in_thread(run, entered_applications.enter_access, caller, asked=access)
    elif kind is ApplicationKind.ACTIVATION_CODES:
        codes = read_codes(reading, locale, of=_OF)
        reading.raise_if_wrong()
        number = await in_thread(run, entered_applications.enter_codes, caller, asked=codes)
    else:
        address = read_address(reading, kind, locale, of=_OF)
        reading.raise_if_wrong()
        number = await in_thread(run, entered_applications.enter_address, caller, asked=address)
    return Agreed(go=f"/beheer/aanvragen/aanvraag?nr={number}")


ROUTES: list[BaseRoute] = [
    Route("/formulieren/beheer/aanvragen/invoeren", posted(_enter), methods=["POST"])
]
