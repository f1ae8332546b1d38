"""What staff post who enter an application for somebody on the phone."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.applications import ApplicationKind
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.permissions import Role
from portal_app.reading import Reading
from portal_app.reading_numbers import read_national_number
from portal_app.reading_text import read_key
from portal_app.routes.access_applications import read_access
from portal_app.routes.activation_codes import read_codes
from portal_app.routes.address_applications import read_address
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import browser_of
from portal_app.routes.company_applications import CAPACITIES, ROLES, read_why
from portal_app.services import entered_applications
from portal_app.services.entered_applications import CALLER_KINDS, KINDS
from portal_app.unit_of_work import Caller, run

_OF = "_of_person"  # staff are not told to type an address of their own


async def _enter(request: Request, form: Form) -> Answer:
    reading, caller = Reading(form), browser_of(request)
    kind = ApplicationKind(
        reading.choice(
            "kind",
            [one.value for one in (*KINDS, *CALLER_KINDS)],
            empty="errors.application_entered_kind",
        )
        or KINDS[0]
    )
    if kind in CALLER_KINDS:
        return await _enter_for_caller(reading, form, kind, caller)
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
    return _seen(number)


async def _enter_for_caller(
    reading: Reading, form: Form, kind: ApplicationKind, caller: Caller
) -> Answer:
    person_id = read_key(form.get("person", ""))
    if kind is ApplicationKind.LOST_FACTOR:
        phone, national_number = reading.phone("phone"), ""
        if brand.national_number:
            national_number = reading.read("national_number", read_national_number, "")
        reading.raise_if_wrong()
        number = await in_thread(
            run,
            entered_applications.enter_lost_factor,
            caller,
            person_id=person_id,
            phone=phone,
            national_number=national_number,
        )
        return _seen(number)
    about = {"person_id": person_id, "organisation_id": read_key(form.get("organisation", ""))}
    if kind is ApplicationKind.ROLE:
        role = reading.choice("role", ROLES, empty="errors.role_empty")
        why = read_why(reading)
        reading.raise_if_wrong()
        number = await in_thread(
            run, entered_applications.enter_role, caller, role=Role(role), why=why, **about
        )
    else:
        capacity = reading.choice("capacity", CAPACITIES, empty="errors.application_capacity_empty")
        why = read_why(reading)
        reading.raise_if_wrong()
        number = await in_thread(
            run,
            entered_applications.enter_capacity,
            caller,
            capacity=capacity,
            why=why,
            **about,
        )
    # Others decide, and not everyone who enters it may look at it.
    return Agreed(focus="entered", data={"number": number}, clear=("why",))


def _seen(number: str) -> Agreed:
    return Agreed(go=f"/beheer/aanvragen/aanvraag?nr={number}")


ROUTES: list[BaseRoute] = [
    Route("/formulieren/beheer/aanvragen/invoeren", posted(_enter), methods=["POST"])
]
