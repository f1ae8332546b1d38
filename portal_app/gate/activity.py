"""Keeps the session of somebody who works from ending as idle.

Every event and every form says that its browser is in use; the database hears of it once a
minute at most. What the portal does by itself must not be noted here.
"""

from datetime import datetime, timedelta

from portal_app import clock
from portal_app.database import in_thread
from portal_app.services import sessions
from portal_app.unit_of_work import Browser, run

_EVERY = timedelta(minutes=1)
_MANY = 10_000

_noted: dict[str, datetime] = {}


async def note(session_key: str, *, at_once: bool = False) -> None:
    """Note that somebody works in this browser; `at_once`: even if that was just noted."""
    now = clock.real_now()
    last = _noted.get(session_key)
    if last is not None and not at_once and timedelta() <= now - last < _EVERY:
        return
    if len(_noted) > _MANY:
        _noted.clear()
    _noted[session_key] = now
    await in_thread(run, sessions.touch, Browser(session_key))
