"""The building blocks of pages, on the component sheet: by mouse, keyboard and touch."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.pages.building_blocks import PATH
from tests.harness.looking import assert_nothing_cut_off, look_at
from tests.harness.server import Portal

pytestmark = pytest.mark.one_database  # the sheet shows nothing of the database

FOCUSED = "document.activeElement.textContent"


@pytest.fixture
def sheet(page: Page) -> Page:
    page.goto(PATH)
    # The socket has answered: the page is alive.
    expect(page.get_by_role("heading", name="Bouwstenen")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def test_the_sheet_is_right_in_every_look(sheet: Page) -> None:
    look_at(sheet, "building-blocks")


def test_nothing_is_cut_off_on_the_smallest_screen(sheet: Page) -> None:
    assert_nothing_cut_off(sheet)


def test_the_skip_link_comes_first_and_leads_to_the_content(sheet: Page) -> None:
    sheet.keyboard.press("Tab")
    assert sheet.evaluate(FOCUSED) == "Naar de inhoud"

    sheet.keyboard.press("Enter")
    expect(sheet.locator("main")).to_be_focused()


def test_a_menu_works_with_the_keyboard(sheet: Page) -> None:
    button = sheet.get_by_role("button", name="Sanne Veldhuis")
    button.focus()

    sheet.keyboard.press("ArrowDown")
    expect(sheet.get_by_role("link", name="Bewerk profiel")).to_be_focused()
    sheet.keyboard.press("End")
    expect(sheet.get_by_role("button", name="Afmelden")).to_be_focused()

    sheet.keyboard.press("Escape")
    expect(sheet.get_by_role("link", name="Bewerk profiel")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_press_elsewhere_closes_a_menu(sheet: Page) -> None:
    sheet.get_by_role("button", name="Organisatie wisselen").click()
    expect(sheet.get_by_text("Uitnodigingscode invullen")).to_be_visible()

    sheet.mouse.click(1200, 700)
    expect(sheet.get_by_text("Uitnodigingscode invullen")).to_be_hidden()


def test_a_dialog_has_its_focus_on_the_safe_answer_and_gives_it_back(sheet: Page) -> None:
    opener = sheet.get_by_role("button", name="Ontkoppel kandidaat")
    opener.click()

    dialog = sheet.get_by_role("dialog", name="Fatima van den Berg ontkoppelen?")
    expect(dialog.get_by_role("button", name="Annuleren")).to_be_focused()

    sheet.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_press_beside_a_dialog_closes_it(sheet: Page) -> None:
    sheet.get_by_role("button", name="Ontkoppel kandidaat").click()
    expect(sheet.get_by_role("dialog")).to_be_visible()

    sheet.mouse.click(20, 20)
    expect(sheet.get_by_role("dialog")).to_be_hidden()


def test_a_password_can_be_shown(sheet: Page) -> None:
    field = sheet.get_by_label("Nieuw wachtwoord", exact=True)

    sheet.get_by_role("button", name="Toon", exact=True).click()
    expect(field).to_have_attribute("type", "text")

    sheet.get_by_role("button", name="Verberg", exact=True).click()
    expect(field).to_have_attribute("type", "password")


def test_copying_says_so(sheet: Page) -> None:
    sheet.context.grant_permissions(["clipboard-read", "clipboard-write"])

    sheet.get_by_role("button", name="Kopieer betaalcode EXZA-8F5E-XG5W-U22J").click()

    expect(sheet.locator("#announcer")).to_have_text("Gekopieerd.")
    assert sheet.evaluate("navigator.clipboard.readText()") == "EXZA-8F5E-XG5W-U22J"


def test_keys_walk_through_a_list_and_are_off_while_typing(sheet: Page) -> None:
    sheet.keyboard.press("/")
    search = sheet.get_by_label("Trefwoorden", exact=True)
    expect(search).to_be_focused()
    sheet.keyboard.type("jk?")
    expect(search).to_have_value("jk?")

    sheet.keyboard.press("Escape")
    sheet.keyboard.press("j")
    sheet.keyboard.press("j")
    assert "Bakker, Jan" in sheet.evaluate(FOCUSED)
    sheet.keyboard.press("k")
    assert "Aerts, Karel" in sheet.evaluate(FOCUSED)


def test_keys_can_be_switched_off(sheet: Page) -> None:
    sheet.evaluate("localStorage.setItem('keys', 'off')")

    sheet.keyboard.press("/")

    expect(sheet.get_by_label("Trefwoorden", exact=True)).not_to_be_focused()


def test_a_question_mark_lists_the_keys(sheet: Page) -> None:
    sheet.keyboard.press("?")

    expect(sheet.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()


def test_a_tip_describes_its_icon_can_be_pointed_at_and_goes_on_escape(sheet: Page) -> None:
    icon, tip = sheet.locator(".step-button").nth(3), sheet.get_by_role("tooltip")
    icon.hover()
    expect(tip).to_be_visible()
    expect(icon).to_have_attribute("aria-describedby", "tip")

    box = tip.bounding_box()
    assert box is not None
    sheet.mouse.move(box["x"] + 8, box["y"] + 8, steps=6)
    sheet.wait_for_timeout(400)
    expect(tip).to_be_visible()

    sheet.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert icon.get_attribute("aria-describedby") is None


def test_a_tip_shows_for_the_keyboard(sheet: Page) -> None:
    sheet.locator(".step-button").first.focus()
    sheet.keyboard.press("Tab")

    expect(sheet.get_by_role("tooltip")).to_be_visible()


def test_a_tip_shows_on_touch(
    browser: Browser, portal: Portal, open_page: Callable[..., Page]
) -> None:
    context = browser.new_context(
        base_url=portal.origin, has_touch=True, viewport={"width": 390, "height": 844}
    )
    page = open_page(context)
    page.goto(PATH)
    page.wait_for_load_state("networkidle")

    page.locator(".step-button").nth(7).tap()

    expect(page.get_by_role("tooltip")).to_be_visible()
    context.close()


def test_the_arrow_keys_go_from_tab_to_tab(sheet: Page) -> None:
    sheet.get_by_role("tab").first.focus()

    sheet.keyboard.press("ArrowRight")
    assert "Warmtepompen" in sheet.evaluate(FOCUSED)
    sheet.keyboard.press("ArrowLeft")
    assert "Vakmanschap CO" in sheet.evaluate(FOCUSED)


def test_a_mistake_in_the_summary_leads_to_its_field(sheet: Page) -> None:
    sheet.get_by_role("alert").get_by_role("link").click()

    expect(sheet.get_by_label("Organisatiecode")).to_be_focused()


def test_search_fields_fold_on_a_phone(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 390, "height": 844})
    step = sheet.get_by_label("Stap", exact=True)
    expect(step).to_be_hidden()

    sheet.get_by_role("button", name="Meer zoekvelden").click()
    expect(step).to_be_visible()


def test_light_or_dark_is_kept(sheet: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    paper = sheet.evaluate(ground)

    sheet.get_by_label("Weergave").select_option("dark")
    sheet.wait_for_function(f"{ground} !== '{paper}'")
    sheet.reload()

    expect(sheet.get_by_label("Weergave")).to_have_value("dark")
    assert sheet.evaluate(ground) != paper


def test_the_page_follows_the_chosen_language(sheet: Page) -> None:
    sheet.goto("/aanmelden?lang=fr")

    expect(sheet.locator("footer")).to_contain_text("Coordonnées")
    expect(sheet.locator("footer")).to_contain_text("jours ouvrables de 8h30 à 17h00")
