"""The application of somebody who has no second step left (`/bevestigen`)."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.errors import Refused
from portal_app.reading import Reading
from portal_app.reading_numbers import read_national_number
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of
from portal_app.services import factor_proofs, lost_factors
from portal_app.unit_of_work import run


async def _ask(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    phone = reading.phone("phone")
    national_number = ""
    if brand.national_number:
        national_number = reading.read("national_number", read_national_number, "")
    reading.raise_if_wrong()
    caller = browser_of(request)
    person = str((await in_thread(run, factor_proofs.ways, caller)).person_id)
    await in_thread(limits.attempt, "lost_factor", person, address_of(request))
    number = await in_thread(
        run, lost_factors.ask, caller, phone=phone, national_number=national_number
    )
    if isinstance(number, Refused):
        return number
    return Agreed(focus="lost_factor_received", data={"number": number})


ROUTES: list[BaseRoute] = [Route("/formulieren/bevestigen/kwijt", posted(_ask), methods=["POST"])]
