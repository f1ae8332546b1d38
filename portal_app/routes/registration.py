"""Registration, posted part by part: send, verify, change address, make the account."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app import clock
from portal_app.adapters import limits, passwords
from portal_app.database import in_password_thread, in_thread
from portal_app.errors import Text
from portal_app.reading import Reading
from portal_app.routes.answers import Agreed, Answer, Form, posted, reader_locale
from portal_app.routes.callers import address_of, browser_of, new_session
from portal_app.routes.mailed_codes import counted, read_code
from portal_app.routes.sign_in import new_password_mistakes
from portal_app.services import registration
from portal_app.services.registration import NewAccount
from portal_app.services.verification import Stage
from portal_app.unit_of_work import Browser, run


async def _send_code(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    email = reading.email("email")
    reading.raise_if_wrong()
    await in_thread(limits.attempt, "verification_mail", email, address_of(request))
    caller = browser_of(request)
    await in_thread(run, registration.keep_draft, caller, draft={"email": email})
    refused = await in_thread(
        run, registration.send_code, caller, email=email, locale=reader_locale(request)
    )
    if refused is not None:
        return refused
    return await _go_on(caller)


async def _go_on(caller: Browser) -> Agreed:
    """Lead to what the address still asks for: its code, or nothing more."""
    standing = await in_thread(run, registration.standing, caller)
    is_proven = standing.proof.stage is Stage.VERIFIED
    return Agreed(focus="new_password" if is_proven else "code")


async def _verify_code(request: Request, form: Form) -> Answer:
    code, caller, locale = read_code(form), browser_of(request), reader_locale(request)
    refused = await counted(
        request,
        lambda: in_thread(run, registration.verify_code, caller, code=code, locale=locale),
    )
    return refused or Agreed(focus="new_password")


async def _change_address(request: Request, _form: Form) -> Answer:
    await in_thread(run, registration.change_address, browser_of(request))
    return Agreed(focus="email")


async def _keep_address(request: Request, _form: Form) -> Answer:
    caller = browser_of(request)
    await in_thread(run, registration.keep_address, caller)
    return await _go_on(caller)


async def _keep_draft(request: Request, form: Form) -> Answer:
    await in_thread(run, registration.keep_draft, browser_of(request), draft=form)
    return Agreed()


async def _register(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    standing = await in_thread(run, registration.standing, caller)
    reading = Reading(form)
    if standing.is_changing or standing.proof.stage is not Stage.VERIFIED:
        asks_code = standing.proof.stage is Stage.SENT and not standing.is_changing
        where = "code" if asks_code else "email"
        reading.refuse(where, Text("errors.email_not_verified"))
    given_name = reading.text("given_name", empty="errors.given_name_empty")
    family_name = reading.text("family_name", empty="errors.family_name_empty")
    infix = reading.optional_text("infix", longest=40)
    birth_date = None
    if standing.asks_birth_date:
        birth_date = reading.birth_date("birth_date", today=clock.today())
    mistakes = await in_password_thread(
        new_password_mistakes, form, (given_name, family_name), standing.proof.email, None
    )
    for field, why in mistakes.items():
        reading.refuse(field, why)
    reading.raise_if_wrong()
    hashed = await in_password_thread(passwords.hash_password, form["new_password"])
    session_key, cookie = new_session()
    made = NewAccount(given_name, infix, family_name, birth_date, hashed, reader_locale(request))
    done = await in_thread(run, registration.register, caller, form=made, new_key=session_key)
    separator = "" if done.landing == "/uitnodiging" else "?nieuw=account"
    return Agreed(go=f"{done.landing}{separator}", cookies=(cookie,))


ROUTES: list[BaseRoute] = [
    Route("/formulieren/registreren/code", posted(_send_code), methods=["POST"]),
    Route("/formulieren/registreren/verifieren", posted(_verify_code), methods=["POST"]),
    Route("/formulieren/registreren/wijzigen", posted(_change_address), methods=["POST"]),
    Route("/formulieren/registreren/behouden", posted(_keep_address), methods=["POST"]),
    Route("/formulieren/registreren/concept", posted(_keep_draft), methods=["POST"]),
    Route("/formulieren/registreren", posted(_register), methods=["POST"]),
]
