"""A browser's tab without a browser: Reflex's events over a real websocket.

It speaks the wire itself, so that a test can send what no browser would.
"""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

from reflex_base.constants import Reflex
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from portal_app.gate.cookies import Kind, cookie_name, issue
from portal_app.models import Person
from tests import factories

HYDRATE = "reflex___state____state.hydrate_and_load"
_NAMESPACE = "/_event"
_OPENED, _PING, _PONG, _EVENT = "0", "2", "3", "42" + _NAMESPACE
_CONNECT = "40" + _NAMESPACE


def cookie_of(person: Person | None) -> str:
    """Return a Cookie header: of `person`, signed in anew, or of a visitor."""
    issued = issue(Kind.SESSION if person else Kind.VISITOR)
    if person:
        factories.sign_in(person, key=issued.visit.key)
    return issued.header.partition(";")[0]


def cookie_for_playwright(person: Person, origin: str) -> dict[str, Any]:
    """Return the cookie of a new session in the shape that a browser context takes."""
    value = cookie_of(person).removeprefix(f"{cookie_name()}=")
    return {"name": cookie_name(), "value": value, "url": origin, "httpOnly": True}


class Tab:
    """One open page, as the server knows it."""

    def __init__(
        self,
        origin: str,
        *,
        cookie: str = "",
        path: str = "/",
        token: str | None = None,
        says_it_comes_from: str | None = None,
        address: str = "",
        at: str = "",
    ) -> None:
        """Open the socket, from `address` and to the server `at` an address, where they matter."""
        self.path = path
        self.frames: list[dict[str, Any]] = []
        self.token = token or str(uuid4())
        server = urlsplit(origin)
        self._held = ExitStack()
        self._socket: ClientConnection = self._held.enter_context(
            connect(
                f"ws://{server.netloc}/_event/?EIO=4&transport=websocket&token={self.token}",
                origin=Origin(origin if says_it_comes_from is None else says_it_comes_from),
                subprotocols=[Subprotocol(Reflex.VERSION)],
                additional_headers={"Cookie": cookie} if cookie else {},
                address=(at or server.hostname, server.port),
                source_address=(address, 0) if address else None,
                max_size=None,
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether the server still holds the line."""
        return self._socket.close_code is None

    def hydrate(self) -> list[dict[str, Any]]:
        """Connect as a page does when it opens; return what comes back."""
        self.knock()
        return self.collect()

    def knock(self) -> None:
        """Connect as a page does when it opens, without waiting for what comes back."""
        event = self._event(HYDRATE, {})
        self.send_text(f"{_CONNECT},{json.dumps({'event': event})}")

    def call(self, handler: str, **arguments: Any) -> list[dict[str, Any]]:
        """Send an event by the full name of its handler; return what comes back."""
        self.send(handler, **arguments)
        return self.collect()

    def send(self, handler: str, **arguments: Any) -> None:
        """Send an event, without waiting for what comes back."""
        self.send_text(f"{_EVENT},{json.dumps(['event', self._event(handler, arguments)])}")

    def send_text(self, text: str) -> None:
        """Send anything at all."""
        self._socket.send(text)

    def collect(self, *, quiet_seconds: float = 0.3, longest: float = 5) -> list[dict[str, Any]]:
        """Return the updates that come, until it has been quiet for a while.

        The first one may take as long as `longest`.
        """
        came: list[dict[str, Any]] = []
        deadline = time.monotonic() + longest
        while (left := deadline - time.monotonic()) > 0:
            try:
                text = self._socket.recv(min(left, quiet_seconds) if came else left)
            except (TimeoutError, ConnectionClosed):
                break
            came += self._read(text if isinstance(text, str) else text.decode())
        self.frames += came
        return came

    def collect_until(self, sign: str, *, longest: float = 15) -> list[dict[str, Any]]:
        """Return the updates that come, up to the one that holds `sign` or the end of the line."""
        came: list[dict[str, Any]] = []
        deadline = time.monotonic() + longest
        while (left := deadline - time.monotonic()) > 0:
            try:
                text = self._socket.recv(left)
            except (TimeoutError, ConnectionClosed):
                break
            said = text if isinstance(text, str) else text.decode()
            came += self._read(said)
            if sign in said:
                break
        self.frames += came
        return came

    def wait_for(self, sign: str, *, longest: float = 5) -> None:
        """Wait for an update that holds `sign`, without keeping what comes: to measure."""
        while sign not in (text := self._socket.recv(longest, decode=True)):
            if text == _PING:
                self._socket.send(_PONG)

    def close(self) -> None:
        """Close the page."""
        self._held.close()

    def _event(self, handler: str, arguments: dict[str, Any]) -> dict[str, Any]:
        place = {"pathname": self.path, "asPath": self.path, "query": {}}
        return {"name": handler, "payload": arguments, "router_data": place}

    def _read(self, text: str) -> Iterator[dict[str, Any]]:
        if text == _PING:
            self._socket.send(_PONG)
        elif text.startswith(_EVENT):
            _, update = json.loads(text.removeprefix(f"{_EVENT},"))
            yield json.loads(update) if isinstance(update, str) else update


@contextmanager
def opened(origin: str, person: Person | None = None, **how: Any) -> Iterator[Tab]:
    """Open a page for somebody (a visitor without `person`) and hydrate it."""
    with Tab(origin, cookie=cookie_of(person), **how) as tab:
        tab.hydrate()
        yield tab


def shown(frames: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the values that updates gave to variables, by state and variable; the last wins."""
    values: dict[str, Any] = {}
    for frame in frames:
        for state, changed in (frame.get("delta") or {}).items():
            values |= {f"{state}.{name}": value for name, value in changed.items()}
    return values
