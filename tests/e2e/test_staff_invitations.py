"""Staff invite people, add roles and make accounts, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal_app.models.access import TradeRegister
from portal_app.permissions import Role
from portal_app.services import invitations, inviting
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import run
from tests.harness import mailbox, sockets
from tests.harness.cast import acting_as
from tests.harness.looking import assert_nothing_cut_off, look_at

GUEST = "nele@voorbeeld.example"


@pytest.fixture
def sam(page: Page, cast, enter_as) -> Page:
    """A page on which Sam of staff is signed in."""
    enter_as(cast.sam)
    return page


def fill(page: Page, *, number: str, province: str, email: str, role: str, company: str = ""):
    page.get_by_label("Ondernemingsnummer").fill(number)
    page.get_by_label("Provincie").select_option(province)
    if company:
        page.get_by_label("Naam van het bedrijf").fill(company)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Rol").select_option(label=role)


@pytest.mark.covers("M-09", "M-15", "M-33")
def test_an_invitation_is_sent_shown_once_listed_sent_again_and_withdrawn(sam: Page, mails):
    sam.goto("/beheer/uitnodigingen")
    sam.get_by_role("link", name="Nieuwe uitnodiging").click()
    fill(
        sam,
        number="1999.000.249",
        province="Limburg",
        email=GUEST,
        role="vertrouwde contactpersoon",
        company="Metaal Vandervoort nv",
    )
    sam.get_by_role("button", name="Uitnodiging versturen").click()

    shown = sam.get_by_role("region", name="Uitnodigingscode")
    expect(shown).to_be_focused()
    letter = mails.wait_for(GUEST, subject="Verzilver uw uitnodiging")
    code = re.search(r"E-[0-9A-Z]{6}(?:-[0-9A-Z]{4}){4}", shown.inner_text())
    assert code is not None
    assert code[0] in mailbox.text_of(letter)
    assert_nothing_cut_off(sam)

    sam.goto("/beheer/uitnodigingen")
    expect(sam.get_by_role("row").filter(has_text="Metaal Vandervoort nv")).to_be_visible()
    sam.get_by_role("button", name=f"Opnieuw versturen: {GUEST}").click()
    expect(sam.get_by_text("De code is weer 14 dagen geldig.")).to_be_visible()
    sam.get_by_role("button", name=f"Intrekken: {GUEST}").click()
    question = sam.get_by_role("dialog", name=f"De uitnodiging van {GUEST} intrekken?")
    question.get_by_role("button", name="Intrekken").click()
    expect(sam.get_by_text("Geen uitnodigingen", exact=True)).to_be_visible()
    sam.get_by_role("tab", name=re.compile("Ingetrokken")).click()
    expect(sam.get_by_role("row").filter(has_text="Metaal Vandervoort nv")).to_be_visible()


@pytest.mark.one_database  # tests/services asks both
def test_a_redeemed_invitation_says_by_whom_and_still_when_its_code_was_entered(sam: Page, cast):
    company = OrganisationNumber(TradeRegister.KBO, "1999000249", "Luik")
    wanted = NewInvitation(company, "Metaal Vandervoort nv", Role.TRUSTED_CONTACT, GUEST)
    code = run(inviting.invite, acting_as(cast.sam), wanted=wanted).code
    bob = acting_as(cast.bob)
    run(invitations.present, bob, code=code)
    run(invitations.accept, bob)

    sam.goto("/beheer/uitnodigingen?tab=redeemed")

    row = sam.get_by_role("row").filter(has_text="Metaal Vandervoort nv")
    expect(row).to_contain_text("Luik")
    expect(row).to_contain_text(
        re.compile(r"Verzilverd\d\d-\d\d-\d{4} \d\d:\d\d, door Bob De Smet")
    )
    expect(row).to_contain_text(re.compile(r"Code ingevuld op \d\d-\d\d-\d{4}"))
    look_at(sam, "uitnodigingen-verzilverd")


def test_the_form_tells_whether_the_company_exists_and_every_mistake_at_its_field(sam: Page):
    sam.goto("/beheer/uitnodigingen/nieuw")
    sam.get_by_role("button", name="Uitnodiging versturen").click()
    summary = sam.get_by_role("alert").filter(has_text="Er is een probleem")
    for sentence in (
        "Vul het ondernemingsnummer in.",
        "Kies een provincie.",
        "Vul het e-mailadres van de persoon in.",
        "Kies een rol.",
    ):
        expect(summary.get_by_role("link", name=sentence)).to_be_visible()
    expect(sam).to_have_title(re.compile("^Fout: Nieuwe uitnodiging – "))

    number = sam.get_by_label("Ondernemingsnummer")
    number.fill("1999.000.150")
    assert number.evaluate("field => field.scrollWidth <= field.clientWidth")  # all of it shows
    sam.get_by_label("Provincie").select_option("Antwerpen")
    expect(sam.get_by_text("Klimaatwerken De Smet staat al in het portaal.")).to_be_visible()
    expect(sam.get_by_label("Naam van het bedrijf")).to_be_hidden()
    sam.get_by_label("Provincie").select_option("Limburg")
    expect(sam.get_by_label("Naam van het bedrijf")).to_be_visible()


@pytest.mark.covers("M-10")
def test_somebody_known_at_the_company_gets_the_role_at_once_without_a_mail(
    sam: Page, cast, browser, portal, open_page, mails
):
    elsewhere = browser.new_context(base_url=portal.origin, locale="nl-BE")
    elsewhere.add_cookies([sockets.cookie_for_playwright(cast.bob, portal.origin)])
    bob = open_page(elsewhere)
    bob.goto("/")
    expect(bob.get_by_role("heading", level=1)).to_contain_text("Bob")
    expect(bob.get_by_role("link", name="Overzicht")).to_have_count(0)

    sam.goto("/beheer/uitnodigingen/nieuw")
    fill(
        sam,
        number="1999.000.150",
        province="Antwerpen",
        email="bob@voorbeeld.example",
        role="organisatiebeheerder",
    )
    sam.get_by_role("button", name="Uitnodiging versturen").click()
    sam.get_by_role("button", name="Rol toevoegen").click()

    expect(sam.get_by_text("bob@voorbeeld.example heeft de rol")).to_be_visible()
    expect(bob.get_by_role("link", name="Overzicht")).to_be_visible(timeout=3000)
    expect(bob.get_by_text("Uw rechten zijn aangepast.")).to_be_visible()
    assert not mails.to("bob@voorbeeld.example")
    elsewhere.close()


@pytest.mark.covers("V-06")
def test_a_personal_account_is_made_with_a_password_in_the_mail_only(sam: Page, mails):
    sam.goto("/beheer/accounts/nieuw")
    fill(
        sam,
        number="1999.000.150",
        province="Antwerpen",
        email="leo@voorbeeld.example",
        role="locatiebeheerder",
    )
    sam.get_by_label("Voornaam").fill("Leo")
    sam.get_by_label("Achternaam").fill("Laurent")
    sam.get_by_role("button", name="Account maken").click()

    expect(sam.get_by_text("Het wachtwoord gaat naar leo@voorbeeld.example.")).to_be_visible()
    mails.wait_for("leo@voorbeeld.example", subject="")


def test_the_list_is_not_for_people_of_a_company(page: Page, cast, enter_as):
    enter_as(cast.bob)
    page.goto("/beheer/uitnodigingen")

    expect(page.get_by_role("heading", level=1)).to_have_text("U hebt geen toegang tot deze pagina")
