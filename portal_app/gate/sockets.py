"""The door for websockets: Reflex's events."""

import asyncio
import re
from contextvars import ContextVar
from urllib.parse import parse_qs, urlencode

from portal_app.gate import cookies, logs, state_tokens
from portal_app.gate.buckets import Bucket, Buckets
from portal_app.gate.cookies import Visit, cookie_name
from portal_app.gate.headers import let_in_to_socket
from portal_app.gate.look_up import LookUp
from portal_app.gate.scopes import (
    App,
    Message,
    Receive,
    Request,
    Scope,
    Send,
    is_ours,
    request_of,
    tell,
)
from portal_app.gate.tabs import Tab, tabs
from portal_app.settings import settings

_EVENTS = "/_event"
_TOKEN = re.compile(r"[A-Za-z0-9-]{1,80}")
_CONNECT = "40"  # engine.io "message" 4, socket.io "connect" 0
_TAB = "portal.tab"
_LONGEST_QUERY = 500
_TRY_AGAIN = 1013

presenting: ContextVar[Visit | None] = ContextVar("portal_presenting", default=None)
"""The visit whose socket is connecting, while Reflex links it to a state."""


def tab_of(scope: Scope) -> Tab | None:
    """Return the tab to which the gate tied a socket; only the gate can have put it there."""
    found = scope.get(_TAB)
    return found if isinstance(found, Tab) else None


class SocketDoor:
    """Lets in a socket of our own pages with a cookie of ours, and watches its pace."""

    def __init__(self, inner: App, look_up: LookUp) -> None:
        self._inner = inner
        self._look_up = look_up
        self._newcomers = Buckets(
            settings.socket_connects_per_second, settings.socket_connect_burst
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one socket for as long as it lasts."""
        request = request_of(scope)
        visit = cookies.read(request.cookie)
        token = _presented_token(scope)
        if visit is None or token is None or not self._may_come_in(scope, request, visit):
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            facts = await self._look_up.one(visit)
        except Exception as error:  # noqa: BLE001  # a database away: the page tries again by itself
            logs.note_error(error, "socket")
            await send({"type": "websocket.close", "code": _TRY_AGAIN})
            return
        tab = Tab(visit, request.address, asyncio.get_running_loop().create_future(), facts)
        socket = _Socket(tab, receive, send)
        presenting.set(visit)
        tabs.add(tab)
        silence = asyncio.get_running_loop().call_later(
            settings.socket_silence_seconds, _hang_up_if_silent, tab
        )
        try:
            await self._inner(_inside(scope, request, tab, token), socket.receive, socket.send)
        finally:
            silence.cancel()
            tabs.remove(tab)

    def _may_come_in(self, scope: Scope, request: Request, visit: Visit) -> bool:
        in_session, from_address = tabs.count(session_key=visit.key, address=request.address)
        return (
            scope["path"].rstrip("/") == _EVENTS
            and is_ours(request.host)
            and request.is_from_our_pages
            and in_session < settings.sockets_per_session
            and from_address < settings.sockets_per_address
            and self._newcomers.take(request.address)
        )


class _Socket:
    """A socket's two directions, with their limits."""

    def __init__(self, tab: Tab, receive: Receive, send: Send) -> None:
        self._tab = tab
        self._receive = receive
        self._send = send
        self._pace = Bucket(settings.socket_events_per_second, settings.socket_event_burst)

    async def receive(self) -> Message:
        """Hand on what the browser says, until it says too much or the gate hangs up."""
        closing = self._tab.closing
        if not closing.done():
            coming = asyncio.ensure_future(self._receive())
            try:
                await asyncio.wait((coming, closing), return_when=asyncio.FIRST_COMPLETED)
            except asyncio.CancelledError:
                coming.cancel()
                raise
            if not closing.done():
                message = coming.result()
                if message["type"] != "websocket.receive" or self._is_fair(message):
                    return message
                self._tab.hang_up()
            coming.cancel()
        code = closing.result()
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def send(self, message: Message) -> None:
        """Hand on what Reflex says."""
        if not self._tab.closing.done():
            await self._send(message)

    def _is_fair(self, message: Message) -> bool:
        text = message.get("text")
        if text is None or len(text) > settings.socket_message_bytes:
            return False  # Reflex speaks in texts only
        if len(text) * 4 > settings.socket_message_bytes and (
            len(text.encode("utf-8", "replace")) > settings.socket_message_bytes
        ):
            return False
        self._tab.has_spoken = self._tab.has_spoken or text.startswith(_CONNECT)
        return self._pace.take()


def _hang_up_if_silent(tab: Tab) -> None:
    if not tab.has_spoken:
        tab.hang_up()


def _presented_token(scope: Scope) -> str | None:
    query: bytes = scope["query_string"]
    if len(query) > _LONGEST_QUERY:
        return None
    presented = parse_qs(query.decode("latin-1")).get("token", [])
    return presented[0] if len(presented) == 1 and _TOKEN.fullmatch(presented[0]) else None


def _inside(scope: Scope, request: Request, tab: Tab, token: str) -> Scope:
    """Return the scope that Reflex sees: no cookie, no token of the browser's own making."""
    query = {
        name: values[0]
        for name, values in parse_qs(scope["query_string"].decode("latin-1")).items()
        if name in ("EIO", "transport")
    }
    query["token"] = state_tokens.bind(tab.visit.key, token)
    headers = let_in_to_socket(scope["headers"])
    headers.append((b"cookie", f"{cookie_name()}={tab.visit.as_text()}".encode()))
    inside = {
        **scope,
        "headers": headers,
        "query_string": urlencode(query).encode(),
        "client": (request.address, 0),
        _TAB: tab,
    }
    return tell(inside, tab.visit)
