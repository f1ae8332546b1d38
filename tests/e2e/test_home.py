"""The first page inside: for whom one works, and what one can do."""

import pytest
from playwright.sync_api import Page, expect

from portal_app.permissions import Role
from tests import factories
from tests.harness.looking import assert_nothing_cut_off, look_at


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

    expect(bob_of_nine.get_by_role("main").get_by_text("Société Élan 7")).to_be_visible()
    expect(menu).to_be_hidden()


def test_only_who_has_no_role_is_told_so_and_not_before_it_is_known(page: Page, enter_as):
    nobody = factories.make_person("Noor", "Zander")
    factories.make_account(nobody)
    enter_as(nobody)
    told = "U hebt nog geen toegang tot een bedrijf"

    assert told not in page.request.get("/").text()
    page.goto("/")
    expect(page.get_by_role("main").get_by_text(told)).to_be_visible()
