"""One address before two servers while developing: the portal, and the page server behind it.

Browsers see one origin, as in production, so cookies and the gate behave as there. What only the
page server knows goes to it directly and keeps loading while the portal restarts after an edit;
everything else passes the portal and its gate.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from portal_app.hosting.reflex_environment import LOOPBACK

# Paths of modules that the page server makes up, and of the folders that it serves.
_MODULES = re.compile(
    rb"/(@|node_modules/|app/|app_components/|components/|styles/|utils/|(env|reflex)\.json)"
)
_CONNECTION = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)
_UPGRADE = re.compile(rb"\r\nupgrade: *websocket", re.IGNORECASE)
_HEAD_BYTES = 64 * 1024
_CHUNK_BYTES = 64 * 1024
_BETWEEN_TRIES = 0.05  # seconds
_NOT_YET = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nRefresh: 1\r\n"
    b"Connection: close\r\n\r\nThe portal is starting.\n"
)


@dataclass(frozen=True, slots=True)
class OneOrigin:
    """Hands each request on to the portal or to the page server, byte for byte."""

    portal_port: int
    page_port: int
    heard: Callable[[bytes], None]
    """Is told every path that a browser gets, so that the pages on screen are known."""
    patience: float = 10
    """For how many seconds a request waits for a server that starts again."""

    async def listen(self, addresses: Sequence[str], port: int) -> asyncio.Server:
        """Start to listen on the one address, by whichever names it has on this machine."""
        return await asyncio.start_server(self._hand_on, addresses, port, limit=_HEAD_BYTES)

    def port_for(self, head: bytes) -> int:
        """Return the port of the server that answers a request with this head."""
        path = head.split(b" ", 2)[1]
        if _UPGRADE.search(head):
            return self.portal_port if path.startswith(b"/_event") else self.page_port
        return self.page_port if _MODULES.match(path) else self.portal_port

    async def _hand_on(self, browser: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await browser.readuntil(b"\r\n\r\n")
            self.heard(head.split(b" ", 2)[1])
            try:
                server, request = await self._connect(self.port_for(head))
            except OSError:
                answer.write(_NOT_YET)
            else:
                request.write(_only_request(head))
                await asyncio.gather(_pour(browser, request), _pour(server, answer))
        answer.close()

    async def _connect(self, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        until = asyncio.get_running_loop().time() + self.patience
        while True:
            try:
                return await asyncio.open_connection(LOOPBACK, port)
            except OSError:
                if asyncio.get_running_loop().time() > until:
                    raise
                await asyncio.sleep(_BETWEEN_TRIES)


def _only_request(head: bytes) -> bytes:
    """Return the head of a request after which the connection closes: the next may go elsewhere."""
    if _UPGRADE.search(head):
        return head
    return _CONNECTION.sub(b"", head)[:-2] + b"Connection: close\r\n\r\n"


async def _pour(source: asyncio.StreamReader, into: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while chunk := await source.read(_CHUNK_BYTES):
            into.write(chunk)
            await into.drain()
    into.close()
