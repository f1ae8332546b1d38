"""What the pictures of README and handbook show: pages, who looks, and what they do there first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from portal_app.languages import say
from tests.harness import broker_pages

STRANGER, UNINVITED = "", "-"  # two browsers in which nobody is signed in
MANAGER = "sanne.veldhuis@vakmanschap-demo.example"
CONTACT = "karel.wouters@bedrijvenhulp.example"
STAFF = "zoe.celik@fonds.example"
DESK = "pieter.aerts@fonds.example"
MAIN = "roos@metaal-vandervoort.example"
LOCAL = "ines@dakwerken-bogaert.example"
WAITING = "DLVX-2K7M"  # whose company account is still to be activated
MANAGED = "1999000249"  # the company of MAIN
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


def look_up(visit: Visit) -> None:
    """Ask by the number of a company who manages its access."""
    visit.page.locator("[name=number]").fill(MANAGED)
    visit.press("who_manages.look_up")
    expect(visit.page.get_by_text(say("who_manages.found_title", visit.locale))).to_be_visible()


def find_caller(visit: Visit) -> None:
    """Have somebody on the phone, and see what to ask them."""
    visit.page.wait_for_load_state("networkidle")
    search = visit.page.locator("[name=zoek]")
    search.fill(CONTACT)
    search.press("Enter")
    visit.page.get_by_role("link", name="Wouters, Karel").click()
    expect(visit.page.get_by_role("checkbox").first).to_be_visible()


def ask_why(visit: Visit) -> None:
    """Ask of the first tile why it is there."""
    why = visit.page.locator("details.why:has(dl)").first  # everybody's tiles are there sooner
    why.locator("summary").click()
    expect(why.locator("dl")).to_be_visible()


def set_parameters(visit: Visit) -> None:
    """Go from a capacity to where its tasks go."""
    visit.page.locator("a[href*='/toegang/parameters']").first.click()
    visit.page.wait_for_url("**/toegang/parameters*")


def choose_company(visit: Visit) -> None:
    """Choose the first of one's companies."""
    visit.page.locator("main a[href^='/bedrijf?org=']").nth(1).click()
    expect(visit.page.get_by_text(say("company_data.part_contacts", visit.locale))).to_be_visible()


def see_account(visit: Visit) -> None:
    """Come to the account that waits for a second person."""
    waits = visit.page.get_by_role("heading", name=say("company_data.waits_title", visit.locale))
    waits.evaluate("heading => heading.scrollIntoView({block: 'center'})")


OVERVIEW = Picture("overview", "/overzicht", MANAGER)
PICTURES = (
    Picture("sign-in", "/aanmelden"),
    Picture("invitation", "/uitnodiging"),
    Picture("registration", "/uitnodiging", first=redeem),
    Picture("registration-code", "/registreren", first=ask_code),
    Picture("sign-in-problems", "/problemen-met-aanmelden"),
    Picture("password-reset", "/wachtwoord-vergeten"),
    Picture("password-reset-asked", "/wachtwoord-vergeten", first=ask_password),
    Picture("who-manages", "/wie-beheert-toegang", first=look_up),
    Picture("home", "/", CONTACT),
    Picture("home-why", "/", CONTACT, first=ask_why),
    Picture("profile", "/profiel", CONTACT),
    Picture("company-data", "/bedrijf", CONTACT, first=choose_company),
    Picture("bank-account", "/bedrijf", MAIN, first=see_account),
    Picture("security", "/beveiliging", CONTACT),
    OVERVIEW,
    Picture("record", "/overzicht", MANAGER, first=open_record),
    Picture("unlink", "/overzicht", MANAGER, first=ask_to_unlink),
    Picture("payment-codes", "/betaalcodes", MANAGER),
    Picture("invitations", "/beheer/uitnodigingen", STAFF),
    Picture("new-invitation", "/beheer/uitnodigingen/nieuw", STAFF),
    Picture("company-accounts", "/beheer/accounts", STAFF),
    Picture("access-queue", "/beheer/toegang", STAFF),
    Picture("activation", "/wachtwoord-wijzigen", WAITING),
    Picture("access", "/toegang", MAIN),
    Picture("access-capacities", "/toegang?tab=hoedanigheden", MAIN),
    Picture("access-appoint", "/toegang?tab=hoedanigheden", MAIN, first=appoint),
    Picture("access-review", "/toegang?tab=controle", MAIN),
    Picture("access-parameters", "/toegang?tab=hoedanigheden", LOCAL, first=set_parameters),
    Picture("access-own-capacity", "/toegang?tab=hoedanigheden", LOCAL),
    Picture("applications", "/beheer/aanvragen", DESK),
    Picture("application", "/beheer/aanvragen?soort=address_forgotten", DESK, open_application),
    Picture("phone-desk", "/beheer/telefoon", DESK, first=find_caller),
    Picture("second-step", "/beveiliging", CONTACT, first=begin_app),
    Picture("eherkenning", "/eherkenning", UNINVITED),
    Picture("eherkenning-sign-in", "/eherkenning", UNINVITED, first=start_eherkenning),
    Picture("eherkenning-supplier", "/eherkenning", NEWCOMER, first=choose_supplier),
    Picture("eherkenning-done", "/eherkenning", NEWCOMER, first=prove),
)
