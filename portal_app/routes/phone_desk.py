"""What the phone desk posts: who the caller is, and what is sent to them."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.database import in_thread
from portal_app.reading_text import read_key
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import browser_of
from portal_app.services import blocking, phone_callers, phone_desk
from portal_app.services.phone_callers import QUESTIONS
from portal_app.unit_of_work import run

_FORMS = "/formulieren/beheer/telefoon"


async def _establish(request: Request, form: Form) -> Answer:
    asked = frozenset(word for word in QUESTIONS if form.get(f"asked_{word}"))
    person_id = read_key(form.get("person", ""))
    caller = browser_of(request)
    await in_thread(run, phone_callers.establish, caller, person_id=person_id, asked=asked)
    return Agreed(focus="title", data={"done": "established"})


async def _send_password(request: Request, form: Form) -> Answer:
    person_id = read_key(form.get("person", ""))
    await in_thread(run, phone_desk.send_password, browser_of(request), person_id=person_id)
    return Agreed(focus="title", data={"done": "password"})


async def _send_invitation(request: Request, form: Form) -> Answer:
    await in_thread(
        run,
        phone_desk.send_invitation,
        browser_of(request),
        person_id=read_key(form.get("person", "")),
        invitation_id=read_key(form.get("invitation", "")),
    )
    return Agreed(focus="title", data={"done": "invitation"})


async def _block(request: Request, form: Form) -> Answer:
    person_id, reason = read_key(form.get("person", "")), form.get("reason", "")
    caller = browser_of(request)
    await in_thread(run, blocking.block, caller, person_id=person_id, reason=reason)
    return Agreed(focus="title", data={"done": "blocked"})


async def _unblock(request: Request, form: Form) -> Answer:
    person_id = read_key(form.get("person", ""))
    await in_thread(run, blocking.unblock, browser_of(request), person_id=person_id)
    return Agreed(focus="title", data={"done": "unblocked"})


ROUTES: list[BaseRoute] = [
    Route(f"{_FORMS}/vastgesteld", posted(_establish), methods=["POST"]),
    Route(f"{_FORMS}/wachtwoord", posted(_send_password), methods=["POST"]),
    Route(f"{_FORMS}/blokkeren", posted(_block), methods=["POST"]),
    Route(f"{_FORMS}/deblokkeren", posted(_unblock), methods=["POST"]),
    Route(f"{_FORMS}/uitnodiging", posted(_send_invitation), methods=["POST"]),
]
