"""The clock of demo mode. In production there is no such thing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal_app import clock
from portal_app.errors import NotFound
from portal_app.needs import Anyone
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

FURTHEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows."""

    at: datetime
    is_moved: bool


@use_case(Anyone)
def read(_work: Work) -> Reading:
    """Look at the clock.

    Raises:
        NotFound: this is not demo mode.
    """
    _only_in_demo_mode()
    return _reading()


@use_case(Anyone)
def move(_work: Work, *, hours: int) -> Reading:
    """Put the clock forward, or back, for everybody; at most ten years from where it started.

    Raises:
        NotFound: this is not demo mode.
    """
    _only_in_demo_mode()
    by = timedelta(hours=max(-_FURTHEST_HOURS, min(hours, _FURTHEST_HOURS)))
    if abs(clock.moved_by() + by) <= FURTHEST:
        clock.move(by)
    return _reading()


@use_case(Anyone)
def reset(_work: Work) -> Reading:
    """Put the clock back to where it started.

    Raises:
        NotFound: this is not demo mode.
    """
    _only_in_demo_mode()
    clock.reset()
    return _reading()


_FURTHEST_HOURS = FURTHEST // timedelta(hours=1)


def _reading() -> Reading:
    return Reading(clock.now(), is_moved=bool(clock.moved_by()))


def _only_in_demo_mode() -> None:
    if not settings.is_demo:
        raise NotFound
