"""The engine: one per process, SQLite or PostgreSQL, and the threads that use it."""

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache, partial
from typing import Any, ParamSpec, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session, create_engine

from portal_app.errors import WrongSetting
from portal_app.settings import settings
from portal_app.turns import Turns, asking_from

P = ParamSpec("P")
T = TypeVar("T")

_PRAGMAS = (
    "journal_mode=WAL",  # readers never wait for the writer
    "synchronous=NORMAL",  # with WAL: safe against a crash of the process
    "busy_timeout=10000",  # milliseconds a writer waits for its turn
    "foreign_keys=ON",
    "cache_size=-16384",  # KiB a connection keeps of the database: a large list fits
)


_PATIENCE_SECONDS = 5  # for a server that says nothing, while connecting

_lent: list[Engine] = []


def engine() -> Engine:
    """Return the engine of this process.

    Raises:
        WrongSetting: the address of the database cannot be understood.
    """
    return _lent[-1] if _lent else _own_engine()


@contextmanager
def using(other: Engine) -> Generator[None]:
    """Work on another database for a while, in every thread of this process."""
    _lent.append(other)
    try:
        yield
    finally:
        _lent.remove(other)


@cache
def _own_engine() -> Engine:
    return make_engine(settings.database)


def make_engine(address: str) -> Engine:
    """Make an engine for `address`, with what each database needs to keep its promises.

    Raises:
        WrongSetting: the address cannot be understood.
    """
    is_sqlite = address.startswith("sqlite")
    options: dict[str, Any] = {} if is_sqlite else {"pool_pre_ping": True}
    if not is_sqlite and "connect_timeout" not in address:
        options["connect_args"] = {"connect_timeout": _PATIENCE_SECONDS}
    if ":memory:" not in address and address != "sqlite://":
        options |= {"pool_size": settings.database_threads + 4, "max_overflow": 4}
    try:
        # Parameters stay out of error messages: they are personal data.
        made = create_engine(address, hide_parameters=True, **options)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as wrong:
        message = (
            "PORTAL_DATABASE_URL cannot be understood: write sqlite:///file.db or "
            "postgresql+psycopg://user:password@host/name."
        )
        raise WrongSetting(message) from wrong
    if is_sqlite:
        make_data_folder()
        event.listen(made, "connect", _prepare_sqlite)
    else:
        event.listen(made, "connect", _prepare_postgresql)
    return made


def make_data_folder() -> None:
    """Make the folder for what the portal keeps, unless it is there.

    Raises:
        WrongSetting: it cannot be made, or nothing can be written in it.
    """
    wanted = "set PORTAL_DATA_DIR to a folder in which the portal may write."
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as refused:
        message = f"The data folder {settings.data_dir} cannot be made: {wanted}"
        raise WrongSetting(message) from refused
    if not os.access(settings.data_dir, os.W_OK | os.X_OK):
        message = f"The portal may not write in the data folder {settings.data_dir}: {wanted}"
        raise WrongSetting(message)


def check() -> None:
    """Ask the database for an answer.

    Raises:
        WrongSetting: it gives none.
    """
    try:
        with engine().connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except DatabaseError as silent:  # also a file that is something else
        message = "The database does not answer: check PORTAL_DATABASE_URL, and that it runs."
        raise WrongSetting(message) from silent


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    # The driver must not begin transactions by itself: the one door does, IMMEDIATE for
    # a write, so that two writers wait for each other instead of failing halfway.
    connection.isolation_level = None  # type: ignore[attr-defined]  # of sqlite3 only
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Session, "after_begin")
def _begin(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    # SQLite: a transaction that reads and then writes fails when another wrote in between
    # ('database is locked'); IMMEDIATE takes its turn at the start.
    if connection.dialect.name == "sqlite" and not transaction.nested:
        writes = session.info.get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgresql(connection: DBAPIConnection, _record: object) -> None:
    # A plan for any values is made as if a page had a tenth of the rows and a keyword were
    # rare: it sorts a whole organisation for 25 of them. Planning each time takes 0.1 ms.
    cursor = connection.cursor()
    cursor.execute("SET plan_cache_mode = force_custom_plan")
    cursor.close()
    connection.commit()


@cache
def _limiter() -> CapacityLimiter:
    return CapacityLimiter(settings.database_threads)


@cache
def _password_limiter() -> CapacityLimiter:
    return CapacityLimiter(settings.password_threads)


@cache
def password_turns() -> Turns:
    """Return the turns that people have in the pool for passwords."""
    return Turns(settings.password_threads)


async def in_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do blocking work, such as a use case, off the event loop in a bounded pool of threads."""
    return await anyio.to_thread.run_sync(partial(work, *args, **kwargs), limiter=_limiter())


async def in_password_thread(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Hash or verify a password: slow on purpose, so in a small pool, by turns."""
    async with password_turns().one(asking_from.get()):
        return await anyio.to_thread.run_sync(
            partial(work, *args, **kwargs), limiter=_password_limiter()
        )
