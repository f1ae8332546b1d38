"""Letting a worker work, and waiting for what comes of it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from portal_app.adapters.smtp import MailConnection, MailServer
from portal_app.models import MailState
from portal_app.worker import run_worker
from tests.mail.posting import mails

SECONDS = 5.0  # what is not there by then never comes


@asynccontextmanager
async def at_work(server: MailServer) -> AsyncIterator[asyncio.Task[None]]:
    """Let a worker work for a while."""
    stop = asyncio.Event()
    task = asyncio.create_task(run_worker(stop, connection=MailConnection(server)))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait([task], timeout=SECONDS)
    if not task.cancelled():
        task.result()


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until it is so, as long as a mail may take."""
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, [(m.id, m.state, m.last_answer) for m in mails()]
        await asyncio.sleep(0.01)


def states() -> list[MailState]:
    """Return how far the mails are, oldest first."""
    return [mail.state for mail in mails()]


def go(scenario: Coroutine[Any, Any, None]) -> None:
    """Let it happen."""
    asyncio.run(scenario)
