"""Proving one's company with eHerkenning, over the test broker and back, as people do it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal_app.models import EherkenningTry, Grant
from portal_app.permissions import Role
from tests import factories
from tests.harness import mailbox, sockets
from tests.harness.broker_pages import VAK, expect_back, expect_chooser, log_in
from tests.harness.looking import assert_no_axe_violations, look_at

GUEST = "jan.janssen@voorbeeld.example"
PASSWORD = "Instituut135!"


@pytest.fixture
def newcomer(cast):
    """Somebody with an account and no company."""
    person = factories.make_person("Piet", "Nieuw", email="piet@voorbeeld.example")
    factories.make_account(person)
    return person


def go_out(page: Page) -> None:
    page.goto("/eherkenning")
    page.get_by_role("button", name=re.compile("Login eHerkenning|Opnieuw proberen")).click()
    expect_chooser(page)


def assert_ended(page: Page, sentence: str, next_step: str) -> None:
    expect_back(page)
    ended = page.get_by_role("alert").filter(has_text=sentence)
    expect(ended).to_be_visible()
    expect(ended).to_contain_text(next_step)
    expect(ended).to_contain_text("Er is niets gewijzigd.")
    expect(page.get_by_role("button", name="Opnieuw proberen")).to_be_visible()
    assert not [one for one in factories.all_of(Grant) if one.role is Role.MAIN_ACCESS_MANAGER]


@pytest.mark.covers("W-01", "W-02", "W-03", "W-04", "W-05", "W-06", "W-07", "W-14", "W-15", "W-20")
@pytest.mark.covers("W-08", "W-09", "W-10", "W-11", "W-12", "W-13", "W-16")
def test_a_newcomer_makes_an_account_and_is_admin_of_the_company(page, cast, mails):
    page.goto("/account")
    expect(page).to_have_title(re.compile("Home - Met één account toegang tot al onze diensten"))
    expect(page.get_by_role("heading", name="Wat verandert er voor jou?")).to_be_visible()
    page.get_by_role("link", name="Start Hier").click()

    expect(page.get_by_text("Heb je nog geen eHerkenning niveau 3? Dit is")).to_be_visible()
    expect(
        page.get_by_role("link", name="Klik hier voor meer informatie en aanvragen")
    ).to_be_visible()
    steps = page.get_by_role("listitem").get_by_role("heading", level=2)
    expect(steps).to_have_text(["Uw account", "Inloggen met eHerkenning", "Klaar"])
    look_at(page, "eherkenning")
    page.get_by_role("button", name="Login eHerkenning").click()
    page.wait_for_url("**/aanmelden")
    expect(page.get_by_text("samen werken aan jouw ontwikkeling")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden met uw bestaande account")
    expect(page.get_by_text("Vul hier niets in maar maak eerst een")).to_be_visible()
    look_at(page, "eherkenning-aanmelden")
    page.get_by_role("link", name="Nu registreren").click()
    register(page, mails)

    expect(page.get_by_role("heading", level=1)).to_have_text("Kies hoe u wilt inloggen")
    expect(page.get_by_text("minimaal betrouwbaarheidsniveau EH3.")).to_be_visible()
    expect(page.locator("#supplier option").first).to_have_text("Maak een keuze")
    expect(page.get_by_role("button", name="Verder")).to_be_visible()
    assert_no_axe_violations(page)
    log_in(page)

    page.wait_for_url(re.compile(r"/eherkenning\?poging="))
    expect(
        page.get_by_text("Jouw account is nu Admin account voor jouw organisatie!")
    ).to_be_visible()
    expect(
        page.get_by_text("Let op! Je hoeft jezelf geen rechten meer toe te kennen.")
    ).to_be_visible()
    expect(page.get_by_text(cast.vak.name)).to_be_visible()
    look_at(page, "eherkenning-gelukt")
    orange = page.get_by_role("link", name="Naar mijn dashboard")
    expect(orange).to_have_class(re.compile("is-orange"))
    mails.wait_for(GUEST, subject="Uw account is nu Admin voor uw organisatie")
    orange.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jan")
    expect(page.get_by_role("link", name="Overzicht").first).to_be_visible()


def register(page: Page, mails) -> None:
    """Make an account; nothing was asked for that only an invitation needs."""
    expect(page.get_by_text("Geef de volgende gegevens op.")).to_be_visible()
    expect(page.get_by_text("Daarna gaat u meteen verder naar eHerkenning.")).to_be_visible()
    expect(page.get_by_label("Dag")).to_have_count(0)
    page.get_by_label("E-mailadres", exact=True).fill(GUEST)
    page.get_by_role("button", name="Verificatiecode verzenden").click()
    digits = mailbox.code_in(mails.wait_for(GUEST, subject="Verificatiecode"))
    page.get_by_label("Verificatiecode", exact=True).fill(digits)
    page.get_by_role("button", name="Code verifiëren").click()
    expect(page.get_by_role("button", name="E-mailadres wijzigen")).to_be_visible()
    expect(page.get_by_label("Nieuw wachtwoord", exact=True)).to_be_focused()
    page.get_by_label("Voornaam").fill("Jan")
    page.get_by_label("Familienaam (achternaam)").fill("Janssen")
    page.get_by_role("button", name="Account maken").click()
    expect(page.get_by_text("Deze gegevens zijn vereist.").first).to_be_visible()
    page.get_by_label("Nieuw wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_label("Bevestig nieuw wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Account maken").click()


@pytest.mark.covers("W-17")
def test_who_has_an_account_signs_in_and_goes_on_at_once(page, newcomer):
    page.goto("/eherkenning")
    page.get_by_role("button", name="Login eHerkenning").click()
    page.wait_for_url("**/aanmelden")
    page.get_by_label("Inlognaam").fill("piet@voorbeeld.example")
    page.get_by_label("Wachtwoord", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()

    expect_chooser(page)


def test_who_thinks_better_of_it_signs_in_without_going_there(page, newcomer):
    page.goto("/eherkenning")
    page.get_by_role("button", name="Login eHerkenning").click()
    page.wait_for_url("**/aanmelden")
    page.get_by_role("button", name="Niet naar eHerkenning").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanmelden met uw inlognaam")
    page.get_by_label("Inlognaam").fill("piet@voorbeeld.example")
    page.get_by_label("Wachtwoord", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Piet")


@pytest.mark.covers("W-17", "W-18", "W-22")
def test_a_second_company_and_the_same_one_again(page, enter_as, newcomer, cast):
    enter_as(newcomer)
    for company in (VAK, "90004702"):
        go_out(page)
        log_in(page, company=company)
        expect(page.get_by_role("heading", level=1)).to_have_text("Het is gelukt")
    go_out(page)
    log_in(page)

    expect(page.get_by_text("Dit bedrijf is al aan uw account gekoppeld.")).to_be_visible()
    held = [one.role for one in factories.all_of(Grant) if one.person_id == newcomer.id]
    assert held == [Role.MAIN_ACCESS_MANAGER, Role.MAIN_ACCESS_MANAGER]


@pytest.mark.covers("W-19", "W-22")
@pytest.mark.parametrize(
    ("chosen", "sentence", "next_step"),
    [
        ({"level": "loa2plus"}, "heeft niveau EH2+. U hebt niveau EH3", "hoger niveau"),
        ({"outcome": "no_mandate"}, "geen machtiging voor deze dienst", "Vraag de machtiging"),
        ({"outcome": "chain"}, "ketenmachtiging", "van het bedrijf zelf"),
        ({"outcome": "citizen"}, "als burger ingelogd", "niet bewaard"),
        ({"outcome": "broken"}, "nu niet bereikbaar", "over een paar minuten"),
        ({"company": "90009999"}, "nummer 90009999 nog niet", "helpdesk"),
        ({"branch": "000012345678"}, "alleen voor vestiging 000012345678", "hele bedrijf"),
    ],
    ids=["level", "mandate", "chain", "citizen", "broken", "company", "branch"],
)
def test_what_fails_ends_with_the_next_step(
    page, enter_as, newcomer, complaints, chosen, sentence, next_step
):
    enter_as(newcomer)
    go_out(page)
    log_in(page, **chosen)

    assert_ended(page, sentence, next_step)
    page.reload()
    assert_ended(page, sentence, next_step)


@pytest.mark.covers("W-22")
def test_cancelling_leads_back_to_where_one_began(page, enter_as, newcomer):
    enter_as(newcomer)
    go_out(page)
    page.get_by_role("button", name="Annuleren").click()

    assert_ended(page, "U hebt het inloggen geannuleerd.", "Probeer het opnieuw")
    look_at(page, "eherkenning-geannuleerd")


@pytest.mark.covers("W-22")
def test_too_late_and_replayed_change_nothing(page, enter_as, newcomer):
    enter_as(newcomer)
    go_out(page)
    (tried,) = factories.all_of(EherkenningTry)
    tried.expires_at = tried.started_at
    factories.rewrite(tried)
    with page.expect_request(re.compile("/eherkenning/terug")) as came_back:
        log_in(page)
    assert_ended(page, "duurde te lang", "Begin opnieuw")

    page.goto(came_back.value.url)
    assert_ended(page, "duurde te lang", "Begin opnieuw")


def test_the_page_on_the_way_out_looks_like_the_portal(page, enter_as, newcomer):
    def stays(route) -> None:
        answer = route.fetch()
        waits = re.sub(r"<meta http-equiv=.refresh.[^>]*>", "", answer.text())
        route.fulfill(response=answer, body=waits)

    enter_as(newcomer)
    page.route("**/eherkenning/verder", stays)
    page.goto("/eherkenning")
    page.get_by_role("button", name="Login eHerkenning").click()

    expect(page.get_by_role("heading", name="U gaat naar eHerkenning")).to_be_visible()
    look_at(page, "eherkenning-verder")
    page.get_by_role("link", name="Verder naar eHerkenning").click()
    expect_chooser(page)


def test_the_whole_road_needs_no_script(browser, open_page, portal, cast, newcomer):
    context = browser.new_context(base_url=portal.origin, java_script_enabled=False, locale="nl-BE")
    context.add_cookies([sockets.cookie_for_playwright(newcomer, portal.origin)])
    page = open_page(context)
    page.goto("/eherkenning")
    page.get_by_role("button", name="Login eHerkenning").click()
    expect_chooser(page)
    log_in(page)

    expect_back(page)
    (made,) = [one for one in factories.all_of(Grant) if one.role is Role.MAIN_ACCESS_MANAGER]
    assert (made.person_id, made.organisation_id) == (newcomer.key, cast.vak.key)
    context.close()


def test_a_made_up_return_is_told_to_begin_again(page, enter_as, newcomer):
    enter_as(newcomer)
    page.goto("/eherkenning/terug?state=AAAAAAAAAA.made-up&code=x")

    assert_ended(page, "niet in deze browser begonnen", "Begin opnieuw")
