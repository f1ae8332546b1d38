"""Token buckets: a steady rate with room for a burst."""

from collections.abc import Callable
from time import monotonic


class Bucket:
    """Lets `rate` things a second through, and `burst` at once."""

    __slots__ = ("_burst", "_clock", "_filled_at", "_level", "_rate")

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._clock = clock
        self._filled_at = clock()

    def take(self) -> bool:
        """Take one; False when there is none left."""
        self._refill()
        if self._level < 1:
            return False
        self._level -= 1
        return True

    @property
    def is_full(self) -> bool:
        """Whether nothing was taken lately."""
        self._refill()
        return self._level >= self._burst

    def _refill(self) -> None:
        now = self._clock()
        self._level = min(self._burst, self._level + (now - self._filled_at) * self._rate)
        self._filled_at = now


class Buckets:
    """One bucket for each name, such as an address; full ones are forgotten."""

    def __init__(self, rate: float, burst: float, most: int = 10_000) -> None:
        self._rate = rate
        self._burst = burst
        self._most = most
        self._named: dict[str, Bucket] = {}

    def take(self, name: str) -> bool:
        """Take one from the bucket of `name`; False when it is empty."""
        if name not in self._named:
            if len(self._named) >= self._most:
                self._forget_full_ones()
            self._named[name] = Bucket(self._rate, self._burst)
        return self._named[name].take()

    def _forget_full_ones(self) -> None:
        self._named = {name: one for name, one in self._named.items() if not one.is_full}
