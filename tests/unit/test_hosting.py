"""How the portal is built, hosted and developed."""

import asyncio
import os
import re
import socket
import subprocess

import pytest
from reflex_base.environment import EnvironmentVariables

from portal_app.browser.same_origin import ANY_ORIGIN, SameOriginPlugin
from portal_app.errors import CannotStart
from portal_app.hosting import serving, sources
from portal_app.hosting.one_origin import OneOrigin
from portal_app.hosting.reflex_environment import (
    bun,
    environment_of_child,
    reflex_environment,
)
from portal_app.settings import read_settings


@pytest.mark.parametrize("task", ["build", "serve", "develop"])
def test_every_name_set_for_reflex_is_one_that_it_reads(task):
    known = {
        variable.name
        for name in EnvironmentVariables.__annotations__
        if (variable := getattr(EnvironmentVariables, name))
    }
    settings_of_config = {"REFLEX_TELEMETRY_ENABLED"}
    for_others = {"DO_NOT_TRACK"}

    assert set(reflex_environment(task)) - settings_of_config - for_others <= known


def test_a_child_never_thinks_that_it_is_being_tested():
    assert "PYTEST_CURRENT_TEST" in os.environ
    assert not [name for name in environment_of_child("serve") if name.startswith("PYTEST")]


def test_the_javascript_runtime_came_with_the_dependencies():
    assert subprocess.run([bun(), "--version"], check=True, capture_output=True).stdout


def test_a_fingerprint_changes_with_a_page_and_not_with_a_mail(tmp_path):
    page, mail = tmp_path / "portal_app/pages/home.py", tmp_path / "portal_app/mails/hello.txt"
    for file in (page, mail):
        file.parent.mkdir(parents=True)
        file.write_text("before")
    before = sources.fingerprint(tmp_path)

    mail.write_text("after")
    assert sources.fingerprint(tmp_path) == before

    page.write_text("after")
    assert sources.fingerprint(tmp_path) != before


def test_a_fingerprint_changes_when_a_file_is_renamed(tmp_path):
    page = tmp_path / "assets/one.svg"
    page.parent.mkdir()
    page.write_text("picture")
    before = sources.fingerprint(tmp_path)

    page.rename(page.with_name("two.svg"))

    assert sources.fingerprint(tmp_path) != before


def test_a_build_talks_to_the_origin_of_its_page(tmp_path):
    script = tmp_path / "assets/reflex-env-x.js"
    script.parent.mkdir()
    socket_address = ANY_ORIGIN.replace("http", "ws")
    script.write_text(f'var e={{PING:`{ANY_ORIGIN}/ping`,EVENT:"{socket_address}/_event"}};')

    SameOriginPlugin().post_build(static_dir=tmp_path)

    assert script.read_text() == (
        "var e={PING:(location.origin+`/ping`),"
        "EVENT:(location.origin.replace(/^http/,'ws')+\"/_event\")};"
    )


def test_a_build_that_still_names_an_address_is_refused(tmp_path):
    (tmp_path / "a.js").write_text(f'"{ANY_ORIGIN}/ping"')
    (tmp_path / "index.html").write_text(f"<link href={ANY_ORIGIN}>")

    with pytest.raises(RuntimeError, match=r"index\.html"):
        SameOriginPlugin().post_build(static_dir=tmp_path)


def test_a_build_without_addresses_is_refused(tmp_path):
    (tmp_path / "a.js").write_text("1")

    with pytest.raises(RuntimeError, match="No address"):
        SameOriginPlugin().post_build(static_dir=tmp_path)


def test_a_taken_port_is_said_with_what_to_do(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = rf"Port {port} is in use.*PORTAL_PORT={port + 1}"
        monkeypatch.setattr(serving, "settings", read_settings(port=port))

        with pytest.raises(CannotStart, match=sentence):
            serving.refuse_if_taken()


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
    assert OneOrigin(portal_port=1, page_port=2).port_for(head) == port


async def _answer_once(head: bytes) -> tuple[bytes, bytes]:
    """Return what the portal behind the one origin received, and what the browser got back."""
    received = bytearray()

    async def portal(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    behind = await asyncio.start_server(portal, "127.0.0.1", 0)
    origin = OneOrigin(behind.sockets[0].getsockname()[1], page_port=1)
    front = await origin.listen("127.0.0.1", 0)
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
        front = await OneOrigin(nobody, nobody).listen("127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*front.sockets[0].getsockname())
        writer.write(_head("GET / HTTP/1.1"))
        answer = await reader.read()
        writer.close()
        front.close()
        return answer

    assert asyncio.run(ask()).startswith(b"HTTP/1.1 503 ")
