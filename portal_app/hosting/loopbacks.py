"""`localhost` by both its addresses: a browser may try either.

Granian listens at one address. So a worker runs a second server of Granian's in the same process,
before the same portal: nothing is passed on, and the gate sees who really asks. Granian calls a
server within a process experimental; the journeys use it, for Chromium tries ::1 first.
"""

import asyncio
import socket

from portal_app.gate.scopes import App, Message, Receive, Scope, Send
from portal_app.hosting.reflex_environment import LOOPBACK

_LOOPBACK_6 = "::1"


def loopbacks() -> list[str]:
    """Return the addresses of this machine that `localhost` may stand for."""
    try:
        socket.create_server((_LOOPBACK_6, 0), family=socket.AF_INET6).close()
    except OSError:
        return [LOOPBACK]
    return [LOOPBACK, _LOOPBACK_6]


class AlsoAt:
    """An ASGI application that is served at one more address, from its start to its end."""

    def __init__(self, inner: App, address: str, port: int) -> None:
        from granian.constants import HTTPModes, Interfaces
        from granian.log import LogLevels
        from granian.server.embed import Server

        self._inner = inner
        self._server = Server(
            inner,
            address=address,
            port=port,
            interface=Interfaces.ASGINL,  # the first server tells it of start and end
            http=HTTPModes.http1,
            log_level=LogLevels.error,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        else:
            await self._inner(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        serving: list[asyncio.Task[None]] = []

        async def send_on(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                serving.append(asyncio.create_task(self._server.serve()))
            await send(message)

        async def receive_first() -> Message:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self._server.stop()
                await asyncio.gather(*serving)
            return message

        await self._inner(scope, receive_first, send_on)
