"""How a session ends under an open page, and how somebody who is there keeps it."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal_app import clock
from portal_app.models import BrowserSession, Result
from tests import factories
from tests.factories import PASSWORD
from tests.factories.following import follow
from tests.harness.looking import look_at
from tests.harness.visiting import sign_in, wait_to_be_sent_to_sign_in

ALICE = "alice@voorbeeld.example"
PLACE = "/overzicht?tab=all&trefwoorden=Jansen"
IDLE_MINUTES = 30
WARNED = re.compile(r"^U wordt over \d+ minu")


@pytest.fixture
def alice(page: Page, cast, enter_as) -> Page:
    """A page somewhere in the portal on which Alice is signed in."""
    follow(cast.vak, factories.make_route(), "Jansens", Result.PASSED)
    enter_as(cast.alice)
    page.goto(PLACE)
    expect(page.get_by_label("Trefwoorden")).to_have_value("Jansen")
    return page


@pytest.fixture
def elsewhere(browser, portal, open_page) -> Callable[[], tuple[BrowserContext, Page]]:
    """`elsewhere()`: another browser, in which Alice signs in."""

    def entered() -> tuple[BrowserContext, Page]:
        made = browser.new_context(base_url=portal.origin, locale="nl-BE")
        other = open_page(made)
        sign_in(other, ALICE)
        return made, other

    return entered


def session() -> BrowserSession:
    [live] = [one for one in factories.all_of(BrowserSession) if one.ended_at is None]
    return live


def rest(*, seconds: float = 0, minutes: float = 0) -> None:
    """Let the one who is signed in have done nothing for a while."""
    resting = session()
    resting.seen_at = clock.real_now() - timedelta(minutes=minutes, seconds=seconds)
    factories.rewrite(resting)


def led_to_sign_in(page: Page, *, reason: str, back: str) -> None:
    """Expect the sign-in page, in time, with why one is here and where one was."""
    expect(page).to_have_url(re.compile(f"/aanmelden.*reden={reason}"), timeout=10_000)
    wait_to_be_sent_to_sign_in(page)
    asked = parse_qs(urlsplit(page.url).query)
    assert asked.get("terug", [""]) == [back]


def test_whoever_is_warned_and_still_there_stays_signed_in(alice: Page):
    rest(minutes=IDLE_MINUTES - 1)
    warning = alice.get_by_role("dialog", name=WARNED)
    expect(warning).to_be_visible()
    expect(warning.get_by_role("button", name="Blijf aangemeld")).to_be_focused()
    look_at(alice, "sessie-eindigt")

    warning.get_by_role("button", name="Blijf aangemeld").click()
    expect(warning).to_be_hidden()
    alice.wait_for_timeout(1500)  # the watch looks once a second
    expect(warning).to_be_hidden()
    assert clock.real_now() - session().seen_at < timedelta(minutes=1)
    expect(alice.get_by_label("Trefwoorden")).to_have_value("Jansen")


def test_an_idle_session_ends_and_signing_in_leads_back_to_the_place(alice: Page):
    rest(minutes=IDLE_MINUTES, seconds=1)
    led_to_sign_in(alice, reason="verlopen", back=PLACE)
    expect(alice.get_by_text("U bent automatisch afgemeld.")).to_be_visible()
    assert "Jansen" not in alice.locator("main").inner_text()

    sign_in(alice, ALICE)
    expect(alice).to_have_url(re.compile(re.escape(PLACE)))
    expect(alice.get_by_label("Trefwoorden")).to_have_value("Jansen")


@pytest.mark.one_database
def test_signing_in_before_the_page_has_heard_anything_leads_back_as_well(page: Page, cast):
    del cast
    page.route_web_socket(re.compile("_event"), lambda _silent: None)
    page.goto(f"/aanmelden?reden=verlopen&terug={quote(PLACE, safe='')}")
    sign_in(page, ALICE)

    expect(page).to_have_url(re.compile(re.escape(PLACE)))


@pytest.mark.one_database  # the portal starts anew
def test_a_session_that_ended_while_there_was_no_connection_leads_back_as_well(
    alice: Page, portal, complaints
):
    complaints[0].expect("ERR_CONNECTION_REFUSED|WebSocket")
    portal.stop()
    rest(minutes=IDLE_MINUTES, seconds=1)
    expect(alice).to_have_url(re.compile(re.escape(PLACE)))
    portal.start()

    led_to_sign_in(alice, reason="verlopen", back=PLACE)


def test_signed_out_elsewhere_leads_back_too(alice: Page, elsewhere):
    made, other = elsewhere()
    other.goto("/beveiliging")
    other.get_by_role("button", name=re.compile("^Afmelden .+")).click()

    led_to_sign_in(alice, reason="elders", back=PLACE)
    expect(alice.get_by_text("U bent vanaf een ander apparaat afgemeld.")).to_be_visible()
    made.close()


def test_signing_out_oneself_leaves_nothing_of_the_place(alice: Page, open_page):
    second = open_page()
    second.goto("/profiel")
    second.get_by_role("button", name="Alice Jansen").click()
    second.get_by_role("button", name="Afmelden").click()
    expect(second.get_by_text("U bent afgemeld.")).to_be_visible()

    led_to_sign_in(alice, reason="afgemeld", back="")


def test_a_new_password_in_one_tab_leaves_the_other_where_it_was(alice: Page, open_page):
    second = open_page()
    second.goto("/beveiliging")
    second.get_by_label("Oud wachtwoord").fill(PASSWORD)
    second.get_by_label("Nieuw wachtwoord", exact=True).fill("Instituut135!")
    second.get_by_label("Bevestig nieuw wachtwoord").fill("Instituut135!")
    with alice.expect_navigation():
        second.get_by_role("button", name="Wachtwoord wijzigen").click()

    expect(alice).to_have_url(re.compile(re.escape(PLACE)))
    expect(alice.get_by_role("button", name="Alice Jansen")).to_be_visible()
    expect(alice.get_by_label("Trefwoorden")).to_have_value("Jansen")


def test_the_language_of_a_link_counts_on_the_way_in(page: Page, cast):
    page.goto("/overzicht?tab=all&lang=fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("S’identifier avec votre identifiant")
    sign_in(page, ALICE)

    expect(page).to_have_url(re.compile(r"/overzicht\?tab=all$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Aperçu")
