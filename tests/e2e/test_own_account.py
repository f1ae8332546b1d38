"""One's own account inside the portal: profile, security, forced change, preferences."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from portal_app.languages import say
from portal_app.models import TemporaryPurpose
from tests import factories
from tests.factories import PASSWORD
from tests.harness import mailbox
from tests.harness.looking import (
    Complaints,
    assert_mistakes_in_order,
    assert_nothing_cut_off,
)
from tests.harness.visiting import leave, sign_in

ALICE = "alice@voorbeeld.example"
NEW_ADDRESS = "alice.jansen@installatietechniek-voorbeeld.example"
NEW_PASSWORD = "Instituut135!"
TEMPORARY = "Tijdelijk-4-Alice"


@pytest.fixture
def alice(page: Page, cast, enter_as) -> Page:
    """A page on which Alice is signed in."""
    enter_as(cast.alice)
    return page


@pytest.mark.one_database
def test_a_form_that_is_sent_before_its_values_are_there_waits_for_them(alice: Page):
    held: list[Callable[[], None]] = []

    def hold(tab: WebSocketRoute) -> None:
        portal = tab.connect_to_server()
        portal.on_message(lambda message: held.append(lambda: tab.send(message)))

    alice.route_web_socket(re.compile("_event"), hold)
    alice.goto("/profiel")
    alice.get_by_label("Mevrouw").check()
    alice.get_by_label("Gebruikersnaam *").fill("alie.jansen")
    alice.get_by_role("button", name="Opslaan").click()
    said = alice.get_by_text("Uw profiel is opgeslagen.")
    until = time.monotonic() + 15
    while not said.is_visible() and time.monotonic() < until:
        while held:
            held.pop(0)()
        alice.wait_for_timeout(100)

    expect(said).to_be_visible()
    expect(alice.get_by_label("Gebruikersnaam *")).to_have_value("alie.jansen")
    expect(alice.get_by_label("Achternaam *")).to_have_value("Jansen")


@pytest.mark.one_database
def test_a_form_whose_values_never_come_says_that_it_was_not_sent(alice: Page):
    alice.route_web_socket(re.compile("_event"), lambda _silent: None)
    alice.goto("/profiel")
    alice.get_by_label("Gebruikersnaam *").fill("alie.jansen")
    alice.get_by_role("button", name="Opslaan").click()

    summary = alice.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text(say("components.form_not_sent", "nl"))
    expect(alice.get_by_label("Gebruikersnaam *")).to_have_value("alie.jansen")


@pytest.mark.covers("V-08", "V-09", "V-10", "V-11", "X-07")
def test_the_profile_is_found_under_the_name_and_saved_with_its_own_labels(alice: Page):
    alice.goto("/")
    alice.get_by_role("button", name="Alice Jansen").click()
    alice.get_by_role("link", name="Bewerk profiel").click()

    expect(alice.get_by_role("heading", level=1)).to_have_text("Wijzig je profiel")
    expect(alice.get_by_text("Velden met een * zijn verplicht")).to_be_visible()
    expect(alice.get_by_text("Ten minste 5 tekens")).to_be_visible()
    expect(alice.get_by_label("Herhaal wachtwoord", exact=True)).to_be_visible()
    group = alice.get_by_role("radiogroup", name="Aanhef *")
    group.get_by_label("Mevrouw").check()
    expect(alice.get_by_label("Voornaam *")).to_have_value("Alice")
    alice.get_by_label("Voornaam *").fill("Alie")
    alice.get_by_label("Gebruikersnaam *").fill("alie.jansen")
    expect(alice.get_by_label("Huidig wachtwoord")).to_be_hidden()
    alice.get_by_role("button", name="Opslaan").click()

    expect(alice.get_by_text("Uw profiel is opgeslagen.")).to_be_visible()
    alice.reload()
    expect(alice.get_by_label("Voornaam *")).to_have_value("Alie")
    expect(alice.get_by_label("Mevrouw")).to_be_checked()


@pytest.mark.covers("M-29")
def test_a_new_address_asks_the_password_and_counts_after_its_code(alice: Page, mails):
    alice.goto("/profiel")
    expect(alice.get_by_label("E-mailadres *")).to_have_value(ALICE)
    alice.get_by_label("Neutraal").check()
    alice.get_by_label("E-mailadres *").fill(NEW_ADDRESS)
    alice.get_by_label("Nieuw wachtwoord", exact=True).fill("kort")
    alice.get_by_role("button", name="Opslaan").click()
    expect(alice.get_by_role("alert").filter(has_text="Er is een probleem")).to_be_focused()
    assert_mistakes_in_order(alice)
    alice.get_by_label("Nieuw wachtwoord", exact=True).fill("")
    alice.get_by_label("Huidig wachtwoord", exact=True).fill(PASSWORD)
    alice.get_by_role("button", name="Opslaan").click()

    expect(alice.get_by_text(f"Tot dan blijft {ALICE} uw e-mailadres.")).to_be_visible()
    assert_nothing_cut_off(alice)
    digits = mailbox.code_in(mails.wait_for(NEW_ADDRESS, subject="Verificatiecode"))
    alice.get_by_label("Verificatiecode", exact=True).fill(digits)
    alice.get_by_role("button", name="Code verifiëren").click()

    expect(alice.get_by_text("Uw e-mailadres is gewijzigd.")).to_be_visible()
    mails.wait_for(ALICE, subject="Uw e-mailadres is gewijzigd")
    expect(alice.get_by_label("E-mailadres *")).to_have_value(NEW_ADDRESS)


def test_leaving_a_changed_form_by_a_link_is_asked_about(alice: Page):
    alice.goto("/profiel")
    alice.get_by_label("Tussenvoegsel").fill("van")
    alice.get_by_role("link", name="Hulp en contact").click()

    question = alice.get_by_role("dialog", name="Wijzigingen niet opgeslagen")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Op de pagina blijven").click()
    expect(alice.get_by_label("Tussenvoegsel")).to_have_value("van")
    alice.get_by_role("link", name="Hulp en contact").click()
    question.get_by_role("button", name="Pagina verlaten").click()
    expect(alice).to_have_url(re.compile("/hulp$"))


def test_the_password_is_changed_and_other_devices_are_signed_out(
    alice: Page, browser, portal, open_page
):
    elsewhere = browser.new_context(base_url=portal.origin, locale="nl-BE")
    other = open_page(elsewhere)
    sign_in(other, ALICE)
    other.goto("/profiel")
    expect(other.get_by_label("Voornaam *")).to_have_value("Alice")
    alice.goto("/beveiliging")
    alice.get_by_label("Oud wachtwoord").fill(PASSWORD)
    alice.get_by_label("Nieuw wachtwoord", exact=True).fill(NEW_PASSWORD)
    alice.get_by_label("Bevestig nieuw wachtwoord").fill(NEW_PASSWORD)
    alice.get_by_role("button", name="Wachtwoord wijzigen").click()

    expect(alice.get_by_text("Uw wachtwoord is gewijzigd. Op uw andere")).to_be_visible()
    expect(other).to_have_url(re.compile("/aanmelden"), timeout=4000)
    elsewhere.close()


def test_one_device_is_signed_out_and_its_tab_empties_at_once(
    alice: Page, browser, portal, open_page
):
    elsewhere = browser.new_context(base_url=portal.origin, locale="nl-BE")
    other = open_page(elsewhere)
    sign_in(other, ALICE)
    other.goto("/profiel")
    expect(other.get_by_label("Voornaam *")).to_have_value("Alice")

    alice.goto("/beveiliging")
    alice.get_by_role("button", name=re.compile("^Afmelden .+")).click()

    expect(alice.get_by_text("1 apparaat is afgemeld.")).to_be_visible()
    expect(other).to_have_url(re.compile("/aanmelden"), timeout=3000)
    elsewhere.close()


@pytest.mark.covers("V-06", "V-07")
def test_a_provided_password_leads_to_the_one_page_that_it_opens(page: Page, cast):
    provided = factories.make_person("Piet", "Provided", email="piet@voorbeeld.example")
    made = factories.make_account(provided, password=TEMPORARY)
    made.temporary_hash, made.password_hash = made.password_hash, None
    made.temporary_purpose = TemporaryPurpose.PROVIDED
    made.temporary_expires_at = factories.NOW.replace(year=2027)
    factories.write(made)
    sign_in(page, "piet@voorbeeld.example", TEMPORARY)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies een nieuw wachtwoord")

    page.goto("/profiel")
    expect(page).to_have_url(re.compile("/wachtwoord-wijzigen"))
    page.get_by_label(re.compile("Oud wachtwoord")).fill(TEMPORARY)
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Bevestig nieuw wachtwoord").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Opslaan en doorgaan").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Piet")
    del cast


def test_preferences_count_at_once(alice: Page):
    alice.goto("/voorkeuren")
    alice.get_by_label("Rijhoogte").select_option("compact")
    expect(alice.locator("html[data-rows=compact]")).to_be_attached()
    alice.get_by_label("Taal").select_option("fr")

    expect(alice.get_by_role("heading", level=1)).to_have_text("Préférences")
    alice.reload()
    expect(alice.get_by_label("Hauteur des lignes")).to_have_value("compact")


@pytest.mark.covers("X-17")
def test_who_chose_a_start_page_arrives_there(page: Page, alice: Page, cast):
    alice.goto("/voorkeuren")
    choice = alice.get_by_label("Startpagina")
    expect(choice.get_by_role("option")).to_have_text(
        ["Vanzelf, volgens uw rol", "Home, met alle tegels", "Overzicht", "Betaalcodes"]
    )
    choice.select_option(label="Betaalcodes")
    alice.reload()
    expect(choice).to_have_value("payment_codes")

    page.goto("/aanmelden")
    sign_in(page, ALICE)

    expect(page).to_have_url(re.compile("/betaalcodes$"))
    del cast


def test_a_page_inside_leads_strangers_to_sign_in_and_back(page: Page, cast):
    page.goto("/profiel")
    expect(page).to_have_url(re.compile("/aanmelden"))

    sign_in(page, ALICE)

    expect(page).to_have_url(re.compile("/profiel$"))
    del cast


@pytest.mark.parametrize("path", ["/hulp", "/problemen-met-aanmelden", "/bestaat/niet?nr=1"])
def test_pages_for_everybody_keep_the_bar_of_whoever_is_inside(
    alice: Page, path: str, complaints: list[Complaints]
):
    if path.startswith("/bestaat"):
        complaints[0].expect("404")
    alice.goto(path)
    expect(alice.get_by_role("button", name="Alice Jansen")).to_be_visible()
    expect(alice.get_by_role("navigation", name="Taal")).to_have_count(0)

    leave(alice)
    alice.goto(path)
    expect(alice.get_by_role("navigation", name="Taal")).to_be_visible()
    expect(alice.get_by_role("button", name="Alice Jansen")).to_have_count(0)
