"""A company's data are kept up to date by several people, and its money asks for two of them."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal_app.models import BrowserSession
from portal_app.services import bank_accounts
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import EMPLOYER, PASSWORD
from tests.harness.cast import acting_as
from tests.harness.looking import look_at
from tests.harness.reader import Reader
from tests.services import managing
from tests.services.managing import USER

_IBAN = "BE68 5390 0754 7034"


def part(page: Page, name: str):
    """Return the card of a part."""
    heading = page.get_by_role("heading", level=2, name=name, exact=True)
    return page.locator("section.card").filter(has=heading)


def fill_in(page: Page, **fields: str) -> None:
    """Fill fields in by their labels."""
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan").click()


def reach(page: Page, phone: str, email: str, website: str) -> None:
    page.get_by_label("Algemeen telefoonnummer").fill(phone)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Website").fill(website)
    save(page)


@pytest.mark.covers("M-01", "M-02")
def test_a_trusted_contact_changes_part_by_part_and_loses_nothing_typed(
    page: Page, cast, enter_as
) -> None:
    enter_as(cast.bob)
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Bedrijfsgegevens").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedrijfsgegevens")
    look_at(page, "bedrijf")

    page.get_by_role("link", name="Wijzig: adres").click()
    expect(page.get_by_label("Straat en nummer")).to_be_focused()
    fill_in(page, Straat_en_nummer="Kabelkaai 23", Postcode="9000", Gemeente="")
    save(page)
    expect(page.locator("#mistakes")).to_contain_text("Vul de gemeente in.")
    expect(page).to_have_title(re.compile("^Fout: Bedrijfsgegevens"))
    expect(page.get_by_label("Straat en nummer")).to_have_value("Kabelkaai 23")
    look_at(page, "bedrijf-fout")
    fill_in(page, Gemeente="Gent")
    save(page)
    expect(page.get_by_text("Het adres is bewaard.")).to_be_visible()
    expect(part(page, "Adres")).to_contain_text("Kabelkaai 23")
    expect(part(page, "Adres")).to_contain_text("Laatst gewijzigd door u op")

    contact = part(page, "Bereikbaarheid")
    expect(contact.get_by_text("Niet ingevuld")).to_have_count(3)
    page.get_by_role("link", name="Wijzig: bereikbaarheid").click()
    reach(page, "12", "info@", "ftp://x")
    expect(page.locator("#mistakes").get_by_role("link")).to_have_count(3)
    reach(page, "09 000 00 05", "info@voorbeeld.example", "www.voorbeeld.example")
    expect(contact.get_by_role("link", name="https://www.voorbeeld.example")).to_be_visible()

    page.get_by_role("link", name="Wijzig: naam").click()
    fill_in(page, Naam="De Smet Klimaat bv")
    page.get_by_role("link", name="Wijzig: adres").click()
    page.get_by_role("button", name="Op de pagina blijven").click()
    expect(page.get_by_label("Naam", exact=True)).to_have_value("De Smet Klimaat bv")
    page.get_by_role("link", name="Annuleren").click()
    page.get_by_role("button", name="Pagina verlaten").click()
    expect(part(page, "Bedrijf")).to_contain_text(cast.de_smet.name)
    page.get_by_role("link", name="Wijzig: adres").click()  # nothing typed, nothing asked
    expect(page.get_by_label("Straat en nummer")).to_be_focused()


def test_what_a_colleague_saved_meanwhile_is_shown_beside_one_s_own(
    page: Page, cast, enter_as, another
) -> None:
    enter_as(cast.bob)
    page.goto("/bedrijf?wijzig=adres")
    fill_in(page, Straat_en_nummer="Kabelkaai 23", Postcode="9000", Gemeente="Gent")
    of_dora = another(cast.dora)
    of_dora.goto(f"/bedrijf?org={cast.de_smet.key}&wijzig=adres")
    fill_in(of_dora, Straat_en_nummer="Mijnlaan 15", Postcode="3500", Gemeente="Hasselt")
    save(of_dora)
    expect(of_dora.get_by_text("Het adres is bewaard.")).to_be_visible()

    save(page)

    expect(
        page.get_by_text(re.compile("Dora Maes wijzigde dit op .*, terwijl u bezig"))
    ).to_be_visible()
    address = part(page, "Adres")
    expect(address).to_contain_text("Mijnlaan 15")
    expect(page.get_by_label("Straat en nummer")).to_have_value("Kabelkaai 23")
    look_at(page, "bedrijf-twee-versies")
    save(page)
    expect(page.get_by_text("Het adres is bewaard.")).to_be_visible()
    expect(address).to_contain_text("Kabelkaai 23")


@pytest.mark.covers("M-02")
def test_a_bank_account_is_looked_at_twice_and_confirmed_by_another(
    page: Page, cast, enter_as, another, mails
) -> None:
    enter_as(cast.bob)
    page.goto("/bedrijf?wijzig=rekening")
    page.get_by_label("IBAN").fill("BE68 5390 0754 7035")
    page.get_by_role("button", name="Controleren").click()
    expect(page.locator("#mistakes")).to_contain_text("Dit IBAN klopt niet")
    page.get_by_label("IBAN").fill(_IBAN)
    page.get_by_label("IBAN").press("Enter")
    expect(page.get_by_role("heading", name="Klopt dit rekeningnummer?")).to_be_focused()
    look_at(page, "bedrijf-rekening-controleren")
    page.get_by_role("button", name="Aanpassen").click()
    expect(page.get_by_label("IBAN")).to_be_focused()
    expect(page.get_by_label("IBAN")).to_have_value(_IBAN)
    page.get_by_role("button", name="Controleren").click()
    page.get_by_role("button", name="Ja, dit klopt").click()

    expect(page.get_by_text("Het geldt zodra een tweede persoon het bevestigt.")).to_be_visible()
    account = part(page, "Rekeningnummer voor subsidies")
    expect(account.get_by_role("button", name="Intrekken")).to_be_visible()
    expect(account.get_by_role("button", name="Bevestigen")).to_have_count(0)
    look_at(page, "bedrijf-rekening-wacht")

    letter = mails.wait_for(cast.dora.email, subject="Bevestig een rekeningnummer")
    assert _IBAN not in letter.get_body(("plain",)).get_content()
    of_dora = another(cast.dora)
    of_dora.goto("/")
    of_dora.get_by_role("link", name="Bevestig een rekeningnummer").click()
    of_dora.get_by_role("button", name="Bevestigen").click()
    asked = of_dora.get_by_role("dialog")
    expect(asked).to_contain_text("7034")
    look_at(of_dora, "bedrijf-rekening-bevestigen")
    asked.get_by_role("button", name="Bevestigen").click()
    expect(of_dora.get_by_text("Het rekeningnummer is bevestigd.")).to_be_visible()
    mails.wait_for(cast.bob.email, subject="Er geldt een nieuw rekeningnummer")

    page.get_by_role("link", name="Wijzig: adres").click()
    expect(account).to_contain_text("Laatst gewijzigd door u op")


@pytest.mark.one_database
def test_whoever_did_not_prove_lately_who_they_are_does_so_and_goes_on(
    page: Page, cast, enter_as
) -> None:
    enter_as(cast.bob)
    session = factories.all_of(BrowserSession)[-1]
    session.proven_at = factories.LONG_AGO
    factories.rewrite(session)
    page.goto("/bedrijf?wijzig=rekening")
    page.get_by_label("IBAN").fill(_IBAN)
    page.get_by_role("button", name="Controleren").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    page.locator("[name=current_password]").fill(PASSWORD)
    page.locator("form:has([name=current_password]) [type=submit]").click()

    expect(page.get_by_label("IBAN")).to_have_value(_IBAN)
    page.get_by_role("button", name="Controleren").click()
    page.get_by_role("button", name="Ja, dit klopt").click()
    expect(page.get_by_role("heading", name="Wacht op een tweede persoon")).to_be_visible()


@pytest.mark.one_database
def test_a_colleague_who_may_only_look_is_shown_less(page: Page, cast, enter_as) -> None:
    entered = {"iban": "BE68539007547034", "holder": "De Smet bv", "version": 0}
    company = cast.de_smet.key
    run(bank_accounts.enter, acting_as(cast.bob), organisation_id=company, **entered)
    enter_as(managing.holder("Uma", USER, cast.de_smet, EMPLOYER))
    page.goto("/bedrijf?wijzig=rekening")

    expect(page.get_by_text("U kunt het bekijken, niet wijzigen.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Wijzig"))).to_have_count(0)
    expect(page.get_by_text("Wacht op een tweede persoon")).to_have_count(0)
    look_at(page, "bedrijf-alleen-lezen")


@pytest.mark.one_database
def test_the_desk_finds_a_company_and_looks_at_its_data(page: Page, cast, enter_as) -> None:
    enter_as(cast.sam)
    page.goto("/beheer/telefoon?zoek=Klimaatwerken")
    page.get_by_role("main").get_by_role("link", name=cast.de_smet.name).click()
    page.get_by_role("link", name="Bedrijfsgegevens").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bedrijfsgegevens")
    expect(part(page, "Contactpersonen")).to_contain_text("Bob De Smet")


@pytest.mark.one_database
@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_a_company_s_data_are_changed_in_every_language(
    page: Page, cast, enter_as, reader: Reader
) -> None:
    enter_as(cast.bob)
    page.goto("/bedrijf")
    expect(reader.heading).to_have_text(reader.say("company_data.title"))
    reader.link("company_data.change_name").click()
    reader.field("company_data.name").fill("")
    reader.button("shell.save").click()
    expect(page.locator("#mistakes")).to_contain_text(reader.say("company_data.name_empty"))
    reader.field("company_data.name").fill("De Smet Klimaat bv")
    reader.button("shell.save").click()
    expect(reader.sees("company_data.saved_name")).to_be_visible()
    look_at(page, "bedrijf-in-taal")
