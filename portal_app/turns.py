"""Whose turn it is where many wait for little.

Whoever had the fewest turns lately goes first; among equals, whoever came last. So those
who try passwords, from one address or from hundreds, wait for each other, and somebody who
signs in once a day waits for hardly anybody.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from heapq import heappop, heappush
from itertools import count
from time import monotonic

asking_from: ContextVar[str] = ContextVar("portal_asking_from", default="")
"""The network address of whoever is served; the gate sets it."""

LATELY = 300.0  # seconds; what happened is forgotten after once or twice as long
_MOST_KNOWN = 20_000


class Turns:
    """Lets so many at once have a turn."""

    def __init__(self, at_once: int, clock: Callable[[], float] = monotonic) -> None:
        self._free = at_once
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._arrivals = count()
        self._had: Counter[str] = Counter()
        self._had_before: Counter[str] = Counter()
        self._clock = clock
        self._forgets_at = clock() + LATELY

    @asynccontextmanager
    async def one(self, who: str) -> AsyncGenerator[None]:
        """Wait for a turn, and have it."""
        had = self._count(who)
        if self._free:
            self._free -= 1
        else:
            await self._wait(had)
        try:
            yield
        finally:
            self._pass_on()

    def give_back(self, who: str) -> None:
        """Do not count the last turn: it was had with good reason."""
        self._had[who] -= 1

    async def _wait(self, had: int) -> None:
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (had, -next(self._arrivals), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it came at the very moment of leaving
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            *_, turn = heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _count(self, who: str) -> int:
        if self._clock() > self._forgets_at or len(self._had) > _MOST_KNOWN:
            self._had_before, self._had = self._had, Counter()
            self._forgets_at = self._clock() + LATELY
        had = self._had[who] + self._had_before[who]
        self._had[who] += 1
        return had
