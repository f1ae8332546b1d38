"""A database of its own for every test, copied from a template that is made once a session."""

import shutil
from collections.abc import Callable, Iterator
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


@dataclass(frozen=True, slots=True)
class Database:
    """A database that a test has to itself."""

    kind: Kind
    address: str
    engine: Engine


@dataclass(frozen=True, slots=True)
class Template:
    """What a database starts with: all that `base` has, and then what `fill` adds.

    `fill` works on the portal's own database, which is the template while it is made.
    """

    name: str
    base: "Template | None"
    fill: Callable[[], object]


MIGRATED = Template("migrated", None, migrations.upgrade)
"""All tables, no rows."""


class Source(Protocol):
    """Gives out databases of one kind."""

    kind: Kind
    templates: dict[str, str]  # where each is, by name

    def new(self, template: str | None) -> str:
        """Make a database as a copy of `template`, or an empty one; return its address."""
        ...

    def drop(self, address: str) -> None:
        """Throw a database away."""
        ...


class SqliteSource:
    """Gives out SQLite files in `folder`."""

    kind: Kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.templates: dict[str, str] = {}
        self._folder = folder
        self._numbers = count(1)

    def new(self, template: str | None) -> str:
        """Copy the template's file, or name one that is not there yet."""
        address = f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"
        if template:
            shutil.copyfile(_file_of(template), _file_of(address))
        return address

    def drop(self, address: str) -> None:
        """Remove the file, and its write-ahead log."""
        for ending in ("", "-wal", "-shm"):
            Path(f"{_file_of(address)}{ending}").unlink(missing_ok=True)


class PostgresSource:
    """Gives out databases of `server`."""

    kind: Kind = "postgresql"

    def __init__(self, server: PostgresServer) -> None:
        self.templates: dict[str, str] = {}
        self._server = server
        self._numbers = count(1)

    def new(self, template: str | None) -> str:
        """Copy the template, or PostgreSQL's own."""
        name = f"test_{next(self._numbers)}"
        self._server.create(name, template=_name_of(template) if template else "template1")
        return self._server.address(name)

    def drop(self, address: str) -> None:
        """Drop the database."""
        self._server.drop(_name_of(address))


@contextmanager
def one_of(source: Source, template: Template | None = MIGRATED) -> Iterator[Database]:
    """Give out a database and make it the portal's own for as long as it is used."""
    address = source.new(_address_of(source, template) if template else None)
    try:
        with in_use(source.kind, address) as made:
            yield made
    finally:
        source.drop(address)


@contextmanager
def in_use(kind: Kind, address: str) -> Iterator[Database]:
    """Make the database at `address` the portal's own for as long as it is used."""
    engine = database.make_engine(address)
    try:
        with database.using(engine):
            yield Database(kind, address, engine)
    finally:
        engine.dispose()  # SQLite folds its write-ahead log back into the file


def _address_of(source: Source, template: Template) -> str:
    if template.name not in source.templates:
        base = _address_of(source, template.base) if template.base else None
        made = source.new(base)
        with in_use(source.kind, made):
            template.fill()
        source.templates[template.name] = made
    return source.templates[template.name]


def _file_of(address: str) -> Path:
    return Path(address.removeprefix("sqlite:///"))


def _name_of(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]
