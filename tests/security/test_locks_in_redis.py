"""A tab's lock in Redis is given back whenever its holder is told to stop."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from redis.asyncio import Redis
from reflex.istate.manager.redis import StateManagerRedis
from reflex.istate.manager.token import StateToken

from portal_app.gate.locks_in_redis import give_back_what_nobody_holds

_A_MOMENT = 0.02


async def _is_held_after_stopping(manager: StateManagerRedis, steps: int) -> bool:
    """Stop somebody who works on a state after so many steps of theirs."""
    token = StateToken(ident=f"tab-{steps}", cls=dict[str, str])

    async def work() -> None:
        async with manager.modify_state(token):
            pass

    working = asyncio.create_task(work())
    for _ in range(steps):
        await asyncio.sleep(0)
    working.cancel()
    await asyncio.wait([working])
    await asyncio.sleep(_A_MOMENT)
    return bool(await manager.redis.exists(manager._lock_key(token)))


@pytest.mark.parametrize("steps", range(0, 40, 2))
def test_stopping_while_a_lock_is_taken_leaves_none(redis_url: str, steps: int):
    async def held() -> bool:
        manager = StateManagerRedis(redis=Redis.from_url(redis_url))
        app: Any = SimpleNamespace(state_manager=manager)
        give_back_what_nobody_holds(app)
        try:
            await manager.redis.ping()
            return await _is_held_after_stopping(manager, steps)
        finally:
            await manager.close()

    assert not asyncio.run(held())
