"""What stands around a list, kept for a moment, so that a filter asks for the list alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from portal_app import clock

F = TypeVar("F")

_LASTS = timedelta(seconds=30)
_MOST = 8


@dataclass(frozen=True, slots=True)
class Kept(Generic[F]):
    """A frame, of what it is, and when it was asked for."""

    of: tuple[object, ...]
    at: datetime
    frame: F


Frames = tuple[Kept[F], ...]
"""The last frames that were shown, the newest first.

A tuple, because what can change is wrapped by Reflex, which makes reading it slow.
"""


def fresh(frames: Frames[F]) -> Frames[F]:
    """Leave out what was asked for too long ago."""
    now = clock.real_now()
    return tuple(one for one in frames if now - one.at < _LASTS)


def found(frames: Frames[F], of: tuple[object, ...]) -> F | None:
    """Return the frame of this, if it was kept."""
    return next((one.frame for one in frames if one.of == of), None)


def keep(frames: Frames[F], of: tuple[object, ...], frame: F) -> Frames[F]:
    """Put a frame that was just asked for before the others; the oldest goes."""
    return (Kept(of, clock.real_now(), frame), *frames)[:_MOST]
