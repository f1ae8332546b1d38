"""Turns: whoever had the fewest lately goes first, among equals whoever came last."""

import asyncio

import pytest

from portal_app.turns import LATELY, Turns


async def order(turns: Turns, *who: str) -> list[str]:
    """Let everybody wait while the one turn is taken; return in which order they had theirs."""
    had: list[str] = []

    async def have(name: str) -> None:
        async with turns.one(name):
            had.append(name)

    async with turns.one("first"):
        tasks = [asyncio.create_task(have(name)) for name in who]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    return had


def test_somebody_new_goes_before_those_who_had_many_turns() -> None:
    async def scenario() -> None:
        turns = Turns(1)
        await order(turns, *["flood"] * 20)
        assert await order(turns, *["flood"] * 5, "person") == ["person", *["flood"] * 5]

    asyncio.run(scenario())


def test_a_flood_from_many_addresses_waits_for_whoever_comes_last() -> None:
    async def scenario() -> None:
        addresses = [f"address {number}" for number in range(50)]
        assert (await order(Turns(1), *addresses, "person"))[0] == "person"

    asyncio.run(scenario())


def test_people_at_one_address_go_in_the_order_in_which_they_came() -> None:
    async def scenario() -> None:
        turns, had = Turns(1), []

        async def have(number: int) -> None:
            async with turns.one("office"):
                had.append(number)

        async with turns.one("other"):
            tasks = [asyncio.create_task(have(number)) for number in range(5)]
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        assert had == [0, 1, 2, 3, 4]

    asyncio.run(scenario())


def test_a_turn_had_with_good_reason_does_not_count() -> None:
    async def scenario() -> None:
        turns = Turns(1)
        for _ in range(10):
            async with turns.one("office"):
                turns.give_back("office")
        await order(turns, "flood")
        assert await order(turns, "office", "flood") == ["office", "flood"]

    asyncio.run(scenario())


def test_what_was_had_long_ago_is_forgotten() -> None:
    now = [0.0]

    async def scenario() -> None:
        turns = Turns(1, lambda: now[0])
        await order(turns, *["early"] * 5)
        for _ in range(2):
            now[0] += LATELY + 1
            await order(turns, "somebody")
        assert await order(turns, "somebody", "early") == ["early", "somebody"]

    asyncio.run(scenario())


@pytest.mark.parametrize("after", ["waiting", "its turn came"])
def test_whoever_leaves_holds_up_nobody(after: str) -> None:
    async def scenario() -> None:
        turns = Turns(1)
        async with turns.one("first"):
            leaving = asyncio.create_task(order(turns, "inner"))
            await asyncio.sleep(0)
            if after == "waiting":
                leaving.cancel()
                await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        async with asyncio.timeout(1), turns.one("next"):
            pass

    asyncio.run(scenario())
