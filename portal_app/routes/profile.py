"""One's own profile, posted: names, login name, address and password (V-08 ... V-11)."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits, passwords
from portal_app.database import in_password_thread, in_thread
from portal_app.errors import Text
from portal_app.models import Salutation
from portal_app.reading import Reading
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of, new_session
from portal_app.routes.mailed_codes import counted, read_code
from portal_app.routes.sign_in import new_password_mistakes, old_password_mistakes
from portal_app.services import passwords as own_passwords
from portal_app.services import profile
from portal_app.services.passwords import OwnPassword
from portal_app.services.profile import NewPassword, Profile, ProfileChange
from portal_app.unit_of_work import run

_SAVED = Agreed(data={"saved": "yes"}, clear=("current_password",))


async def _save(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    before = await in_thread(run, profile.own, caller)
    held = await in_thread(run, own_passwords.own, caller)
    reading = Reading(form)
    change, email = _read(reading, before)
    new_email = "" if email in (before.email, before.proof.email) else email
    wants_password = bool(form.get("new_password") or form.get("confirm_password"))
    for field, why in (await _secrets_wrong(request, form, held, change, new_email)).items():
        reading.refuse(field, why)
    reading.raise_if_wrong()
    session_key, cookie = new_session()
    new_password = None
    if wants_password:
        hashed = await in_password_thread(passwords.hash_password, form["new_password"])
        new_password = NewPassword(hashed, session_key)
    if new_email:
        await in_thread(limits.attempt, "verification_mail", new_email, address_of(request))
    refused = await in_thread(
        run,
        profile.save,
        caller,
        change=change,
        new_email=new_email,
        new_password=new_password,
    )
    if refused is not None:
        return refused
    if wants_password:  # the session goes on under another key, so the page starts anew
        return Agreed(go="/profiel?opgeslagen=1", cookies=(cookie,))
    return Agreed(focus="code", data={"saved": "yes"}) if new_email else _SAVED


def _read(reading: Reading, before: Profile) -> tuple[ProfileChange, str]:
    email = reading.email("email")
    salutation = reading.choice("salutation", [*Salutation], empty="errors.salutation_empty")
    change = ProfileChange(
        Salutation(salutation) if salutation else Salutation.NEUTRAL,
        reading.text("given_name", empty="errors.given_name_empty", longest=100),
        reading.optional_text("infix", longest=40),
        reading.text("family_name", empty="errors.family_name_empty", longest=100),
        reading.username("username", own_email=before.email),
    )
    return change, email


async def _secrets_wrong(
    request: Request, form: Form, held: OwnPassword, change: ProfileChange, new_email: str
) -> dict[str, Text]:
    """Judge the passwords on the form; the current one is asked for what gives access."""
    wrong: dict[str, Text] = {}
    wants_password = bool(form.get("new_password") or form.get("confirm_password"))
    if wants_password:
        names = (change.given_name, change.family_name)
        wrong |= await in_password_thread(
            new_password_mistakes, form, names, change.username, held.password_hash
        )
    if wants_password or new_email:
        wrong |= await old_password_mistakes(request, held, "current_password", form)
    return wrong


async def _verify(request: Request, form: Form) -> Answer:
    code, caller = read_code(form), browser_of(request)
    refused = await counted(
        request, lambda: in_thread(run, profile.confirm_address, caller, code=code)
    )
    return refused or Agreed(focus="email", data={"proven": "yes"})


async def _send_again(request: Request, _form: Form) -> Answer:
    caller = browser_of(request)
    await in_thread(limits.attempt, "verification_mail", caller.session_key, address_of(request))
    refused = await in_thread(run, profile.send_code_again, caller)
    return refused or Agreed(focus="code")


async def _leave_address(request: Request, _form: Form) -> Answer:
    await in_thread(run, profile.cancel_address, browser_of(request))
    return Agreed(go="/profiel")


ROUTES: list[BaseRoute] = [
    Route("/formulieren/profiel", posted(_save), methods=["POST"]),
    Route("/formulieren/profiel/verifieren", posted(_verify), methods=["POST"]),
    Route("/formulieren/profiel/code", posted(_send_again), methods=["POST"]),
    Route("/formulieren/profiel/annuleren", posted(_leave_address), methods=["POST"]),
]
