"""The first page inside: for whom one works, and what one can do."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.permissions import Role
from portal_app.services import capacities, grants
from tests import factories
from tests.harness import sockets
from tests.harness.cast import run_as
from tests.harness.looking import assert_nothing_cut_off, look_at
from tests.services import managing


@pytest.fixture
def bob_of_nine(page: Page, cast, enter_as) -> Page:
    """A page on which Bob is signed in, who serves eight more companies."""
    for number in range(8):
        company = factories.make_organisation(f"Société Élan {number}", unit=f"Vestiging {number}")
        factories.make_grant(cast.bob, Role.TRUSTED_CONTACT, company)
    enter_as(cast.bob)
    return page


def test_somebody_of_many_companies_chooses_one_and_is_told_as_what(bob_of_nine: Page):
    bob_of_nine.goto("/")
    main = bob_of_nine.get_by_role("main")

    expect(main.get_by_text("U werkt voor 9 organisaties als vertrouwde")).to_be_visible()
    expect(main.get_by_role("heading", name="Voor wie werkt u nu?")).to_be_visible()
    look_at(bob_of_nine, "home-of-many")
    assert_nothing_cut_off(bob_of_nine)  # nor the name in the switcher
    main.get_by_role("link", name="Société Élan 3").click()

    expect(
        main.get_by_text("U werkt voor Société Élan 3 (Vestiging 3) als vertrouwde")
    ).to_be_visible()
    expect(main.get_by_role("heading", name="Voor wie werkt u nu?")).to_be_hidden()


def test_one_of_many_companies_is_found_by_typing_a_part_without_accents(bob_of_nine: Page):
    bob_of_nine.goto("/")
    bob_of_nine.get_by_role("button", name="Alle organisaties").click()
    menu = bob_of_nine.locator("#organisation-menu")
    assert_nothing_cut_off(bob_of_nine)  # of what is open either
    menu.get_by_role("searchbox", name="Organisatie zoeken").fill("elan 7")

    expect(menu.get_by_role("listitem")).to_have_count(1)
    menu.get_by_role("link", name="Société Élan 7").click()

    expect(bob_of_nine.get_by_role("main").locator("b", has_text="Société Élan 7")).to_be_visible()
    expect(menu).to_be_hidden()


def test_only_who_has_no_role_is_told_so_and_not_before_it_is_known(page: Page, enter_as):
    nobody = factories.make_person("Noor", "Zander")
    factories.make_account(nobody)
    enter_as(nobody)
    told = "U hebt nog geen toegang tot een bedrijf"

    assert told not in page.request.get("/").text()
    page.goto("/")
    expect(page.get_by_role("main").get_by_text(told)).to_be_visible()


@pytest.mark.one_database  # what it reads is shown on both in tests/services/test_reasons.py
@pytest.mark.covers("I-03")
def test_a_tile_says_why_it_is_there_and_a_refused_page_whom_to_ask(page: Page, cast, enter_as):
    admin = factories.make_person("Anna", "Admin")
    factories.make_account(admin)
    factories.make_grant(admin, Role.MAIN_ACCESS_MANAGER, cast.vak)
    enter_as(cast.alice)
    page.goto("/")
    tile = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="Betaalcodes"))
    why = tile.locator("summary")
    expect(why).to_have_accessible_name("Waarom zie ik dit? Betaalcodes")
    why.focus()
    page.keyboard.press("Enter")

    expect(tile.get_by_text("Vakmanschap Demo")).to_be_visible()
    expect(tile.get_by_text("organisatiebeheerder")).to_be_visible()
    expect(tile.get_by_text("Kandidaatvolging")).to_be_visible()
    look_at(page, "home-why")
    assert_nothing_cut_off(page)

    page.goto("/toegang")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="U hebt geen toegang tot deze pagina")).to_be_visible()
    expect(main.get_by_text("Anna Admin")).to_be_visible()
    look_at(page, "refused")
    assert_nothing_cut_off(page)
    main.get_by_role("link", name="Vraag toegang").click()

    expect(page.get_by_label("Naam van het bedrijf")).to_have_value("Vakmanschap Demo")
    expect(page.get_by_label("KvK-nummer")).to_have_value("90004701")


@pytest.mark.one_database
def test_in_english_a_tile_that_ends_goes_from_an_open_page_with_its_reason(
    browser: Browser, portal, cast, open_page
):
    context = browser.new_context(base_url=portal.origin, locale="en-GB")
    context.add_cookies([sockets.cookie_for_playwright(cast.bob, portal.origin)])
    page = open_page(context)
    grant = factories.make_grant(cast.bob, Role.ORGANISATION_MANAGER, cast.jon)
    page.goto("/")
    main = page.get_by_role("main")
    tile = page.get_by_role("listitem").filter(
        has=page.get_by_role("link", name="Payment codes", exact=True)
    )
    tile.get_by_text("Why do I see this?").click()
    expect(tile.get_by_text("organisation manager")).to_be_visible()
    run_as(cast.ada, grants.end, grant_id=grant.key, reason="over")

    expect(tile).to_be_hidden(timeout=2000)
    page.goto("/betaalcodes")
    expect(main.get_by_role("link", name="Ask for access")).to_be_visible()
    context.close()


_SAID = {
    "nl": ("Toetsplanner", "E-loket", "Documenten van uw bedrijf", "nieuw venster"),
    "en": ("Exam planner", "E-desk", "Documents of your company", "new window"),
}


@pytest.mark.one_database
@pytest.mark.covers("I-04", "S-08")
@pytest.mark.parametrize("locale", ["nl", "en"])
def test_services_elsewhere_open_in_their_own_window_and_go_with_their_capacity(
    locale, browser: Browser, portal, cast, open_page
):
    planner, desk, documents, new_window = _SAID[locale]
    hanna = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.vak)
    context = browser.new_context(base_url=portal.origin, locale=locale)
    context.add_cookies([sockets.cookie_for_playwright(cast.alice, portal.origin)])
    context.route("https://*.techniekplus.example/**", lambda route: route.fulfill(body="there"))
    page = open_page(context)
    page.goto("/")
    tile = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=desk))
    inside = tile.get_by_role("link", name=documents)
    expect(inside).to_have_accessible_name(re.compile(new_window))
    with context.expect_page() as opened:
        inside.click()
    expect(opened.value.get_by_text("there")).to_be_visible()
    assert opened.value.evaluate("window.opener") is None
    opened.value.close()
    expect(page.get_by_role("link", name=planner)).to_have_attribute("rel", "noopener noreferrer")
    look_at(page, f"home-elsewhere-{locale}")
    assert_nothing_cut_off(page)

    of = {"organisation_id": cast.vak.key, "capacity": factories.CANDIDATE_FOLLOWING}
    listed = run_as(hanna, capacities.what_ends, **of)
    run_as(hanna, capacities.end, **of, reason="", version=listed.version)

    expect(page.get_by_role("link", name=planner)).to_be_hidden(timeout=2000)
    expect(inside).to_be_visible()
    context.close()
