"""Gives back what closed tabs keep in memory.

Reflex keeps the state of every tab for an hour, for when it comes back. That is tens of
kibibytes for anybody who opens a socket and leaves, as often as they like. A tab that
comes back later than we wait loads what it shows anew, as after a refresh; so does one in
which nobody did anything, and for which we do not wait at all.
"""

import asyncio
from collections import OrderedDict

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory
from reflex.istate.manager.token import BaseStateToken
from reflex.state import State

from portal_app.settings import settings


class ClosedTabs:
    """The tabs of this process that closed and may come back, longest ago first."""

    def __init__(self, app: rx.App) -> None:
        self._app = app
        self._waiting: OrderedDict[str, asyncio.TimerHandle] = OrderedDict()

    def left(self, token: str, *, is_worth_keeping: bool) -> None:
        """Keep the state of a tab for a while; of the longest gone only while there is room."""
        self.is_back(token)
        if not is_worth_keeping and self._let_go(token):
            return
        self._keep(token)
        for gone_longest in [*self._waiting][: -settings.closed_tabs]:
            self._forget(gone_longest)

    def is_back(self, token: str) -> bool:
        """Keep the state of a tab that is open again; return whether there is one."""
        timer = self._waiting.pop(token, None)
        if timer:
            timer.cancel()
        return timer is not None

    def _keep(self, token: str) -> None:
        later = asyncio.get_running_loop().call_later
        self._waiting[token] = later(settings.closed_tab_seconds, self._forget, token)

    def _forget(self, token: str) -> None:
        self.is_back(token)
        if not self._let_go(token):
            self._keep(token)

    def _let_go(self, token: str) -> bool:
        """Give a state back, unless it is still at work; return whether that was done."""
        manager = self._app.state_manager
        if isinstance(manager, StateManagerMemory):
            kept = BaseStateToken(ident=token, cls=State)
            lock = manager._states_locks.get(kept.lock_key)  # noqa: SLF001  # no public way
            if lock is not None and lock.locked():
                return False
            manager._purge_token(kept)  # noqa: SLF001  # idem
        return True
