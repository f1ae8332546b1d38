"""Signing in, signing out, and choosing a new password."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits, passwords
from portal_app.adapters.secret_keys import same
from portal_app.brand import brand
from portal_app.database import in_password_thread, in_thread, password_turns
from portal_app.errors import Invalid, Refused, Text
from portal_app.gate import watch
from portal_app.gate.answers import PROVE, SIGNED_OUT, local_address, proof_address
from portal_app.gate.farewell import say_farewell
from portal_app.reading import Reading
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of, new_session
from portal_app.services import passwords as own_passwords
from portal_app.services import sessions, sign_in
from portal_app.services.password_reset import MailedPassword
from portal_app.services.passwords import OwnPassword
from portal_app.services.sign_in import EXPIRED_CODES, OWED_AT, Credentials
from portal_app.unit_of_work import run

_MISSING = {  # as the field is called
    "current_password": Text("errors.current_password_missing"),
    "old_password": Text("errors.old_password_missing"),
}


async def _sign_in(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    login = reading.text("login", empty="errors.login_empty", longest=254)
    password = form.get("password", "")
    if not password:
        reading.refuse("password", Text("errors.password_missing"))
    reading.raise_if_wrong()
    key = (login.casefold(), address_of(request))
    await in_thread(limits.attempt, "sign_in", *key)
    caller = browser_of(request)
    held = await in_thread(run, sign_in.credentials, caller, login=login)
    mailed = _mailed(password, held)
    matched = "mailed" if mailed else await in_password_thread(_matched, password, held)
    if matched is None or held.person_id is None:
        await in_thread(limits.failed, "sign_in", *key)
        await in_thread(run, sign_in.failed, caller, person_id=held.person_id)
        return Refused(Text("errors.sign_in_wrong"), "password")
    if mailed and mailed.dead:
        return Refused(mailed.dead, "password")
    if matched == "temporary" and held.temporary_expired and held.awaits_activation:
        return Agreed(go=EXPIRED_CODES)
    if matched == "temporary" and held.temporary_expired:
        return Refused(
            Text("errors.temporary_expired", {"phone": brand.contact.phone_said}), "password"
        )
    session_key, cookie = new_session()
    done = await in_thread(
        run,
        sign_in.begin,
        caller,
        person_id=held.person_id,
        new_key=session_key,
        with_temporary=matched != "own",
        reset_id=mailed.reset_id if mailed else None,
    )
    if isinstance(done, Refused):
        return done
    await in_thread(limits.succeeded, "sign_in", *key)
    if not mailed:
        password_turns().give_back(address_of(request))
    return Agreed(go=way_on(done.landing, form), cookies=(cookie,))


def way_on(landing: str, form: Form) -> str:
    """Choose where somebody goes who came in: to the page that was asked for, if nothing waits.

    What the session owes comes first, and remembers that page.
    """
    wished = local_address(form.get("back", ""))
    if landing == PROVE:
        return proof_address(wished)
    waits = landing in (*OWED_AT.values(), "/uitnodiging")
    # Whoever was signed out where a session owed something owes that no more.
    was_owing = wished.partition("?")[0] in OWED_AT.values()
    return landing if waits or was_owing or wished == "/" else wished


def _mailed(password: str, held: Credentials) -> MailedPassword | None:
    """Compare with what was mailed; an unknown login name takes as long."""
    digest = passwords.temporary_digest(held.person_id or 0, password)
    return next((one for one in held.mailed if same(one.digest, digest)), None)


def _matched(password: str, held: Credentials) -> str | None:
    """Compare with what is kept; the same work is done when nothing is."""
    if passwords.verify_password(password, held.password_hash):
        return "own"
    # It holds no spaces, and a copied line brings them along.
    if passwords.verify_password(password.strip(), held.temporary_hash):
        return "temporary"
    return None


async def _sign_out(request: Request) -> Response:
    caller = browser_of(request)
    await in_thread(run, sessions.sign_out, caller)
    watch.show_out_soon(caller.session_key, SIGNED_OUT)
    return say_farewell()


async def _change_password(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    held = await in_thread(run, own_passwords.own, caller)
    fields = await old_password_mistakes(request, held, "old_password", form)
    fields |= await in_password_thread(
        new_password_mistakes, form, held.names, held.login, held.password_hash
    )
    if not fields and form["new_password"] == form.get("old_password", "").strip():
        fields["new_password"] = Text("errors.password_same")  # as the temporary one
    if fields:
        raise Invalid(fields)
    hashed = await in_password_thread(passwords.hash_password, form["new_password"])
    session_key, cookie = new_session()
    landing = await in_thread(
        run, own_passwords.change, caller, password_hash=hashed, new_key=session_key
    )
    go = landing if held.must_change else "/beveiliging?gewijzigd=wachtwoord"
    return Agreed(go=go, cookies=(cookie,))


async def old_password_mistakes(
    request: Request, held: OwnPassword, field: str, form: Form
) -> dict[str, Text]:
    """Judge the password that somebody signed in with, or the temporary one, in `field`."""
    typed = form.get(field, "")
    if not typed:
        return {field: _MISSING[field]}
    key = (browser_of(request).session_key, address_of(request))
    await in_thread(limits.attempt, "new_password", *key)
    is_mailed = same(held.mailed_digest, passwords.temporary_digest(held.person_id, typed))
    if not is_mailed and not await in_password_thread(
        _matched, typed, Credentials(None, held.password_hash, held.temporary_hash)
    ):
        await in_thread(limits.failed, "new_password", *key)
        return {field: Text("errors.old_password_wrong")}
    await in_thread(limits.succeeded, "new_password", *key)
    return {}


def new_password_mistakes(
    form: Form, names: tuple[str, ...], login: str, previous_hash: str | None
) -> dict[str, Text]:
    """Judge `new_password` and `confirm_password` of a form; slow, so not on the event loop."""
    wrong = passwords.weaknesses(
        form.get("new_password", ""), names=names, login=login, previous_hash=previous_hash
    )
    mistakes = {"new_password": wrong[0]} if wrong else {}
    if form.get("confirm_password", "") != form.get("new_password", ""):
        mistakes["confirm_password"] = Text("errors.password_differs")
    return mistakes


ROUTES: list[BaseRoute] = [
    Route("/formulieren/aanmelden", posted(_sign_in), methods=["POST"]),
    Route("/formulieren/afmelden", _sign_out, methods=["POST"]),
    Route("/formulieren/wachtwoord-wijzigen", posted(_change_password), methods=["POST"]),
]
