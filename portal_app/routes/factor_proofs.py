"""Proving who one is with a second way, after the password or once more (`/bevestigen`)."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.database import in_thread
from portal_app.errors import Invalid, Refused, Text
from portal_app.gate.answers import local_address
from portal_app.reading import Reading
from portal_app.reading_codes import read_recovery_code, read_verification_code
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of, new_session
from portal_app.routes.sign_in import old_password_mistakes, way_on
from portal_app.services import factor_proofs, passkeys
from portal_app.services import passwords as own_passwords
from portal_app.services.factor_proofs import Proof
from portal_app.unit_of_work import UseCase, run

_FORMS = "/formulieren/bevestigen"
_FAILURES = {
    "unsupported": "errors.passkey_unsupported",
    "known": "errors.passkey_known",
    "not_offered": "errors.passkey_not_offered",
}


async def _by_app(request: Request, form: Form) -> Answer:
    code = _read(form, "code", read_verification_code)
    return await _prove(request, form, factor_proofs.by_app, code=code)


async def _begin_passkey(request: Request, _form: Form) -> Answer:
    options = await in_thread(run, passkeys.begin_proving, browser_of(request))
    return Agreed(data={"options": options})


async def _by_passkey(request: Request, form: Form) -> Answer:
    failed = passkey_failure(form)
    return failed or await _prove(
        request, form, factor_proofs.by_passkey, answer=form.get("answer", "")
    )


def passkey_failure(form: Form) -> Refused | None:
    """Word why the browser has nothing to send; the page names the reason."""
    failure = form.get("failure", "")
    if not failure and form.get("answer"):
        return None
    return Refused(Text(_FAILURES.get(failure, "errors.passkey_cancelled")))


async def _by_recovery_code(request: Request, form: Form) -> Answer:
    code = _read(form, "recovery_code", read_recovery_code)
    return await _prove(request, form, factor_proofs.by_recovery_code, code=code)


def _read(form: Form, field: str, reader: Callable[[str], str]) -> str:
    reading = Reading(form)
    code = reading.read(field, reader, "")
    reading.raise_if_wrong()
    return code


async def _prove(request: Request, form: Form, use_case: UseCase[..., Any], **shown: str) -> Answer:
    caller = browser_of(request)
    person = str((await in_thread(run, factor_proofs.ways, caller)).person_id)
    # By person, not by session: whoever knows the password begins as many of those as they like.
    key = (person, address_of(request))
    await in_thread(limits.attempt, "factor", *key)
    await in_thread(limits.attempt, "factor_anywhere", person)
    session_key, cookie = new_session()
    done: Proof | Refused = await in_thread(run, use_case, caller, new_key=session_key, **shown)
    if isinstance(done, Refused):
        await in_thread(limits.failed, "factor", *key)
        return done
    await in_thread(limits.succeeded, "factor", *key)
    if done.is_under_new_key:
        return Agreed(go=way_on(done.landing, form), cookies=(cookie,))
    return _back(form)


async def _by_password(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    held = await in_thread(run, own_passwords.own, caller)
    wrong = await old_password_mistakes(request, held, "current_password", form)
    if wrong:
        raise Invalid(wrong)
    await in_thread(run, factor_proofs.by_password, caller)
    return _back(form)


def _back(form: Form) -> Agreed:
    return Agreed(go=local_address(form.get("back", "")))


ROUTES: list[BaseRoute] = [
    Route(_FORMS, posted(_by_app), methods=["POST"]),
    Route(f"{_FORMS}/passkey/begin", posted(_begin_passkey), methods=["POST"]),
    Route(f"{_FORMS}/passkey", posted(_by_passkey), methods=["POST"]),
    Route(f"{_FORMS}/herstelcode", posted(_by_recovery_code), methods=["POST"]),
    Route(f"{_FORMS}/wachtwoord", posted(_by_password), methods=["POST"]),
]
