"""What an older version of the portal held is there after the upgrade, and can be worked with.

`older_rows/<revision>.json` is a data set as that revision held it: of each table the names of
its columns, and then the rows. It was written when that revision was the newest, and is never
changed afterwards. It adds to what the revision named in `after` held, or stands alone (`""`).
"""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Date, DateTime, Engine, MetaData, Table, func, select
from sqlalchemy.exc import IntegrityError

from portal_app import migrations
from portal_app.models import CodeState, OrganisationLink, PaymentCode, Person
from portal_app.reading_payment_codes import CodeListing, CodeStatus
from portal_app.services import candidates, links, payment_codes
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.unit_of_work import run
from tests import factories
from tests.harness.cast import acting_as

pytestmark = pytest.mark.filterwarnings(
    "ignore:autogenerate skipping metadata-specified expression-based",
    "ignore:Skipped unsupported reflection of expression-based index",
)

_FOLDER = Path(__file__).parent / "older_rows"
_OLDER = [
    step.revision
    for step in ScriptDirectory.from_config(migrations.configuration()).walk_revisions()
][:0:-1]

Row = Mapping[str, Any]

CHANGED: dict[str, dict[tuple[str, str], Row]] = {
    # revision that changes it: (table, what finds the row): what it holds afterwards
    "0004": {("payment_code", "FFFF-2222-3333-4444"): {"inactive_at": "2026-01-14T15:05:00"}},
    "0006": {("access_grant", "2026-02-03T09:09:09"): {"capacity": "employer"}},
    "0008": {("browser_session", "5" * 64): {"owes": "password"}},
}
GONE: Mapping[str, frozenset[str]] = {"browser_session": frozenset({"must_change_password"})}
"""Columns of which another tells now what they said: what became of them stands in `CHANGED`."""


def rows_of(revision: str) -> dict[str, list[dict[str, Any]]]:
    """Return what a database of a revision held, by table."""
    written = json.loads((_FOLDER / f"{revision}.json").read_text("utf-8"))
    held = rows_of(written["after"]) if written["after"] else {}
    for table, (columns, *rows) in written["tables"].items():
        held.setdefault(table, []).extend(dict(zip(columns, row, strict=True)) for row in rows)
    return held


def tables_of(connection: Connection) -> dict[str, Table]:
    """Return the tables as they are in the database, in the order in which they refer."""
    there = MetaData()
    there.reflect(connection)
    return {table.name: table for table in there.sorted_tables}


def as_kept(table: Table, row: Row) -> dict[str, Any]:
    """Turn the moments and days of a row into what the database keeps."""
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: Table, name: str, value: Any) -> Any:
    kind = table.columns[name].type
    if isinstance(value, str) and isinstance(kind, DateTime):
        at = datetime.fromisoformat(value)
        return at.replace(tzinfo=UTC) if kind.timezone else at
    if isinstance(value, str) and isinstance(kind, Date):
        return date.fromisoformat(value)
    return value


def lay_down(engine: Engine, revision: str) -> None:
    """Make a database of that revision with its rows, as the portal of then left it."""
    migrations.upgrade(engine, revision)
    rows = rows_of(revision)
    with engine.begin() as connection:
        tables = tables_of(connection)
        assert rows.keys() <= tables.keys()
        for name, table in tables.items():
            for row in rows.get(name, ()):  # one by one: a later revision's have more columns
                connection.execute(table.insert(), as_kept(table, row))
        if engine.dialect.name == "postgresql":
            for name in rows:
                if "id" in tables[name].columns:
                    numbers = func.pg_get_serial_sequence(name, "id")
                    biggest = select(func.max(tables[name].c.id)).scalar_subquery()
                    connection.execute(select(func.setval(numbers, biggest)))


@pytest.fixture(params=_OLDER)
def upgraded(request: pytest.FixtureRequest, empty_database) -> tuple[str, Engine]:
    """A database with the rows of an older revision, brought to the newest; and which it was."""
    lay_down(empty_database.engine, request.param)
    migrations.upgrade(empty_database.engine)
    return request.param, empty_database.engine


def test_every_row_is_there_and_says_what_it_said(upgraded) -> None:
    revision, engine = upgraded
    later = {
        row: values
        for changing, rows in CHANGED.items()
        if changing > revision
        for row, values in rows.items()
    }
    with engine.connect() as connection:
        tables = tables_of(connection)
        for name, rows in rows_of(revision).items():
            table = tables[name]
            found = [dict(row) for row in connection.execute(select(table)).mappings()]
            assert len(found) == len(rows), f"{name}: as many rows as before"
            for row in rows:
                gone = GONE.get(name, frozenset())
                expected = as_kept(
                    table, {column: row[column] for column in row if column not in gone}
                )
                for (where, known_by), values in later.items():
                    if where == name and known_by in row.values():
                        expected |= as_kept(table, values)
                same = [one for one in found if expected.items() <= one.items()]
                assert len(same) == 1, f"{name}: {row} is not there as it was"


def test_the_tables_are_those_of_the_models_and_every_reference_holds(upgraded) -> None:
    _, engine = upgraded
    command.check(migrations.configuration(engine))
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


@pytest.mark.covers("V-36")
@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("BBBB", {"used_by_id": None}),
        ("BBBB", {"used_at": None}),
        ("BBBB", {"state": CodeState.USABLE}),
        ("FFFF", {"inactive_at": None}),
    ],
)
def test_the_constraints_hold_for_the_rows_that_were_there(upgraded, code, wrong) -> None:
    del upgraded
    row = next(one for one in factories.all_of(PaymentCode) if one.code.startswith(code))
    for name, value in wrong.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError):
        factories.rewrite(row)


def test_people_go_on_where_they_were(upgraded) -> None:
    revision, _ = upgraded
    alice = acting_as(person_called("Alice"))

    (candidate,) = run(candidates.overview, alice, wanted=CandidateFilter()).rows
    assert candidate.name == "Berg, Jan van den"
    codes = run(payment_codes.overview, alice, listing=CodeListing()).rows
    by_status = Counter(row.status for row in codes)
    assert by_status == {
        CodeStatus.USABLE: 6,
        CodeStatus.USED: 2,
        CodeStatus.INACTIVE: 2,
        CodeStatus.EXPIRED: 1,
    }
    assert next(row for row in codes if row.code.startswith("BBBB")).used_by == candidate.name
    (link,) = [one for one in factories.all_of(OrganisationLink) if one.ended_at is None]
    unlinked = run(links.unlink, alice, link_ids=(link.key,), reason="left")
    assert unlinked == ("Jan van den Berg",)
    # What is new goes on from the numbers that were there.
    people = rows_of(revision)["person"]
    assert factories.make_person("Nieuw").key == max(one["id"] for one in people) + 1


def person_called(name: str) -> Person:
    return next(one for one in factories.all_of(Person) if one.given_name == name)
