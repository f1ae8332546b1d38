"""The inbox of demo mode for programs, and the HTML of one mail for its frame."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from portal_app.adapters.caught_mail import CaughtMail
from portal_app.database import in_thread
from portal_app.errors import NotFound
from portal_app.routes.callers import browser_of
from portal_app.services import caught_mail
from portal_app.unit_of_work import run

# A mail may hold anything: no script, no origin of its own, nothing fetched.
_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
_NOTHING = Response("Not found", HTTPStatus.NOT_FOUND, media_type="text/plain")


async def _list(request: Request) -> Response:
    to = request.query_params.get("to", "")
    try:
        found = await in_thread(run, caught_mail.inbox, browser_of(request), to=to)
    except NotFound:
        return _NOTHING
    return JSONResponse([_plain(mail) for mail in found.mails])


async def _html(request: Request) -> Response:
    number = request.path_params["number"]
    try:
        mail = await in_thread(run, caught_mail.one, browser_of(request), number=number)
    except NotFound:
        return _NOTHING
    return HTMLResponse(mail.html, headers={"content-security-policy": _POLICY})


def _plain(mail: CaughtMail) -> dict[str, str]:
    return {
        "number": mail.number,
        "at": mail.at.isoformat(),
        "to": mail.to,
        "subject": mail.subject,
        "text": mail.text,
        "html": mail.html,
        "code": mail.code,
        "link": mail.link,
    }


ROUTES: list[BaseRoute] = [
    Route("/dev/postvak.json", _list, methods=["GET"]),
    Route("/dev/mail/{number}.html", _html, methods=["GET"]),
]
