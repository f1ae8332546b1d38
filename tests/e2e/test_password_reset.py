"""A forgotten password, as people live it: ask, read the mail, sign in, choose another."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.models import Account
from tests import factories
from tests.factories import PASSWORD
from tests.harness import mailbox, server
from tests.harness.looking import look_at
from tests.harness.mailbox import Mailbox
from tests.harness.server import Portal
from tests.harness.visiting import sign_in

ALICE, BOB, CHARLIE, SAM = (
    f"{name}@voorbeeld.example" for name in ("alice", "bob", "charlie", "sam")
)  # one for each journey: who asks again waits
NEW_PASSWORD = "Instituut135!"
SUBJECT = {"nl": "Uw tijdelijk wachtwoord", "en": "Your temporary password"}
LOOK = "Als dit e-mailadres bij ons bekend is, hebt u binnen een paar minuten een e-mail"


def temporary_in(mail: EmailMessage) -> str:
    """Return the password in a mail: what stands alone on its line."""
    [password] = re.findall(r"^ +([A-Za-z0-9!?@*]{16})\r?$", mailbox.text_of(mail), re.MULTILINE)
    return password


def withdrawal_in(mail: EmailMessage) -> str:
    """Return the address of 'Dit was ik niet' in a mail."""
    [address] = re.findall(r"/wachtwoord-vergeten/intrekken\?code=\w+", mailbox.text_of(mail))
    return address


def ask(page: Page, email: str) -> None:
    page.goto("/wachtwoord-vergeten")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_role("button", name="Wachtwoord opnieuw instellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kijk in uw e-mail")


def try_to_sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/aanmelden")
    page.get_by_label("Inlognaam").fill(login)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


@pytest.fixture
def elsewhere(browser: Browser, portal: Portal, cast, open_page) -> Iterator[Page]:
    """Another browser, in which Alice is at work."""
    made = browser.new_context(base_url=portal.origin, locale="nl-BE")
    other = open_page(made)
    sign_in(other, ALICE)
    other.goto("/profiel")
    expect(other.get_by_label("Voornaam *")).to_have_value("Alice")
    yield other
    made.close()
    del cast


@pytest.mark.covers("I-07", "I-10", "I-11", "I-12", "I-13", "I-14", "X-09")
def test_a_forgotten_password_is_replaced_by_way_of_the_mail(
    page: Page, elsewhere: Page, mails: Mailbox
):
    page.goto("/aanmelden")
    page.get_by_role("link", name="Bent u uw wachtwoord vergeten?").click()
    for scenario in (
        "Scenario 1: u weet niet welk e-mailadres bij ons bekend is",
        "Scenario 2: u bent uw wachtwoord vergeten",
    ):
        expect(page.get_by_role("heading", name=scenario)).to_be_visible()
    page.get_by_role("link", name="Wachtwoord opnieuw instellen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wachtwoord vergeten?")
    page.get_by_role("button", name="Wachtwoord opnieuw instellen").click()
    # Once the summary has the focus: what is typed before that would lose it again.
    summary = page.locator("[role=alert]:focus")
    expect(summary.get_by_role("link", name="Vul uw e-mailadres in.")).to_be_visible()
    page.get_by_label("E-mailadres").fill(" Alice@Voorbeeld.example ")
    page.get_by_label("E-mailadres").press("Enter")

    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("Kijk in uw e-mail")
    expect(title).to_be_focused()
    expect(page.get_by_text(LOOK)).to_be_visible()
    expect(
        page.get_by_text("Kijk in uw ongewenste e-mails indien u de e-mail niet ontvangt.")
    ).to_be_visible()
    look_at(page, "wachtwoord-vergeten-gevraagd")
    mail = mails.wait_for(ALICE, subject=SUBJECT["nl"])
    assert "Chrome, Linux" in mailbox.text_of(mail)
    temporary = temporary_in(mail)
    page.get_by_role("main").get_by_role("link", name="Naar aanmelden").click()
    page.get_by_label("Inlognaam").fill(ALICE)
    page.get_by_label("Wachtwoord", exact=True).fill(f" {temporary} ")
    page.get_by_role("button", name="Aanmelden", exact=True).click()

    expect(title).to_have_text("Kies een nieuw wachtwoord")
    expect(page.get_by_text("Het is geldig tot 03-03-2026")).to_be_visible()
    page.goto("/overzicht")
    expect(page).to_have_url(re.compile("/wachtwoord-wijzigen"))
    page.get_by_label("Oud wachtwoord", exact=True).fill(temporary)
    new, again = page.get_by_label("Nieuw wachtwoord", exact=True), "Bevestig nieuw wachtwoord"
    new.fill("kort")
    expect(page.get_by_text("ten minste 8 tekens")).to_be_visible()
    for refused, why in (
        (temporary, "Kies een ander wachtwoord dan uw oude wachtwoord."),
        (PASSWORD, "Kies een ander wachtwoord dan uw oude wachtwoord."),
        ("Jansen-kiest-9", "Gebruik uw naam niet in uw wachtwoord."),
    ):
        page.get_by_label("Oud wachtwoord", exact=True).fill(temporary)
        new.fill(refused)
        page.get_by_label(again).fill(refused)
        page.get_by_role("button", name="Opslaan en doorgaan").click()
        expect(summary.get_by_role("link", name=why)).to_be_visible()
    look_at(page, "wachtwoord-wijzigen-geweigerd")
    expect(elsewhere.get_by_label("Voornaam *")).to_have_value("Alice")  # until it is done
    page.get_by_label("Oud wachtwoord", exact=True).fill(temporary)
    new.fill(NEW_PASSWORD)
    page.get_by_label(again).fill(NEW_PASSWORD)
    with elsewhere.expect_event("load"):  # the sign-in page, in place of what was open
        page.get_by_role("button", name="Opslaan en doorgaan").click()

    expect(title).to_have_text("Overzicht")
    mails.wait_for(ALICE, subject="Uw wachtwoord is gewijzigd")
    expect(elsewhere).to_have_url(re.compile("/aanmelden.*reden=elders"))
    try_to_sign_in(elsewhere, ALICE, temporary)
    expect(elsewhere.get_by_role("alert")).to_contain_text("Dit tijdelijke wachtwoord is al")
    try_to_sign_in(elsewhere, ALICE, NEW_PASSWORD)
    expect(elsewhere).not_to_have_url(re.compile("/aanmelden"))


@pytest.mark.one_database
@pytest.mark.covers("I-07", "I-08", "I-09", "I-10", "I-11", "I-12", "I-13", "I-14")
def test_the_english_screens_use_the_words_of_the_source(
    browser: Browser, portal: Portal, cast, open_page, mails: Mailbox
):
    [account] = [one for one in factories.all_of(Account) if one.person_id == cast.charlie.key]
    account.locale = "en"
    factories.rewrite(account)
    made = browser.new_context(base_url=portal.origin, locale="en-GB")
    page = open_page(made)
    page.goto("/aanmelden")
    expect(page.get_by_placeholder("someone@example.com")).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    page.get_by_role("link", name="Can't access your account?").click()
    for scenario in ("Scenario 1", "Scenario 2"):
        expect(page.get_by_role("heading", name=re.compile(scenario))).to_be_visible()
    page.get_by_role("link", name="Password reset").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Password reset")
    expect(
        page.get_by_text(re.compile(r"^Please fill in your .+ email address\.$"))
    ).to_be_visible()
    page.get_by_label("Email address", exact=True).fill(CHARLIE)
    page.get_by_role("button", name="Password reset", exact=True).click()
    expect(page.get_by_text("Look in your unwanted emails")).to_be_visible()
    mail = mails.wait_for(CHARLIE, subject=SUBJECT["en"])
    assert "Enter all characters" in " ".join(mailbox.text_of(mail).split())
    temporary = temporary_in(mail)
    sign_in(page, CHARLIE, temporary)
    expect(page.get_by_role("heading", level=1)).to_have_text("Choose a new password")
    page.get_by_label("Old password", exact=True).fill(temporary)
    page.get_by_label("New password", exact=True).fill("short")
    expect(page.get_by_text("at least 8 characters")).to_be_visible()
    look_at(page, "password-reset-english")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Confirm new password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save and continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    made.close()
    del cast


@pytest.mark.covers("I-16")
def test_an_unknown_address_hears_the_same_and_asking_again_takes_longer(
    page: Page, cast, mails: Mailbox
):
    for address in (SAM, "niemand@voorbeeld.example"):
        ask(page, address)
        expect(page.get_by_text(LOOK)).to_be_visible()
        page.get_by_role("button", name="Opnieuw versturen").click()
        expect(page.get_by_role("alert")).to_contain_text("U vroeg net om een e-mail.")

    mails.wait_for(SAM, subject=SUBJECT["nl"])
    assert mails.to("niemand@voorbeeld.example") == []
    assert len(mails.to(SAM)) == 1
    del cast


@pytest.mark.covers("I-11", "I-16")
def test_whoever_did_not_ask_takes_it_back_with_a_button(page: Page, cast, mails: Mailbox):
    ask(page, BOB)
    mail = mails.wait_for(BOB, subject=SUBJECT["nl"])
    page.goto(withdrawal_in(mail))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit was ik niet")
    page.reload()  # a scanner looks too, and changes nothing
    page.get_by_role("button", name="Tijdelijk wachtwoord intrekken").click()

    expect(page.get_by_text("Het tijdelijke wachtwoord is ingetrokken.")).to_be_visible()
    look_at(page, "wachtwoord-ingetrokken")
    try_to_sign_in(page, BOB, temporary_in(mail))
    expect(page.get_by_role("alert")).to_contain_text("ingetrokken met ‘Dit was ik niet’")
    try_to_sign_in(page, BOB, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bob")
    del cast


def test_a_link_that_is_not_whole_says_so(page: Page, cast):
    page.goto("/wachtwoord-vergeten/intrekken?code=7VP")
    page.get_by_role("button", name="Tijdelijk wachtwoord intrekken").click()

    expect(page.get_by_role("alert")).to_contain_text("We kennen deze link niet.")
    del cast


@pytest.fixture
def by_code(stage, portal: Portal, mails: Mailbox, tmp_path: Path) -> Iterator[Portal]:
    """A second portal on the same database, which mails codes instead."""
    with server.running(
        tmp_path,
        database_url=stage.database.address,
        PORTAL_SMTP_URL=mails.address,
        PORTAL_RESET_BY="code",
    ) as other:
        yield other
    del portal


@pytest.mark.one_database
@pytest.mark.covers("X-09")
def test_by_a_setting_a_code_is_typed_where_it_was_asked_for(
    by_code: Portal, browser: Browser, cast, open_page, mails: Mailbox
):
    made = browser.new_context(base_url=by_code.origin, locale="nl-BE")
    page = open_page(made)
    page.goto("/wachtwoord-vergeten")
    page.get_by_label("E-mailadres").fill(ALICE)
    page.get_by_role("button", name="Wachtwoord opnieuw instellen").click()
    code = page.get_by_label("Verificatiecode", exact=True)
    expect(code).to_be_focused()
    digits = mailbox.code_in(mails.wait_for(ALICE, subject="Verificatiecode"))
    code.fill("000000" if digits != "000000" else "111111")
    code.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet.")
    look_at(page, "wachtwoord-vergeten-code")
    code.fill(digits)
    page.get_by_role("button", name="Code verifiëren").click()

    expect(page.get_by_label("Gebruikersnaam")).to_have_value(ALICE)
    page.reload()
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Bevestig nieuw wachtwoord").fill(NEW_PASSWORD)
    look_at(page, "wachtwoord-vergeten-kiezen")
    page.get_by_role("button", name="Opslaan en doorgaan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Overzicht")
    mails.wait_for(ALICE, subject="Uw wachtwoord is gewijzigd")
    made.close()
    del cast
