"""`portal dev`: an edit of a page, a text or a state is seen, and nothing typed is lost."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from scripts.find_chromium import find
from tests.harness import processes
from tests.harness.server import ROOT
from tests.harness.sources import kept_files

_TITLE = "Aanmelden met uw inlognaam"
_DRAFT = "half getypt"
_SEEN_WITHIN = 120_000  # milliseconds, on a machine that does much else
_STARTS_WITHIN = 240  # seconds: the first time its pages are compiled
_ANSWERED_ALONE = """
from portal_app.hosting.reflex_environment import enter
enter("develop")
import reflex.app
from pathlib import Path
from portal_app.hosting import page_compiler
app = page_compiler._load()
page_compiler._compile_all(app)
from portal_app.site_map import SITE_MAP
folders = [Path(".web.dev/app/routes"), Path(".web.dev/app_components")]
pages = [path for folder in folders for path in folder.rglob("*.jsx") if "404" not in path.name]
files = [Path(".web.dev/utils/context.jsx"), *pages]
whole = {path: path.read_text() for path in files if "not_found" not in path.name}
for path in whole:
    path.write_text("")
page_compiler._advance(app, [page.path for page in SITE_MAP])
print(len(whole), "compared;", *(path for path in whole if path.read_text() != whole[path]))
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, to edit."""
    copy = tmp_path_factory.mktemp("sources")
    for file in kept_files():
        place = copy / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, place)
    return copy


def test_a_page_answered_alone_is_the_page_that_a_whole_compilation_writes(sources: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", _ANSWERED_ALONE],
        cwd=sources,
        env=_environment(sources),
        capture_output=True,
        text=True,
        check=False,
    )

    compared, _, different = said.stdout.partition(" compared;")
    assert int(compared or 0) > 20, said.stderr[-2000:]
    assert not different.strip()


@pytest.fixture(scope="module")
def address(sources: Path) -> Iterator[str]:
    """Where the copy is being developed."""
    port, catcher, log = processes.free_port(), processes.free_port(), sources / "log"
    with log.open("wb") as written:
        developing = subprocess.Popen(
            [sys.executable, "-m", "portal_app.command", "dev"],
            cwd=sources,
            env=_environment(sources)
            | {"PORTAL_PORT": str(port), "PORTAL_CATCHER_PORT": str(catcher)},
            stdout=written,
            stderr=written,
        )
    address = f"http://localhost:{port}"
    try:
        processes.wait_until(lambda: _answers(address), developing, log, seconds=_STARTS_WITHIN)
        yield address
    finally:
        processes.stop(developing, seconds=30)


@pytest.fixture
def draft(address: str) -> Iterator[Page]:
    """The sign-in page with something typed in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        page = browser.new_page(locale="nl-BE")
        _open_sign_in(page, address)
        page.fill("[name=login]", _DRAFT)
        page.fill("[name=password]", "Stoom-Ketel26")
        yield page
        browser.close()


def _open_sign_in(page: Page, address: str) -> None:
    """Open the sign-in page; one that is of between two edits of the test before, once more."""
    for _ in range(20):
        page.goto(f"{address}/aanmelden", timeout=_SEEN_WITHIN)
        expect(page.locator("h1")).to_be_visible(timeout=_SEEN_WITHIN)
        page.wait_for_load_state("networkidle", timeout=_SEEN_WITHIN)
        if page.get_by_role("heading", name=_TITLE, exact=True).is_visible():
            return
        page.wait_for_timeout(1000)


def test_an_edited_page_is_seen_with_the_draft_kept(draft: Page, sources: Path) -> None:
    with _edited(sources / "portal_app/pages/sign_in.py", 't("sign_in.title")', '"Ander woord"'):
        expect(draft.locator("h1")).to_have_text("Ander woord", timeout=_SEEN_WITHIN)
        _expect_the_draft(draft)
    expect(draft.locator("h1")).to_have_text(_TITLE, timeout=_SEEN_WITHIN)
    _expect_the_draft(draft)


def test_an_edited_text_is_seen_with_the_draft_kept(draft: Page, sources: Path) -> None:
    with _edited(sources / "portal_app/texts/nl/sign_in.po", "met uw inlognaam", "met uw naam"):
        expect(draft.locator("h1")).to_have_text("Aanmelden met uw naam", timeout=_SEEN_WITHIN)
        _expect_the_draft(draft)


def test_an_edited_state_is_seen_with_the_draft_kept(draft: Page, sources: Path) -> None:
    with (
        _edited(
            sources / "portal_app/state/sign_in.py",
            "class SignInState(PortalState, rx.State):\n",
            'class SignInState(PortalState, rx.State):\n    greeting: str = "Dag"\n',
        ),
        _edited(
            sources / "portal_app/pages/sign_in.py", 't("sign_in.title")', "SignInState.greeting"
        ),
    ):
        expect(draft.locator("h1")).to_have_text("Dag", timeout=_SEEN_WITHIN)
        _expect_the_draft(draft)


def test_a_page_that_failed_comes_back_with_the_edit_that_puts_it_right(
    draft: Page, sources: Path
) -> None:
    page = sources / "portal_app/pages/sign_in.py"
    with _edited(page, 't("sign_in.title")', "rx.Var('missing.words')"):
        expect(draft.locator("h1")).to_have_text(
            "Er gaat iets mis aan onze kant", timeout=_SEEN_WITHIN
        )
    expect(draft.locator("h1")).to_have_text(_TITLE, timeout=_SEEN_WITHIN)
    expect(draft.locator("[name=login]")).to_have_value(_DRAFT, timeout=_SEEN_WITHIN)


def test_a_mistake_is_said_once_and_ends_nothing(draft: Page, sources: Path) -> None:
    said_before = (sources / "log").read_text("utf-8").count("SyntaxError")
    page = sources / "portal_app/pages/sign_in.py"
    with _edited(page, 't("sign_in.title")', 't("sign_in.title"'):
        for _ in range(_SEEN_WITHIN // 100):
            if (sources / "log").read_text("utf-8").count("SyntaxError") > said_before:
                break
            draft.wait_for_timeout(100)
    with _edited(page, 't("sign_in.title")', '"Hersteld"'):
        expect(draft.locator("h1")).to_have_text("Hersteld", timeout=_SEEN_WITHIN)
        _expect_the_draft(draft)

    assert (sources / "log").read_text("utf-8").count("SyntaxError") == said_before + 1


@contextmanager
def _edited(file: Path, old: str, new: str) -> Iterator[None]:
    source = file.read_text("utf-8")
    assert source.count(old) == 1
    file.write_text(source.replace(old, new), "utf-8")
    try:
        yield
    finally:
        file.write_text(source, "utf-8")


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/aanmelden", timeout=30).is_success
    except httpx.TransportError:
        return False


def _expect_the_draft(page: Page) -> None:
    expect(page.locator("[name=login]")).to_have_value(_DRAFT, timeout=_SEEN_WITHIN)
    expect(page.locator("[name=password]")).to_have_value("Stoom-Ketel26")
    expect(page.locator("[name=password]")).to_be_focused()


def _environment(sources: Path) -> dict[str, str]:
    return processes.clean_environment(
        PYTHONPATH=str(sources), PORTAL_DATA_DIR=str(sources / "data")
    )
