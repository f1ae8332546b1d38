"""The phone desk, as a colleague lives a call."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from portal_app.models import Application, AuditEvent, Person
from tests import factories
from tests.harness.looking import look_at
from tests.harness.mailbox import Mailbox
from tests.harness.visiting import sign_in, wait_to_be_sent_to_sign_in

ALICE, BOB = "alice@voorbeeld.example", "bob@voorbeeld.example"


@pytest.mark.one_database
def test_a_caller_is_found_established_told_and_helped(page: Page, cast, enter_as, mails: Mailbox):
    cast.alice.birth_date = date(1985, 7, 30)
    factories.rewrite(cast.alice)
    enter_as(cast.sam)
    page.goto("/beheer/aanvragen")
    page.get_by_role("link", name="Aan de telefoon").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aan de telefoon")
    look_at(page, "telefoon")
    search = page.get_by_label("Trefwoorden")
    search.fill("niemand zo")
    search.press("Enter")
    expect(page.get_by_text("Niets gevonden")).to_be_visible()
    search.fill("jansen, ali")
    search.press("Enter")
    page.get_by_role("link", name="Jansen, Alice").click()

    expect(page.get_by_text("Vertel nog niets")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Tijdelijk wachtwoord"))).to_have_count(0)
    page.get_by_role("checkbox", name=re.compile("geboortedatum")).check()
    page.get_by_role("button", name="Identiteit vastgesteld").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary.get_by_role("link", name=re.compile("ten minste twee vragen"))).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("geboortedatum"))).to_be_checked()
    look_at(page, "telefoon-wie-belt-er")
    page.get_by_role("checkbox", name=re.compile("e-mailadres")).check()
    page.get_by_role("button", name="Identiteit vastgesteld").click()

    expect(page.get_by_text("U ziet nu wat u mag vertellen en doen.")).to_be_visible()
    expect(page.get_by_text("Organisatiebeheerder")).to_be_visible()
    expect(page.get_by_role("main").get_by_text("alice@voorbeeld.example")).to_have_count(0)
    look_at(page, "telefoon-vastgesteld")
    page.get_by_role("button", name=re.compile("Tijdelijk wachtwoord")).click()
    expect(page.get_by_text("Het tijdelijke wachtwoord is gemaild.")).to_be_visible()
    mails.wait_for("alice@voorbeeld.example", subject="tijdelijk wachtwoord")
    actions = [one.action for one in factories.all_of(AuditEvent)]
    assert actions.count("phone_desk.established") == 1
    assert actions.count("phone_desk.searched") >= 2

    search.fill(cast.vak.number)
    search.press("Enter")
    # What is known of the caller leads to the company too, until there is what was found.
    expect(page.get_by_role("heading", name="Gevonden")).to_be_visible()
    page.get_by_role("link", name=cast.vak.name).click()
    expect(page.get_by_text("alleen de initialen")).to_be_visible()
    expect(page.get_by_role("link", name="Alice Jansen")).to_be_visible()
    look_at(page, "telefoon-bedrijf")
    enter_as(cast.bob)
    page.goto("/beheer/telefoon")
    expect(page.get_by_role("heading", level=1)).to_have_text("U hebt geen toegang tot deze pagina")


@pytest.mark.one_database
def test_an_application_is_entered_for_a_caller(page: Page, cast, enter_as, mails: Mailbox):
    enter_as(cast.sam)
    establish(page, cast.alice)
    page.get_by_role("link", name="Gewijzigd e-mailadres invoeren").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Aanvraag invoeren")
    expect(page.get_by_label("Voornaam")).to_have_value("Alice")
    page.get_by_label("Rijksregisternummer").fill("85.07.30-033.28")
    page.get_by_role("button", name="Aanvraag bewaren").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary.get_by_role("link", name="Vul het nieuwe e-mailadres in.")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # the bar on top would lie over a link
    look_at(page, "aanvraag-invoeren-geweigerd")
    expect(page.get_by_label("Voornaam")).to_have_value("Alice")
    page.get_by_label("E-mailadres", exact=True).fill("alice@thuis.example")
    page.get_by_label("Nieuw e-mailadres").fill("alice@nieuw.example")
    page.get_by_label("Taal", exact=True).select_option("fr")
    page.get_by_role("button", name="Aanvraag bewaren").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("E-mailadres gewijzigd A-")
    expect(page.get_by_role("main").get_by_text("Sam Willems")).to_be_visible()
    mails.wait_for("alice@thuis.example", subject="reçu")


def establish(desk: Page, person: Person) -> None:
    """Find out that it is this person who calls."""
    desk.goto(f"/beheer/telefoon?persoon={person.key}")
    desk.get_by_role("checkbox", name=re.compile("e-mailadres")).check()
    desk.get_by_role("checkbox", name=re.compile("bedrijf")).check()
    desk.get_by_role("button", name="Identiteit vastgesteld").click()


@pytest.fixture
def desk(sam: Page, cast) -> Page:
    """Sam has Alice on the phone, and knows that it is her."""
    establish(sam, cast.alice)
    return sam


@pytest.mark.one_database
def test_what_is_asked_with_an_account_is_entered_for_a_caller(desk: Page, cast, mails: Mailbox):
    factories.make_passkey(cast.alice)
    desk.goto(f"/beheer/telefoon?persoon={cast.alice.key}")
    desk.get_by_role("link", name="Rol of hoedanigheid aanvragen").click()
    expect(desk.get_by_text("Voor Alice Jansen")).to_be_visible()
    desk.get_by_role("button", name="Aanvraag bewaren").click()
    summary = desk.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary.get_by_role("link", name="Kies een rol.")).to_be_visible()
    desk.get_by_label("Rol", exact=True).select_option(index=1)
    desk.get_by_label("Waarvoor heeft de beller dit nodig?").fill("Volgt de monteurs op.")
    desk.get_by_role("button", name="Aanvraag bewaren").click()
    expect(desk.get_by_text(re.compile("Aanvraag A-.* is bewaard"))).to_be_visible()
    look_at(desk, "aanvraag-invoeren-rol")
    mails.wait_for(ALICE, subject="ontvangen")

    desk.goto(f"/beheer/telefoon?persoon={cast.alice.key}")
    desk.get_by_role("link", name="Verloren tweede stap invoeren").click()
    desk.get_by_label("Rijksregisternummer").fill("85.07.30-033.28")
    desk.get_by_label("Telefoon").fill("02 555 01 00")
    look_at(desk, "aanvraag-invoeren-tweede-stap")
    desk.get_by_role("button", name="Aanvraag bewaren").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Tweede stap kwijt A-")
    kept = factories.all_of(Application)
    assert {one.person_id for one in kept} == {cast.alice.key}
    assert len(kept) == 2


def test_a_capacity_is_entered_for_a_caller_whose_company_follows_it(
    sam: Page, page: Page, cast, enter_as, mails: Mailbox
):
    establish(sam, cast.bob)
    sam.get_by_role("link", name="Rol of hoedanigheid aanvragen").click()
    expect(sam.get_by_text("Voor Bob De Smet")).to_be_visible()
    sam.get_by_label("Soort").select_option(label="Hoedanigheid")
    sam.get_by_role("button", name="Aanvraag bewaren").click()
    wrong = sam.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(wrong.get_by_role("link", name="Kies een hoedanigheid.")).to_be_visible()
    sam.get_by_label("Opleidingsverstrekker").check()
    sam.get_by_label("Waarvoor heeft de beller dit nodig?").fill("Geeft cursussen.")
    sam.evaluate("scrollTo(0, 0)")  # the bar on top would lie over a link
    look_at(sam, "aanvraag-invoeren-hoedanigheid")
    sam.get_by_role("button", name="Aanvraag bewaren").click()
    expect(sam.get_by_text(re.compile("Aanvraag A-.* is bewaard"))).to_be_visible()
    mails.wait_for(BOB, subject="ontvangen")

    enter_as(cast.bob)
    page.goto("/aanvragen")
    row = page.get_by_role("row").filter(has_text="Hoedanigheid")
    expect(row).to_contain_text(cast.de_smet.name)
    expect(row).to_contain_text("Ontvangen")
    row.get_by_role("link").click()
    told = page.get_by_role("main").get_by_role("listitem")
    expect(told).to_contain_text(["Wij hebben uw aanvraag ontvangen."])

    sam.goto("/beheer/aanvragen?soort=capacity")
    sam.locator("tbody tr").filter(has_text="Hoedanigheid").get_by_role("link").click()
    expect(sam.get_by_text("Geeft cursussen.")).to_be_visible()
    sam.get_by_role("button", name="In behandeling nemen").click()
    sam.get_by_role("button", name="Goedkeuren en hoedanigheid aanzetten").click()
    expect(sam.get_by_text("Goedgekeurd. De hoedanigheid staat aan.")).to_be_visible()
    page.reload()
    expect(told).to_contain_text(
        [
            "Wij hebben uw aanvraag ontvangen.",
            "Wij behandelen uw aanvraag.",
            "Uw aanvraag is afgehandeld.",
        ]
    )


@pytest.mark.one_database
@pytest.mark.covers("I-15")
def test_an_account_is_blocked_at_once_and_opened_again(
    page: Page, desk: Page, cast, enter_as, mails: Mailbox
):
    enter_as(cast.alice)
    page.goto("/overzicht")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overzicht")

    desk.get_by_role("button", name="Account blokkeren").click()
    summary = desk.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary.get_by_role("link", name="Kies een reden.")).to_be_visible()
    desk.get_by_label("Waarom").select_option(label="Toestel kwijt of gestolen")
    desk.get_by_role("button", name="Account blokkeren").click()
    expect(desk.get_by_text("Het account is geblokkeerd.")).to_be_visible()
    expect(desk.get_by_text("Toestel kwijt of gestolen")).to_be_visible()
    look_at(desk, "telefoon-geblokkeerd")

    wait_to_be_sent_to_sign_in(page)
    mails.wait_for(ALICE, subject="geblokkeerd")
    form = page.locator("form[action='/formulieren/aanmelden']")
    form.get_by_label("Inlognaam").fill(ALICE)
    form.get_by_label("Wachtwoord", exact=True).fill(factories.PASSWORD)
    form.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_text("Dit account is geblokkeerd. Bel de helpdesk.")).to_be_visible()

    desk.get_by_role("button", name="Blokkering opheffen").click()
    expect(desk.get_by_text("De blokkering is opgeheven.")).to_be_visible()
    mails.wait_for(ALICE, subject="niet meer geblokkeerd")
    sign_in(page, ALICE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Overzicht")
