"""What the processes of a portal weigh: memory of their own, and open files and sockets."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread

import psutil

from tests.harness.server import Portal

_MEBIBYTE = 1024 * 1024


@dataclass
class Weight:
    """Memory that is not shared, in MiB, and file descriptors, of all processes together."""

    memory: float = 0
    files: int = 0


def weigh(portal: Portal) -> Weight:
    """Weigh a portal now."""
    assert portal.process
    weight = Weight()
    above = psutil.Process(portal.process.pid)
    for one in (above, *above.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            weight.memory += one.memory_full_info().uss / _MEBIBYTE
            weight.files += one.num_fds()
    return weight


@contextmanager
def watching(portal: Portal) -> Iterator[Weight]:
    """Keep the greatest weight meanwhile."""
    most, enough = weigh(portal), Event()

    def watch() -> None:
        while not enough.wait(0.5):
            now = weigh(portal)
            most.memory, most.files = max(most.memory, now.memory), max(most.files, now.files)

    thread = Thread(target=watch)
    thread.start()
    try:
        yield most
    finally:
        enough.set()
        thread.join()


def settled(portal: Portal, is_light: Callable[[Weight], bool], *, seconds: float) -> Weight:
    """Wait until it is light enough, or the time is up; return its weight then."""
    deadline = time.monotonic() + seconds
    while not is_light(now := weigh(portal)) and time.monotonic() < deadline:
        time.sleep(1)
    return now
