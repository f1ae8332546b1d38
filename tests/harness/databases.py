"""A migrated database of its own for every test: migrated once a session, copied per test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal, Protocol

from sqlalchemy import Engine

from portal_app import database, migrations
from tests.harness.postgres import PostgresServer

Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql")
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Database:
    """A database that a test has to itself."""

    kind: Kind
    address: str
    engine: Engine


class Source(Protocol):
    """Gives out databases of one kind."""

    kind: Kind

    def empty(self) -> str:
        """Make a database without tables; return its address."""
        ...

    def copy(self) -> str:
        """Make a database with all tables, and without rows; return its address."""
        ...

    def drop(self, address: str) -> None:
        """Throw a database away."""
        ...


class SqliteSource:
    """Gives out SQLite files in `folder`."""

    kind: Kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        _migrate(f"sqlite:///{self._template}")

    def empty(self) -> str:
        """Name a file that is not there yet."""
        return f"sqlite:///{self._folder / f'{next(_numbers)}.db'}"

    def copy(self) -> str:
        """Copy the migrated file."""
        address = self.empty()
        shutil.copyfile(self._template, _file_of(address))
        return address

    def drop(self, address: str) -> None:
        """Remove the file, and its write-ahead log."""
        for ending in ("", "-wal", "-shm"):
            Path(f"{_file_of(address)}{ending}").unlink(missing_ok=True)


class PostgresSource:
    """Gives out databases of `server`."""

    kind: Kind = "postgresql"

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        server.create("migrated")
        _migrate(server.address("migrated"))

    def empty(self) -> str:
        """Make a database from PostgreSQL's own template."""
        return self._make("template1")

    def copy(self) -> str:
        """Make a database from the migrated template."""
        return self._make("migrated")

    def drop(self, address: str) -> None:
        """Drop the database."""
        self._server.drop(address.partition("@/")[2].partition("?")[0])

    def _make(self, template: str) -> str:
        name = f"test_{next(_numbers)}"
        self._server.create(name, template=template)
        return self._server.address(name)


@contextmanager
def one_of(source: Source, *, migrated: bool = True) -> Iterator[Database]:
    """Give out a database and make it the portal's own for as long as it is used."""
    address = source.copy() if migrated else source.empty()
    engine = database.make_engine(address)
    try:
        with database.using(engine):
            yield Database(source.kind, address, engine)
    finally:
        engine.dispose()
        source.drop(address)


def _migrate(address: str) -> None:
    engine = database.make_engine(address)
    migrations.upgrade(engine)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # so that the file alone is the whole database
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


def _file_of(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))
