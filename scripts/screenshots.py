"""Take the pictures of README and handbook: the pages of a demo portal in a real browser.

    python scripts/screenshots.py [folder]

Every page as the first screen that people see, in the languages of the handbook; the overview
also in dark and on a phone. The portal is one of its own, with the demo world of
Monday 2 March 2026.
"""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from find_chromium import find_or_install
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from portal_app.demo.world import world  # noqa: E402
from portal_app.languages import say  # noqa: E402
from tests.harness import broker_pages, processes, server, visiting  # noqa: E402
from tests.harness.looking import WIDTHS  # noqa: E402
from tests.harness.server import Portal  # noqa: E402

Scheme = Literal["light", "dark"]

LOCALES = ("nl", "en")
STRANGER, UNINVITED = "", "-"  # two browsers in which nobody is signed in
MANAGER = "sanne.veldhuis@vakmanschap-demo.example"
CONTACT = "karel.wouters@bedrijvenhulp.example"
STAFF = "zoe.celik@fonds.example"
DESK = "pieter.aerts@fonds.example"
MAIN = "roos@metaal-vandervoort.example"
LOCAL = "ines@dakwerken-bogaert.example"
NEWCOMER = "robin.smeets@bedrijvenhulp.example"
PROVEN = {"nl": "90004702", "en": "90004703"}  # each language's own: one proves a company once


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is looked at: in which language, and with which invitation code at hand."""

    page: Page
    locale: str
    code: str

    def press(self, key: str) -> None:
        """Press the first button with this text."""
        self.page.get_by_role("button", name=say(key, self.locale), exact=True).first.click()


@dataclass(frozen=True, slots=True)
class Picture:
    """A page, who looks at it, and what they do there first."""

    name: str
    path: str
    login: str = STRANGER
    first: Callable[[Visit], None] | None = None


def redeem(visit: Visit) -> None:
    """Come to registration with an invitation."""
    visit.page.locator("#code").fill(visit.code)
    visit.press("shell.continue")
    visit.page.wait_for_url("**/aanmelden*")
    visit.page.goto("/registreren")


def ask_code(visit: Visit) -> None:
    """Have the verification code sent, to an address that asked for none yet."""
    visit.page.locator("[name=email]").fill(f"marleen.ter.horst+{visit.locale}@voorbeeld.example")
    visit.press("registration.send_code")
    expect(visit.page.get_by_label(say("registration.code", visit.locale))).to_be_visible()


def open_record(visit: Visit) -> None:
    """Go from the overview to the first candidate of the list."""
    visit.page.locator("a[href*='/overzicht/kandidaat']").first.click()
    visit.page.wait_for_url("**/overzicht/kandidaat*")


def ask_to_unlink(visit: Visit) -> None:
    """Open the questions that are asked before a candidate is unlinked."""
    open_record(visit)
    visit.press("candidates.unlink")
    expect(visit.page.get_by_role("dialog")).to_be_visible()


def ask_password(visit: Visit) -> None:
    """Ask for a temporary password, at an address that asked for none yet."""
    visit.page.locator("[name=email]").fill(f"marleen.ter.horst+{visit.locale}@voorbeeld.example")
    visit.press("password_reset.reset")
    expect(visit.page.get_by_text(say("password_reset.asked", visit.locale))).to_be_visible()


def start_eherkenning(visit: Visit) -> None:
    """Set out for eHerkenning, and be asked to sign in first."""
    visit.press("eherkenning.login")
    visit.page.wait_for_url("**/aanmelden*")
    expect(visit.page.get_by_text(say("registration.on_the_way", visit.locale))).to_be_visible()


def choose_supplier(visit: Visit) -> None:
    """Come to the broker, which asks for a supplier."""
    visit.press("eherkenning.login")
    broker_pages.expect_chooser(visit.page)


def prove(visit: Visit) -> None:
    """Go the whole road, for a company that has no Admin yet."""
    choose_supplier(visit)
    broker_pages.log_in(visit.page, company=PROVEN[visit.locale])
    broker_pages.expect_back(visit.page)
    expect(visit.page.get_by_text(say("eherkenning.now_admin", visit.locale))).to_be_visible()


def appoint(visit: Visit) -> None:
    """Open the form for the first place that is free."""
    words = say("access.appoint_access_manager", visit.locale)
    visit.page.get_by_role("link", name=words, exact=True).first.click()
    visit.page.wait_for_url("**/toegang/aanstellen*")


def open_application(visit: Visit) -> None:
    """Take the first application of the list in hand; in the next language it is."""
    visit.page.locator("a[href*='/beheer/aanvragen/aanvraag']").first.click()
    visit.page.wait_for_url("**/beheer/aanvragen/aanvraag*")
    is_mine = visit.page.get_by_text(say("applications.who_title", visit.locale), exact=True)
    take_it = visit.page.get_by_role("button", name=say("applications.take", visit.locale))
    expect(is_mine.or_(take_it).first).to_be_visible()
    if take_it.is_visible():
        take_it.click()
    expect(is_mine).to_be_visible()


def begin_app(visit: Visit) -> None:
    """Have the QR code shown that an app reads."""
    visit.press("factors.app_begin")
    expect(visit.page.locator("#app_code")).to_be_focused()
    done = visit.page.get_by_role("button", name=say("factors.app_confirm", visit.locale))
    done.evaluate("button => button.scrollIntoView({block: 'end'})")


OVERVIEW = Picture("overview", "/overzicht", MANAGER)
PICTURES = (
    Picture("sign-in", "/aanmelden"),
    Picture("invitation", "/uitnodiging"),
    Picture("registration", "/uitnodiging", first=redeem),
    Picture("registration-code", "/registreren", first=ask_code),
    Picture("sign-in-problems", "/problemen-met-aanmelden"),
    Picture("password-reset", "/wachtwoord-vergeten"),
    Picture("password-reset-asked", "/wachtwoord-vergeten", first=ask_password),
    Picture("home", "/", CONTACT),
    Picture("profile", "/profiel", CONTACT),
    Picture("security", "/beveiliging", CONTACT),
    OVERVIEW,
    Picture("record", "/overzicht", MANAGER, first=open_record),
    Picture("unlink", "/overzicht", MANAGER, first=ask_to_unlink),
    Picture("payment-codes", "/betaalcodes", MANAGER),
    Picture("invitations", "/beheer/uitnodigingen", STAFF),
    Picture("new-invitation", "/beheer/uitnodigingen/nieuw", STAFF),
    Picture("access", "/toegang", MAIN),
    Picture("access-capacities", "/toegang?tab=hoedanigheden", MAIN),
    Picture("access-appoint", "/toegang?tab=hoedanigheden", MAIN, first=appoint),
    Picture("access-own-capacity", "/toegang?tab=hoedanigheden", LOCAL),
    Picture("applications", "/beheer/aanvragen", DESK),
    Picture("application", "/beheer/aanvragen?soort=address_forgotten", DESK, open_application),
    Picture("second-step", "/beveiliging", CONTACT, first=begin_app),
    Picture("eherkenning", "/eherkenning", UNINVITED),
    Picture("eherkenning-sign-in", "/eherkenning", UNINVITED, first=start_eherkenning),
    Picture("eherkenning-supplier", "/eherkenning", NEWCOMER, first=choose_supplier),
    Picture("eherkenning-done", "/eherkenning", NEWCOMER, first=prove),
)
ALSO: tuple[tuple[str, Scheme], ...] = (("wide", "dark"), ("phone", "light"))
"""The other looks of the overview."""


def main(folder: Path) -> None:
    """Take every picture."""
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
                for picture in PICTURES:
                    visit = Visit(open_as(picture.login, locale), locale, code)
                    take(visit, picture, folder / locale / f"{picture.name}.png")
                for size, scheme in ALSO:
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
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
