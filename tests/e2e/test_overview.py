"""The organisation manager follows candidates: finds, reads, downloads, unlinks, takes back."""

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from portal_app.brand import brand
from portal_app.models import Enrolment, Result, Route
from tests import factories
from tests.factories.following import follow, rebuild
from tests.harness.looking import look_at

PASSED, FAILED = Result.PASSED, Result.FAILED


@pytest.fixture
def followed(cast, enter_as):
    """Alice is signed in and follows three candidates on one route."""
    route = factories.make_route()
    follow(cast.vak, route, "Aerts", PASSED, PASSED)
    follow(cast.vak, route, "Bakker", PASSED, FAILED)
    follow(cast.vak, route, "Claes", PASSED)
    follow(cast.jon, route, "Vreemd", PASSED)
    enter_as(cast.alice)


def names(page: Page):
    return page.locator("table .row-name")


@pytest.mark.covers("V-17", "V-19", "V-20", "V-21", "V-22")
def test_a_manager_finds_a_candidate_and_reads_on(page, followed):
    page.goto("/overzicht")
    expect(page.locator("#count")).to_have_text("3 resultaten - Toon 1 - 3")
    expect(names(page)).to_have_text(["Aerts, Noor", "Bakker, Noor", "Claes, Noor"])
    look_at(page, "overview")

    page.locator("tr", has_text="Bakker").get_by_role("button", name="Theorietoets").hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Een herkansing is nodig.")

    page.get_by_label("Trefwoorden").fill("bak")
    page.get_by_label("Status").select_option("Herkansing nodig")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("#count")).to_have_text("1 resultaat")
    expect(page).to_have_url(re.compile(r"trefwoorden=bak&status=herkansing"))
    page.reload()
    expect(names(page)).to_have_text(["Bakker, Noor"])
    expect(page.get_by_label("Trefwoorden")).to_have_value("bak")

    page.get_by_role("link", name="Inzien kandidaatgegevens: Bakker, Noor").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bakker, Noor")
    expect(page.get_by_text("Poging 1")).to_have_count(2)
    look_at(page, "kandidaat")
    page.get_by_role("link", name="Terug naar Overzicht").click()
    expect(names(page)).to_have_text(["Bakker, Noor"])

    page.get_by_role("link", name="Wis alle filters").click()
    expect(names(page)).to_have_count(3)
    expect(page.get_by_label("Trefwoorden")).to_have_value("")
    page.go_back()
    expect(page.get_by_label("Trefwoorden")).to_have_value("bak")


def test_a_day_is_typed_or_picked_and_a_wrong_one_is_explained(page, followed):
    page.goto("/overzicht")
    page.get_by_role("button", name="Meer zoekvelden").click()
    since = page.get_by_label("Aangemeld vanaf")
    calendar = page.locator('[data-gives="van"]')
    calendar.evaluate(
        "it => { it.value = '2026-03-09'; it.dispatchEvent(new Event('change', {bubbles: true})) }"
    )
    expect(since).to_have_value("09-03-2026")
    expect(since).to_be_focused()
    look_at(page, "overview-dates")

    since.fill("32-13-2026")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Fout: Overzicht – "))
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="De datum 32-13-2026 bestaat niet.").click()
    expect(since).to_be_focused()
    expect(since).to_have_value("32-13-2026")

    since.fill("")
    page.get_by_label("Trefwoorden").fill("niemand")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Geen kandidaten gevonden")).to_be_visible()
    expect(page).to_have_title(re.compile("^Overzicht – "))
    expect(page.get_by_role("link", name="Wis alle filters")).to_have_count(1)
    look_at(page, "overview-nobody")


def test_nobody_unlinked_says_what_will_stand_there(page, followed):
    page.goto("/overzicht?tab=ontkoppeld")
    expect(page.get_by_role("heading", name="Er is niemand ontkoppeld")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(0)
    look_at(page, "overview-unlinked")


@pytest.mark.covers("V-20", "V-24")
def test_the_download_is_the_selection(page, followed, tmp_path):
    page.goto("/overzicht?tab=all&trefwoorden=aerts")
    with page.expect_download() as started:
        page.get_by_role("link", name="Downloaden filterselectie (Excel)").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert re.fullmatch(r"overzicht-VAK-\d{4}-\d\d-\d\d\.xlsx", file.name)
    rows = list(load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["Aerts, Noor"]
    expect(page.locator("#download-status")).to_have_text("Uw bestand is klaar.")


@pytest.mark.covers("V-20", "V-23")
def test_a_candidate_is_unlinked_and_back_again(page, followed):
    page.goto("/overzicht")
    page.get_by_role("button", name="Ontkoppel kandidaat: Bakker, Noor").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Noor Bakker ontkoppelen?")
    expect(question).to_contain_text("Vakmanschap Demo")
    expect(question.get_by_role("button", name="Annuleren")).to_be_focused()
    look_at(page, "ontkoppelen")

    question.get_by_role("button", name="Ontkoppel kandidaat").click()
    expect(question).to_contain_text("Kies waarom u de kandidaat ontkoppelt.")
    question.get_by_label("Reden").select_option("Uit dienst")
    question.get_by_role("button", name="Ontkoppel kandidaat").click()

    expect(names(page)).to_have_text(["Aerts, Noor", "Claes, Noor"])
    expect(page.get_by_role("link", name="Claes, Noor", exact=True)).to_be_focused()
    expect(page.get_by_role("tab", name="Ontkoppeld")).to_contain_text("1")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(names(page)).to_have_count(3)

    ticks = [page.get_by_label(f"Selecteer {name}") for name in ("Aerts, Noor", "Claes, Noor")]
    from_top = "one => one.getBoundingClientRect().top + scrollY"
    place = ticks[1].evaluate(from_top)
    for tick in ticks:
        tick.check()
    bar = page.locator(".bulk-bar")
    expect(bar).to_contain_text("2 geselecteerd")
    assert ticks[1].evaluate(from_top) == place  # a second tick, however soon, meets its row
    for size in ({"width": 1440, "height": 420}, {"width": 390, "height": 640}):
        page.set_viewport_size(size)
        ticks[0].evaluate("one => one.scrollIntoView()")
        expect(bar).to_be_in_viewport(ratio=1)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        rows = page.locator(".table tbody").bounding_box()
        assert rows["y"] + rows["height"] <= bar.bounding_box()["y"]  # nor is the last one covered
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Ontkoppelen", exact=True).click()
    expect(question).to_contain_text("2 kandidaten ontkoppelen?")
    expect(question).to_contain_text("De kandidaten houden hun account")
    expect(question.get_by_role("listitem")).to_have_text(["Noor Aerts", "Noor Claes"])
    look_at(page, "ontkoppelen-samen")
    question.get_by_label("Reden").select_option("Verkeerd gekoppeld")
    question.get_by_role("button", name="Ontkoppelen", exact=True).click()
    expect(names(page)).to_have_text(["Bakker, Noor"])
    page.get_by_role("tab", name="Ontkoppeld").click()
    page.get_by_role("button", name="Opnieuw koppelen: Aerts, Noor").click()
    expect(page.locator("#count")).to_have_text("1 resultaat")


def test_what_changed_meanwhile_is_told_and_shown_when_asked_for(page, followed):
    page.goto("/overzicht")
    expect(names(page)).to_have_count(3)
    claes = factories.all_of(Enrolment)[2]
    factories.make_attempt(claes, factories.steps_of(factories.all_of(Route)[0])[1], FAILED)
    rebuild(claes.person_id)
    page.locator("[data-looks-again]").dispatch_event("click")
    expect(page.get_by_text("1 kandidaat bijgewerkt.")).to_be_visible()
    expect(page.get_by_text("Herkansing Theorietoets plannen")).to_have_count(1)
    look_at(page, "overview-updated")

    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.get_by_text("Herkansing Theorietoets plannen")).to_have_count(2)
    expect(page.get_by_text("1 kandidaat bijgewerkt.")).to_have_count(0)
    expect(page.locator("#count")).to_be_focused()


@pytest.mark.covers("V-34")
def test_help_is_at_hand_with_the_contact_details_of_the_fund(page, followed):
    page.goto("/overzicht")
    footer = page.get_by_role("contentinfo")
    expect(footer.get_by_role("link", name=brand.contact.email)).to_have_attribute(
        "href", f"mailto:{brand.contact.email}"
    )
    expect(footer.get_by_role("link", name=brand.contact.phone, exact=True)).to_have_attribute(
        "href", f"tel:{brand.contact.phone_number}"
    )
    footer.get_by_role("link", name="Hulp en contact").click()
    question = page.get_by_text("Wat betekenen de pictogrammen bij de stappen?")
    question.click()
    expect(page.get_by_text("Groen met een vinkje: de stap is behaald.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=brand.contact.email)).to_be_visible()


def test_the_keys_walk_the_list(page, followed):
    page.goto("/overzicht")
    expect(names(page)).to_have_count(3)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("1 geselecteerd")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bakker, Noor")
    page.keyboard.press("j")
    expect(page.get_by_role("heading", level=1)).to_have_text("Claes, Noor")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bakker, Noor")


@pytest.mark.covers("V-20")
def test_charts_tabs_sorting_and_sizes_are_addresses(page, followed):
    page.goto("/overzicht")
    page.get_by_role("link", name=re.compile("herkansing nodig")).click()
    expect(page).to_have_url(re.compile("aandacht=herkansing"))
    expect(names(page)).to_have_text(["Bakker, Noor"])
    page.get_by_text("Toon als tabel").first.click()
    figures = page.get_by_role("row", name=re.compile("^Theorietoets"))
    figures.get_by_role("cell").nth(1).get_by_role("link", name="1").click()
    expect(page).to_have_url(re.compile(r"stand=theorietoets\.herkansing"))
    expect(names(page)).to_have_text(["Bakker, Noor"])
    page.locator(".bar-row", has_text="Theorietoets").locator("a").first.click()
    expect(page).to_have_url(re.compile(r"stand=theorietoets\.behaald"))
    expect(names(page)).to_have_text(["Aerts, Noor"])

    page.get_by_role("tab", name="Alle routes").click()
    expect(page.get_by_role("columnheader", name="Route", exact=True)).to_be_visible()
    expect(names(page)).to_have_text(["Aerts, Noor", "Bakker, Noor", "Claes, Noor"])
    page.get_by_role("button", name="Kandidaat", exact=True).click()
    expect(page).to_have_url(re.compile("sortering=-naam"))
    expect(names(page)).to_have_text(["Claes, Noor", "Bakker, Noor", "Aerts, Noor"])
    page.get_by_role("link", name="50 per pagina").click()
    expect(page).to_have_url(re.compile("sortering=-naam&aantal=50"))
    expect(page.get_by_role("link", name="50 per pagina")).to_have_attribute("aria-current", "true")
    page.reload()
    expect(names(page).first).to_have_text("Claes, Noor")


def test_the_charts_fold_away_and_stay_so(page, followed):
    page.goto("/overzicht")
    page.get_by_role("button", name="Verberg grafieken").click()
    expect(page.get_by_role("heading", name="Vraagt aandacht")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="Toon grafieken")).to_be_visible()
    expect(page.get_by_role("heading", name="Vraagt aandacht")).to_be_hidden()


@pytest.mark.one_database  # the style sheet's doing
def test_a_phone_shows_what_asks_attention_and_the_charts_when_asked(page, followed):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/overzicht")
    expect(page.get_by_role("heading", name="Vraagt aandacht")).to_be_visible()
    expect(page.get_by_role("heading", name="Voortgang per stap")).to_be_hidden()
    page.get_by_role("button", name="Toon grafieken").click()
    expect(page.get_by_role("heading", name="Voortgang per stap")).to_be_visible()
    page.get_by_role("button", name="Verberg grafieken").click()
    expect(page.get_by_role("heading", name="Voortgang per stap")).to_be_hidden()
    expect(page.get_by_role("heading", name="Vraagt aandacht")).to_be_visible()


def test_somebody_elses_candidate_is_not_there(page, followed):
    theirs = factories.all_of(Enrolment)[-1]
    page.goto(f"/overzicht/kandidaat?nr={theirs.id}")
    expect(
        page.get_by_text("Deze kandidaat is niet meer aan uw organisatie gekoppeld.")
    ).to_be_visible()
