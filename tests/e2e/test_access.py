"""People and access in a browser: appointing, accepting, ending, capacities and the handover."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal_app.models import BrowserSession, Person
from tests import factories
from tests.harness import mailbox
from tests.harness.looking import look_at
from tests.services import managing
from tests.services.managing import CO_MAIN, LOCAL, MAIN, USER

CODE = re.compile(r"E-[0-9A-Z]{6}(?:-[0-9A-Z]{4}){4}")


def accept(page: Page, code: str, go_on: str, add: str) -> None:
    """Redeem a code while signed in with the address that it was mailed to."""
    page.goto(f"/uitnodiging?code={code}")
    expect(page.locator("#code")).to_have_value(code)
    page.get_by_role("button", name=go_on).click()
    page.get_by_role("button", name=add, exact=True).click()


def let_proof_grow_old() -> None:
    """Let it be long ago that whoever came in last proved who they are."""
    session = factories.all_of(BrowserSession)[-1]
    session.proven_at = factories.LONG_AGO
    factories.rewrite(session)


def code_in(mails, address: str, subject: str) -> str:
    found = CODE.search(mailbox.text_of(mails.wait_for(address, subject=subject)))
    assert found is not None
    return found[0]


def fill(page: Page, words: tuple[str, str, str], person: Person, surname: str = "Nieuw") -> None:
    """Say who is appointed, by the labels of the form: given name, family name and address."""
    for label, typed in zip(words, (person.given_name, surname, person.email), strict=True):
        page.get_by_label(label).fill(typed or "")


NL, EN = ("Voornaam", "Achternaam", "E-mailadres"), ("Given name", "Surname", "Email address")


@pytest.mark.covers("S-11", "S-12", "S-13", "S-14", "S-16", "S-18")
def test_an_access_manager_is_appointed_accepts_and_is_ended(
    page: Page, cast, hanna, enter_as, another, mails
):
    leo, mia = managing.somebody("Leo"), managing.somebody("Mia")
    enter_as(hanna)
    page.goto("/")
    page.get_by_role("link", name="Personen en toegang").click()
    expect(
        page.get_by_role("heading", name="Hoofdtoegangsbeheerder (Verantwoordelijke")
    ).to_be_visible()
    page.get_by_role("link", name="Co-Hoofdtoegangsbeheerder aanstellen").click()
    fill(page, NL, mia)
    page.get_by_role("button", name="Aanstellen").click()
    expect(page.get_by_role("row").filter(has_text=mia.email)).to_be_visible()
    page.get_by_role("tab", name=re.compile("Hoedanigheden")).click()
    expect(page.get_by_text("0 van 2 Toegangsbeheerders aangesteld")).to_be_visible()
    look_at(page, "toegang-hoedanigheden")

    page.get_by_role("link", name="Toegangsbeheerder aanstellen", exact=True).last.click()
    page.get_by_role("button", name="Aanstellen").click()
    expect(page.get_by_role("link", name="Vul de voornaam in.")).to_be_visible()
    fill(page, NL, leo)
    look_at(page, "toegang-aanstellen")
    page.get_by_role("button", name="Aanstellen").click()

    expect(page.get_by_text("De uitnodiging is verstuurd.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=leo.email)).to_be_visible()
    look_at(page, "toegang-uitnodigingen")

    of_leo = another(leo)
    accept(of_leo, code_in(mails, leo.email, "Verzilver uw uitnodiging"), "Doorgaan", "Toevoegen")
    expect(of_leo.get_by_role("link", name="Personen en toegang")).to_be_visible()
    of_leo.get_by_role("link", name="Personen en toegang").click()
    of_leo.get_by_role("link", name="Iemand toevoegen bij een hoedanigheid").click()
    expect(of_leo.get_by_role("heading", name="Kandidaatvolging")).to_be_visible()
    expect(of_leo.get_by_role("heading", name="Werkgever")).to_have_count(0)
    of_leo.get_by_role("link", name="Co-Toegangsbeheerder aanstellen").click()
    fill(of_leo, NL, cast.bob, "De Smet")
    of_leo.get_by_role("button", name="Aanstellen").click()
    expect(of_leo.get_by_role("row").filter(has_text=cast.bob.email)).to_be_visible()

    page.goto("/toegang")
    look_at(page, "toegang")
    page.get_by_role("button", name="Toegang intrekken van Leo Nieuw").click()
    page.get_by_role("dialog").get_by_role("button", name="Toegang intrekken").click()
    expect(page.get_by_text("De toegang van Leo Nieuw is ingetrokken.")).to_be_visible()
    mails.wait_for(leo.email, subject="Uw rol is beëindigd")
    of_leo.goto("/toegang")
    expect(of_leo.get_by_role("heading", level=1)).to_have_text(
        "U hebt geen toegang tot deze pagina"
    )


@pytest.mark.covers("S-09", "S-10")
def test_a_capacity_is_ended_after_what_ends_along_was_listed(page: Page, cast, hanna, enter_as):
    managing.holder("Uma", USER, cast.vak, "candidate_following")
    enter_as(hanna)
    page.goto("/toegang?tab=hoedanigheden")

    expect(page.get_by_text("Standaardhoedanigheid")).to_be_visible()
    expect(page.get_by_role("button", name="Werkgever beëindigen")).to_have_count(0)
    page.get_by_role("button", name="Kandidaatvolging beëindigen").click()
    question = page.get_by_role("dialog", name="Kandidaatvolging beëindigen?")
    expect(question.get_by_role("listitem")).to_have_text("Uma Nieuw, gewone gebruiker")
    question.get_by_label("Reden").fill("Wij stoppen ermee.")
    look_at(page, "toegang-beeindigen")
    question.get_by_role("button", name="Kandidaatvolging beëindigen").click()

    expect(page.get_by_text("De hoedanigheid is beëindigd.")).to_be_visible()
    page.get_by_role("button", name="Kandidaatvolging activeren").click()
    expect(page.get_by_text("De hoedanigheid is actief.")).to_be_visible()
    expect(page.get_by_text("Deze hoedanigheid zet uw loopbaanfonds voor u aan.")).to_be_visible()


@pytest.mark.covers("S-15")
def test_whoever_manages_a_capacity_sets_where_its_tasks_go(page: Page, cast, enter_as):
    leo = managing.holder("Leo", LOCAL, cast.vak, "candidate_following")
    enter_as(leo)
    page.goto("/toegang?tab=hoedanigheden")
    page.get_by_role("link", name="Parameters instellen").click()

    page.get_by_label("Naar één e-mailadres").check()
    page.get_by_label("Gegevens uitwisselen via gestructureerde berichten").check()
    page.get_by_label("Adres voor gestructureerde berichten").fill("http://hier.example")
    page.get_by_role("button", name="Opslaan").click()
    for sentence in (
        "Vul het e-mailadres voor taken in.",
        "Vul een adres in dat begint met https://",
    ):
        expect(page.get_by_role("link", name=sentence)).to_be_visible()
    expect(page.get_by_label("Adres voor gestructureerde berichten")).to_have_value(
        "http://hier.example"
    )
    look_at(page, "toegang-parameters")

    page.get_by_label("E-mailadres voor taken").fill("taken@voorbeeld.example")
    page.get_by_label("Adres voor gestructureerde berichten").fill("https://hier.example/in")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("De parameters zijn bewaard.")).to_be_visible()
    expect(page.get_by_label("Naar één e-mailadres")).to_be_checked()
    expect(page.get_by_label("E-mailadres voor taken")).to_have_value("taken@voorbeeld.example")


@pytest.mark.one_database
@pytest.mark.covers("S-09", "S-10", "S-11", "S-12", "S-13", "S-14", "S-15")
def test_in_english_a_company_s_access_is_managed(cast, hanna, another, mails):
    leo, mia = managing.somebody("Leo"), managing.somebody("Mia")
    page = another(hanna, "en-GB")
    page.goto("/toegang")
    page.get_by_role("link", name="Appoint a co-Chief Access Manager").click()
    fill(page, EN, mia)
    page.get_by_role("button", name="Appoint").click()
    expect(page.get_by_role("row").filter(has_text=mia.email)).to_be_visible()

    page.get_by_role("tab", name=re.compile("Capacities")).click()
    expect(page.get_by_text("Standard capacity")).to_be_visible()
    expect(page.get_by_role("button", name="End Employer")).to_have_count(0)
    expect(page.get_by_text("0 of 2 Access Managers appointed")).to_be_visible()
    page.get_by_role("link", name="Appoint an Access Manager", exact=True).last.click()
    fill(page, EN, leo)
    page.get_by_role("button", name="Appoint").click()
    expect(page.get_by_role("row").filter(has_text=leo.email)).to_be_visible()
    of_leo = another(leo, "en-GB")
    accept(of_leo, code_in(mails, leo.email, ""), "Continue", "Add")
    expect(of_leo.get_by_role("link", name="People and access")).to_be_visible()

    of_leo.goto("/toegang?tab=hoedanigheden")
    of_leo.get_by_role("link", name="Appoint a co-Access Manager").click()
    fill(of_leo, EN, cast.bob, "De Smet")
    of_leo.get_by_role("button", name="Appoint").click()
    expect(of_leo.get_by_role("row").filter(has_text=cast.bob.email)).to_be_visible()
    of_leo.goto("/toegang?tab=hoedanigheden")
    of_leo.get_by_role("link", name="Set parameters").click()
    of_leo.get_by_label("To everybody in this capacity").check()
    of_leo.get_by_role("button", name="Save").click()
    expect(of_leo.get_by_text("The parameters have been saved.")).to_be_visible()

    page.goto("/toegang?tab=hoedanigheden")
    page.get_by_role("button", name="End Candidate monitoring").click()
    question = page.get_by_role("dialog", name="End Candidate monitoring?")
    expect(question.get_by_role("listitem").filter(has_text="Leo Nieuw")).to_be_visible()
    expect(question.get_by_role("listitem").filter(has_text="(not accepted yet)")).to_be_visible()
    question.get_by_role("button", name="End Candidate monitoring").click()
    expect(page.get_by_text("The capacity has ended.")).to_be_visible()
    assert managing.held(cast.vak) == [("Hanna", MAIN, "")]


@pytest.mark.covers("S-18")
def test_in_english_the_last_manager_hands_over_to_leave(cast, hanna, another, mails):
    leo = managing.holder("Leo", CO_MAIN, cast.vak)
    page = another(hanna, "en-GB")
    page.goto("/toegang")
    expect(page.get_by_role("heading", level=1)).to_have_text("People and access")

    expect(page.get_by_role("button", name="Step down from my role")).to_have_count(0)
    page.get_by_role("link", name="Hand over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand over as Chief Access Manager")
    fill(page, EN, leo)
    page.locator("select[name=locale]").select_option("en")
    page.get_by_role("button", name="Hand over").click()
    expect(page.get_by_text("The invitation has been sent.")).to_be_visible()
    assert managing.held(cast.vak) == [("Hanna", MAIN, ""), ("Leo", CO_MAIN, "")]

    code = code_in(mails, leo.email, "")
    of_leo = another(leo, "en-GB")
    accept(of_leo, code, "Continue", "Add")
    expect(of_leo.get_by_role("link", name="People and access")).to_be_visible()
    page.goto("/toegang")
    expect(page.get_by_role("heading", level=1)).to_have_text("You have no access to this page")
    assert managing.held(cast.vak) == [("Leo", MAIN, "")]


@pytest.mark.one_database
def test_what_was_typed_and_asked_is_still_there_after_a_second_step_came_between(
    page: Page, cast, hanna, enter_as, mails
):
    secret = factories.make_app(hanna)
    leo = managing.holder("Leo", USER, cast.vak, "candidate_following")
    enter_as(hanna)
    let_proof_grow_old()
    page.goto("/toegang")
    page.get_by_role("link", name="Co-Hoofdtoegangsbeheerder aanstellen").click()
    page.get_by_label("Voornaam").fill("Piet")
    page.get_by_label("Achternaam").fill("Nieuw")
    page.get_by_label("E-mailadres").fill("piet@nieuw.example")
    page.locator("select[name=locale]").select_option("fr")
    page.get_by_role("button", name="Aanstellen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    page.get_by_label("Code uit uw app").fill(factories.code_of(secret))
    page.get_by_role("button", name="Bevestigen", exact=True).click()
    expect(page).to_have_url(re.compile("/toegang/aanstellen"))
    expect(page.get_by_label("Voornaam")).to_have_value("Piet")
    expect(page.get_by_label("E-mailadres")).to_have_value("piet@nieuw.example")
    expect(page.locator("select[name=locale]")).to_have_value("fr")
    page.get_by_role("button", name="Aanstellen").click()
    expect(page.get_by_text("De uitnodiging is verstuurd.")).to_be_visible()
    mails.wait_for("piet@nieuw.example")

    let_proof_grow_old()
    page.goto("/toegang")
    page.get_by_role("button", name="Toegang intrekken van Leo Nieuw").click()
    page.get_by_label("Code uit uw app").fill(factories.code_of(secret, steps=1))
    page.get_by_role("button", name="Bevestigen", exact=True).click()
    question = page.get_by_role("dialog", name="Toegang van Leo Nieuw intrekken?")
    question.get_by_role("button", name="Toegang intrekken").click()
    expect(page.get_by_text("De toegang van Leo Nieuw is ingetrokken.")).to_be_visible()

    page.get_by_role("button", name="Intrekken van de rol van Leo Nieuw ongedaan maken").click()
    expect(page.get_by_text("Leo Nieuw heeft de rol terug.")).to_be_visible()
    page.get_by_role("button", name="Rol wijzigen van Leo Nieuw").click()
    question = page.get_by_role("dialog", name="Rol van Leo Nieuw wijzigen")
    question.get_by_role("button", name="Rol wijzigen").click()
    expect(question.get_by_text("Kies de nieuwe rol.")).to_be_visible()
    question.get_by_label("Nieuwe rol").select_option(label="Toegangsbeheerder, Kandidaatvolging")
    look_at(page, "toegang-rol-wijzigen")
    question.get_by_role("button", name="Rol wijzigen").click()
    expect(page.get_by_text("De rol van Leo Nieuw is gewijzigd.")).to_be_visible()
    mails.wait_for(leo.email, subject="Uw rol is gewijzigd")
    assert ("Leo", LOCAL, "candidate_following") in managing.held(cast.vak)
