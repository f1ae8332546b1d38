"""A download begins with its first bytes, and ends when the browser leaves."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from http import HTTPStatus

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portal_app import clock
from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet
from portal_app.errors import Invalid, NotAllowed, NotFound, NotSignedIn, PortalError
from portal_app.routes.downloads import Colophon, Download, csv_file, downloaded, workbook


class Browser:
    """Hears what is sent, and leaves when it is told to."""

    def __init__(self) -> None:
        self.heard: list[dict] = []
        self.leaves = asyncio.Event()

    async def receive(self) -> dict:
        """Say that it left, once it does."""
        await self.leaves.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict) -> None:
        """Hear what is sent."""
        self.heard.append(message)

    def answer(self, pieces: AsyncGenerator[bytes]) -> "asyncio.Future[None]":
        """Ask for the pieces as a file."""
        download = Download(pieces, "codes.csv", "text/csv")
        return asyncio.ensure_future(download({}, self.receive, self.send))


def test_pieces_are_sent_as_they_come_and_the_last_one_closes():
    async def two_pieces() -> AsyncGenerator[bytes]:
        yield b"een"
        yield b"twee"

    async def story() -> list[dict]:
        browser = Browser()
        await browser.answer(two_pieces())
        return browser.heard

    start, *bodies = asyncio.run(story())

    assert dict(start["headers"]) == {
        b"content-disposition": b'attachment; filename="codes.csv"',
        b"content-type": b"text/csv; charset=utf-8",
    }
    assert [(one["body"], one.get("more_body", False)) for one in bodies] == [
        (b"een", True),
        (b"twee", True),
        (b"", False),
    ]


def test_what_goes_wrong_before_the_first_byte_can_still_be_answered():
    async def broken() -> AsyncGenerator[bytes]:
        raise RuntimeError("too many rows")
        yield b""

    async def story() -> list[dict]:
        browser = Browser()
        with pytest.raises(RuntimeError, match="too many rows"):
            await browser.answer(broken())
        return browser.heard

    assert asyncio.run(story()) == []


@pytest.mark.parametrize("pieces_before", [0, 3])
def test_a_browser_that_leaves_ends_the_reading(pieces_before):
    async def story() -> tuple[bool, int]:
        browser, ended, waits = Browser(), asyncio.Event(), asyncio.Event()

        async def endless() -> AsyncGenerator[bytes]:
            try:
                for _ in range(pieces_before):
                    yield b"stuk"
                waits.set()
                await asyncio.sleep(3600)
                yield b"nooit"
            finally:
                ended.set()

        answering = browser.answer(endless())
        await waits.wait()
        browser.leaves.set()
        await asyncio.wait_for(answering, 5)
        return ended.is_set(), len(browser.heard)

    ended, heard = asyncio.run(story())

    assert ended
    assert heard == (pieces_before + 1 if pieces_before else 0)


def _asked_for(file: str, refusal: PortalError) -> httpx.Response:
    """Ask for a file of which the portal refuses the rows."""

    def rows() -> Iterator[Row]:
        raise refusal
        yield ()

    async def make(_request: Request) -> Response:
        sheet = Sheet("Overzicht", (Column("Naam", ColumnKind.TEXT, 30),), rows())
        if file == "csv":
            return csv_file("overzicht", sheet)
        return workbook("overzicht", sheet, Colophon("Alice", clock.now(), 1, ()), "nl")

    async def story() -> httpx.Response:
        portal = Starlette(routes=[Route("/downloads/overzicht.{kind}", downloaded(make))])
        asked = httpx.AsyncClient(transport=httpx.ASGITransport(portal), base_url="http://portal")
        async with asked:
            return await asked.get(f"/downloads/overzicht.{file}?status=bezig")

    return asyncio.run(story())


@pytest.mark.parametrize("file", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotSignedIn(), HTTPStatus.SEE_OTHER),
        (NotAllowed(), HTTPStatus.FORBIDDEN),
        (NotFound(), HTTPStatus.NOT_FOUND),
    ],
)
def test_a_right_that_ends_before_the_first_byte_is_answered_in_words(file, refusal, status):
    answer = _asked_for(file, refusal)

    assert answer.status_code == status
    assert "content-disposition" not in answer.headers
    if status == HTTPStatus.SEE_OTHER:
        assert answer.headers["location"].endswith("overzicht%3Fstatus%3Dbezig")


@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_what_is_no_refusal_is_not_answered_as_one(file):
    with pytest.raises(Invalid):
        _asked_for(file, Invalid({}))
