"""Adding and taking away second ways: keys and codes travel in answers to forms alone."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits, totp
from portal_app.database import in_thread
from portal_app.errors import Refused, Text
from portal_app.reading import Reading
from portal_app.reading_codes import RECOVERY_LENGTH, read_verification_code
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of
from portal_app.services import authenticator_apps, recovery_codes
from portal_app.unit_of_work import run

_FORMS = "/formulieren/beveiliging"
_PAGE = "/beveiliging"


async def _begin_app(request: Request, _form: Form) -> Answer:
    setup = await in_thread(run, authenticator_apps.begin, browser_of(request))
    drawn = await in_thread(totp.qr_picture, setup.address)
    return Agreed(focus="app_code", data={"key": setup.key, "picture": drawn})


async def _confirm_app(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    code = reading.read("app_code", read_verification_code, "")
    reading.raise_if_wrong()
    caller = browser_of(request)
    key = (caller.session_key, address_of(request))
    await in_thread(limits.attempt, "factor", *key)
    made = await in_thread(run, authenticator_apps.confirm, caller, code=code)
    if isinstance(made, Refused):
        await in_thread(limits.failed, "factor", *key)
        return made
    await in_thread(limits.succeeded, "factor", *key)
    return _shown_once(made) if made else Agreed(go=f"{_PAGE}?gewijzigd=app")


async def _remove_app(request: Request, _form: Form) -> Answer:
    refused = await in_thread(run, authenticator_apps.remove, browser_of(request))
    return refused or Agreed(go=f"{_PAGE}?gewijzigd=app-weg")


async def _renew_codes(request: Request, _form: Form) -> Answer:
    made = await in_thread(run, recovery_codes.renew, browser_of(request))
    return made if isinstance(made, Refused) else _shown_once(made)


async def _keep_codes(request: Request, form: Form) -> Answer:
    if form.get("kept") != "yes":
        return Refused(Text("errors.codes_not_kept"), "kept")
    landing = await in_thread(run, recovery_codes.kept, browser_of(request))
    return Agreed(go=landing if form.get("goes_on") == "yes" else f"{_PAGE}?gewijzigd=codes")


def _shown_once(made: tuple[str, ...]) -> Agreed:
    half = RECOVERY_LENGTH // 2
    lines = "\n".join(f"{code[:half]}-{code[half:]}" for code in made)
    return Agreed(focus="recovery-codes", data={"codes": lines})


ROUTES: list[BaseRoute] = [
    Route(f"{_FORMS}/app/begin", posted(_begin_app), methods=["POST"]),
    Route(f"{_FORMS}/app", posted(_confirm_app), methods=["POST"]),
    Route(f"{_FORMS}/app/weg", posted(_remove_app), methods=["POST"]),
    Route(f"{_FORMS}/codes", posted(_renew_codes), methods=["POST"]),
    Route(f"{_FORMS}/codes/bewaard", posted(_keep_codes), methods=["POST"]),
]
