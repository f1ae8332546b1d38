"""The journeys' world: one built portal, one browser, and for every test a fresh start.

Every journey runs twice: on SQLite with everything in memory, and on PostgreSQL with
Valkey; one that is marked `one_database` asks nothing of it, and runs on either. The
database holds the cast at the start of each test; factories write in the database that
the portal uses.
"""

import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from portal_app.models import Person
from scripts.find_chromium import find_or_install
from tests.harness import cast as the_cast
from tests.harness import databases, looking, mailbox, processes, server, sockets
from tests.harness.cast import CAST, Cast
from tests.harness.databases import Database, Source
from tests.harness.looking import WIDTHS, Complaints
from tests.harness.mailbox import Mailbox
from tests.harness.reader import BROWSERS, Reader
from tests.harness.server import Portal

_HERE = Path(__file__).parent
_PATIENCE = 20_000  # milliseconds: a machine may do much else; what is there sooner waits for none


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here as a journey."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker("journey")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a journey on both databases, unless it is marked as asking nothing of them."""
    if "stage" in metafunc.fixturenames:
        kinds = databases.KINDS
        if metafunc.definition.get_closest_marker("one_database"):
            kinds = (_turn(metafunc.definition.name),)
        metafunc.parametrize("stage", kinds, indirect=True, ids=kinds, scope="package")


def _turn(name: str) -> databases.Kind:
    """Return the database on which a journey runs alone: by turns, as much on each."""
    return databases.KINDS[zlib.crc32(name.encode()) % len(databases.KINDS)]


@dataclass(frozen=True, slots=True)
class Stage:
    """A running portal and the database behind it."""

    portal: Portal
    database: Database
    source: Source


@pytest.fixture(scope="package")
def mails() -> Iterator[Mailbox]:
    """Every mail that the portal sends: `mails.wait_for(address, subject=...)`."""
    with mailbox.running() as box:
        yield box


@pytest.fixture(scope="package")
def stage(
    request: pytest.FixtureRequest, mails: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The portal on SQLite with everything in memory, or on PostgreSQL with Valkey."""
    kind = request.param
    source: Source = request.getfixturevalue(f"{kind}_source")
    redis = request.getfixturevalue("valkey_server").address() if kind == "postgresql" else ""
    with (
        source.lend(CAST) as database,
        server.running(
            tmp_path_factory.mktemp(f"portal-{kind}"),
            database_url=database.address,
            redis_url=redis,
            PORTAL_SMTP_URL=mails.address,
            PORTAL_TEST_BROKER="true",
            PORTAL_BROKER_PORT=str(processes.free_port()),
        ) as portal,
    ):
        yield Stage(portal, database, source)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium; scoped to these tests, because its event loop would be in others' way."""
    expect.set_options(timeout=_PATIENCE)
    found = find_or_install()  # asks a Playwright of its own, which may not be inside another
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


@pytest.fixture(autouse=True)
def portal(stage: Stage, mails: Mailbox) -> Portal:
    """The running portal, with the cast and nothing else in its database."""
    if not stage.portal.answers():
        stage.portal.start()  # a journey that failed had stopped it
    stage.source.restore(stage.database, CAST)
    mails.clear()
    return stage.portal


@pytest.fixture(autouse=True)
def looks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Look at the pages of a journey on one of its two databases, for all looks take long."""
    name = request.node.originalname
    is_here = request.node.callspec.params["stage"] == _turn(name)
    with nullcontext() if is_here else looking.elsewhere():
        yield


@pytest.fixture
def cast(portal: Portal) -> Cast:
    """Alice, Bob, Charlie and the others."""
    return the_cast.present()


@pytest.fixture
def language() -> str:
    """The language that the browser wishes for; journeys in others are parametrized with it."""
    return "nl"


@pytest.fixture
def context(browser: Browser, portal: Portal, language: str) -> Iterator[BrowserContext]:
    """A browser that has never been here, in Brussels."""
    width, height = WIDTHS["wide"]
    made = browser.new_context(
        base_url=portal.origin,
        locale=BROWSERS[language],
        timezone_id="Europe/Brussels",
        viewport={"width": width, "height": height},
    )
    yield made
    made.close()


@pytest.fixture
def complaints() -> list[Complaints]:
    """What browsers complained of in this test; `complaints[0].expect(...)` lets one pass."""
    return []


@pytest.fixture
def open_page(
    context: BrowserContext, complaints: list[Complaints]
) -> Iterator[Callable[..., Page]]:
    """`open_page()`: one more tab; any complaint of a browser fails the test."""

    def opened(within: BrowserContext | None = None) -> Page:
        made = (within or context).new_page()
        complaints.append(Complaints(made))
        return made

    yield opened
    for heard in complaints:
        heard.assert_none()


@pytest.fixture
def page(open_page: Callable[[], Page]) -> Page:
    """A tab that is still empty."""
    return open_page()


@pytest.fixture
def reader(page: Page, language: str) -> Reader:
    """Somebody who reads the page in the language of the browser."""
    return Reader(page, language)


@pytest.fixture
def enter_as(context: BrowserContext, portal: Portal) -> Callable[[Person], None]:
    """`enter_as(person)`: sign the browser in without the sign-in page."""

    def entered(person: Person) -> None:
        context.add_cookies([sockets.cookie_for_playwright(person, portal.origin)])

    return entered


@pytest.fixture
def sam(
    browser: Browser,
    portal: Portal,
    cast: Cast,
    open_page: Callable[[BrowserContext], Page],
) -> Iterator[Page]:
    """Another browser, in which Sam of staff is at work."""
    made = browser.new_context(base_url=portal.origin, locale=BROWSERS["nl"])
    made.add_cookies([sockets.cookie_for_playwright(cast.sam, portal.origin)])
    yield open_page(made)
    made.close()


@pytest.fixture
def another(browser: Browser, portal, open_page) -> Iterator[Callable[..., Page]]:
    """`another(person)`: a tab in a browser of somebody else's."""
    made: list[BrowserContext] = []

    def opened(person: Person, locale: str = "nl-BE") -> Page:
        context = browser.new_context(base_url=portal.origin, locale=locale)
        made.append(context)
        context.add_cookies([sockets.cookie_for_playwright(person, portal.origin)])
        return open_page(context)

    yield opened
    for context in made:
        context.close()
