"""Take the pictures of README and handbook: the main pages of a demo portal in a real browser.

    python scripts/screenshots.py [folder]

Every page at both widths, light and dark, as the first screen that people see. The portal is one
of its own, with the demo world of Monday 2 March 2026.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from find_chromium import find_or_install
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal_app.demo.world import world  # noqa: E402
from tests.harness import server, visiting  # noqa: E402
from tests.harness.looking import WIDTHS  # noqa: E402
from tests.harness.server import Portal  # noqa: E402

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

MANAGER = "sanne.veldhuis@vakmanschap-demo.example"
ACCESS_MANAGER = "roos@metaal-vandervoort.example"


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, who looks at it, and what they do there first."""

    name: str
    path: str
    login: str = ""
    first: Callable[[Page, str], None] | None = None


def redeem(page: Page, code: str) -> None:
    """Come to registration with an invitation."""
    page.locator("#code").fill(code)
    page.locator("form[action='/formulieren/uitnodiging'] [type=submit]").click()
    page.wait_for_url("**/aanmelden*")
    page.goto("/registreren")


def open_record(page: Page, _code: str) -> None:
    """Go from the overview to the first candidate of the list."""
    page.locator("a[href*='/overzicht/kandidaat']").first.click()
    page.wait_for_url("**/overzicht/kandidaat*")


PICTURES = (
    Picture("sign-in", "/aanmelden"),
    Picture("registration", "/uitnodiging", first=redeem),
    Picture("home", "/", ACCESS_MANAGER),
    Picture("overview", "/overzicht", MANAGER),
    Picture("record", "/overzicht", MANAGER, first=open_record),
    Picture("payment-codes", "/betaalcodes", MANAGER),
)


def main(folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, server.running(Path(place)) as portal:
        code = portal.said().partition("waits to be redeemed: ")[2].split()[0]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_or_install(), args=["--no-sandbox", "--disable-gpu"]
            )
            for (name, (width, height)), scheme in product(WIDTHS.items(), SCHEMES):
                pages = opened(browser, portal, {"width": width, "height": height}, scheme)
                for picture in PICTURES:
                    path = folder / f"{picture.name}-{name}-{scheme}.png"
                    take(pages(picture.login), picture, code, path)
                    print(path)
            browser.close()


def opened(
    browser: Browser, portal: Portal, size: ViewportSize, scheme: Scheme
) -> Callable[[str], Page]:
    """Return what gives the tab of a login, signed in the first time."""
    tabs: dict[str, Page] = {}

    def tab(login: str) -> Page:
        if login not in tabs:
            context = browser.new_context(
                base_url=portal.origin,
                locale="nl-BE",
                timezone_id="Europe/Brussels",
                viewport=size,
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            tabs[login] = context.new_page()
            if login:
                visiting.sign_in(tabs[login], login, world().password)
        return tabs[login]

    return tab


def take(page: Page, picture: Picture, code: str, path: Path) -> None:
    """Go to the page and take its picture, once nothing moves any more."""
    page.goto(picture.path)
    if picture.first:
        picture.first(page, code)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)  # the first values come over the socket
    page.evaluate("document.fonts.ready")
    page.screenshot(path=path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
