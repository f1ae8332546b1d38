"""A large world, from a seed of its own: what the benches measure on.

Its rows go in by the driver (executemany, or COPY), because a million of them through the
use cases would take an hour. One organisation has 50,000 candidates and as many payment
codes, one has 1,000, and the others share the rest as companies do: few large, many small.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import Engine
from sqlmodel import SQLModel

from portal_app import clock, database
from portal_app.models import Person
from portal_app.permissions import Role
from portal_app.unit_of_work import Browser
from tests import factories
from tests.bench.world_rows import COLUMNS, Rows, candidates_of, codes_of

LARGEST, THOUSAND = 50_000, 1_000
_SEED = 7_403
_COMPANIES = 2_000
_CODES_EACH = 2  # payment codes for every candidate
_FOLLOWING = (factories.EMPLOYER, factories.CANDIDATE_FOLLOWING)
_EVENNESS = 8  # the larger, the more alike the other companies are; none is near the largest


_HASTE_OF_SQLITE = ("PRAGMA foreign_keys=OFF", "PRAGMA cache_size=-400000")  # KiB
_HASTE_OF_POSTGRESQL = ("SET session_replication_role = replica",)


@dataclass(frozen=True, slots=True)
class World:
    """Where the benches look: organisations by number, and somebody who may."""

    largest: int
    thousand: int
    manager_of_largest: Person
    manager_of_thousand: Person
    staff: Person
    today: date


def fill(candidates: int) -> World:
    """Fill the portal's own, migrated database with `candidates`, and twice as many codes."""
    random = Random(_SEED)  # noqa: S311  # not a secret
    routes = [
        factories.make_route(f"Vakmanschap {code}", code=code, profiles=("Monteur", "1e Monteur"))
        for code in "ABCDEF"
    ]
    companies = [
        factories.make_organisation(
            f"Bedrijf {number:04d}", number=f"{number:08d}", unit="", capacities=_FOLLOWING
        )
        for number in range(1, _COMPANIES + 1)
    ]
    largest, thousand = companies[0].key, companies[1].key
    shares = [1 / (place + _EVENNESS) for place in range(1, len(companies) - 1)]
    others = random.choices(
        [company.key for company in companies[2:]],
        shares,
        k=max(0, candidates - LARGEST - THOUSAND),
    )
    owners = [*[largest] * min(LARGEST, candidates - THOUSAND), *[thousand] * THOUSAND, *others]
    random.shuffle(owners)  # rows of an organisation do not lie together, as in life
    today = clock.real_now().astimezone(clock.BRUSSELS).date()
    with _indexes_made_afterwards(database.engine()):
        _write(database.engine(), candidates_of(owners, routes, today, random))
        _write(database.engine(), codes_of(owners, _CODES_EACH, routes, random))
    settle(database.engine())
    managers = [_holder(Role.ORGANISATION_MANAGER, one) for one in companies[:2]]
    return World(largest, thousand, *managers, _holder(Role.STAFF, None), today)


def at_work(person: Person) -> Browser:
    """Sign somebody in anew: a session ends when nothing is done for a while."""
    return Browser(factories.sign_in(person))


@contextmanager
def _indexes_made_afterwards(engine: Engine) -> Iterator[None]:
    """Fill first and sort then: ten times as fast as keeping twenty indexes in order."""
    indexes = [index for table in COLUMNS for index in SQLModel.metadata.tables[table].indexes]
    for index in indexes:
        index.drop(engine)
    yield
    for index in indexes:
        index.create(engine)


def settle(engine: Engine) -> None:
    """Let PostgreSQL do now what its autovacuum does by itself in a real installation."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _write(engine: Engine, portions: Iterable[Rows]) -> None:
    raw = engine.raw_connection()
    cursor = raw.cursor()
    is_sqlite = engine.dialect.name == "sqlite"
    # The rows are right by themselves, and looking each number up would take the longest.
    for command in _HASTE_OF_SQLITE if is_sqlite else _HASTE_OF_POSTGRESQL:
        cursor.execute(command)
    try:
        for rows in portions:
            if is_sqlite:
                cursor.execute("BEGIN IMMEDIATE")
            for table, those in rows.items():
                _write_rows(engine, cursor, table, those)
            raw.commit()
    finally:
        raw.invalidate()  # so that the benches get the portal's own settings


def _write_rows(engine: Engine, cursor: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    names = COLUMNS[table].split()
    listed = ", ".join(f'"{name}"' for name in names)
    if engine.dialect.name == "postgresql":
        with cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    columns = SQLModel.metadata.tables[table].columns
    writers = [columns[name].type.bind_processor(engine.dialect) for name in names]
    cursor.executemany(
        f'INSERT INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(names))})',
        [
            tuple(
                write(value) if write else value for write, value in zip(writers, row, strict=True)
            )
            for row in rows
        ],
    )


def _holder(role: Role, organisation: Any) -> Person:
    person = factories.make_person("Bente", role.value)
    factories.make_grant(person, role, organisation)
    return person
