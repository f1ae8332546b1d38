"""A role is suspended for a while, by the fund and by a company, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.harness.looking import look_at
from tests.services import managing
from tests.services.managing import MAIN, USER


@pytest.mark.covers("I-15")
def test_what_the_fund_suspends_closes_at_once_and_opens_again(
    page: Page, cast, enter_as, another, mails
):
    of_alice = another(cast.alice)
    of_alice.goto("/")
    tile = of_alice.get_by_role("main").get_by_role("link", name="Betaalcodes")
    expect(tile).to_be_visible()
    enter_as(cast.sam)
    page.goto("/beheer/telefoon?zoek=Vakmanschap")
    page.get_by_role("main").get_by_role("link", name="Vakmanschap Demo").click()
    page.get_by_role("link", name="Wie mag wat voor dit bedrijf").click()
    row = page.get_by_role("row").filter(has_text="Jansen, Alice")

    row.get_by_role("button", name="Rol schorsen van Alice Jansen").click()
    asked = page.get_by_role("dialog")
    asked.get_by_role("button", name="Rol schorsen").click()
    expect(asked.get_by_text("Kies waarom de rol wordt geschorst.")).to_be_visible()
    asked.get_by_label("Reden").select_option(label="Het contract is nog niet goedgekeurd")
    look_at(page, "toegang-schorsen")
    asked.get_by_role("button", name="Rol schorsen").click()

    expect(page.get_by_text("De rol van Alice Jansen is geschorst.")).to_be_visible()
    expect(row.get_by_text("Het contract is nog niet goedgekeurd.")).to_be_visible()
    look_at(page, "toegang-geschorst")
    told = of_alice.get_by_text(re.compile("is geschorst sinds .* contract"))
    expect(told).to_be_visible(timeout=5_000)
    expect(tile).to_have_count(0)
    look_at(of_alice, "home-geschorst")
    of_alice.goto("/betaalcodes")
    expect(of_alice.get_by_role("alert").filter(has_text="U hebt geen recht")).to_be_visible()
    mails.wait_for(cast.alice.email, subject="Uw rol is geschorst")

    of_alice.goto("/")
    expect(told).to_be_visible()
    row.get_by_role("button", name="Schorsing opheffen van Alice Jansen").click()
    expect(page.get_by_text("Alice Jansen kan weer verder")).to_be_visible()
    expect(tile).to_be_visible(timeout=5_000)
    expect(told).to_have_count(0)
    mails.wait_for(cast.alice.email, subject="De schorsing van uw rol is opgeheven")


@pytest.mark.covers("I-15", "S-14")
def test_a_company_suspends_its_user_and_not_what_the_fund_suspended(
    page: Page, cast, enter_as, another
):
    hanna = managing.holder("Hanna", MAIN, cast.vak)
    uma = managing.holder("Uma", USER, cast.vak, "employer")
    enter_as(hanna)
    page.goto("/toegang")
    row = page.get_by_role("row").filter(has_text=uma.email)
    row.get_by_role("button", name="Rol schorsen").click()
    page.get_by_role("dialog").get_by_label("Reden").select_option(label="Langdurig afwezig")
    page.get_by_role("dialog").get_by_role("button", name="Rol schorsen").click()
    expect(row.get_by_text("Langdurig afwezig.")).to_be_visible()
    expect(row.get_by_role("button", name="Rol wijzigen")).to_have_count(0)
    of_uma = another(uma)
    of_uma.goto("/")
    expect(of_uma.get_by_text("Ga naar wie de toegang van uw bedrijf beheert.")).to_be_visible()
    row.get_by_role("button", name="Schorsing opheffen").click()
    expect(row.get_by_text("Langdurig afwezig.")).to_have_count(0)

    of_sam = another(cast.sam)
    of_sam.goto(f"/toegang?org={cast.vak.key}")
    of_sam.get_by_role("button", name="Rol schorsen van Uma Nieuw").click()
    of_sam.get_by_role("dialog").get_by_label("Reden").select_option(label="Er loopt een onderzoek")
    of_sam.get_by_role("dialog").get_by_role("button", name="Rol schorsen").click()
    expect(of_sam.get_by_text("De rol van Uma Nieuw is geschorst.")).to_be_visible()

    page.reload()
    expect(row.get_by_text("Er loopt een onderzoek.")).to_be_visible()
    expect(row.get_by_role("button")).to_have_count(0)
