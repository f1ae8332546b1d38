"""The second start: nothing is installed, built or migrated, and no other machine is asked.

How fast that is depends on the machine. So what is judged is what is done; the seconds are
shown with the load, and bounded only so far that a start which does the work of the first is found.
"""

import importlib.util
import json
import os
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest

from portal_app.settings import settings
from tests.harness import figures, processes
from tests.harness.server import ROOT, Portal

_SECONDS = 3  # on a machine that does nothing else
_BUSY = 10  # how many times as long on one that does

# Python says before it looks a name up, connects, or starts a program; a fork inherits that.
_WATCHED = """
import json, os, sys
notes = os.open({notes!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
WHAT = {{"socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.connect": 1,
        "subprocess.Popen": 1, "os.exec": 1, "os.posix_spawn": 1, "os.system": 0}}
def note(event, args):
    if event in WHAT:
        os.write(notes, (json.dumps([event, str(args[WHAT[event]])]) + "\\n").encode())
sys.addaudithook(note)
from portal_app.command import main
sys.exit(main(["serve"]))
"""
_HERE = ("('127.0.0.1', ", "('::1', ", "127.0.0.1", "::1", "localhost", "None")


@dataclass
class Registry:
    """What stands where a package registry or a proxy would, and counts who comes."""

    listener: socket.socket
    visits: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def watch(self) -> None:
        """Send everybody away, and write down that they came."""
        while True:
            try:
                visitor, _ = self.listener.accept()
            except OSError:  # it was closed: the test is over
                return
            with visitor:
                visitor.settimeout(1)
                self.visits.append(repr(visitor.recv(200)))


@pytest.fixture
def registry() -> Iterator[Registry]:
    """The only registry and proxy that the portal is told of."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        made = Registry(listener)
        Thread(target=made.watch, daemon=True).start()
        yield made
        listener.shutdown(socket.SHUT_RDWR)


def ways_out(registry: Registry) -> dict[str, str]:
    """Return the variables that lead pip, bun and every HTTP client to our registry."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PIP_INDEX_URL", "UV_INDEX_URL")
    bun = ("NPM_CONFIG_REGISTRY", "BUN_CONFIG_REGISTRY")
    led = dict.fromkeys((*names, *bun), registry.address)
    return led | {name.lower(): registry.address for name in names[:3]} | {"NO_PROXY": ""}


def built_files() -> dict[str, int]:
    """Return when each file of the built pages was written."""
    pages = ROOT / settings.pages_dir
    files = [*(pages / "build").rglob("*"), *pages.glob("*.*")]
    return {str(file): file.stat().st_mtime_ns for file in files if file.is_file()}


def schema_of(portal: Portal) -> tuple[int, str]:
    """Return how often the tables were changed, and the revision."""
    with sqlite3.connect(portal.folder / "portal.db") as connection:
        (changes,) = connection.execute("PRAGMA schema_version").fetchone()
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return changes, revision


def test_the_second_start_asks_nobody_and_does_nothing_twice(tmp_path: Path, registry: Registry):
    portal = Portal(processes.free_port(), tmp_path)
    notes = tmp_path / "notes"
    try:
        portal.start()
        portal.stop()
        said_first, pages, schema = portal.said(), built_files(), schema_of(portal)
        portal.command = ("-c", _WATCHED.format(notes=str(notes)))
        portal.settings = ways_out(registry)

        began = time.monotonic()
        portal.start()
        took = time.monotonic() - began
        portal.stop()
    finally:
        portal.kill()

    said = portal.said().removeprefix(said_first)
    figures.write("Second start", "to its first answer", seconds=took, load=os.getloadavg()[0])
    assert "The demo world was loaded" in said_first
    assert "The demo world is there" in said
    assert "Building the pages" not in said
    assert (built_files(), schema_of(portal)) == (pages, schema)
    assert pages
    done = [json.loads(line) for line in notes.read_text("utf-8").splitlines()]
    started = [what for event, what in done if not event.startswith("socket.")]
    outside = [what for event, what in done if event.startswith("socket.") and not is_here(what)]
    assert started == [], "the second start needs no other program"
    assert outside == [], "the second start needs no other machine"
    assert registry.visits == []
    assert took < _SECONDS * _BUSY


def is_here(what: str) -> bool:
    """Tell whether an address or a name is of this machine."""
    return what.startswith(_HERE) or what == socket.gethostname()


def test_the_watch_on_the_start_sees_programs_and_other_machines(tmp_path: Path, registry):
    notes = tmp_path / "notes"
    watched = _WATCHED.format(notes=str(notes)).partition("from portal_app")[0] + (
        "import socket, subprocess\n"
        "subprocess.run([sys.executable, '-c', ''])\n"
        "with socket.socket() as one:\n"
        "    one.settimeout(0.01)\n"
        "    try: one.connect(('192.0.2.1', 80))\n"
        "    except OSError: pass\n"
        "import urllib.request\n"
        "try: urllib.request.urlopen('http://elsewhere.example/')\n"
        "except OSError: pass\n"
    )
    environment = processes.clean_environment(**ways_out(registry))
    process = processes.Process([sys.executable, "-c", watched], env=environment)
    assert process.wait(60) == 0

    done = [json.loads(line) for line in notes.read_text("utf-8").splitlines()]
    assert ["subprocess.Popen", str([sys.executable, "-c", ""])] in done
    assert ["socket.connect", "('192.0.2.1', 80)"] in done
    assert [what for event, what in done if event == "socket.connect" and not is_here(what)] == [
        "('192.0.2.1', 80)"
    ]
    assert len(registry.visits) == 1  # which came through the proxy


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`scripts/set_up.py` as it is in a checkout of its own, in which it made `.venv` once."""
    scripts = tmp_path / "scripts"
    scripts.mkdir()
    for name in ("scripts/set_up.py", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    where = importlib.util.spec_from_file_location("set_up", scripts / "set_up.py")
    assert where
    assert where.loader
    module = importlib.util.module_from_spec(where)
    where.loader.exec_module(module)
    monkeypatch.chdir(tmp_path)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return module


def test_what_is_installed_is_not_installed_again(set_up: ModuleType, tmp_path: Path, monkeypatch):
    ran: list[list[str]] = []
    monkeypatch.setattr(set_up.subprocess, "call", lambda words, **_: ran.append(words) or 0)
    set_up.main("run")
    assert any("--require-hashes" in words for words in ran)

    ran.clear()
    set_up.main("run")
    assert ran == []

    (tmp_path / "requirements.lock").write_text("changed", "utf-8")
    set_up.main("run")
    assert any("--require-hashes" in words for words in ran)
