"""What the portal does by itself while it serves: erase what was kept long enough, ask for reviews.

Any number of processes may do so at once; what one does another finds done.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from portal_app.database import in_thread
from portal_app.services import access_review_rounds, application_retention
from portal_app.unit_of_work import Job, UseCase, run

_JOB = Job("housekeeping")
_EVERY = 6 * 3600  # seconds
_SOON = 60  # seconds after the start, or while there is more
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
    pause = _SOON
    while True:
        await asyncio.sleep(pause)
        done = [await _do(duty) for duty in _DUTIES]
        pause = _SOON if any(done) else _EVERY


async def _do(duty: UseCase[[], int]) -> int:
    """Do one duty; trouble with it keeps none of the others from being done."""
    try:
        return await in_thread(run, duty, _JOB)
    except Exception as trouble:  # noqa: BLE001  # the next time it may go; the log says what
        _log.error("Housekeeping failed: %s", type(trouble).__name__)
        return 0
