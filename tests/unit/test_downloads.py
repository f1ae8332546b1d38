"""A download begins with its first bytes, and ends when the browser leaves."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from portal_app.routes.downloads import Download


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
