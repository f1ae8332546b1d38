"""What an applicant posts on the page of their own application (`/aanvraag`)."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from portal_app.adapters import limits
from portal_app.database import in_thread
from portal_app.errors import Refused
from portal_app.reading import Reading
from portal_app.routes.answers import Agreed, Answer, Form, posted
from portal_app.routes.callers import address_of, browser_of
from portal_app.services import application_replies
from portal_app.unit_of_work import UseCase, run

_FORMS = "/formulieren/aanvraag"
_LONGEST_ANSWER = 1000
_LONGEST_KEY = 100


async def _answer(request: Request, form: Form) -> Answer:
    reading = Reading(form)
    text = reading.text(
        "answer", empty="errors.application_own_answer_empty", longest=_LONGEST_ANSWER
    )
    reading.raise_if_wrong()
    return await _reply(request, form, application_replies.answer, "answered", text=text)


async def _withdraw(request: Request, form: Form) -> Answer:
    return await _reply(request, form, application_replies.withdraw, "withdrawn")


async def _reply(
    request: Request, form: Form, use_case: UseCase[..., Refused | None], done: str, **said: str
) -> Answer:
    caller = browser_of(request)
    who = (caller.session_key, address_of(request))
    await in_thread(limits.attempt, "verification_code", *who)
    key = form.get("code", "").strip()[:_LONGEST_KEY]
    refused = await in_thread(run, use_case, caller, key=key, **said)
    if refused is not None:
        await in_thread(limits.failed, "verification_code", *who)
        return refused
    return Agreed(focus="title", data={"done": done}, clear=("answer",))


ROUTES: list[BaseRoute] = [
    Route(f"{_FORMS}/antwoorden", posted(_answer), methods=["POST"]),
    Route(f"{_FORMS}/intrekken", posted(_withdraw), methods=["POST"]),
]
