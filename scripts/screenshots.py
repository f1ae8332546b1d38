"""Take the pictures of README and handbook: the pages of a demo portal in a real browser.

    python scripts/screenshots.py [folder [name ...]]

Every page as the first screen that people see, in the languages of the handbook; the overview
also in dark and on a phone. The portal is one of its own, with the demo world of
Monday 2 March 2026.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from find_chromium import find_or_install
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal_app.demo.world import world  # noqa: E402
from scripts.pictures import (  # noqa: E402
    MANAGER,
    OVERVIEW,
    PICTURES,
    STRANGER,
    UNINVITED,
    Picture,
    Visit,
)
from tests.harness import processes, server, visiting  # noqa: E402
from tests.harness.looking import WIDTHS  # noqa: E402
from tests.harness.server import Portal  # noqa: E402

Scheme = Literal["light", "dark"]

LOCALES = ("nl", "en")
ALSO: tuple[tuple[str, Scheme], ...] = (("wide", "dark"), ("phone", "light"))
"""The other looks of the overview."""


def main(folder: Path, *names: str) -> None:
    """Take every picture, or those with these names."""
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    also = ALSO if not names or OVERVIEW.name in names else ()
    port = str(processes.free_port())
    with (
        tempfile.TemporaryDirectory() as place,
        server.running(Path(place), PORTAL_TEST_BROKER="true", PORTAL_BROKER_PORT=port) as portal,
    ):
        code = portal.said().partition("waits to be redeemed: ")[2].split()[0]
        found = find_or_install()  # asks a Playwright of its own, which may not be inside another
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-gpu"]
            )
            for locale in LOCALES:
                open_as = visitors(browser, portal)
                for picture in wanted:
                    visit = Visit(open_as(picture.login, locale), locale, code)
                    take(visit, picture, folder / locale / f"{picture.name}.png")
                for size, scheme in also:
                    open_as = visitors(browser, portal, size, scheme)
                    visit = Visit(open_as(MANAGER, locale), locale, code)
                    take(visit, OVERVIEW, folder / locale / f"overview-{size}-{scheme}.png")
            browser.close()


def visitors(
    browser: Browser,
    portal: Portal,
    size: str = "wide",
    scheme: Scheme = "light",
) -> Callable[[str, str], Page]:
    """Return what gives the tab of a login in a language, signed in the first time."""
    tabs: dict[str, Page] = {}

    def tab(login: str, locale: str) -> Page:
        if login not in tabs:
            tabs[login] = context(locale).new_page()
            if login not in (STRANGER, UNINVITED):
                visiting.sign_in(tabs[login], login, world().password)
        return tabs[login]

    def context(locale: str) -> BrowserContext:
        width, height = WIDTHS[size]
        return browser.new_context(
            base_url=portal.origin,
            locale=locale,
            timezone_id="Europe/Brussels",
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
        )

    return tab


def take(visit: Visit, picture: Picture, path: Path) -> None:
    """Go to the page and take its picture, once nothing moves any more."""
    page = visit.page
    page.goto(picture.path)
    expect(page.locator("html")).to_have_attribute("lang", visit.locale)
    if picture.first:
        picture.first(visit)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)  # the first values come over the socket
    page.evaluate("document.fonts.ready")
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    folder, *names = sys.argv[1:] or [ROOT / "docs" / "pictures"]
    main(Path(folder), *map(str, names))
