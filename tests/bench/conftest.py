"""The worlds that the benches measure on: made once for all of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from portal_app import database, migrations
from tests.bench.world import World, fill
from tests.harness.databases import KINDS, Database

CANDIDATES = int(os.environ.get("BENCH_CANDIDATES", "1000000"))
FEW = 10_000


@dataclass(frozen=True, slots=True)
class Stage:
    """A filled database."""

    database: Database
    world: World


@contextmanager
def _stage(source: Any, candidates: int) -> Iterator[Stage]:
    with source.lend(None) as lent:
        migrations.upgrade()
        yield Stage(lent, fill(candidates))


@pytest.fixture(scope="session")
def sqlite_large(sqlite_source: Any) -> Iterator[Stage]:
    """The large world in SQLite."""
    with _stage(sqlite_source, CANDIDATES) as made:
        yield made


@pytest.fixture(scope="session")
def sqlite_small(sqlite_source: Any) -> Iterator[Stage]:
    """The organisation of a thousand among 10,000 candidates, in SQLite."""
    with _stage(sqlite_source, FEW) as made:
        yield made


@pytest.fixture(scope="session")
def postgresql_large(postgresql_source: Any) -> Iterator[Stage]:
    """The large world in PostgreSQL."""
    with _stage(postgresql_source, CANDIDATES) as made:
        yield made


@pytest.fixture(scope="session")
def postgresql_small(postgresql_source: Any) -> Iterator[Stage]:
    """The organisation of a thousand among 10,000 candidates, in PostgreSQL."""
    with _stage(postgresql_source, FEW) as made:
        yield made


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Both databases, one after the other."""
    return request.param


@pytest.fixture
def stage(request: pytest.FixtureRequest, kind: str) -> Iterator[Stage]:
    """The large world, which is the portal's own during the test."""
    made: Stage = request.getfixturevalue(f"{kind}_large")
    with database.using(made.database.engine):
        yield made


@pytest.fixture
def small(request: pytest.FixtureRequest, kind: str) -> Stage:
    """The same organisation of a thousand in a small world."""
    return request.getfixturevalue(f"{kind}_small")


@pytest.fixture
def sqlite_stage(sqlite_large: Stage) -> Iterator[Stage]:
    """The large world in SQLite, which is the portal's own during the test."""
    with database.using(sqlite_large.database.engine):
        yield sqlite_large
