"""The invitation code page: taken with an explicit click, never by opening a link (M-16)."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.database import in_thread
from portal_app.errors import Refused
from portal_app.gate import watch
from portal_app.gate.answers import SIGN_IN, SIGNED_OUT
from portal_app.gate.cookies import Kind, issue
from portal_app.gate.farewell import say_farewell
from portal_app.reading import Reading
from portal_app.reading_codes import InvitationCode, read_invitation_code
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of
from portal_app.services import invitations, sessions
from portal_app.unit_of_work import run

_NOTHING = InvitationCode("", "")


async def _present(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    await in_thread(limits.attempt, "invitation_code", caller.session_key, address_of(request))
    reading = Reading(form)
    code = reading.read("code", read_invitation_code, _NOTHING)
    reading.raise_if_wrong()
    found = await in_thread(run, invitations.present, caller, code=code.text)
    if isinstance(found, Refused):
        await in_thread(limits.failed, "invitation_code", caller.session_key, address_of(request))
        return found
    await in_thread(limits.succeeded, "invitation_code", caller.session_key, address_of(request))
    signed_in = await in_thread(run, invitations.asker_is_signed_in, caller)
    return Agreed(go="/uitnodiging" if signed_in else SIGN_IN)


async def _ask_for_another(request: Request, form: Form) -> Answer:
    caller = browser_of(request)
    await in_thread(limits.attempt, "invitation_code", caller.session_key, address_of(request))
    reading = Reading(form)
    code = reading.read("code", read_invitation_code, _NOTHING)
    reading.raise_if_wrong()
    refused = await in_thread(run, invitations.ask_for_another, caller, code=code.text)
    return refused or Agreed(focus="asked", data={"asked": "yes"})


async def _accept(request: Request, _form: Form) -> Answer:
    done = await in_thread(run, invitations.accept, browser_of(request))
    return done if isinstance(done, Refused) else Agreed(go="/?nieuw=toegang")


async def _forget(request: Request, _form: Form) -> Answer:
    await in_thread(run, invitations.forget, browser_of(request))
    return Agreed(go="/uitnodiging")


async def _leave(request: Request) -> Response:
    caller, following = browser_of(request), issue(Kind.VISITOR)
    await in_thread(run, sessions.leave_to_another, caller, new_key=following.visit.key)
    watch.show_out_soon(caller.session_key, SIGNED_OUT)
    return say_farewell(following=following)


ROUTES: list[BaseRoute] = [
    Route("/formulieren/uitnodiging", posted(_present), methods=["POST"]),
    Route("/formulieren/uitnodiging/vragen", posted(_ask_for_another), methods=["POST"]),
    Route("/formulieren/uitnodiging/toevoegen", posted(_accept), methods=["POST"]),
    Route("/formulieren/uitnodiging/vergeten", posted(_forget), methods=["POST"]),
    Route("/formulieren/uitnodiging/ander-account", _leave, methods=["POST"]),
]
