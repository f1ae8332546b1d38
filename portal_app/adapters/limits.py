"""How often something may be tried, and how long to wait after failing.

A pace per (what, who) keeps machines out. Failures make the wait grow, counted per account
and address together: an office behind one address works on, and a stranger who fails at
somebody's account locks out nobody but the stranger. The address alone has a wide ceiling,
against trying one password on many accounts.

Counts live in Redis when it is set, so that all processes count together; when it does not
answer, each process counts for itself rather than not at all. Nothing here is readable:
who is counted is stored as a digest. The calls are short but may ask Redis: from async
code, make them in a thread.
"""

import logging
from collections.abc import Callable
from functools import cache
from time import time
from typing import TypeVar, cast

from limits import RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter

from portal_app.adapters.secret_keys import keyed_digest
from portal_app.errors import TooMany
from portal_app.limit_rules import LimitRule
from portal_app.settings import settings

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Limits:
    """Counts by the rules of one kind each."""

    def __init__(self, rules: dict[str, LimitRule], redis_url: str = "") -> None:
        self._rules = rules
        self._local: Storage = MemoryStorage()
        self._shared: Storage | None = None
        if redis_url:
            shared = storage_from_string(redis_url, wrap_exceptions=True)
            self._shared = cast("Storage", shared)

    def attempt(self, kind: str, *keys: str) -> None:
        """Count one attempt. The last key is the address it comes from.

        Raises:
            TooMany: the pace is too high, or a wait after failures is not over.
        """
        rule = self._rules[kind]
        who, where = _digest(kind, *keys), _digest(kind, "from", *keys[-1:])
        self._count(lambda storage: _take(storage, rule, who, where))

    def failed(self, kind: str, *keys: str) -> None:
        """Note that an attempt failed: the next must wait longer."""
        rule = self._rules[kind]
        who = _digest(kind, *keys)
        self._count(lambda storage: _remember_failure(storage, rule, who))

    def succeeded(self, kind: str, *keys: str) -> None:
        """Forget the failures."""
        who = _digest(kind, *keys)
        self._count(lambda storage: _forget_failures(storage, who))

    def _count(self, work: Callable[[Storage], T]) -> T:
        if self._shared is not None:
            try:
                return work(self._shared)
            except StorageError:
                _log.warning("Redis does not count; this process counts for itself")
        return work(self._local)


@cache
def _limits() -> Limits:
    return Limits(settings.limits, settings.redis_url)


def attempt(kind: str, *keys: str) -> None:
    """Count one attempt by the settings' rules; see `Limits.attempt`."""
    _limits().attempt(kind, *keys)


def failed(kind: str, *keys: str) -> None:
    """Note a failure by the settings' rules; see `Limits.failed`."""
    _limits().failed(kind, *keys)


def succeeded(kind: str, *keys: str) -> None:
    """Forget the failures; see `Limits.succeeded`."""
    _limits().succeeded(kind, *keys)


def _take(storage: Storage, rule: LimitRule, who: str, where: str) -> None:
    if storage.get(_wait(who)):
        raise TooMany(_seconds_until(storage.get_expiry(_wait(who))))
    window = MovingWindowRateLimiter(storage)
    for item, name in (
        (RateLimitItemPerSecond(rule.attempts, rule.seconds), who),
        (RateLimitItemPerSecond(rule.attempts_per_address, rule.seconds), where),
    ):
        if not window.hit(item, name):
            raise TooMany(_seconds_until(window.get_window_stats(item, name).reset_time))


def _remember_failure(storage: Storage, rule: LimitRule, who: str) -> None:
    failures = storage.incr(_failures(who), rule.memory_seconds)
    beyond = failures - rule.free_failures
    if beyond > 0:
        seconds = min(rule.longest_wait_seconds, rule.first_wait_seconds * 2 ** min(beyond - 1, 30))
        storage.clear(_wait(who))
        storage.incr(_wait(who), seconds)


def _forget_failures(storage: Storage, who: str) -> None:
    storage.clear(_failures(who))
    storage.clear(_wait(who))


def _digest(*parts: str) -> str:
    return keyed_digest("limits", "\x1f".join(parts))


def _failures(who: str) -> str:
    return f"portal:failures:{who}"


def _wait(who: str) -> str:
    return f"portal:wait:{who}"


def _seconds_until(moment: float) -> int:
    return max(1, -int(-(moment - time()) // 1))
