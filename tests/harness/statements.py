"""What is asked of a database while a test looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.harness.databases import Database


@contextmanager
def asked_of(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Hear what is asked of a database."""
    said: list[tuple[str, Any]] = []

    def hear(_connection, _cursor, statement, values, _context, _many) -> None:
        said.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)
