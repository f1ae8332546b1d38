"""Writing rows around the one door, and reading them back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import TypeVar

from sqlalchemy import inspect
from sqlmodel import Session, SQLModel, select

from portal_app import database
from portal_app.tenant_net import EVERYWHERE
from tests.harness.stopped_clock import NOW

LONG_AGO = NOW - timedelta(days=60)
LONG_AGO_DAY = LONG_AGO.date()
serial = count(1)
"""Numbers for what must differ."""

_Row = TypeVar("_Row", bound=SQLModel)
_finishing: list[Callable[[SQLModel], None]] = []


@contextmanager
def finishing(finish: Callable[[SQLModel], None]) -> Iterator[None]:
    """Have `finish` change every row before it is written, for as long as the block lasts."""
    _finishing.append(finish)
    try:
        yield
    finally:
        _finishing.remove(finish)


def write(row: _Row) -> _Row:
    """Write a row of any organisation, in a transaction of its own, and return it."""
    for finish in _finishing:
        finish(row)
    with everywhere() as session, session.begin():
        session.add(row)
    return row


def rewrite(row: _Row) -> _Row:
    """Write a row that was changed, as it stands."""
    with everywhere() as session, session.begin():
        session.add(row)
    return row


def all_of(table: type[_Row]) -> list[_Row]:
    """Return the rows of a table, oldest first."""
    with everywhere() as session:
        return list(session.exec(select(table).order_by(*inspect(table).primary_key)))


def everywhere() -> Session:
    """Open a session that sees every organisation."""
    session = Session(database.engine(), expire_on_commit=False)
    session.info["scope"] = EVERYWHERE
    return session
