"""Has Redis give back what closed tabs keep as soon as memory does, not after Reflex's hour."""

from collections.abc import Iterator
from contextlib import suppress

import reflex as rx
from redis.exceptions import RedisError
from reflex.istate.manager.redis import StateManagerRedis
from reflex.istate.manager.token import BaseStateToken
from reflex.state import BaseState, State

from portal_app.settings import settings


class ClosedTabsInRedis:
    """The tabs of all processes, where they share a Redis; else nothing."""

    def __init__(self, app: rx.App) -> None:
        self._app = app

    async def leaves(self, token: str) -> None:
        """Keep the state of a tab for a while.

        Do so before Reflex lets another process have the tab, where it may be back at once.
        """
        if manager := self._manager():
            await _keep(manager, token, settings.closed_tab_seconds)

    async def is_back(self, token: str) -> None:
        """Keep the state of a tab that is open again."""
        if manager := self._manager():
            await _keep(manager, token, manager.token_expiration)

    def _manager(self) -> StateManagerRedis | None:
        manager = self._app.state_manager
        return manager if isinstance(manager, StateManagerRedis) else None


async def _keep(manager: StateManagerRedis, token: str, seconds: float) -> None:
    pipeline = manager.redis.pipeline(transaction=False)
    for state in _with_substates(State):
        pipeline.pexpire(str(BaseStateToken(ident=token, cls=state)), int(seconds * 1000))
    with suppress(RedisError):  # it goes in its own time then
        await pipeline.execute()


def _with_substates(state: type[BaseState]) -> Iterator[type[BaseState]]:
    yield state
    for substate in state.get_substates():
        yield from _with_substates(substate)
