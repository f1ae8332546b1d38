"""Who stands at the gate: established before every event, known to every handler."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from portal_app.errors import NotSignedIn
from portal_app.gate.answers import RENEWED


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What the portal knows of a session at this moment."""

    person_id: int | None
    is_staff: bool = False
    ended: bool = False
    reason: str | None = None  # why it ended: a word of `gate.answers`
    grants_version: int = 0
    seconds_left: int | None = None  # until it ends by itself
    can_stay: bool = False  # whether working on puts that off


VISITOR = SessionFacts(person_id=None)
GONE = SessionFacts(person_id=None, ended=True, reason=RENEWED)
"""A session that nobody knows: replaced in its browser, as a new password does, or long over."""


class Sessions(Protocol):
    """Where the gate asks after sessions."""

    def alive(self, session_keys: Collection[str]) -> Mapping[str, SessionFacts]:
        """Return what is known of each session, in one query; an unknown key is left out.

        Runs in the portal's bounded thread pool. It only looks: asking keeps no session alive.
        """
        ...


@dataclass(frozen=True, slots=True)
class Guest:
    """The browser behind an event: its session, as it was when the event began."""

    session_key: str
    facts: SessionFacts
    address: str

    @property
    def is_signed_in(self) -> bool:
        """Whether a person is signed in."""
        return self.facts.person_id is not None and not self.facts.ended


_guest: ContextVar[Guest | None] = ContextVar("portal_guest", default=None)


def guest() -> Guest:
    """Return who is asking.

    Raises:
        NotSignedIn: this is not an event that came through the gate.
    """
    found = _guest.get()
    if found is None:
        raise NotSignedIn
    return found


def welcome(who: Guest) -> None:
    """Make `who` the guest for the rest of this event."""
    _guest.set(who)


@contextmanager
def on_behalf_of(who: Guest) -> Iterator[None]:
    """Run a block as if `who` asked: for tests and jobs that drive handlers themselves."""
    token = _guest.set(who)
    try:
        yield
    finally:
        _guest.reset(token)
