"""A large world, from a seed of its own: what the benches measure on.

Its rows go in by the driver (executemany, or COPY), because a million of them through the
use cases would take an hour. One organisation has 50,000 candidates and as many payment
codes, one has 1,000, and the others share the rest as companies do: few large, many small.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import Engine
from sqlmodel import SQLModel

from portal_app import clock, database
from portal_app.permissions import Role
from portal_app.unit_of_work import Browser
from tests import factories
from tests.bench.world_rows import COLUMNS, Rows, candidates_of, codes_of

LARGEST, THOUSAND = 50_000, 1_000
_SEED = 7_403
_COMPANIES = 400


@dataclass(frozen=True, slots=True)
class World:
    """Where the benches look: organisations by number, and somebody who may."""

    largest: int
    thousand: int
    manager_of_largest: Browser
    manager_of_thousand: Browser
    staff: Browser
    today: date


def fill(candidates: int) -> World:
    """Fill the portal's own, migrated database with `candidates` and as many payment codes."""
    random = Random(_SEED)  # noqa: S311  # not a secret
    routes = [
        factories.make_route(f"Vakmanschap {code}", code=code, profiles=("Monteur", "1e Monteur"))
        for code in "ABCDEF"
    ]
    companies = [
        factories.make_organisation(f"Bedrijf {number:03d}", number=f"{number:08d}", unit="")
        for number in range(1, _COMPANIES + 1)
    ]
    largest, thousand = companies[0].key, companies[1].key
    shares = [1 / place for place in range(1, len(companies) - 1)]
    others = random.choices(
        [company.key for company in companies[2:]],
        shares,
        k=max(0, candidates - LARGEST - THOUSAND),
    )
    owners = [*[largest] * min(LARGEST, candidates - THOUSAND), *[thousand] * THOUSAND, *others]
    random.shuffle(owners)  # rows of an organisation do not lie together, as in life
    today = clock.real_now().astimezone(clock.BRUSSELS).date()
    _write(database.engine(), candidates_of(owners, routes, today, random))
    _write(database.engine(), codes_of(owners, routes, random))
    settle(database.engine())
    callers = [_caller(Role.ORGANISATION_MANAGER, one) for one in companies[:2]]
    return World(largest, thousand, *callers, _caller(Role.STAFF, None), today)


def settle(engine: Engine) -> None:
    """Let PostgreSQL do now what its autovacuum does by itself in a real installation."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _write(engine: Engine, portions: Iterable[Rows]) -> None:
    raw = engine.raw_connection()
    cursor = raw.cursor()
    try:
        if engine.dialect.name == "sqlite":
            cursor.execute(
                "PRAGMA cache_size=-400000"
            )  # KiB: indexes of this size are kept in memory
        for rows in portions:
            if engine.dialect.name == "sqlite":
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


def _caller(role: Role, organisation: Any) -> Browser:
    person = factories.make_person("Bente", role.value)
    factories.make_grant(person, role, organisation)
    return Browser(factories.sign_in(person))
