"""Floods a portal for a while: `python flooder.py KIND ORIGIN SECONDS COOKIE`.

It comes from many addresses of loopback, as an attacker with many machines would. At its
end it prints, as JSON, how often it got which answer. A program by itself, so that those
who measure do not share its processor time.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

CANARY = "vloed4711"
VICTIM = f"{CANARY}@slachtoffer.example"
GUESS = "E-7VP775-{:04d}-4567-89AB-CDEF"
_EVENT = "reflex___state____state.hydrate_and_load"
_PLACE = {"pathname": "/overzicht", "asPath": "/overzicht", "query": {}}
_GONE = (OSError, EOFError, TimeoutError, WebSocketException, ValueError, IndexError)
_TOO_LARGE = (70_000, 2_000_000, 30_000_000)
_numbers = count()


class Flood:
    """One flood: where it goes, for how long, and what came of it."""

    def __init__(self, origin: str, seconds: float, cookie: str) -> None:
        self.origin, self.cookie = origin, cookie
        self.host = urlsplit(origin).netloc
        self.port = urlsplit(origin).port
        self.seconds = seconds
        self.came: Counter[str] = Counter()

    async def of(
        self, waves: int, what: Callable[[int], Awaitable[object]], *, again: bool = True
    ) -> None:
        """Do `what` so many times at once, over and over until the time is up."""
        ends_at = time.monotonic() + self.seconds

        async def wave(number: int) -> None:
            while time.monotonic() < ends_at:  # a library may eat the cancelling
                try:
                    self.came[str(await what(number))] += 1
                except _GONE as gone:
                    self.came[type(gone).__name__] += 1
                    await asyncio.sleep(0.05)
                if not again:
                    await asyncio.sleep(self.seconds)

        waiting = [asyncio.create_task(wave(number)) for number in range(waves)]
        await asyncio.sleep(self.seconds)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    async def ask(
        self, address: str, method: str, path: str, cookie: str = "", **form: str
    ) -> tuple[int, str, bytes]:
        """Send one request; return the status, the cookie that came, and the body."""
        body = urlencode(form).encode()
        reader, writer = await self.connection(address)
        try:
            head = (
                f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nOrigin: {self.origin}\r\n"
                f"Connection: close\r\nContent-Length: {len(body)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Accept: {'application/json' if method == 'POST' else 'text/html'}\r\n"
                f"{f'Cookie: {cookie}' if cookie else f'X-None: {CANARY}'}\r\n\r\n"
            )
            writer.write(head.encode() + body)
            answer = await asyncio.wait_for(reader.read(), 120)
        finally:
            writer.close()
        headers, _, content = answer.partition(b"\r\n\r\n")
        cookie = headers.partition(b"et-cookie: ")[2].partition(b";")[0].decode()
        return int(headers.split()[1]), cookie, content

    async def connection(self, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect from an address of loopback."""
        return await asyncio.open_connection("127.0.0.1", self.port, local_addr=(address, 0))

    async def visitor(self, address: str) -> str:
        """Open a page and return the cookie."""
        return (await self.ask(address, "GET", "/uitnodiging"))[1]

    def socket(self, address: str, cookie: str) -> connect:
        """Return a socket to open, as a tab would."""
        return connect(
            f"ws://{self.host}/_event/?EIO=4&transport=websocket&token=tab-{next(_numbers)}",
            host="127.0.0.1",
            port=self.port,
            local_addr=(address, 0),
            origin=self.origin,
            additional_headers={"Cookie": cookie},
            compression=None,
            max_size=None,
        )

    async def post(self, address: str, path: str, cookie: str, **form: str) -> str:
        """Post a form; return what it was told, in a word."""
        status, _, body = await self.ask(address, "POST", path, cookie, **form)
        if status != 200:
            return str(status)
        said = json.loads(body)
        return ",".join(one["key"] for one in said.get("mistakes", ())) or "taken"


def _address(number: int, *, of: int) -> str:
    return f"127.66.{number % of // 250}.{number % of % 250 + 1}"


async def _say_hello(socket: ClientConnection) -> None:
    event = {"name": _EVENT, "payload": {}, "router_data": _PLACE}
    await socket.send(f"40/_event,{json.dumps({'event': event})}")


async def many_sockets(flood: Flood) -> None:
    """Open far more sockets than anybody has tabs, and keep them."""
    addresses, sessions, each = 15, 3, 45
    cookies: dict[tuple[str, int], str] = {}

    async def tab(number: int) -> str:
        address = _address(number, of=addresses)
        owner = (address, number // addresses % sessions)
        await asyncio.sleep(number * 0.004)
        if owner not in cookies:
            cookies[owner] = await flood.visitor(address)
        async with flood.socket(address, cookies[owner]) as socket:
            await _say_hello(socket)
            flood.came["opened"] += 1
            async for said in socket:
                if said == "2":
                    await socket.send("3")
        return "closed"

    await flood.of(addresses * sessions * each, tab, again=False)


async def slow_sockets(flood: Flood) -> None:
    """Send requests a byte at a time, and open sockets that never say a word."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
        while not reader.at_eof():
            writer.write(b"a")
            await writer.drain()
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.read(1000), 1)
        return "hung up"

    async def headers(number: int) -> str:
        reader, writer = await flood.connection(_address(number, of=50))
        flood.came["opened"] += 1
        writer.write(f"GET / HTTP/1.1\r\nHost: {flood.host}\r\nX-{CANARY}: ".encode())
        return await drip(reader, writer)

    async def body(number: int) -> str:
        reader, writer = await flood.connection(_address(number, of=50))
        flood.came["opened"] += 1
        writer.write(
            f"POST /formulieren/aanmelden HTTP/1.1\r\nHost: {flood.host}\r\nOrigin: "
            f"{flood.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            "Content-Length: 5000\r\n\r\nlogin=".encode()
        )
        return await drip(reader, writer)

    async def silence(number: int) -> str:
        address = _address(number, of=50)
        async with flood.socket(address, await flood.visitor(address)) as socket:
            await socket.wait_closed()
        return "hung up"

    await flood.of(600, lambda number: (headers, body, silence)[number % 3](number))


async def giant_frames(flood: Flood) -> None:
    """Send frames that are larger than anything a page says, whole and in pieces."""

    async def giant(number: int) -> str:
        address = _address(number, of=12)
        size = _TOO_LARGE[number % len(_TOO_LARGE)]
        async with flood.socket(address, await flood.visitor(address)) as socket:
            await _say_hello(socket)
            if number % 2:
                await socket.send("4" * size)
            else:
                await socket.send("4" * 1000 for _ in range(size // 1000))
            async for _ in socket:
                pass
        return "hung up"

    await flood.of(24, giant)


async def event_storm(flood: Flood) -> None:
    """Send events without a pause, and without reading what comes back."""

    async def storm(number: int) -> str:
        address = _address(number, of=20)
        async with flood.socket(address, await flood.visitor(address)) as socket:
            await _say_hello(socket)
            event = {"name": _EVENT, "payload": {"vars": CANARY * 100}, "router_data": _PLACE}
            said = f'42/_event,["event",{json.dumps(event)}]'
            for sent in range(5000):
                await socket.send(said)
                flood.came["events"] += 1
                if sent % 20 == 0:
                    await asyncio.sleep(0.002)
        return "sent all"

    await flood.of(40, storm)


async def sign_ins(flood: Flood) -> None:
    """Try passwords, from many addresses, on the accounts of people and on made-up ones."""
    cookies = {number: await flood.visitor(_address(number, of=200)) for number in range(200)}

    async def attempt(number: int) -> str:
        known = "sanne.veldhuis@vakmanschap-demo.example"
        login = known if number % 2 else f"{CANARY}{next(_numbers)}@elders.example"
        address = _address(number, of=200)
        form = {"login": login, "password": f"Geraden-{CANARY}1"}
        return await flood.post(address, "/formulieren/aanmelden", cookies[number], **form)

    await flood.of(200, attempt)


async def code_guesses(flood: Flood) -> None:
    """Guess invitation codes and verification codes."""
    cookies = {number: await flood.visitor(_address(number, of=100)) for number in range(100)}
    for number, cookie in cookies.items():
        form = {"email": f"{CANARY}{number}@elders.example"}
        await flood.post(_address(number, of=100), "/formulieren/registreren/code", cookie, **form)

    async def guess(number: int) -> str:
        made_up = next(_numbers)
        path, code = (
            ("uitnodiging", GUESS.format(made_up % 10_000))
            if number % 2
            else ("registreren/verifieren", f"{made_up % 1_000_000:06d}")
        )
        address = _address(number, of=100)
        return await flood.post(address, f"/formulieren/{path}", cookies[number], code=code)

    await flood.of(100, guess)


async def mail_bombs(flood: Flood) -> None:
    """Have codes mailed to one address over and over, from everywhere."""

    async def send(number: int) -> str:
        address = _address(number, of=60)
        cookie = await flood.visitor(address)
        return await flood.post(address, "/formulieren/registreren/code", cookie, email=VICTIM)

    await flood.of(60, send)


async def downloads(flood: Flood) -> None:
    """Download the largest list there is, many times at once."""

    async def download(number: int) -> str:
        path = "/downloads/overzicht.xlsx" if number % 2 else "/downloads/overzicht.csv"
        status, _, body = await flood.ask(_address(number, of=5), "GET", path, flood.cookie)
        return f"{status}{' empty' if len(body) < 10_000 else ''}"

    await flood.of(30, download)


KINDS: dict[str, Callable[[Flood], Coroutine[Any, Any, None]]] = {
    kind.__name__: kind
    for kind in (
        many_sockets,
        slow_sockets,
        giant_frames,
        event_storm,
        sign_ins,
        code_guesses,
        mail_bombs,
        downloads,
    )
}


def main(kind: str, origin: str, seconds: str, cookie: str = "") -> None:
    """Flood, and print what came of it."""
    flood = Flood(origin, float(seconds), cookie)
    asyncio.run(KINDS[kind](flood))
    print(json.dumps(flood.came.most_common(8)))  # noqa: T201  # the answer


if __name__ == "__main__":
    main(*sys.argv[1:])
