"""What is installed is exactly what was locked, from wherever it comes."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
_PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_no_path_and_no_option(lock):
    told = [line for line in _read(lock).splitlines() if not line.startswith("    --hash=sha256:")]

    assert [line for line in told if not re.fullmatch(r"[a-z0-9._-]+==\S+( ; .+)? \\", line)] == []


def test_what_runs_the_portal_is_also_what_is_developed_with():
    runs, develops = (set(_PINNED.findall(_read(lock))) for lock in LOCKS)

    assert runs <= develops, "Run `make lock`."


def test_the_locked_reflex_is_the_one_that_hosting_was_written_for():
    assert ("reflex", "0.10.1") in _PINNED.findall(_read("requirements.lock"))
    assert '"reflex==0.10.1"' in _read("pyproject.toml")


def test_the_javascript_side_is_locked_without_hosts():
    assert "://" not in _read("reflex.lock/bun.lock")
    packages = json.loads(_read("reflex.lock/package.json"))
    assert packages["dependencies"]["react"] in _read("reflex.lock/bun.lock")
