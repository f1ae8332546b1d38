"""A list on paper: what is said, in dark ink on white, and nothing to press."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from portal_app.models import Person, Result
from tests import factories
from tests.factories.following import follow
from tests.harness.cast import Cast
from tests.services.code_world import lay_out

pytestmark = pytest.mark.one_database  # paper asks nothing of it

# A head that sorts, a step and a status are words on paper.
_PRESSED = "button:not(.step-button, .sort-button, .tag-button)"
_INK = """[getComputedStyle(document.body).backgroundColor,
           ...[...document.querySelectorAll("main h1, .table-card td")]
             .filter((one) => one.checkVisibility())
             .map((one) => getComputedStyle(one).color)]"""


@pytest.fixture
def on_paper(page: Page, cast: Cast, enter_as: Callable[[Person], None]) -> Callable[[str], Page]:
    """`on_paper(address)`: a page of Alice's, who reads in the dark, as it is printed."""
    follow(cast.vak, factories.make_route(code="VCO"), "Aerts", Result.PASSED, Result.FAILED)
    lay_out(cast)
    enter_as(cast.alice)

    def printed(address: str) -> Page:
        page.emulate_media(color_scheme="dark")
        page.goto(address)
        expect(page.locator(".table-card td").first).to_be_visible()
        page.emulate_media(color_scheme="dark", media="print")
        return page

    return printed


@pytest.mark.parametrize("address", ["/overzicht", "/betaalcodes"])
def test_paper_is_white_and_shows_nothing_to_press(
    on_paper: Callable[[str], Page], address: str
) -> None:
    page = on_paper(address)

    paper, *inks = page.evaluate(_INK)
    assert paper == "rgb(255, 255, 255)"
    assert inks
    assert all(sum(map(int, ink[4:-1].split(","))) < 400 for ink in inks), inks
    for pressed in (_PRESSED, "input", "select", ".button", ".site-footer"):
        expect(page.locator(pressed).filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_form_on_paper_is_what_is_filled_in(
    page: Page, cast: Cast, enter_as: Callable[[Person], None]
) -> None:
    enter_as(cast.alice)
    page.goto("/profiel")
    expect(page.get_by_label("Voornaam *")).to_have_value("Alice")
    page.emulate_media(media="print")

    expect(page.get_by_label("Voornaam *")).to_be_visible()
    padding = page.locator("main .card").first.evaluate("one => getComputedStyle(one).padding")
    assert padding == "0px"
    for absent in ("button", "[type=password]", ".password-rules"):
        expect(page.locator(absent).filter(visible=True)).to_have_count(0)


def test_paper_has_the_words_beside_the_icons_of_steps(on_paper: Callable[[str], Page]) -> None:
    page = on_paper("/overzicht")

    words = page.locator("tr", has_text="Aerts").locator(".step-word").filter(visible=True)
    assert "Behaald" in " ".join(words.all_inner_texts())


def test_paper_says_of_whom_a_list_is_and_of_when(on_paper: Callable[[str], Page]) -> None:
    page = on_paper("/overzicht")
    whose = page.locator("main p.on-paper", has_text="Vakmanschap Demo")
    expect(whose).to_be_visible()
    page.emulate_media(media="screen")
    expect(whose).to_be_hidden()

    page = on_paper("/betaalcodes")
    expect(
        page.get_by_text(re.compile(r"^Stand van \d\d-\d\d-\d{4} \d\d:\d\d uur$"))
    ).to_be_visible()
