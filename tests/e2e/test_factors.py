"""The second step in a browser: setting it up, being asked for it, and losing it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal_app.brand import brand
from portal_app.models import BrowserSession, Owed
from tests import factories
from tests.factories import PASSWORD
from tests.harness.looking import assert_nothing_cut_off, look_at
from tests.harness.mailbox import Mailbox
from tests.harness.reader import Reader
from tests.harness.visiting import leave, sign_in

ALICE = "alice@voorbeeld.example"
CHANGED = {
    "nl": "Uw tweede stap bij het aanmelden is gewijzigd",
    "en": "Your second step for signing in has changed",
}


def key_on(page: Page) -> str:
    """Return the key that stands beside the picture."""
    return page.locator(".code.is-key").inner_text()


def test_an_app_is_set_up_and_asked_for_from_then_on(page: Page, cast, enter_as, mails: Mailbox):
    enter_as(cast.alice)
    page.goto("/beveiliging")
    page.get_by_role("button", name="App instellen").click()

    code = page.get_by_label("Code", exact=True)
    expect(code).to_be_focused()
    expect(page.get_by_role("img", name=re.compile("^QR-code"))).to_be_visible()
    look_at(page, "tweede-stap-app")
    secret = key_on(page)
    code.fill("000000")
    code.press("Enter")
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Deze code klopt niet.")
    code.fill(factories.code_of(secret))
    page.get_by_role("button", name="App in gebruik nemen").click()

    expect(page.get_by_role("heading", name="Uw herstelcodes")).to_be_focused()
    codes = page.locator(".code-sheet .code").all_inner_texts()
    assert len(set(codes)) == 10
    look_at(page, "tweede-stap-herstelcodes")
    assert_nothing_cut_off(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download").click()
    kept = saved.value.path().read_text("utf-8")
    assert [code for code in codes if code in kept] == codes
    page.get_by_role("button", name="Verder").click()
    expect(summary).to_contain_text("Bewaar eerst uw herstelcodes")
    page.get_by_label("Ik heb de codes bewaard").check()
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Uw herstelcodes zijn bewaard.")).to_be_visible()
    expect(page.get_by_text("U hebt nog 10 herstelcodes.")).to_be_visible()
    mails.wait_for(ALICE, subject=CHANGED["nl"])

    leave(page)
    page.goto("/profiel")
    sign_in(page, ALICE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    look_at(page, "bevestigen")
    page.goto("/betaalcodes")
    expect(page).to_have_url(re.compile("/bevestigen"))
    page.goto("/bevestigen?terug=/profiel")
    page.get_by_label("Code uit uw app").fill("000000")
    page.get_by_role("button", name="Bevestigen", exact=True).click()
    expect(summary).to_contain_text("Deze code klopt niet.")
    page.get_by_label("Code uit uw app").fill(factories.code_of(secret, steps=1))
    page.get_by_role("button", name="Bevestigen", exact=True).click()

    expect(page).to_have_url(re.compile("/profiel$"))
    expect(page.get_by_label("Voornaam *")).to_have_value("Alice")


def test_a_recovery_code_opens_the_account_once_and_the_desk_is_named(
    page: Page, cast, mails: Mailbox
):
    factories.make_app(cast.alice)
    code = factories.make_recovery_code(cast.alice)
    sign_in(page, ALICE)
    page.get_by_text("Uw app of toestel niet bij de hand?").click()
    expect(page.get_by_text(f"De servicedesk is er op {brand.contact.phone}")).to_be_visible()
    page.get_by_label("Herstelcode", exact=True).fill("ABC")
    page.get_by_role("button", name="Herstelcode gebruiken").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text("U hebt er 3 ingevuld.")
    page.get_by_label("Herstelcode", exact=True).fill(f" {code[:5].lower()} - {code[5:]} ")
    page.get_by_role("button", name="Herstelcode gebruiken").click()

    expect(page).to_have_url(re.compile("/overzicht"))
    mails.wait_for(ALICE, subject=CHANGED["nl"])


@pytest.mark.one_database
def test_an_app_is_set_up_and_asked_for_in_english(
    browser, portal, open_page, cast, mails: Mailbox
):
    made = browser.new_context(base_url=portal.origin, locale="en-GB")
    page = open_page(made)
    reader = Reader(page, "en")
    sign_in(page, ALICE)
    page.goto("/beveiliging")
    reader.button("factors.app_begin").click()
    secret = key_on(page)
    page.locator("#app_code").fill(factories.code_of(secret))
    reader.button("factors.app_confirm").click()
    expect(reader.sees("factors.codes_once")).to_be_visible()
    page.get_by_label("I have kept the codes").check()
    reader.button("factors.go_on").click()
    expect(reader.sees("factors.changed_codes")).to_be_visible()

    leave(page)
    sign_in(page, ALICE)
    expect(reader.heading).to_have_text("Confirm that it is you")
    page.locator("#code").fill(factories.code_of(secret, steps=1))
    reader.button("factors.prove").click()
    expect(page).to_have_url(re.compile("/overzicht"))
    made.close()
    del cast, mails


def test_whoever_must_have_a_second_step_sets_it_up_before_anything_else(
    page: Page, cast, enter_as
):
    enter_as(cast.alice)
    session = factories.all_of(BrowserSession)[-1]
    session.owes = (Owed.FACTOR,)
    factories.rewrite(session)
    page.goto("/overzicht")
    expect(page).to_have_url(re.compile("/tweede-stap$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Stel een tweede stap in")
    page.goto("/beveiliging")
    expect(page).to_have_url(re.compile("/tweede-stap$"))

    page.get_by_role("button", name="App instellen").click()
    page.get_by_label("Code", exact=True).fill(factories.code_of(key_on(page)))
    page.get_by_role("button", name="App in gebruik nemen").click()
    page.get_by_label("Ik heb de codes bewaard").check()
    page.get_by_role("button", name="Verder").click()

    expect(page).to_have_url(re.compile("/overzicht$"))


def test_wrong_codes_make_the_wait_grow_in_whichever_browser(page: Page, cast, portal, enter_as):
    factories.make_app(cast.charlie)
    answers = []
    for _ in range(8):
        enter_as(cast.charlie)  # another browser of the same person, from the same address
        answer = page.request.post(
            "/formulieren/bevestigen",
            form={"code": "000000"},
            headers={"Accept": "application/json", "Origin": portal.origin},
        )
        answers.append(answer.json()["mistakes"][0]["key"])

    assert answers[:5] == ["errors.app_code_wrong"] * 5
    assert "errors.wait_seconds" in answers[5:]


@pytest.mark.one_database
def test_staff_confirm_who_they_are_before_they_take_everything_along(
    page: Page, cast, enter_as, portal
):
    route = factories.make_route()
    factories.make_code(factories.make_batch(cast.vak, factories.profiles_of(route)[0]))
    enter_as(cast.sam)
    session = factories.all_of(BrowserSession)[-1]
    session.proven_at = factories.LONG_AGO
    factories.rewrite(session)
    page.goto("/betaalcodes")
    page.get_by_role("link", name=re.compile("Excel")).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    page.get_by_label("Wachtwoord", exact=True).fill("Niet-Dit-1")
    page.get_by_role("button", name="Bevestigen", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Er is een probleem")).to_be_visible()
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bevestigen", exact=True).click()

    expect(page).to_have_url(re.compile("/betaalcodes"))
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("Excel")).first.click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    del portal
