"""Payment codes: the organisation manager's second screen, as people use it."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from portal_app.brand import brand
from portal_app.models import AuditEvent
from tests import factories
from tests.harness import sockets
from tests.harness.looking import WIDTHS, look_at
from tests.services.code_world import SOURCE_CODES, lay_out

START = "/betaalcodes"
ROW = "tr[data-row]"


@pytest.fixture
def world(cast):
    return lay_out(cast)


@pytest.fixture
def manager(page: Page, enter_as, world) -> Page:
    """Alice of VAK, on the page of payment codes."""
    enter_as(world.cast.alice)
    page.goto(START)
    expect(page.locator(ROW).first).to_be_visible()
    return page


def counted(action: str) -> int:
    return sum(one.action == action for one in factories.all_of(AuditEvent))


def assert_pasted(page: Page, text: str) -> None:
    """Fail unless pasting gives `text`, now or in a moment."""
    for _ in range(50):
        if (pasted := page.evaluate("navigator.clipboard.readText()")) == text:
            return
        page.wait_for_timeout(100)
    assert pasted == text


@pytest.mark.covers("V-25", "V-26", "V-27", "V-28", "V-29", "V-30", "V-31", "V-32")
def test_a_manager_finds_the_codes_of_a_batch(manager: Page):
    expect(
        manager.get_by_role("navigation").get_by_role("link", name="Betaalcodes")
    ).to_be_visible()
    for label in ("Trefwoorden", "Organisatie", "Profiel", "Aangemaakt vanaf", "Aangemaakt tot"):
        expect(manager.get_by_label(f"{label}:", exact=True)).to_be_visible()

    manager.get_by_label("Trefwoorden").fill("#3K2R1S")
    manager.keyboard.press("Enter")

    expect(manager.get_by_text("5 resultaten - Toon 1 - 5")).to_be_visible()
    expect(manager).to_have_url(re.compile(r"\?trefwoorden=%233K2R1S$"))
    assert [text.strip() for text in manager.locator("thead th").all_inner_texts()] == [
        "Betaalcode",
        "Organisatie",
        "Contactpersoon",
        "Referentie",
        "Aangemaakt",
        "Gebruikt",
        "Gebruikt door",
        "Acties",
    ]
    first = [cell.inner_text() for cell in manager.locator(ROW).first.locator("td").all()]
    assert first[:7] == [
        "EXZA-8F5E-XG5W-U22J\nVakmanschap CO",
        "Vakmanschap Demo\nVeldhuis, Sanne",
        "Veldhuis, Sanne",
        "Test",
        "22-04-2022 10:49\nBatch #3K2R1S",
        "Te gebruiken",
        "–",
    ]
    expect(manager.get_by_label("Trefwoorden")).to_be_focused()
    manager.reload()
    expect(manager.get_by_text("5 resultaten - Toon 1 - 5")).to_be_visible()
    expect(manager.get_by_label("Trefwoorden")).to_have_value("#3K2R1S")
    look_at(manager, "betaalcodes")


@pytest.mark.covers("V-16")
def test_new_codes_are_asked_for_in_a_mail_that_knows_the_organisation_code(manager: Page):
    link = manager.get_by_role("link", name="Betaalcodes aanvragen")
    address = unquote(link.get_attribute("href") or "")
    assert address.startswith(f"mailto:{brand.contact.email}?subject=Aanvraag van betaalcodes")
    assert "Contactpersoon: Alice Jansen\n" in address
    assert address.endswith("Organisatie: Vakmanschap Demo\nOrganisatiecode: VAK\n")


@pytest.mark.covers("V-27", "V-36")
def test_filters_are_addresses_and_back_takes_the_last_one_off(manager: Page):
    manager.get_by_label("Status").select_option("Gebruikt")
    manager.get_by_role("button", name="Filter").click()
    expect(manager.locator(ROW)).to_have_count(2)
    manager.get_by_label("Profiel").select_option("Monteur")
    manager.get_by_label("Aangemaakt vanaf").fill("14/1/2026")
    manager.get_by_label("Aangemaakt vanaf").press("Enter")
    expect(manager).to_have_url(re.compile("van=14-01-2026"))
    expect(manager.get_by_label("Aangemaakt vanaf")).to_have_value("14-01-2026")

    manager.get_by_role("link", name=re.compile("Verwijder Status")).click()
    expect(manager.locator(ROW)).to_have_count(4)
    manager.go_back()
    expect(manager.locator(ROW)).to_have_count(2)
    expect(manager.get_by_label("Status")).to_have_value("gebruikt")
    manager.get_by_role("link", name="Wis alle filters").click()
    expect(manager).to_have_url(re.compile(f"{START}$"))
    expect(manager.get_by_text("10 resultaten - Toon 1 - 10")).to_be_visible()


@pytest.mark.covers("V-36")
def test_until_before_from_is_explained_at_the_field(manager: Page):
    manager.get_by_label("Aangemaakt vanaf").fill("22-04-2026")
    manager.get_by_label("Aangemaakt tot").fill("21-04-2026")
    manager.get_by_role("button", name="Filter").click()

    expect(manager).to_have_title(re.compile("^Fout: Betaalcodes – "))
    summary = manager.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    until = manager.get_by_label("Aangemaakt tot")
    expect(until).to_be_focused()
    expect(until).to_have_attribute("aria-invalid", "true")
    expect(until).to_have_accessible_description(
        re.compile("‘Aangemaakt tot’ moet op of na 22-04-2026 liggen.")
    )
    expect(until).to_have_value("21-04-2026")
    look_at(manager, "betaalcodes-datums")


def test_copying_a_code_and_a_batch_fills_the_clipboard_and_is_written_down(
    manager: Page, context, portal
):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.origin)

    manager.get_by_role("button", name=f"Kopieer betaalcode {SOURCE_CODES[0]}").click()
    expect(manager.locator("#announcer")).to_have_text("Gekopieerd.")
    assert_pasted(manager, SOURCE_CODES[0])
    manager.get_by_role("button", name="Kopieer alle te gebruiken codes van batch #3K2R1S").click()
    assert_pasted(manager, "\n".join(SOURCE_CODES))
    expect(manager.get_by_role("button", name="Kopieer betaalcode DDDD")).to_have_count(0)
    assert (counted("payment_codes.copied"), counted("payment_codes.batch_copied")) == (1, 1)


@pytest.mark.covers("V-26")
def test_a_tip_tells_who_ended_a_code_and_why(manager: Page):
    ended = manager.get_by_role("button", name=re.compile("^Inactief"))
    ended.hover()

    tip = manager.get_by_role("tooltip")
    expect(tip).to_contain_text(re.compile(r"door Veldhuis, Sanne\. Reden: Dubbel besteld"))
    manager.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_keys_search_walk_and_copy(manager: Page, context, portal):
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.origin)
    manager.keyboard.press("/")
    expect(manager.get_by_label("Trefwoorden")).to_be_focused()
    manager.keyboard.press("Escape")
    manager.keyboard.press("j")
    expect(manager.locator(ROW).first).to_be_focused()
    manager.keyboard.press("c")

    assert_pasted(manager, "AAAA-2222-3333-4444")


@pytest.mark.covers("V-24")
def test_the_selection_is_downloaded(manager: Page):
    with manager.expect_download() as download:
        manager.get_by_role("link", name="Downloaden filterselectie (Excel)").click()

    assert re.fullmatch(r"betaalcodes-VAK-\d{4}-\d\d-\d\d\.xlsx", download.value.suggested_filename)
    expect(manager.get_by_text("Uw bestand is klaar.")).to_be_visible()


def test_staff_download_without_a_stock_of_their_own(page: Page, enter_as, world):
    enter_as(world.cast.sam)
    page.goto(START)

    expect(page.get_by_text("11 resultaten - Toon 1 - 11")).to_be_visible()
    expect(page.get_by_text("codes nog te gebruiken")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Downloaden filterselectie (Excel)").click()
    assert download.value.suggested_filename.startswith("betaalcodes-2")
    look_at(page, "betaalcodes-medewerker")


@pytest.mark.covers("V-26", "V-36")
def test_staff_make_a_used_code_inactive_and_its_use_stays(page: Page, enter_as, world):
    enter_as(world.cast.sam)
    page.goto(f"{START}?trefwoorden=BBBB")
    page.get_by_role("button", name="Inactief maken: BBBB-2222-3333-4444").press("Enter")
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Betaalcode BBBB-2222-3333-4444 inactief maken?")
    expect(question).to_contain_text("Jan van den Berg heeft deze code op")
    look_at(page, "betaalcodes-inactief-maken")

    question.get_by_role("button", name="Inactief maken").click()
    expect(question.get_by_label("Reden")).to_be_focused()
    expect(question).to_contain_text("Vul in waarom de code inactief wordt.")
    question.get_by_label("Reden").fill("Dubbel besteld")
    question.get_by_role("button", name="Inactief maken").click()

    expect(page.get_by_role("status").filter(has_text="had hem al gebruikt")).to_be_visible()
    back = page.get_by_role("button", name="Opnieuw actief: BBBB-2222-3333-4444")
    expect(back).to_be_focused()
    code = page.locator(ROW)
    expect(code).to_contain_text("Berg, Jan van den")
    expect(code.get_by_role("button", name=re.compile("^Inactief.*door"))).to_be_visible()
    look_at(page, "betaalcodes-inactief-na-gebruik")
    back.press("Enter")
    expect(page.get_by_role("status").filter(has_text="is niet meer inactief")).to_be_visible()
    expect(page.get_by_role("button", name="Inactief maken: BBBB")).to_be_focused()


@pytest.mark.covers("V-26")
def test_staff_make_inactive_what_is_unused_of_a_batch(page: Page, enter_as, world):
    enter_as(world.cast.sam)
    page.goto(f"{START}?trefwoorden=3K2R1S")
    page.get_by_role("button", name="Ongebruikte codes inactief maken van batch #3K2R1S").click()
    question = page.get_by_role("dialog")
    question.get_by_label("Reden").fill("Niet betaald")
    question.get_by_role("button", name="Inactief maken").click()

    expect(page.get_by_role("status").filter(has_text="5 betaalcodes zijn")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Opnieuw actief"))).to_have_count(5)


def test_on_a_phone_the_table_is_cards(manager: Page):
    width, height = WIDTHS["phone"]
    manager.set_viewport_size({"width": width, "height": height})

    expect(manager.get_by_role("button", name="Meer zoekvelden")).to_be_visible()
    expect(manager.get_by_label("Status")).to_be_hidden()
    expect(manager.locator(".under", has_text="Veldhuis, Sanne").first).to_be_visible()
    assert manager.evaluate("document.documentElement.scrollWidth") <= width


def test_grouping_sorting_and_pages_are_addresses(manager: Page):
    expect(manager.get_by_text("2 van 4 gebruikt")).to_be_visible()
    manager.get_by_label("Groepeer per batch").click()
    expect(manager).to_have_url(re.compile("groepeer=nee"))
    expect(manager.get_by_text("2 van 4 gebruikt")).to_have_count(0)
    manager.get_by_role("button", name="Betaalcode", exact=True).click()
    expect(manager.get_by_role("columnheader", name="Betaalcode")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(manager.locator(ROW).first).to_contain_text("45ZA-8GU2-C25W-TG6Z")


@pytest.mark.parametrize(
    ("locale", "title", "counter"),
    [
        ("fr-BE", "Codes de paiement", "10 résultats"),
        ("en-GB", "Payment codes", "10 results"),
        ("de-BE", "Zahlungscodes", "10 Ergebnisse"),
    ],
)
def test_the_page_speaks_the_readers_language(
    browser, portal, world, open_page, locale, title, counter
):
    within = browser.new_context(base_url=portal.origin, locale=locale)
    within.add_cookies([sockets.cookie_for_playwright(world.cast.alice, portal.origin)])
    page = open_page(within)
    page.goto(START)

    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_text(counter)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])
    within.close()


def test_nothing_there_and_nobody_allowed_both_say_what_to_do(page: Page, enter_as, cast):
    enter_as(cast.alice)
    page.goto(START)
    expect(page.get_by_text("Er zijn nog geen betaalcodes aan code VAK gekoppeld.")).to_be_visible()
    look_at(page, "betaalcodes-leeg")
    enter_as(cast.bob)
    page.goto(START)
    refusal = page.get_by_role("alert").filter(has_text="U hebt geen recht om deze betaalcodes")
    expect(refusal).to_be_visible()


@pytest.mark.covers("V-30")
def test_whoever_used_a_code_leads_to_the_record(manager: Page):
    manager.get_by_role("link", name="Berg, Jan van den").click()

    expect(manager.get_by_role("heading", level=1)).to_have_text("Berg, Jan van den")
