"""The check before each event, on its own: the second lock behind the socket's door."""

import asyncio
from collections.abc import Collection, Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from reflex_base.event.context import EventContext

from portal_app.errors import NotSignedIn
from portal_app.gate import state_tokens
from portal_app.gate.cookies import IssuedCookie, Kind, cookie_name, issue
from portal_app.gate.events import SessionGuard
from portal_app.gate.guest import Guest, SessionFacts, guest
from portal_app.gate.look_up import LookUp


class OnePerson:
    """Sessions that are all the same person's."""

    def alive(self, session_keys: Collection[str]) -> Mapping[str, SessionFacts]:
        """Know every session."""
        return dict.fromkeys(session_keys, SessionFacts(person_id=7))


async def _at_once(work: Any, *values: Any) -> Any:
    return work(*values)


def admitted(cookie: IssuedCookie | None, token: str) -> Guest | None:
    """Return the guest of an event with this cookie and state token, or None when dropped."""
    text = f"{cookie_name()}={cookie.visit.as_text()}" if cookie else "nonsense"
    context: Any = EventContext
    found: list[Guest] = []

    async def event() -> None:
        context.set(
            context(
                token=token,
                state_manager=None,
                enqueue_impl=None,
                router_data={"headers": {"cookie": text}, "ip": "10.0.0.1"},
            )
        )
        nothing: Any = SimpleNamespace()
        guard = SessionGuard(LookUp(OnePerson(), _at_once))
        if await guard.preprocess(nothing, nothing, nothing) is None:
            found.append(guest())
        else:
            with pytest.raises(NotSignedIn):
                guest()

    asyncio.run(event())
    return found[0] if found else None


def test_an_event_with_the_token_of_its_own_session_is_admitted():
    mine = issue(Kind.SESSION)
    who = admitted(mine, state_tokens.bind(mine.visit.key, "tab"))
    assert who == Guest(mine.visit.key, SessionFacts(person_id=7), "10.0.0.1")


def test_an_event_with_the_token_of_another_session_is_dropped():
    mine, other = issue(Kind.SESSION), issue(Kind.SESSION)
    assert admitted(mine, state_tokens.bind(other.visit.key, "tab")) is None
    assert admitted(mine, "tab") is None
    assert admitted(None, state_tokens.bind(other.visit.key, "tab")) is None
