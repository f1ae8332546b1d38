"""A company asks for access: from the form to the invitation, and to an account that is known."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal_app.permissions import Role
from tests import factories
from tests.harness import mailbox
from tests.harness.looking import look_at
from tests.harness.mailbox import Mailbox

NELE = "nele@metaal.example"
COMPANY = "Metaal Vandervoort nv"


def title(page: Page):
    return page.get_by_role("heading", level=1)


def fill_company(page: Page) -> None:
    page.get_by_label("Ondernemingsnummer").fill("1999.000.249")
    page.get_by_label("Provincie").select_option("Limburg")
    page.get_by_label("Naam van het bedrijf").fill(COMPANY)
    page.get_by_label("Adres", exact=True).fill("Dorpsstraat 1")
    page.get_by_label("Postcode").fill("3500")
    page.get_by_label("Gemeente").fill("Hasselt")
    page.get_by_label("Functie").fill("zaakvoerder")
    page.get_by_label("Algemeen telefoonnummer").fill("02 555 01 00")


def open_the_only_one(page: Page) -> None:
    page.goto("/beheer/aanvragen?soort=access")
    page.get_by_role("row").filter(has_text=COMPANY).get_by_role("link").click()
    page.get_by_role("button", name="In behandeling nemen").click()
    expect(page.get_by_text("U behandelt deze aanvraag.")).to_be_visible()


@pytest.mark.covers("X-21")
def test_a_new_company_asks_and_is_invited(page: Page, sam: Page, mails: Mailbox):
    page.goto("/uitnodiging")
    page.get_by_role("link", name="Ik heb geen code").click()
    expect(title(page)).to_have_text("Toegang aanvragen")
    page.get_by_role("button", name="Aanvraag versturen").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    for sentence in (
        "Vul het ondernemingsnummer in.",
        "Kies een provincie.",
        "Vul de naam van het bedrijf in.",
        "Vul het adres van het bedrijf in.",
        "Vul uw functie in.",
        "Vul uw e-mailadres in.",
    ):
        expect(summary.get_by_role("link", name=sentence, exact=True)).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # the bar on top would lie over a link
    look_at(page, "toegang-aanvragen-geweigerd")
    fill_company(page)
    page.get_by_label("Voornaam").fill("Nele")
    page.get_by_label("Naam", exact=True).fill("Claes")
    page.get_by_label("E-mailadres").fill(NELE)
    page.get_by_role("button", name="Aanvraag versturen").click()
    expect(title(page)).to_have_text("Uw aanvraag is verstuurd")
    received = mails.wait_for(NELE, subject="ontvangen")
    assert "Nele" not in mailbox.text_of(received)

    open_the_only_one(sam)
    expect(sam.get_by_text("Bedrijf staat nog niet in het portaal")).to_be_visible()
    expect(sam.get_by_role("button", name="Toegang direct toekennen")).to_have_count(0)
    sam.evaluate("scrollTo(0, 0)")
    look_at(sam, "aanvraag-toegang")
    sam.get_by_role("button", name="Goedkeuren en uitnodigen").click()

    expect(sam.get_by_text("Goedgekeurd. De uitnodiging is verstuurd.")).to_be_visible()
    mails.wait_for(NELE, subject="Verzilver uw uitnodiging")


@pytest.mark.one_database
@pytest.mark.covers("X-21")
def test_an_account_without_access_asks_and_is_granted_it_at_once(
    page: Page, cast, enter_as, sam: Page, mails: Mailbox
):
    kim = factories.make_person("Kim", "Claes", infix="van der", email="kim@metaal.example")
    factories.make_account(kim)
    enter_as(kim)
    page.goto("/")
    expect(title(page)).to_contain_text("Kim")
    page.get_by_role("link", name="Toegang aanvragen").click()
    expect(page.get_by_label("Naam", exact=True)).to_have_value("van der Claes")
    expect(page.get_by_label("E-mailadres")).to_have_value("kim@metaal.example")
    fill_company(page)
    page.get_by_role("button", name="Aanvraag versturen").click()
    expect(title(page)).to_have_text("Uw aanvraag is verstuurd")

    open_the_only_one(sam)
    expect(sam.get_by_text("Kim van der Claes meldt zich met dit e-mailadres aan")).to_be_visible()
    sam.get_by_label("Rol", exact=True).select_option(Role.ORGANISATION_MANAGER.value)
    sam.get_by_role("button", name="Toegang direct toekennen").click()
    expect(sam.get_by_text("Goedgekeurd. De toegang is toegekend.")).to_be_visible()

    mails.wait_for("kim@metaal.example", subject="U hebt toegang tot")
    page.goto("/")
    expect(page.get_by_text(re.compile(COMPANY)).first).to_be_visible()
    del cast
