"""How the portal is developed: one origin, and parts that are renewed behind it."""

import asyncio
import re
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from reflex_base.config import get_config

from portal_app.hosting import mistakes
from portal_app.hosting.one_origin import OneOrigin
from portal_app.hosting.renewed import READY, Renewed
from portal_app.hosting.workshop import page_of
from portal_app.languages import catalogue


def _origin(portal_port: int, page_port: int, patience: float = 10) -> OneOrigin:
    return OneOrigin(portal_port, page_port, heard=lambda _path: None, patience=patience)


def _head(line: str, *headers: str) -> bytes:
    return "\r\n".join([line, "Host: localhost", *headers, "", ""]).encode()


@pytest.mark.parametrize(
    ("head", "port"),
    [
        (_head("GET / HTTP/1.1"), 1),
        (_head("POST /aanmelden HTTP/1.1"), 1),
        (_head("GET /health HTTP/1.1"), 1),
        (_head("GET /_event/?token=x HTTP/1.1", "Upgrade: websocket"), 1),
        (_head("GET /?token=y HTTP/1.1", "upgrade: websocket"), 2),
        (_head("GET /@vite/client HTTP/1.1"), 2),
        (_head("GET /app/routes/_index.jsx?t=1 HTTP/1.1"), 2),
        (_head("GET /node_modules/.vite/deps/react.js HTTP/1.1"), 2),
        (_head("GET /aanvragen.json/app/ HTTP/1.1"), 1),
    ],
)
def test_one_origin_hands_each_request_to_the_server_that_knows_it(head, port):
    assert _origin(portal_port=1, page_port=2).port_for(head) == port


async def _answer_once(head: bytes) -> tuple[bytes, bytes]:
    """Return what the portal behind the one origin received, and what the browser got back."""
    received = bytearray()

    async def portal(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    behind = await asyncio.start_server(portal, "127.0.0.1", 0)
    origin = _origin(behind.sockets[0].getsockname()[1], page_port=1)
    front = await origin.listen(["127.0.0.1"], 0)
    reader, writer = await asyncio.open_connection(*front.sockets[0].getsockname())
    writer.write(head)
    answer = await reader.read()
    writer.close()
    for server in (front, behind):
        server.close()
    return bytes(received), answer


def test_one_origin_keeps_what_the_gate_looks_at_and_ends_the_connection():
    head = _head("GET /profiel HTTP/1.1", "Origin: http://localhost:3000", "Connection: keep-alive")

    received, answer = asyncio.run(_answer_once(head))

    assert b"Host: localhost\r\nOrigin: http://localhost:3000\r\n" in received
    assert re.findall(rb"(?i)connection: (.*)\r\n", received) == [b"close"]
    assert answer == b"HTTP/1.1 204 No Content\r\n\r\n"


def test_one_origin_says_that_the_portal_is_starting():
    async def ask() -> bytes:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            nobody = probe.getsockname()[1]
        front = await _origin(nobody, nobody, patience=0).listen(["127.0.0.1"], 0)
        reader, writer = await asyncio.open_connection(*front.sockets[0].getsockname())
        writer.write(_head("GET / HTTP/1.1"))
        answer = await reader.read()
        writer.close()
        front.close()
        return answer

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 503 ")


def test_one_origin_waits_for_a_portal_that_starts_again():
    async def ask() -> bytes:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        front = await _origin(port, port).listen(["127.0.0.1"], 0)
        reader, writer = await asyncio.open_connection(*front.sockets[0].getsockname())
        writer.write(_head("GET / HTTP/1.1"))
        await asyncio.sleep(0.1)
        behind = await asyncio.start_server(_answer_at_once, "127.0.0.1", port)
        answer = await reader.read()
        writer.close()
        for server in (front, behind):
            server.close()
        return answer

    assert asyncio.run(ask()) == b"HTTP/1.1 204 No Content\r\n\r\n"


async def _answer_at_once(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
    writer.close()


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/", "/"),
        ("/aanmelden?reden=verlopen", "/aanmelden"),
        ("/app/routes/_index.jsx?t=17", "/"),
        ("/app/routes/%5Bbeheer%5D.%5Buitnodigingen%5D._index.jsx", "/beheer/uitnodigingen"),
        ("/utils/behaviours/tabs.js", None),
    ],
)
def test_a_page_on_screen_is_known_by_what_its_browser_asked_for(asked, page):
    assert page_of(asked) == page


def _part(line: Connection, source: Path) -> None:
    """Work as a part of the portal does: read what it is made of, and answer with that."""
    word = source.read_text()
    if word == "mistaken":
        return
    line.send(READY)
    line.recv()
    while True:
        line.send(line.recv() == word)


def _has_it(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return time.monotonic() < deadline


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "source"
    file.write_text("first")
    return file


@pytest.fixture
def part(source):
    made = Renewed(_part, source)
    made.renew()
    assert _has_it(made.took_over)
    yield made
    made.end()


def test_a_part_is_renewed_from_the_sources_as_they_are_then(part, source):
    source.write_text("second")
    part.renew()

    assert _has_it(part.took_over)
    assert part.ask("second")
    assert _has_it(part.has_done_it)


def test_a_mistake_leaves_the_part_that_works_and_asks_for_another_try(part, source):
    source.write_text("mistaken")
    part.renew()

    assert _has_it(lambda: not part.took_over() and not part.is_current())
    assert part.ask("first")
    assert _has_it(part.has_done_it)


def test_a_part_that_knows_what_is_no_longer_so_is_not_asked(part):
    part.renew(discard=True)

    assert not part.ask("first")


def test_a_mistake_is_said_with_our_lines_only(capfd):
    try:
        catalogue("xx")
    except FileNotFoundError as error:
        mistakes.say(error)
    said = capfd.readouterr().err

    assert 'File "portal_app/languages.py", line' in said
    assert "FileNotFoundError" in said
    assert "site-packages" not in said


def test_only_development_keeps_what_was_typed():
    names = {plugin.__class__.__name__ for plugin in get_config().plugins}

    assert "SameOriginPlugin" in names
    assert "DevelopmentPagesPlugin" not in names
