"""A part of the portal in a process of its own, which the next one replaces once it is ready."""

import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_FORK = multiprocessing.get_context("fork")
_ENDS_WITHIN = 15  # seconds, after which it is ended by force
READY = "ready"


class Renewed:
    """The one that works, and the one that is being made to take over from it.

    `work` runs in a fork of this process, with its end of a line: it says READY once it is, and is
    told the same when the one before has gone. One that ends instead changes nothing.
    """

    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        self._work = work
        self._given = given
        self._working: _Fork | None = None
        self._coming: _Fork | None = None
        self._has_failed = False
        self._awaited = 0

    def is_current(self) -> bool:
        """Tell whether it works, and is, or will soon be, made of the latest sources."""
        if self._coming:
            return True
        return self._working is not None and self._working.lives() and not self._has_failed

    def renew(self, *given: Any, discard: bool = False) -> None:
        """Start to make the next one; `discard` the one that works, if it is wrong by now."""
        self.end(working=discard)
        self._has_failed = False
        self._coming = _Fork(self._work, *self._given, *given)

    def end(self, *, working: bool = True) -> None:
        """End the one that is being made, and the one that works."""
        if self._coming:
            self._coming.end()
            self._coming = None
        if self._working and working:
            self._working.end()
            self._working = None
            self._awaited = 0

    def took_over(self) -> bool:
        """Let the next one take over if it is ready; return whether it did."""
        ready = self._coming.answer() if self._coming else None
        if ready is None:
            return False
        self._has_failed = not ready
        coming, self._coming = self._coming, None
        if ready and coming:
            self.end()
            self._working = coming
            coming.line.send(READY)
        return ready

    def ask(self, question: object) -> bool:
        """Ask the one that works to do something; return whether there is one."""
        if not self._working or not self._working.lives():
            return False
        self.end(working=False)
        self._working.line.send(question)
        self._awaited += 1
        return True

    def has_done_it(self) -> bool:
        """Tell, once, that it did well all that it was asked."""
        answer = self._working.answer() if self._working and self._awaited else None
        if answer is None:
            return False
        self._awaited -= 1
        return answer and not self._awaited


class _Fork:
    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        self.line, far_end = _FORK.Pipe()
        self._process = _FORK.Process(target=_begin, args=(work, far_end, *given))
        self._process.start()
        far_end.close()

    def lives(self) -> bool:
        return self._process.is_alive()

    def answer(self) -> bool | None:
        """Return what it said; False when it ended instead; None when there is nothing yet."""
        lives = self.lives()  # before looking: it may speak and end between the two
        try:
            return bool(self.line.recv()) if self.line.poll() else (None if lives else False)
        except EOFError:
            return False

    def end(self) -> None:
        self._process.terminate()
        self._process.join(_ENDS_WITHIN)
        self._process.kill()
        self._process.join()
        self.line.close()


def _begin(work: Callable[..., None], line: Connection, *given: Any) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    work(line, *given)
