"""Fixtures for every test: databases, Redis, a clock that stands still, and the cast.

A test that uses `database` (or anything that stands on it, such as `cast`) runs on SQLite
and on PostgreSQL when it lies under `tests/services` or is marked `both_databases`;
elsewhere SQLite is enough.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from portal_app import clock
from portal_app.models import Person
from portal_app.permissions import Role
from tests.harness import cast as the_cast
from tests.harness import databases, figures, postgres, valkey
from tests.harness.cast import Cast
from tests.harness.databases import Database, PostgresSource, Source, SqliteSource
from tests.harness.postgres import PostgresServer
from tests.harness.stopped_clock import StoppedClock
from tests.harness.valkey import ValkeyServer
from tests.services import managing

_HERE = Path(__file__).parent
_REAL_TIME = ("e2e", "security", "bench", "soak")
_TOGETHER = ("security",)  # shares servers and builds, which take long to make


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks."""
    for mark in (
        "covers(*requirements): the requirements that the test shows to be met",
        "both_databases: runs on SQLite and on PostgreSQL",
    ):
        config.addinivalue_line("markers", mark)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests run in one process, when there are several.

    A folder's, a file's, or the journeys on one database, which share a portal and a browser.
    """
    for item in items:
        within = next((name for name in _TOGETHER if _is_under(item.path, name)), item.path.stem)
        if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
            within = item.callspec.params.get("stage", within)
        item.add_marker(pytest.mark.xdist_group(within))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what the soak came to."""
    if tables := figures.tables():
        terminalreporter.write_line(f"\n{tables}\n")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on both databases where that matters."""
    if "source" in metafunc.fixturenames:
        both = (
            _is_under(metafunc.definition.path, "services")
            or metafunc.definition.get_closest_marker("both_databases") is not None
        )
        kinds = databases.KINDS if both else databases.KINDS[:1]
        metafunc.parametrize("source", kinds, indirect=True, ids=kinds)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A real PostgreSQL, started at its first use."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[ValkeyServer]:
    """A real Valkey, started at its first use."""
    with valkey.running() as server:
        yield server


@pytest.fixture
def redis_url(valkey_server: ValkeyServer) -> str:
    """The address of an empty Valkey."""
    valkey_server.clear()
    return valkey_server.address()


@pytest.fixture(scope="session")
def sqlite_source(tmp_path_factory: pytest.TempPathFactory) -> SqliteSource:
    """Gives out SQLite files."""
    return SqliteSource(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_source(postgres_server: PostgresServer) -> Iterator[PostgresSource]:
    """Gives out PostgreSQL databases."""
    source = PostgresSource(postgres_server)
    yield source
    source.close()


@pytest.fixture
def source(request: pytest.FixtureRequest) -> Source:
    """Gives out databases of the kind on which the test runs."""
    return request.getfixturevalue(f"{request.param}_source")


@pytest.fixture
def database(request: pytest.FixtureRequest, source: Source) -> Iterator[Database]:
    """A migrated database, which is the portal's own during the test.

    Without rows, or with the rows of the cast when the test asks for `cast`.
    """
    template = the_cast.CAST if "cast" in request.fixturenames else databases.MIGRATED
    with source.lend(template) as made:
        yield made


@pytest.fixture
def empty_database(source: Source) -> Iterator[Database]:
    """A database without tables, which is the portal's own during the test."""
    with source.lend(None) as made:
        yield made


@pytest.fixture(autouse=True)
def stopped_clock(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> StoppedClock | None:
    """The clock, which stands at Monday 2 March 2026, 09:00 in Brussels, until it is advanced.

    Tests of a running server live in real time.
    """
    if any(_is_under(request.path, folder) for folder in _REAL_TIME):
        return None
    stopped = StoppedClock()
    monkeypatch.setattr(clock, "real_now", stopped)
    return stopped


@pytest.fixture
def now(stopped_clock: StoppedClock) -> datetime:
    """The moment at which the test begins, in UTC."""
    return stopped_clock.at


@pytest.fixture
def cast(database: Database) -> Cast:
    """Alice, Bob, Charlie and the others, in the test's database."""
    del database  # it only has to be there
    return the_cast.present()


@pytest.fixture
def hanna(cast: Cast) -> Person:
    """The main access manager of VAK."""
    return managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.vak)


@pytest.fixture
def acting_as(database: Database) -> Callable[..., Any]:
    """`acting_as(person, organisation=None)`: sign in and return the caller."""
    del database
    return the_cast.acting_as


@pytest.fixture
def run_as(database: Database) -> Callable[..., Any]:
    """`run_as(person or caller, use_case, **arguments)`: run it on somebody's behalf."""
    del database
    return the_cast.run_as


def _is_under(path: Path, folder: str) -> bool:
    return path.is_relative_to(_HERE / folder)
