"""How far the files are that are being made now: told to the browser that asked for one.

It is a courtesy, kept by the process that makes the file: a question that reaches another
process is answered with nothing, and the page then says only that the file is being made.
"""

from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from portal_app.adapters.spreadsheets import Row
from portal_app.routes.callers import browser_of
from portal_app.routes.downloads import downloaded

_MOST = 200  # files at once; more than ever are, and then the rest goes untold
_EVERY = 100  # rows

_now: dict[tuple[str, str], tuple[int, int]] = {}


def counted(rows: Iterable[Row], session_key: str, ticket: str, total: int) -> Iterator[Row]:
    """Hand on rows and keep count of them under the ticket that the browser chose."""
    key = (session_key, ticket)
    is_told = bool(ticket) and len(_now) < _MOST
    try:
        for number, row in enumerate(rows, 1):
            if is_told and number % _EVERY == 0:
                _now[key] = (number, total)
            yield row
    finally:
        _now.pop(key, None)


def ticket_of(request: Request) -> str:
    """Return the ticket that the browser chose for its file, or nothing."""
    return request.query_params.get("bon", "")[:40]


def told(session_key: str, ticket: str) -> tuple[int, int] | None:
    """Tell how many of how many rows are in the file; None when there is no such file now."""
    return _now.get((session_key, ticket))


async def _told(request: Request) -> Response:
    found = told(browser_of(request).session_key, ticket_of(request))
    return JSONResponse({"rows": found[0], "total": found[1]} if found else {})


ROUTES: list[BaseRoute] = [
    Route("/downloads/voortgang", downloaded(_told), methods=["GET"]),
]
