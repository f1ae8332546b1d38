"""A forgotten password: ask, take back what was not asked for, or choose anew with a code."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits, passwords
from portal_app.database import in_password_thread, in_thread
from portal_app.errors import Invalid, Refused, Text, TooMany
from portal_app.reading import Reading
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of, new_session
from portal_app.routes.even_answers import taking
from portal_app.routes.mailed_codes import counted, read_code
from portal_app.routes.sign_in import new_password_mistakes
from portal_app.services import password_reset, password_reset_by_code
from portal_app.settings import ResetBy, settings
from portal_app.unit_of_work import run

_FORMS = "/formulieren/wachtwoord-vergeten"
_MINUTE = 60


async def _ask(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    email = reading.email("email")
    reading.raise_if_wrong()
    key = (email, address_of(request))
    try:
        await in_thread(limits.attempt, "forgotten_password", *key)
    except TooMany as too_many:
        return Refused(_wait(too_many.retry_after_seconds), "email")
    await in_thread(limits.failed, "forgotten_password", *key)  # the next one waits longer
    caller = browser_of(request)
    async with taking(settings.reset_answer_seconds):
        if settings.reset_by is ResetBy.TEMPORARY_PASSWORD:
            await in_thread(run, password_reset.ask, caller, email=email)
            return Agreed(focus="title", data={"asked": "yes"})
        refused = await in_thread(run, password_reset_by_code.send_code, caller, email=email)
        return refused or Agreed(focus="code")


def _wait(seconds: int) -> Text:
    if seconds <= _MINUTE:
        return Text("password_reset.again_seconds", {"n": seconds})
    return Text("password_reset.again_minutes", {"n": -(-seconds // _MINUTE)})


async def _withdraw(request: Request, form: Form) -> Answer:
    caller, key = browser_of(request), form.get("code", "").strip()
    refused = await counted(
        request, lambda: in_thread(run, password_reset.withdraw, caller, key=key)
    )
    return refused or Agreed(focus="title", data={"withdrawn": "yes"})


async def _verify(request: Request, form: Form) -> Answer:
    code, caller = read_code(form), browser_of(request)

    async def trying() -> Refused | None:
        async with taking(settings.reset_answer_seconds):
            return await in_thread(run, password_reset_by_code.verify_code, caller, code=code)

    return await counted(request, trying) or Agreed(focus="new_password")


async def _start_again(request: Request, _form: Form) -> Answer:
    await in_thread(run, password_reset_by_code.start_again, browser_of(request))
    return Agreed(focus="email")


async def _choose(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    held = await in_thread(run, password_reset_by_code.proven, caller)
    if held is None:
        return Refused(Text("errors.email_not_verified"), "email")
    fields = await in_password_thread(
        new_password_mistakes, form, held.names, held.login, held.password_hash
    )
    if fields:
        raise Invalid(fields)
    hashed = await in_password_thread(passwords.hash_password, form["new_password"])
    session_key, cookie = new_session()
    done = await in_thread(
        run, password_reset_by_code.choose, caller, password_hash=hashed, new_key=session_key
    )
    return done if isinstance(done, Refused) else Agreed(go=done.landing, cookies=(cookie,))


ROUTES: list[BaseRoute] = [
    Route(_FORMS, posted(_ask), methods=["POST"]),
    Route(f"{_FORMS}/intrekken", posted(_withdraw), methods=["POST"]),
    Route(f"{_FORMS}/verifieren", posted(_verify), methods=["POST"]),
    Route(f"{_FORMS}/wijzigen", posted(_start_again), methods=["POST"]),
    Route(f"{_FORMS}/kiezen", posted(_choose), methods=["POST"]),
]
