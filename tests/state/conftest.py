"""States without a browser: a page opened at an address by somebody who is signed in."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import RouterData

from portal_app.gate.guest import Guest, SessionFacts, on_behalf_of
from portal_app.models import Person
from tests.harness import cast as the_cast
from tests.harness.cast import Visitor


@dataclass
class OpenPage:
    """A state as it is on one page; `do(state.handler(...))` carries an event out."""

    state: Any
    guest: Guest
    loop: asyncio.AbstractEventLoop

    def go(self, address: str) -> "OpenPage":
        """Let the browser be at another address, and load it."""
        self.state.router = RouterData.from_router_data({"asPath": address})
        self.do(self.state.load())
        return self

    def do(self, event: AsyncGenerator[Any] | Coroutine[Any, Any, Any]) -> list[Any]:
        """Carry out an event; return what it asks of the browser."""

        async def all_of_it() -> list[Any]:
            if isinstance(event, AsyncGenerator):
                return [answer async for answer in event if answer is not None]
            answer = await event
            return [] if answer is None else [answer]

        with on_behalf_of(self.guest):
            return self.loop.run_until_complete(all_of_it())


@pytest.fixture
def open_state(cast) -> Iterator[Callable[..., OpenPage]]:
    """`open_state(State, person or visitor, address)`: open a page and let it load."""
    del cast
    loop = asyncio.new_event_loop()

    def opened(kind: type[rx.State], person: Person | Visitor, address: str) -> OpenPage:
        key = the_cast.acting_as(person).session_key
        root = rx.State(_reflex_internal_init=True)
        state = loop.run_until_complete(root.get_state(kind))
        who = person.key if isinstance(person, Person) else None
        page = OpenPage(state, Guest(key, SessionFacts(person_id=who), "192.0.2.1"), loop)
        return page.go(address)

    yield opened
    loop.close()
