"""Hand out a selection as a file: streamed, for one person, in the reader's language.

A file begins when its first bytes are there, so what goes wrong before that is still
answered in words. A browser that leaves ends the reading, the writing and the transaction.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from portal_app.adapters import csv_writing, spreadsheets_writing
from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet
from portal_app.database import in_thread
from portal_app.errors import NotAllowed, NotFound, NotProven, NotSignedIn, PortalError, Text
from portal_app.gate.answers import sign_in_address, way_to_prove
from portal_app.languages import say, say_moment, say_number
from portal_app.routes.answers import reader_locale
from portal_app.routes.plain_page import plain_page

_LONGEST_ID = 9  # digits

Pieces = AsyncGenerator[bytes]


@dataclass(frozen=True, slots=True)
class Colophon:
    """What stands on the sheet 'Filters': who made the file, when, and of what selection."""

    made_by: str
    made_at: datetime
    number: int
    criteria: Sequence[tuple[str, str]]  # label and value, in the reader's language


class Download(Response):
    """A file that comes in pieces; `name` is what the browser keeps it under.

    `instead` makes the answer when the portal refuses before the first piece is there, and
    raises again what is not for it to answer: a right may end after the file was asked for.
    """

    instead: Callable[[PortalError], Response] | None = None

    def __init__(self, pieces: Pieces, name: str, media_type: str) -> None:
        super().__init__(
            media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'}
        )
        del self.headers["content-length"]  # nobody knows yet
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file, until it is done or the browser leaves."""
        sending = asyncio.ensure_future(self._send(scope, receive, send))
        leaving = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)

    async def _send(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with aclosing(self._pieces) as pieces:
            try:
                piece = await anext(pieces, b"")
            except PortalError as error:
                if self.instead is None:
                    raise
                await self.instead(error)(scope, receive, send)
                return
            await send(
                {
                    "type": "http.response.start",
                    "status": self.status_code,
                    "headers": self.raw_headers,
                }
            )
            while piece:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                piece = await anext(pieces, b"")
            await send({"type": "http.response.body", "body": b""})


def workbook(name: str, sheet: Sheet, colophon: Colophon, locale: str) -> Download:
    """Give an Excel file: the selection, and a sheet that says what it is."""
    sheets = (sheet, _filters_sheet(colophon, locale))
    return Download(
        spreadsheets_writing.stream_workbook(sheets),
        f"{name}.xlsx",
        spreadsheets_writing.MEDIA_TYPE,
    )


def csv_file(name: str, sheet: Sheet) -> Download:
    """Give the selection as CSV."""
    return Download(_csv_pieces(sheet), f"{name}.csv", csv_writing.MEDIA_TYPE)


def downloaded(
    make: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Make the endpoint of a download; what `make` or its file refuses is said on a plain page."""

    async def endpoint(request: Request) -> Response:
        instead = partial(_instead, request)
        try:
            answer = await make(request)
        except PortalError as error:
            return instead(error)
        if isinstance(answer, Download):
            answer.instead = instead
        return answer

    return endpoint


def _instead(request: Request, error: PortalError) -> Response:
    page = _page_of(request)
    match error:
        case NotSignedIn():
            return RedirectResponse(sign_in_address(page), HTTPStatus.SEE_OTHER)
        case NotProven():
            return RedirectResponse(way_to_prove(error, page), HTTPStatus.SEE_OTHER)
        case NotAllowed():
            return _refused(request, "errors.not_allowed", HTTPStatus.FORBIDDEN)
        case NotFound():
            return _refused(request, "errors.not_found", HTTPStatus.NOT_FOUND)
        case _:
            raise error


def organisation_of(request: Request) -> int | None:
    """Return the organisation that the address asks for (`?org=`), or None."""
    return number_of(request, "org")


def number_of(request: Request, name: str) -> int | None:
    """Return a number that the query of the address asks for, or None."""
    asked = request.query_params.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_ID else None


def _filters_sheet(colophon: Colophon, locale: str) -> Sheet:
    rows: list[Row] = [
        (say("files.made_by", locale), colophon.made_by),
        (say("files.made_at", locale), say_moment(colophon.made_at, locale)),
        (say("files.number", locale), say_number(colophon.number, locale)),
        *(colophon.criteria or [(say("files.filters", locale), say("files.no_filter", locale))]),
    ]
    columns = (
        Column(say("files.criterion", locale), ColumnKind.TEXT, 26),
        Column(say("files.value", locale), ColumnKind.TEXT, 48),
    )
    return Sheet(say("files.filters", locale), columns, rows)


async def _csv_pieces(sheet: Sheet) -> Pieces:
    lines = csv_writing.stream_csv(sheet)
    try:
        while piece := await in_thread(next, lines, b""):
            yield piece
    finally:
        if isinstance(sheet.rows, Generator):
            await in_thread(sheet.rows.close)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _refused(request: Request, key: str, status: HTTPStatus) -> Response:
    return plain_page(reader_locale(request), (Text(key),), status, _page_of(request))


def _page_of(request: Request) -> str:
    """Return the page from which a file is asked: '/downloads/betaalcodes.xlsx' → its list."""
    path = urlsplit(request.url.path).path.removeprefix("/downloads/")
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/{path.split('/')[0].split('.')[0]}{query}"
