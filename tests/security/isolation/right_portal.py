"""Who may call a handler or a route, and how: what `right_events` and `right_calls` are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.security.isolation.written import World

Sent = Callable[[World], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Event:
    """A handler: who may call it, on which page, with what, and what was done before.

    `before` is what they did themselves, `meanwhile` what others did then.
    """

    asker: str
    address: Callable[[World], str] | str = "/"
    arguments: Sent = lambda _: {}
    before: tuple[tuple[str, Sent], ...] = ()
    meanwhile: Callable[[World], None] = lambda _: None

    def page(self, world: World) -> str:
        """Return the address of the page on which it is called."""
        return self.address if isinstance(self.address, str) else self.address(world)


@dataclass(frozen=True, slots=True)
class Call:
    """A route: who may call it, with which parts of the path, query and form.

    `before` are the forms that they sent before, by their route, and `others` the calls of the
    same address with a form of another kind.
    """

    asker: str
    form: Sent = lambda _: {}
    path: Sent = lambda _: {}
    query: Sent = lambda _: {}
    refused: str = ""  # what is said when what it needs is not in this world
    kept: tuple[str, ...] = ()
    before: tuple[tuple[str, Sent], ...] = ()
    others: tuple["Call", ...] = ()

    def all_kinds(self) -> tuple["Call", ...]:
        """Return this call and those with the other forms."""
        return (self, *self.others)


DEMO_DOORS = {
    "CaughtMailState": "demo mode shows its mails to whoever looks",
    "DemoClockState": "in demo mode anybody moves the clock",
    "/dev/": "in production there is no such address",
}
"""What the matrix does not ask, because it is for everybody in demo mode, and only there."""
