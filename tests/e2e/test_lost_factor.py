"""A second step that is lost, as its owner and two colleagues live it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.models import Person
from tests import factories
from tests.harness import sockets
from tests.harness.looking import assert_nothing_cut_off, look_at
from tests.harness.mailbox import Mailbox
from tests.harness.server import Portal
from tests.harness.visiting import sign_in, wait_to_be_sent_to_sign_in

ALICE = "alice@voorbeeld.example"


@pytest.fixture
def colleague(browser: Browser, portal: Portal, open_page, request) -> Callable[[Person], Page]:
    """`colleague(person)`: a browser of its own in which that person is signed in."""

    def entered(person: Person) -> Page:
        made = browser.new_context(base_url=portal.origin, locale="nl-BE")
        request.addfinalizer(made.close)
        made.add_cookies([sockets.cookie_for_playwright(person, portal.origin)])
        return open_page(made)

    return entered


@pytest.mark.one_database
def test_two_colleagues_take_a_lost_second_step_away_and_the_password_opens_again(
    page: Page, cast, colleague, mails: Mailbox
):
    factories.make_app(cast.alice)
    factories.make_recovery_code(cast.alice)
    sign_in(page, ALICE)
    folds = page.locator("main summary")
    expect(folds).to_have_text(
        ["Uw app of toestel niet bij de hand?", "Ik heb geen toestel en geen herstelcodes meer"]
    )
    expect(page.locator("details details")).to_have_count(0)
    folds.last.press("Enter")
    page.get_by_role("button", name="Aanvraag versturen").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text("Vul het rijksregisternummer in.")
    look_at(page, "tweede-stap-kwijt")
    assert_nothing_cut_off(page)
    page.get_by_label("Telefoonnummer waarop wij u bellen").fill("0460 00 00 02")
    page.get_by_label("Rijksregisternummer").fill("85.07.30-033.28")
    page.get_by_role("button", name="Aanvraag versturen").click()
    said = page.get_by_text(re.compile("Uw aanvraag heeft nummer"))
    expect(said).to_be_visible()
    look_at(page, "tweede-stap-kwijt-verstuurd")
    [number] = re.findall(r"A-[0-9A-Z]{6}", said.inner_text())
    mails.wait_for(ALICE, subject=f"Wij hebben uw aanvraag {number} ontvangen")

    sam, ada = colleague(cast.sam), colleague(cast.ada)
    sam.goto(f"/beheer/aanvragen/aanvraag?nr={number}")
    sam.get_by_role("button", name="In behandeling nemen").click()
    expect(sam.get_by_text("De aanvrager kende het wachtwoord")).to_be_visible()
    sam.get_by_role("radio", name=re.compile("Alice Jansen")).check()
    sam.get_by_label("Hoe hebt u vastgesteld wie het is?").fill("Teruggebeld.")
    sam.get_by_role("button", name="Identiteit vaststellen").click()
    expect(sam.get_by_text("Een collega moet dit nog bevestigen.")).to_be_visible()
    ada.goto(f"/beheer/aanvragen/aanvraag?nr={number}")
    expect(ada.get_by_text("vervallen app, passkeys en herstelcodes")).to_be_visible()
    look_at(ada, "tweede-stap-kwijt-bevestigen")
    ada.get_by_role("button", name="Bevestigen en versturen").click()
    expect(ada.get_by_text("Bevestigd. De e-mails zijn verstuurd.")).to_be_visible()

    mails.wait_for(ALICE, subject="Uw tweede stap is verwijderd")
    wait_to_be_sent_to_sign_in(page)
    sign_in(page, ALICE)
    expect(page).to_have_url(re.compile("/overzicht"))
