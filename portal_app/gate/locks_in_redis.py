"""Has nobody wait for a lock in Redis that nobody holds.

Reflex stops loading a page whose browser left. When that falls between asking Redis for the
tab's lock and hearing that it is ours, nobody gives the lock back, and whoever reloads the page
waits for the ten seconds after which it expires.
"""

import asyncio

import reflex as rx
from reflex.istate.manager.redis import StateManagerRedis


def give_back_what_nobody_holds(app: rx.App) -> None:
    """Give a lock back that comes to whoever was told to stop meanwhile."""
    manager = app.state_manager
    if not isinstance(manager, StateManagerRedis):
        return
    take = manager._try_get_lock  # noqa: SLF001  # no public way

    async def take_or_give_back(lock_key: bytes, lock_id: bytes) -> bool | None:
        taking = asyncio.create_task(take(lock_key, lock_id))
        try:
            return await asyncio.shield(taking)
        except asyncio.CancelledError:
            if await taking:
                await manager.redis.delete(lock_key)
            raise

    manager._try_get_lock = take_or_give_back  # type: ignore[method-assign]  # noqa: SLF001
