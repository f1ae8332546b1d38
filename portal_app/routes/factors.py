"""Adding and taking away second ways: keys and codes travel in answers to forms alone."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits, totp
from portal_app.database import in_thread
from portal_app.errors import Refused, Text
from portal_app.reading import Reading
from portal_app.reading_codes import RECOVERY_LENGTH, read_verification_code
from portal_app.reading_text import read_key
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of
from portal_app.routes.factor_proofs import passkey_failure
from portal_app.services import authenticator_apps, passkeys, recovery_codes
from portal_app.unit_of_work import run

_FORMS = "/formulieren/beveiliging"
_PAGE = "/beveiliging"
_LONGEST_NAME = 60


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


async def _begin_passkey(request: Request, _form: Form) -> Answer:
    options = await in_thread(run, passkeys.begin_adding, browser_of(request))
    return options if isinstance(options, Refused) else Agreed(data={"options": options})


async def _add_passkey(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    name = reading.optional_text("passkey_name", longest=_LONGEST_NAME)
    reading.raise_if_wrong()
    failed = passkey_failure(form)
    if failed is not None:
        return failed
    made = await in_thread(
        run, passkeys.add, browser_of(request), answer=form.get("answer", ""), name=name
    )
    if isinstance(made, Refused):
        return made
    return _shown_once(made) if made else Agreed(go=f"{_PAGE}?gewijzigd=passkey")


async def _rename_passkey(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    number = _number(form)
    name = reading.text(f"name_{number}", empty="errors.passkey_name_empty", longest=_LONGEST_NAME)
    reading.raise_if_wrong()
    await in_thread(run, passkeys.rename, browser_of(request), passkey_id=number, name=name)
    return Agreed(go=f"{_PAGE}?gewijzigd=passkey-naam")


async def _remove_passkey(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    number = _number(form)
    refused = await in_thread(run, passkeys.remove, caller, passkey_id=number)
    return refused or Agreed(go=f"{_PAGE}?gewijzigd=passkey-weg&passkey={number}")


async def _restore_passkey(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    made = await in_thread(run, passkeys.restore, caller, passkey_id=_number(form))
    return _shown_once(made) if made else Agreed(go=f"{_PAGE}?gewijzigd=passkey-terug")


def _number(form: Form) -> int:
    return read_key(form.get("passkey", ""))


def _shown_once(made: tuple[str, ...]) -> Agreed:
    half = RECOVERY_LENGTH // 2
    lines = "\n".join(f"{code[:half]}-{code[half:]}" for code in made)
    return Agreed(focus="recovery-codes", data={"codes": lines})


ROUTES: list[BaseRoute] = [
    Route(f"{_FORMS}/app/begin", posted(_begin_app), methods=["POST"]),
    Route(f"{_FORMS}/app", posted(_confirm_app), methods=["POST"]),
    Route(f"{_FORMS}/app/weg", posted(_remove_app), methods=["POST"]),
    Route(f"{_FORMS}/passkey/begin", posted(_begin_passkey), methods=["POST"]),
    Route(f"{_FORMS}/passkey", posted(_add_passkey), methods=["POST"]),
    Route(f"{_FORMS}/passkey/naam", posted(_rename_passkey), methods=["POST"]),
    Route(f"{_FORMS}/passkey/weg", posted(_remove_passkey), methods=["POST"]),
    Route(f"{_FORMS}/passkey/terug", posted(_restore_passkey), methods=["POST"]),
    Route(f"{_FORMS}/codes", posted(_renew_codes), methods=["POST"]),
    Route(f"{_FORMS}/codes/bewaard", posted(_keep_codes), methods=["POST"]),
]
