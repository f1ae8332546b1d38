"""What the portal does by itself while it serves: erase what was kept long enough, ask for reviews.

Any number of processes may do so at once; what one does another finds done.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from portal_app import clock
from portal_app.database import in_thread
from portal_app.services import access_review_rounds, application_retention
from portal_app.settings import settings
from portal_app.unit_of_work import Job, UseCase, run

_JOB = Job("housekeeping")
_EVERY = 6 * 3600  # seconds
_SOON = 60  # seconds after the start, or while there is more
_LOOK = 1  # seconds between two looks at a clock that somebody may put forward
_DUTIES = (application_retention.erase, access_review_rounds.begin, access_review_rounds.remind)
_log = logging.getLogger(__name__)


@asynccontextmanager
async def keep_house() -> AsyncGenerator[None]:
    """Tidy for as long as the portal serves."""
    tidying = asyncio.create_task(_tidy())
    try:
        yield
    finally:
        tidying.cancel()
        with suppress(asyncio.CancelledError):
            await tidying


async def _tidy() -> None:
    pause, moved = _SOON, clock.moved_by()
    while True:
        moved = await _wait(pause, moved)
        done = [await _do(duty) for duty in _DUTIES]
        pause = _SOON if any(done) else _EVERY


async def _wait(seconds: int, moved: timedelta) -> timedelta:
    """Wait so long, but no longer than until the demo clock is ahead of where it was `moved` to.

    Whoever puts it forward wants to see what comes due. Returns where it is moved to now.
    """
    if not settings.is_demo:
        await asyncio.sleep(seconds)
        return moved
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        before, moved = moved, clock.moved_by()
        if moved > before:
            break
        await asyncio.sleep(min(left, _LOOK))
    return moved


async def _do(duty: UseCase[[], int]) -> int:
    """Do one duty; trouble with it keeps none of the others from being done."""
    try:
        return await in_thread(run, duty, _JOB)
    except Exception as trouble:  # noqa: BLE001  # the next time it may go; the log says what
        _log.error("Housekeeping failed: %s", type(trouble).__name__)
        return 0
