"""What stands in the database, by whose it is: to see that nobody else changed it."""

from collections.abc import Collection
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, case, or_, select
from sqlmodel import SQLModel

from tests.security.isolation.callers import ASKERS
from tests.security.isolation.written import World

_PERSONAL = ("person", "browser_session", "email_challenge")  # which people change themselves
_TOLD_OF_PEOPLE = ("name_sort", "display_name", "email", "search")  # in rows of their progress
_TABLES = tuple(SQLModel.metadata.sorted_tables)


class Watch:
    """Knows the rows of one organisation, and sees what became of them."""

    def __init__(self, world: World, owner: str) -> None:
        self._selects = {
            table.name: select(*_watched(world, table)).where(mine).order_by(*_told_by(table))
            for table in _TABLES
            if (mine := _belongs(world, owner, table)) is not None
        }
        self._before: dict[str, str] = {}

    def look(self, connection: Connection) -> None:
        """Remember how the rows stand."""
        self._before = self._now(connection, self._selects)

    def changed(self, connection: Connection, tables: Collection[str] | None = None) -> list[str]:
        """Return in which of the tables a row was changed, added or removed since the look."""
        now = self._now(connection, self._selects if tables is None else tables)
        return [name for name, digest in now.items() if digest != self._before[name]]

    def _now(self, connection: Connection, tables: Collection[str]) -> dict[str, str]:
        return {
            name: sha256(repr(connection.execute(chosen).all()).encode()).hexdigest()
            for name, chosen in self._selects.items()
            if name in tables
        }


def everything(connection: Connection) -> str:
    """Return a digest of all rows of all tables."""
    digest = sha256()
    for table in _TABLES:
        chosen = select(table).order_by(*table.primary_key)
        digest.update(repr(connection.execute(chosen).all()).encode())
    return digest.hexdigest()


def _told_by(table: Table) -> list[Any]:
    """Return the columns that tell the rows of a table apart.

    A row of progress that is built anew has another id: it is told by what it is a row of.
    """
    if table.name != "progress_row":
        return list(table.primary_key)
    return [table.c.organisation_id, table.c.enrolment_id]


def _watched(world: World, table: Table) -> list[Any]:
    """Return what to look at in a table: not what those who ask may change, their own names."""
    if table.name != "progress_row":
        return list(table.columns)
    asking = table.c.person_id.in_(
        [world.people[name].key for name in ASKERS.keys() & world.people.keys()]
    )
    return [
        case((asking, None), else_=column) if column.name in _TOLD_OF_PEOPLE else column
        for column in table.columns
        if not column.primary_key
    ]


def _belongs(world: World, owner: str, table: Table) -> Any:  # SQLAlchemy's own
    organisation = world.organisation(owner)
    own = {row for name in ASKERS for row in world.stamping.own[name] if row[0] in _PERSONAL}
    people = [
        row.key
        for name, row in world.people.items()
        if name.startswith(f"{owner}.") and name not in ASKERS
    ]
    conditions: list[Any] = []
    if table.name == "organisation":
        conditions.append(table.c.id == organisation)
    if "organisation_id" in table.columns:
        conditions.append(table.c.organisation_id == organisation)
    if known := world.stamping.ids.get((owner, table.name)):
        conditions.append(table.c.id.in_([one for one in known if (table.name, one) not in own]))
    if table.name == "account":
        conditions.append(table.c.person_id.in_(people))
    return or_(*conditions) if conditions else None
