"""The real portal as a process of its own, for tests over real sockets and in real browsers.

It runs the command that operators run, on a free port and in a folder of its own. It
shares the tests' master key, so that a cookie, a code or a password that a test makes is
one of the portal's own.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from portal_app.adapters import secret_keys
from portal_app.settings import settings
from tests.harness import processes

ROOT = Path(__file__).parents[2]
_BUILDS_WITHIN = 240  # seconds: the first server of a session builds the pages
_BROKEN = 500
_BUSINESS_STARTS = "2026-03-02T09:00:00+01:00"  # as the stopped clock; here it ticks


@dataclass
class Portal:
    """A portal that a test may talk to, kill and start again."""

    port: int
    folder: Path
    database_url: str = ""
    redis_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    process: processes.Process | None = None
    catcher_port: int = field(default_factory=processes.free_port)
    command: tuple[str, ...] = ("-m", "portal_app.command", "serve")

    @property
    def origin(self) -> str:
        """The address that people type."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start the process and wait until it answers."""
        with self._log.open("ab") as written:
            self.process = subprocess.Popen(
                [sys.executable, *self.command],
                cwd=ROOT,
                env=processes.clean_environment(**self._environment()),
                stdout=written,
                stderr=written,
                start_new_session=True,  # a group of its own, for `kill`
            )
        processes.wait_until(self.answers, self.process, self._log, seconds=_BUILDS_WITHIN)

    def stop(self) -> None:
        """Stop it as an operator does."""
        if self.process:
            processes.stop(self.process)

    def kill(self) -> None:
        """End it and its workers at once, wherever they are."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def restart(self) -> None:
        """Stop it and start it again, with the same database and port."""
        self.stop()
        self.start()

    def answers(self) -> bool:
        """Tell whether it serves."""
        try:
            return httpx.get(self.origin, timeout=2).status_code < _BROKEN
        except httpx.TransportError:
            return False

    def said(self) -> str:
        """Return everything it has written to its log."""
        return self._log.read_text("utf-8", "replace")

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _environment(self) -> dict[str, str]:
        secret_keys.keyed_digest("tests", "")  # so that the master key is there to share
        return {
            "PORTAL_PORT": str(self.port),
            "PORTAL_DATA_DIR": str(self.folder),
            "PORTAL_DATABASE_URL": self.database_url,
            "PORTAL_REDIS_URL": self.redis_url,
            "PORTAL_CATCHER_PORT": str(self.catcher_port),
            "PORTAL_SECRET_FILE": str(settings.master_key_file.absolute()),
            "PORTAL_BCRYPT_COST": str(settings.bcrypt_cost),
            "PORTAL_TEST_BROKER": "false",
            "PORTAL_NOW": _BUSINESS_STARTS,
            **self.settings,
        }


@contextmanager
def running(
    folder: Path,
    *,
    database_url: str = "",
    redis_url: str = "",
    command: tuple[str, ...] = Portal.command,
    **knobs: str,
) -> Iterator[Portal]:
    """Start a portal; `knobs` are its further settings, such as `PORTAL_IDLE_MINUTES="1"`.

    `command` is what Python runs, for a portal with something planted in it.
    """
    port = processes.free_port()
    portal = Portal(port, folder, database_url, redis_url, knobs, command=command)
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()
        portal.kill()  # workers that outlived it
