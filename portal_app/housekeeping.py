"""What the portal tidies by itself while it serves: personal data that were kept long enough.

Any number of processes may do so at once; what one erases another finds done.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from portal_app.database import in_thread
from portal_app.services import application_retention
from portal_app.unit_of_work import Job, run

_JOB = Job("housekeeping")
_EVERY = 6 * 3600  # seconds
_SOON = 60  # seconds after the start, or while there is more
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
        try:
            erased = await in_thread(run, application_retention.erase, _JOB)
        except Exception as trouble:  # noqa: BLE001  # the next time it may go; the log says what
            _log.error("Housekeeping failed: %s", type(trouble).__name__)
            erased = 0
        pause = _SOON if erased else _EVERY
