"""Many who do something at the same moment, each in a thread of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from portal_app.errors import PortalError

T = TypeVar("T")


def all_at_once(acts: Sequence[Callable[[], T]]) -> list[T | PortalError]:
    """Let everybody act at once; return what each got, or how the portal said no."""
    start = Barrier(len(acts))

    def act(one: Callable[[], T]) -> T | PortalError:
        start.wait()
        try:
            return one()
        except PortalError as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(act, acts))
