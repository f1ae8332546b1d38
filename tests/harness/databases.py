"""A database of its own for every test, as a template says that was filled once a session.

SQLite copies the template's file. Making a PostgreSQL database takes ten times as long as
a test, so each template is one database, put back to what it was before every use.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal, Protocol

from sqlalchemy import Engine
from sqlmodel import SQLModel

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

    def lend(self, template: Template | None) -> AbstractContextManager[Database]:
        """Give out a database, empty without a template; it is the portal's own meanwhile."""
        ...

    def restore(self, lent: Database, template: Template) -> None:
        """Put a lent database back to what its template says, while the portal uses it."""
        ...


class SqliteSource:
    """Gives out SQLite files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._templates: dict[str, Path] = {}

    @contextmanager
    def lend(self, template: Template | None) -> Iterator[Database]:
        """Give out a copy of the template's file; it is removed afterwards."""
        file = self._new(template)
        with _in_use("sqlite", f"sqlite:///{file}") as made:
            yield made
        for ending in ("", "-wal", "-shm"):
            Path(f"{file}{ending}").unlink(missing_ok=True)

    def restore(self, lent: Database, template: Template) -> None:
        """Take every row from the template's file."""
        names = [table.name for table in SQLModel.metadata.sorted_tables]
        triggers = _triggers(lent.engine)  # some refuse that anything is taken away
        _do(
            lent.engine,
            "PRAGMA foreign_keys=OFF",
            f"ATTACH '{self._file_of(template)}' AS kept",
            "BEGIN IMMEDIATE",
            *(f'DROP TRIGGER main."{name}"' for name in triggers),
            *(f'DELETE FROM main."{name}"' for name in names),
            *(f'INSERT INTO main."{name}" SELECT * FROM kept."{name}"' for name in names),
            *triggers.values(),
            "COMMIT",
            "DETACH kept",
            "PRAGMA foreign_keys=ON",
        )

    def _new(self, template: Template | None) -> Path:
        file = self._folder / f"{next(self._numbers)}.db"
        if template:
            shutil.copyfile(self._file_of(template), file)
        return file

    def _file_of(self, template: Template) -> Path:
        if template.name not in self._templates:
            file = self._new(template.base)
            with _in_use("sqlite", f"sqlite:///{file}"):
                template.fill()
            self._templates[template.name] = file  # closed: the write-ahead log is in it
        return self._templates[template.name]


class PostgresSource:
    """Gives out databases of `server`."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._numbers = count(1)
        self._kept: dict[str, Database] = {}

    @contextmanager
    def lend(self, template: Template | None) -> Iterator[Database]:
        """Give out the template's database as it was, or a new one that is dropped afterwards."""
        if template:
            kept = self._database_of(template)
            _restore(kept.engine)
            with database.using(kept.engine):
                yield kept
            return
        name = self._new(None)
        with _in_use("postgresql", self._server.address(name)) as made:
            yield made
        self._server.drop(name)

    def restore(self, lent: Database, template: Template) -> None:
        """Take every row from what was kept beside the tables."""
        assert lent == self._kept[template.name]
        _restore(lent.engine)

    def close(self) -> None:
        """Let go of every connection."""
        for kept in self._kept.values():
            kept.engine.dispose()

    def _new(self, base: Template | None) -> str:
        name = f"test_{next(self._numbers)}"
        if base:
            engine = self._database_of(base).engine
            _restore(engine)
            engine.dispose()  # nobody may be connected to it while it is copied
        self._server.create(name, template=_name_in(self._kept, base))
        return name

    def _database_of(self, template: Template) -> Database:
        if template.name not in self._kept:
            address = self._server.address(self._new(template.base))
            with _in_use("postgresql", address) as made:
                template.fill()
                _remember(made.engine)
            self._kept[template.name] = Database(
                "postgresql", address, database.make_engine(address)
            )
        return self._kept[template.name]


def _triggers(engine: Engine) -> dict[str, str]:
    """Return the triggers of a SQLite database, each as the statement that makes it."""
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with engine.connect() as connection:
        return {row.name: row.sql for row in connection.exec_driver_sql(made)}


@contextmanager
def _in_use(kind: Kind, address: str) -> Iterator[Database]:
    engine = database.make_engine(address)
    try:
        with database.using(engine):
            yield Database(kind, address, engine)
    finally:
        engine.dispose()


def _name_in(kept: dict[str, Database], template: Template | None) -> str:
    return str(kept[template.name].engine.url.database) if template else "template1"


def _remember(engine: Engine) -> None:
    """Keep the rows of every table beside it, for `_restore`."""
    copies = [f'CREATE TABLE kept."{name}" AS TABLE "{name}"' for name in SQLModel.metadata.tables]
    _do(engine, "DROP SCHEMA IF EXISTS kept CASCADE", "CREATE SCHEMA kept", *copies)


def _restore(engine: Engine) -> None:
    """Put every table back to what `_remember` kept, and its numbers with it."""
    tables = SQLModel.metadata.sorted_tables
    _do(
        engine,
        "SET lock_timeout = '10s'",  # a test left a transaction open: say so
        "SET session_replication_role = replica",  # no foreign keys meanwhile
        *(f'DELETE FROM "{table.name}"' for table in tables),
        *(f'INSERT INTO "{table.name}" SELECT * FROM kept."{table.name}"' for table in tables),
        *(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
            f'COALESCE(MAX(id), 1), MAX(id) IS NOT NULL) FROM "{table.name}"'
            for table in tables
            if "id" in table.columns
        ),
        "RESET session_replication_role",
        "RESET lock_timeout",
    )


def _do(engine: Engine, *commands: str) -> None:
    connection = engine.raw_connection()
    try:
        if engine.dialect.name == "postgresql":
            connection.cursor().execute(";".join(commands))  # in one round trip
            connection.commit()
        else:
            connection.cursor().executescript(";".join(commands))
    finally:
        connection.close()
