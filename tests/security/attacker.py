"""A browser without manners: it says what it likes over HTTP and the socket."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from socket import create_connection
from typing import Any
from urllib.parse import urlencode

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.security.serving import GateApp

ROOT_STATE = "reflex___state____state"
SHOP = f"{ROOT_STATE}.gate_app___gate_app____shop"
OFFICE = f"{ROOT_STATE}.gate_app___gate_app____office"
HYDRATE = f"{ROOT_STATE}.hydrate_and_load"
_HERE = {"pathname": "/", "asPath": "/"}


@dataclass
class Answer:
    """What came back over HTTP."""

    status: int
    headers: dict[str, str]
    body: str
    cookies: list[str] = field(default_factory=list)


def ask(
    app: GateApp,
    path: str = "/",
    *,
    method: str = "GET",
    form: dict[str, str] | None = None,
    body: bytes | None = None,
    **headers: str,
) -> Answer:
    """Send one request; underscores in header names become dashes."""
    connection = HTTPConnection("localhost", app.port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Host", app.host)
    if form is not None:
        named.setdefault("Content-Type", "application/x-www-form-urlencoded")
        body = urlencode(form).encode()
    try:
        connection.request(method, path, body=body, headers=named)
        response: HTTPResponse = connection.getresponse()
        return Answer(
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read().decode("utf-8", "replace"),
            response.headers.get_all("set-cookie") or [],
        )
    finally:
        connection.close()


def visitor(app: GateApp) -> str:
    """Open a page and return the cookie it gave, as `name=value`."""
    return ask(app, Accept="text/html").cookies[0].partition(";")[0]


def signed_in(app: GateApp, person: int = 7) -> str:
    """Sign in and return the cookie."""
    answer = ask(app, "/enter", method="POST", form={"person": str(person)}, Origin=app.origin)
    return answer.cookies[0].partition(";")[0]


class Socket:
    """One open socket."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.new_token = ""

    def say(self, text: str | bytes) -> None:
        """Send a frame, whatever it is."""
        self._connection.send(text)

    def emit(self, *words: object) -> None:
        """Send a socket.io message of any name."""
        self.say(f"42/_event,{json.dumps(words)}")

    def event(self, name: str, payload: object = None, place: object = _HERE) -> None:
        """Ask for a handler."""
        self.emit("event", {"name": name, "payload": payload or {}, "router_data": place})

    def connect(self, **auth: object) -> None:
        """Connect to the namespace."""
        self.say(f"40/_event,{json.dumps(auth)}")

    def hydrate(self, seconds: float = 5) -> str:
        """Connect as a page does, and return all that the server tells."""
        self.connect(event={"name": HYDRATE, "payload": {}, "router_data": _HERE})
        return self.hear_until('"is_hydrated_rx_state_":true', seconds)

    def hear(self, seconds: float = 0.3) -> str:
        """Return everything that comes until it is quiet for a while; "CLOSED" when it is over."""
        heard: list[str] = []
        try:
            while True:
                heard.append(self._next(seconds))
        except TimeoutError:
            pass
        except ConnectionClosed:
            heard.append("CLOSED")
        return "\n".join(heard)

    def hear_until(self, words: str, seconds: float = 5) -> str:
        """Return everything that comes up to a message with `words` in it."""
        heard: list[str] = []
        deadline = time.monotonic() + seconds
        try:
            while not heard or words not in heard[-1]:
                heard.append(self._next(max(0.0, deadline - time.monotonic())))
        except TimeoutError:
            message = f"{words!r} did not come, but {heard!r}"
            raise AssertionError(message) from None
        except ConnectionClosed:
            heard.append("CLOSED")
            if words != "CLOSED":
                message = f"closed before {words!r}: {heard!r}"
                raise AssertionError(message) from None
        return "\n".join(heard)

    def _next(self, seconds: float) -> str:
        while (text := str(self._connection.recv(timeout=seconds))) == "2":
            self.say("3")
        if text.startswith('42/_event,["new_token"'):
            self.new_token = json.loads(text.partition(",")[2])[1]
        return text


@contextmanager
def socket(
    app: GateApp,
    cookie: str | None,
    *,
    token: str = "tab-1",  # noqa: S107  # no secret: any tab makes up its own
    origin: str | None = None,
    host: str = "",
    headers: dict[str, str] | None = None,
    subprotocols: list[str] | None = None,
    address: str = "127.0.0.1",
) -> Iterator[Socket]:
    """Open a socket from a page of the app, unless told otherwise."""
    named = {"Cookie": cookie} if cookie else {}
    named["Origin"] = app.origin if origin is None else origin
    with connect(
        f"ws://{host or app.host}/_event/?EIO=4&transport=websocket&token={token}",
        sock=create_connection(("127.0.0.1", app.port), source_address=(address, 0)),
        additional_headers={name: value for name, value in named.items() if value}
        | (headers or {}),
        subprotocols=[Subprotocol(name) for name in subprotocols or ()] or None,
        compression=None,
        max_size=None,
    ) as connection:
        opened = Socket(connection)
        assert opened._next(5).startswith("0")
        yield opened


def is_refused(app: GateApp, cookie: str | None, **how: Any) -> bool:
    """Tell whether a socket is refused."""
    try:
        with socket(app, cookie, **how):
            return False
    except InvalidStatus:
        return True


def count(attacker: Socket, number: int = 1) -> str:
    """Count with the shop's handler; the proof that a socket still works."""
    attacker.event(f"{SHOP}.add", {"number": number})
    return attacker.hear_until("count_rx_state_")
