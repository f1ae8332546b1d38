"""How a route answers a form: as JSON to our module, as a plain page to a bare browser."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from portal_app.adapters import limits
from portal_app.brand import brand
from portal_app.database import in_thread
from portal_app.errors import (
    Invalid,
    NotAllowed,
    NotFound,
    NotProven,
    NotSignedIn,
    PortalError,
    Refused,
    Text,
    TooMany,
    Value,
)
from portal_app.gate import activity
from portal_app.gate.answers import SIGN_IN, wait, way_to_prove
from portal_app.gate.scopes import visit_of
from portal_app.languages import best_locale
from portal_app.routes.callers import address_of, browser_of
from portal_app.routes.plain_page import plain_page

Lines = Sequence[Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Agreed:
    """The form was taken: where to go, or what to show and where to put the focus."""

    go: str = ""
    focus: str = ""
    data: Mapping[str, str | Lines] = field(default_factory=dict)
    clear: tuple[str, ...] = ()  # fields to empty
    cookies: tuple[str, ...] = ()  # values of Set-Cookie


Answer = Agreed | Refused
_PASSWORDS = frozenset(("password", "old_password", "current_password"))
Form = Mapping[str, str]


def posted(
    do: Callable[[Request, Form], Awaitable[Answer]],
) -> Callable[[Request], Awaitable[Response]]:
    """Make the endpoint of a form; what `do` refuses or raises is told where it was typed."""

    async def endpoint(request: Request) -> Response:
        sent = await request.form()
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
        await _note_activity(request)
        try:
            caller = browser_of(request)
            await in_thread(limits.attempt, "form", caller.session_key, address_of(request))
            answer = await do(request, form)
        except NotSignedIn:
            return _elsewhere(request, SIGN_IN, ())
        except NotProven as error:
            return _elsewhere(request, way_to_prove(error, _page_of(request)), (), keeps=True)
        except PortalError as error:
            return _refusal(request, *_told(error))
        if isinstance(answer, Refused):
            return _refusal(request, {answer.field: answer.why}, HTTPStatus.UNPROCESSABLE_ENTITY)
        return (
            _elsewhere(request, answer.go, answer.cookies) if answer.go else _stay(request, answer)
        )

    return endpoint


async def _note_activity(request: Request) -> None:
    visit = visit_of(dict(request.scope))
    if visit is not None and visit.is_session:
        await activity.note(visit.key)


def _told(error: PortalError) -> tuple[Mapping[str, Text], HTTPStatus]:
    match error:
        case Invalid():
            return error.fields, HTTPStatus.UNPROCESSABLE_ENTITY
        case TooMany():
            return {"": wait(error.retry_after_seconds)}, HTTPStatus.TOO_MANY_REQUESTS
        case NotFound():
            return {"": Text("errors.not_found")}, HTTPStatus.NOT_FOUND
        case NotAllowed():
            return {"": Text("errors.not_allowed")}, HTTPStatus.FORBIDDEN
        case _:
            raise error


def reader_locale(request: Request) -> str:
    """Return the language in which the person reads: what was chosen, else the browser's."""
    return best_locale(
        request.headers.get("accept-language", ""),
        chosen=request.cookies.get("language"),
        among=brand.languages,
    )


def _refusal(request: Request, fields: Mapping[str, Text], status: HTTPStatus) -> Response:
    if not _is_our_module(request):
        return plain_page(reader_locale(request), tuple(fields.values()), status, _page_of(request))
    mistakes = [
        {"field": name, "key": text.key, "values": _plain(text.values)}
        for name, text in fields.items()
    ]
    # Whoever mistyped a password types it anew; everything else stays.
    clear = [name for name in fields if name in _PASSWORDS]
    # To our module a refusal is an answer like any other; browsers would log an error status.
    return JSONResponse({"mistakes": mistakes, "clear": clear})


def _elsewhere(
    request: Request, go: str, cookies: tuple[str, ...], *, keeps: bool = False
) -> Response:
    """Lead to another page; `keeps` has our module keep what was typed, and come back to it."""
    response: Response
    if _is_our_module(request):
        response = JSONResponse({"go": go, "keeps": True} if keeps else {"go": go})
    else:
        response = RedirectResponse(go, HTTPStatus.SEE_OTHER)
    for cookie in cookies:
        response.headers.append("set-cookie", cookie)
    return response


def _stay(request: Request, answer: Agreed) -> Response:
    if _is_our_module(request):
        data = {
            name: told if isinstance(told, str) else [_plain(line) for line in told]
            for name, told in answer.data.items()
        }
        return JSONResponse({"focus": answer.focus, "data": data, "clear": answer.clear})
    return RedirectResponse(_page_of(request), HTTPStatus.SEE_OTHER)


def _is_our_module(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _page_of(request: Request) -> str:
    """Return the page on which a form of ours stands: '/formulieren/aanmelden' → '/aanmelden'."""
    return "/" + request.url.path.removeprefix("/formulieren/").split("/")[0]


def _plain(values: Mapping[str, Value]) -> dict[str, object]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Value) -> object:
    if isinstance(value, Text):
        return {"key": value.key, "values": _plain(value.values)}
    if isinstance(value, tuple):
        return [_plain_value(one) for one in value]
    return value
