"""How the portal is built and hosted."""

import errno
import os
import platform
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from granian import _granian
from reflex_base.environment import EnvironmentVariables

from portal_app.browser.same_origin import ANY_ORIGIN, SameOriginPlugin
from portal_app.errors import CannotStart
from portal_app.hosting import serving, sources
from portal_app.hosting.loopbacks import loopbacks
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
    for_others = {"DO_NOT_TRACK", "_RJEM_MALLOC_CONF"}

    assert set(reflex_environment(task)) - settings_of_config - for_others <= known


@pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"),
    reason="elsewhere the server may come with another allocator, which needs no telling",
)
def test_the_server_reads_how_it_gives_memory_back():
    server = _granian.__file__
    assert server
    assert b"_RJEM_MALLOC_CONF\0" in Path(server).read_bytes()


def test_a_child_never_thinks_that_it_is_being_tested():
    assert "PYTEST_CURRENT_TEST" in os.environ
    assert not [name for name in environment_of_child("serve") if name.startswith("PYTEST")]


def test_a_build_compiles_also_for_a_process_that_serves(monkeypatch):
    for name, value in reflex_environment("serve").items():
        monkeypatch.setenv(name, value)

    assert not any("SKIP_COMPILE" in name for name in environment_of_child("build"))


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


def test_a_fingerprint_changes_with_a_brand_file_that_lies_elsewhere(tmp_path, monkeypatch):
    checkout, brand = tmp_path / "checkout", tmp_path / "fund.toml"
    brand.write_text("before")
    own = sources.settings.model_copy(update={"brand": str(brand)})
    monkeypatch.setattr(sources, "settings", own)
    before = sources.fingerprint(checkout)

    brand.write_text("after")

    assert sources.fingerprint(checkout) != before


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


@pytest.mark.parametrize("address", loopbacks())
def test_a_taken_port_is_said_with_what_to_do(monkeypatch, address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.create_server((address, 0), family=family) as taken:
        port = taken.getsockname()[1]
        sentence = rf"Port {port} is in use.*PORTAL_PORT={port + 1}"
        monkeypatch.setattr(serving, "settings", read_settings(port=port))

        with pytest.raises(CannotStart, match=sentence):
            serving.refuse_if_taken()


def test_a_machine_without_ipv6_has_one_loopback(monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EADDRNOTAVAIL, "Cannot assign requested address")

    monkeypatch.setattr(socket, "create_server", refuse)

    assert loopbacks() == ["127.0.0.1"]
