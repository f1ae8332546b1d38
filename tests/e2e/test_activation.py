"""The account of a company: made by staff, activated once, and dead after its last day."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.adapters import passwords
from portal_app.brand import brand
from portal_app.services import company_accounts
from tests import factories
from tests.factories import NOW, PASSWORD
from tests.harness import mailbox
from tests.harness.cast import run_as
from tests.harness.looking import look_at
from tests.harness.reader import Reader
from tests.harness.server import Portal
from tests.harness.visiting import leave, sign_in
from tests.services import appointed

NORA = "nora.claes@novak.example"
NUMBER, OF_ANOTHER = "85.07.30-033.28", "84051299952"
NEW_PASSWORD, TEMPORARY = "Instituut135!", "kX4?mQz9RtpL7wPb"
USER_NAME_IS = "Your user name"
_GUESSES = """async ([old_password, national_number, fresh]) => {
    const body = new URLSearchParams(
        {old_password, national_number, new_password: fresh, confirm_password: fresh})
    const said = []
    for (let at = 0; at < 8; at += 1) {
        const answer = await fetch('/formulieren/wachtwoord-wijzigen/activeren',
            {method: 'POST', headers: {accept: 'application/json'}, body})
        said.push((await answer.json()).mistakes[0].key)
    }
    return said
}"""


def make(page: Page) -> None:
    """Fill in the form of staff."""
    page.goto("/beheer/uitnodigingen")
    page.get_by_role("link", name="Bedrijfsaccounts").click()
    page.get_by_role("link", name="Nieuw bedrijfsaccount").click()
    look_at(page, "new company account")
    page.get_by_label("Ondernemingsnummer").fill("1999.000.744")
    page.get_by_label("Provincie").select_option("Luik")
    page.get_by_label("Naam van het bedrijf").fill("Chauffage Novak srl")
    page.get_by_label("E-mailadres").fill(NORA)
    page.get_by_label("Voornaam").fill("Nora")
    page.get_by_label("Achternaam").fill("Claes")
    page.get_by_label("Rijksregisternummer").fill(NUMBER)
    page.get_by_role("button", name="Bedrijfsaccount maken").click()
    expect(page.get_by_text("Het bedrijfsaccount is gemaakt.")).to_be_visible()


def codes(mails) -> tuple[str, str]:
    """Read the user name and the temporary password, each in a letter of its own."""
    name = mailbox.text_of(mails.wait_for(NORA, subject="Uw gebruikersnaam"))
    password = mailbox.text_of(mails.wait_for(NORA, subject="Uw tijdelijk wachtwoord"))
    username = re.search(r"^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$", name, re.MULTILINE)
    temporary = re.search(r"^\s*(\S{16})\s*$", password, re.MULTILINE)
    assert username is not None
    assert temporary is not None
    assert temporary[1] not in name
    assert username[1] not in password
    return username[1], temporary[1]


def fill(page: Page, temporary: str, number: str) -> None:
    page.get_by_label(re.compile("Oud wachtwoord")).fill(temporary)
    page.get_by_label(re.compile("Rijksregisternummer")).fill(number)
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Bevestig nieuw wachtwoord").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Opslaan en doorgaan").click()


def ask(page: Page) -> None:
    """Ask new codes on behalf of the company."""
    page.get_by_label("Ik ben de verantwoordelijke").check()
    page.get_by_label("Uw naam").fill("Paul Novak")
    page.get_by_label("Ondernemingsnummer").fill("1999.000.150")
    page.get_by_label("Voornaam van de aangestelde").fill("Telaat")
    page.get_by_label("Familienaam van de aangestelde").fill("Dag")
    page.get_by_label("E-mailadres waarop").fill("zaakvoerder@novak.example")
    page.get_by_label("Telefoonnummer").fill("02 555 01 00")
    page.get_by_role("button", name="Nieuwe codes vragen").click()


def take_both(page: Page, cast, enter_as, number: str) -> None:
    """Let Sam establish who it is, and Ada agree."""
    address = f"/beheer/aanvragen/aanvraag?nr={number}"
    leave(page)
    enter_as(cast.sam)
    page.goto(address)
    page.get_by_role("button", name="In behandeling nemen").click()
    page.get_by_role("radio", name=re.compile("Telaat Dag")).check()
    page.get_by_label("Hoe hebt u vastgesteld wie het is?").fill("Teruggebeld.")
    page.get_by_role("button", name="Identiteit vaststellen").click()
    expect(page.get_by_text("Een collega moet dit nog bevestigen.")).to_be_visible()
    leave(page)
    enter_as(cast.ada)
    page.goto(address)
    expect(page.get_by_text("nieuwe codes naar het bekende adres")).to_be_visible()
    look_at(page, "activation codes to confirm")
    page.get_by_role("button", name="Bevestigen en versturen").click()
    expect(page.get_by_text("Bevestigd. De e-mails zijn verstuurd.")).to_be_visible()


@pytest.mark.covers("S-03", "S-04", "S-05", "S-07", "S-17")
def test_a_company_account_is_made_and_activated_by_whoever_was_appointed(
    page: Page, cast, enter_as, mails
):
    enter_as(cast.sam)
    make(page)
    username, temporary = codes(mails)
    leave(page)

    sign_in(page, username.lower(), temporary)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies een nieuw wachtwoord")
    expect(page.get_by_text("activeert u het account van uw onderneming")).to_be_visible()
    last = company_accounts.last_day(NOW)
    expect(page.get_by_text(f"geldig tot en met {last:%d-%m-%Y}")).to_be_visible()
    for closed in ("/toegang", "/profiel"):  # by its address, too
        page.goto(closed)
        expect(page).to_have_url(re.compile("/wachtwoord-wijzigen"))
    assert page.request.get("/downloads/overzicht.xlsx").status in (401, 403, 404)

    fill(page, temporary, OF_ANOTHER)
    number = page.get_by_label(re.compile("Rijksregisternummer"))
    expect(page.get_by_role("link", name=re.compile("hoort niet bij de persoon"))).to_be_visible()
    expect(number).to_have_value(OF_ANOTHER)
    look_at(page, "activation refused")
    number.fill(NUMBER)
    page.get_by_role("button", name="Opslaan en doorgaan").click()

    expect(page.get_by_text("Het account van uw onderneming is actief.")).to_be_visible()
    expect(page.get_by_text("Chauffage Novak srl").first).to_be_visible()
    page.goto("/toegang")
    expect(page.get_by_text("Nora Claes").first).to_be_visible()
    leave(page)
    sign_in(page, NORA, NEW_PASSWORD)  # from now on with the address too
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nora")


@pytest.mark.one_database  # tests/services asks both
@pytest.mark.covers("S-06", "S-18")
def test_codes_work_on_their_last_day_and_the_day_after_new_ones_are_asked_for(
    page: Page, cast, enter_as, mails
):
    midnight = NOW.replace(hour=23) - timedelta(days=1)  # in Brussels
    for name, days_ago in (("Laatste", 0), ("Telaat", 1)):
        person = factories.make_person(name, "Dag", email=f"{name}@novak.example".casefold())
        person.national_number_digest = "0" * 64  # of no number
        factories.rewrite(person)
        account = factories.make_account(person, username=f"dag.{name}")
        issued_at = NOW - timedelta(days=days_ago)
        organisation = cast.de_smet if days_ago else cast.vak
        factories.make_company_account(
            organisation,
            account,
            issued_at=issued_at,
            expires_at=midnight + timedelta(days=31 - days_ago),
        )
    page.goto("/dev/clock")
    page.get_by_role("button", name="30 dagen later").click()
    expect(page.locator("#clock")).to_contain_text("De klok is verzet.")

    sign_in(page, "dag.laatste", PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies een nieuw wachtwoord")
    said = page.evaluate(_GUESSES, [PASSWORD, OF_ANOTHER, NEW_PASSWORD])
    assert said[0] == "errors.national_number_of_another"
    assert "errors.wait_seconds" in said[1:]

    leave(page)
    sign_in(page, "dag.telaat", PASSWORD)
    expect(page).to_have_url(re.compile("/activeringscodes"))
    expect(page.get_by_text("Uw tijdelijke wachtwoord is verlopen.")).to_be_visible()
    card = page.get_by_role("region", name="Helpdesk Techniek+")
    expect(card).to_contain_text("02 555 01 00")
    expect(card).to_contain_text("werkdagen van 8.30 tot 17.00 uur")
    expect(card).to_contain_text(re.compile("Nu (open|gesloten)"))
    look_at(page, "activation codes are over")
    page.get_by_role("button", name="Nieuwe codes vragen").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text("Vul het rijksregisternummer in.")
    ask(page)
    said = page.get_by_text(re.compile("Uw aanvraag heeft nummer"))
    expect(said).to_be_visible()
    look_at(page, "activation codes asked for")
    [number] = re.findall(r"A-[0-9A-Z]{6}", said.inner_text())
    take_both(page, cast, enter_as, number)
    name = mailbox.text_of(mails.wait_for("telaat@novak.example", subject="Uw gebruikersnaam"))
    assert "dag.Telaat" in name
    letter = mails.wait_for("telaat@novak.example", subject="Uw tijdelijk wachtwoord")
    temporary = re.search(r"^\s*(\S{16})\s*$", mailbox.text_of(letter), re.MULTILINE)
    assert temporary is not None
    leave(page)
    sign_in(page, "dag.telaat", temporary[1])
    expect(page.get_by_role("heading", level=1)).to_have_text("Kies een nieuw wachtwoord")
    page.goto("/dev/clock")
    page.get_by_role("button", name="Zet de klok terug").click()
    expect(page.locator("#clock")).to_contain_text("-03-2026")


@pytest.mark.one_database
@pytest.mark.covers("S-03", "S-04", "S-05", "S-06", "S-07")
def test_in_english_codes_that_are_over_say_whom_to_call_and_those_that_work_activate(
    browser: Browser, portal: Portal, cast, open_page, mails
):
    late = factories.make_account(factories.make_person("Te", "Laat"), username="too.late")
    factories.make_company_account(cast.de_smet, late, expires_at=NOW - timedelta(minutes=1))
    hashed = passwords.hash_password(TEMPORARY)
    appointed.make(run_as, cast.sam, locale="en", password=TEMPORARY, password_hash=hashed)
    made = browser.new_context(base_url=portal.origin, locale="en-GB")
    page = open_page(made)
    reader = Reader(page, "en")
    sign_in(page, "too.late", PASSWORD)
    for sentence in ("activation.expired", "activation.responsible_asks"):
        expect(reader.sees(sentence)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(brand.contact.phone)

    name = mailbox.text_of(mails.wait_for(NORA, subject=USER_NAME_IS))
    username = re.search(r"^\s*([0-9A-Z]{4}-[0-9A-Z]{4})\s*$", name, re.MULTILINE)
    assert username is not None
    sign_in(page, username[1], TEMPORARY)
    expect(reader.heading).to_have_text("Choose a new password")
    expect(reader.sees("activation.intro")).to_be_visible()
    page.get_by_label("Old password", exact=True).fill(TEMPORARY)
    reader.field("asking.national_number").fill(NUMBER)
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Confirm new password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save and continue").click()

    expect(reader.sees("home.company_account_active")).to_be_visible()
    page.goto("/toegang")
    expect(reader.heading).to_have_text("People and access")
    expect(page.get_by_text("Nora Claes").first).to_be_visible()
    made.close()
