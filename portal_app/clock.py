"""What time it is: for people, and for protocols.

Business dates (expiry, `Verzonden om`, deadlines) follow the demo clock, which starts at
`PORTAL_NOW` and ticks; protocols and limits follow the machine's clock. In production the
two are one.
"""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from portal_app.settings import settings

BRUSSELS = ZoneInfo("Europe/Brussels")
_SHIFT = "clock-shift"
_started = datetime.now(UTC)


def real_now() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the time in UTC by which the portal lives."""
    real = real_now()
    if not settings.is_demo:
        return real
    start = (settings.now - _started) if settings.now else timedelta()
    return real + start + _moved_by_hand()


def today() -> date:
    """Return the day in Brussels by which the portal lives."""
    return now().astimezone(BRUSSELS).date()


def move(by: timedelta) -> None:
    """Move the demo clock (`/dev/clock`) for every process of this installation."""
    _shift_file().write_text(str((_moved_by_hand() + by).total_seconds()), "ascii")


def moved_by() -> timedelta:
    """Return how far the demo clock was moved by hand."""
    return _moved_by_hand()


def reset() -> None:
    """Put the demo clock back to where it started."""
    _shift_file().unlink(missing_ok=True)


def _shift_file() -> Path:
    return settings.data_dir / _SHIFT


def _moved_by_hand() -> timedelta:
    # As nearly always it is not there: asked several times at every event.
    if not os.path.exists(f"{settings.data_dir}/{_SHIFT}"):  # noqa: PTH110  # a tenth of Path's time
        return timedelta()
    file = _shift_file()
    try:
        return timedelta(seconds=float(file.read_text("ascii")))
    except (FileNotFoundError, ValueError):
        return timedelta()
