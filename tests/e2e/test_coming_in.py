"""Coming in: from the mailed invitation to being inside, as people do it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal_app.models.access import TradeRegister
from portal_app.permissions import Role
from portal_app.services import inviting
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Operator, run
from tests.harness import mailbox
from tests.harness.looking import assert_mistakes_in_order, assert_nothing_cut_off, look_at

GUEST = "nele.peeters@voorbeeld.example"
PASSWORD = "Instituut135!"


@pytest.fixture
def code(cast):
    """The code of an invitation for a company that is new."""
    return run(
        inviting.invite,
        Operator(),
        wanted=NewInvitation(
            OrganisationNumber(TradeRegister.KBO, "1999000249", "West-Vlaanderen"),
            "Metaal Vandervoort nv",
            Role.TRUSTED_CONTACT,
            GUEST,
            "Nele",
            "",
            "Peeters",
        ),
    ).code


def assert_there_is_a_way_back(page: Page) -> None:
    back = page.get_by_role("link", name="Annuleren")
    expect(back).to_have_attribute("href", "/aanmelden")
    expect(back.locator(".icon")).to_be_visible()  # the arrow


def present(page: Page, code: str) -> None:
    page.goto(f"/uitnodiging?code={code}")
    expect(page.get_by_label("Uitnodigingscode")).to_have_value(code)
    page.get_by_role("button", name="Doorgaan").click()
    page.wait_for_url("**/aanmelden")


@pytest.mark.covers("M-12", "M-14", "M-16", "M-18", "M-21", "M-22", "M-24", "M-25")
@pytest.mark.covers("M-26", "M-28", "M-30", "M-34")
def test_an_invited_person_registers_and_is_inside_at_once(page, code, mails):
    letter = mails.wait_for(GUEST, subject="Verzilver uw uitnodiging")
    assert code in mailbox.text_of(letter)
    present(page, code)
    expect(page.get_by_text("Metaal Vandervoort nv")).to_be_visible()
    page.get_by_role("link", name="Nu registreren").click()

    expect(page.get_by_text("Verificatie is vereist. Klik op de knop Verzenden.")).to_be_visible()
    expect(page.get_by_label("E-mailadres", exact=True)).to_have_value(GUEST)
    assert_there_is_a_way_back(page)
    page.get_by_role("button", name="Verificatiecode verzenden").click()
    expect(
        page.get_by_text(
            "De verificatiecode is verzonden naar uw Postvak IN. "
            "Kopieer de code naar het onderstaande invoervak."
        )
    ).to_be_visible()
    assert_there_is_a_way_back(page)
    page.get_by_text("Geen e-mail ontvangen?").click()
    expect(page.get_by_text("Kijk in de map met ongewenste e-mail (spam).")).to_be_visible()
    digits = mailbox.code_in(mails.wait_for(GUEST, subject="Verificatiecode", seconds=3))
    page.get_by_label("Verificatiecode", exact=True).fill(digits)
    page.get_by_role("button", name="Code verifiëren").click()
    expect(page.get_by_text("Het e-mailadres is geverifieerd. U kunt nu doorgaan.")).to_be_visible()
    assert_there_is_a_way_back(page)

    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Bevestig nieuw wachtwoord").fill(PASSWORD)
    page.get_by_label("Dag").select_option("14")
    page.get_by_label("Maand").select_option(label="februari")
    page.get_by_label("Jaar").select_option("1984")
    page.get_by_role("button", name="Account maken").click()

    page.wait_for_url(re.compile(r"/(\?.*)?$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nele")
    expect(page.get_by_text("Metaal Vandervoort nv").first).to_be_visible()


@pytest.mark.covers("M-27")
def test_every_mistake_is_told_at_once_and_nothing_typed_is_lost(page, code):
    present(page, code)
    page.get_by_role("link", name="Nu registreren").click()
    expect(page.get_by_label("Voornaam")).to_have_value("Nele")  # from the invitation
    page.get_by_label("Voornaam").fill("Zoë")
    page.get_by_label("Nieuw wachtwoord", exact=True).fill("kort")
    page.get_by_role("button", name="Account maken").click()

    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Fout: Account maken – "))
    for sentence in ("Bevestig eerst uw e-mailadres.", "Vul uw geboortedatum in."):
        expect(summary.get_by_role("link", name=sentence)).to_be_visible()
    expect(page.get_by_label("Voornaam")).to_have_value("Zoë")
    assert_mistakes_in_order(page)
    assert_nothing_cut_off(page)
    kept = page.locator("[data-rule=small]")  # by the password; said by a tick, not by colour alone
    expect(kept.locator(".when-met")).to_be_visible()
    expect(kept.locator(".when-broken")).to_be_hidden()
    look_at(page, "registreren-fouten")
    page.wait_for_timeout(800)  # the draft is kept after half a second of not typing
    page.reload()
    expect(page.get_by_label("Voornaam")).to_have_value("Zoë")
    expect(page.get_by_label("Nieuw wachtwoord", exact=True)).to_have_value("")


@pytest.mark.covers("X-05", "X-07")
def test_registration_asks_the_birth_date_and_no_national_number(page, cast):
    page.goto("/registreren")
    form = page.locator("form[action='/formulieren/registreren']")
    expect(form.get_by_role("group", name="Geboortedatum")).to_be_visible()

    asked = form.locator("input:not([type=hidden]), select")
    labels = [one.evaluate("field => field.labels[0].innerText.trim()") for one in asked.all()]
    assert labels == [
        "E-mailadres",
        "Nieuw wachtwoord",
        "Bevestig nieuw wachtwoord",
        "Dag",
        "Maand",
        "Jaar",
        "Voornaam",
        "Tussenvoegsel",
        "Familienaam (achternaam)",
    ]


@pytest.mark.covers("M-17", "M-21")
@pytest.mark.parametrize("way_in", ["/aanmelden", "/registreren"])
def test_somebody_inside_is_told_so_on_the_way_in(page, cast, enter_as, way_in):
    enter_as(cast.bob)
    page.goto(way_in)
    told = page.get_by_role("main").locator(".message", has_text="U bent al aangemeld als Bob")
    expect(told).to_be_visible()
    look_at(page, f"inside{way_in.replace('/', '-')}")
    told.get_by_role("link", name="Naar de startpagina").click()

    expect(page.get_by_role("heading", level=1, name="Bob")).to_be_visible()


@pytest.mark.covers("M-11")
def test_a_login_of_a_former_portal_is_told_what_to_do_instead(page, cast):
    page.goto("/aanmelden")
    hint = page.get_by_text("De gegevens van het vroegere portaal van uw loopbaanfonds werken")
    page.get_by_label("Inlognaam").fill("jan@vroeger.example")
    page.get_by_label("Wachtwoord", exact=True).fill("Vroeger-1!")
    expect(hint).to_have_count(0)
    page.get_by_role("button", name="Aanmelden", exact=True).click()

    expect(page.get_by_role("alert").filter(has_text="Er is een probleem")).to_be_focused()
    expect(hint).to_be_visible()
    expect(page).to_have_title(re.compile("^Fout: Aanmelden met uw inlognaam – "))


@pytest.mark.covers("M-17", "X-08")
def test_the_sign_in_page_has_the_sources_words_and_a_way_when_they_do_not_help(page, cast):
    page.goto("/aanmelden")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden met uw inlognaam")
    expect(page.get_by_label("Inlognaam")).to_be_visible()
    expect(page.get_by_label("Wachtwoord", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Aanmelden", exact=True)).to_be_visible()
    expect(page.get_by_text("Hebt u geen account?")).to_be_visible()
    expect(page.get_by_role("link", name="Nu registreren")).to_have_attribute(
        "href", "/registreren"
    )
    page.get_by_role("link", name="Bent u uw wachtwoord vergeten?").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Problemen met aanmelden")
    for scenario in ("Scenario 1", "Scenario 2"):
        expect(page.get_by_role("heading", name=scenario)).to_be_visible()
