"""The open tabs of this process: every socket that the gate let in."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portal_app.gate.cookies import Visit
from portal_app.gate.guest import SessionFacts

POLICY_VIOLATION = 1008

Update = Any  # reflex.state.StateUpdate: the registry does not look inside
Event = Any  # reflex.event.Event: idem


async def _nowhere(_what: Any) -> None:  # noqa: ANN401  # see above
    """Go nowhere: the tab's socket is not tied to a state yet."""


async def _nothing() -> None:
    """Do nothing: idem."""


@dataclass(eq=False, slots=True, weakref_slot=True)
class Tab:
    """One open socket and the browser behind it."""

    visit: Visit
    address: str
    closing: "asyncio.Future[int]"
    facts: SessionFacts  # at the last look
    place: str = "/"  # the page that it shows, as it says itself
    send: Callable[[Update], Awaitable[None]] = _nowhere  # to the page
    reload: Callable[[], Awaitable[None]] = _nothing  # the page, from the server
    ask: Callable[[Event], Awaitable[None]] = _nowhere  # of its state
    has_spoken: bool = False
    has_acted: bool = False  # somebody did something in it, beyond loading its page
    is_warned: bool = False  # that its session ends soon
    is_shown_out: bool = False  # its session ended: nothing it says counts any more

    def hang_up(self, code: int = POLICY_VIOLATION) -> None:
        """Close the socket."""
        if not self.closing.done():
            self.closing.set_result(code)


class Tabs:
    """Every open tab, by session and by address."""

    def __init__(self) -> None:
        self._by_session: defaultdict[str, set[Tab]] = defaultdict(set)
        self._by_address: defaultdict[str, set[Tab]] = defaultdict(set)

    def add(self, tab: Tab) -> None:
        """Remember an open tab."""
        self._by_session[tab.visit.key].add(tab)
        self._by_address[tab.address].add(tab)

    def remove(self, tab: Tab) -> None:
        """Forget a tab that closed."""
        for group, key in ((self._by_session, tab.visit.key), (self._by_address, tab.address)):
            group[key].discard(tab)
            if not group[key]:
                del group[key]

    def of_session(self, session_key: str) -> Iterable[Tab]:
        """Return the tabs of one session."""
        return tuple(self._by_session.get(session_key, ()))

    def signed_in_sessions(self) -> list[str]:
        """Return the keys of all sessions, without anonymous visitors, that have a tab open."""
        return [key for key, tabs in self._by_session.items() if next(iter(tabs)).visit.is_session]

    def count(self, *, session_key: str, address: str) -> tuple[int, int]:
        """Return how many tabs a session and an address have open."""
        return (
            len(self._by_session.get(session_key, ())),
            len(self._by_address.get(address, ())),
        )


tabs = Tabs()
