"""A portal with a brand file of its own: what that leaves out is not there, and what it says is."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from portal_app.brand import BRANDS
from portal_app.demo.world import world
from portal_app.gate.cookies import cookie_name
from scripts.find_chromium import find
from tests.harness import server
from tests.harness.server import Portal
from tests.harness.sockets import Tab
from tests.harness.visiting import sign_in

_MANAGER = "sanne.veldhuis@vakmanschap-demo.example"
_CHANGES = {
    'languages = ["nl", "fr", "en", "de"]': 'languages = ["nl", "fr"]\nmodules = ["overview"]',
    'nl = "uw loopbaanfonds"': 'nl = "uw vakfonds"',
}
_MODULES_OF_A_CAPACITY = re.compile(r"^modules = .*$", re.MULTILINE)
_OF_CODES = "reflex___state____state.portal_app___state___payment_codes____payment_codes_state"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The demo world, at a fund without payment codes."""
    folder = tmp_path_factory.mktemp("own-brand")
    brand = (BRANDS / "techniekplus.toml").read_text("utf-8")
    brand = _MODULES_OF_A_CAPACITY.sub("modules = []", brand)
    for old, new in _CHANGES.items():
        assert old in brand
        brand = brand.replace(old, new)
    (folder / "fund.toml").write_text(brand, "utf-8")
    knobs = {"PORTAL_BRAND": str(folder / "fund.toml"), "PORTAL_PAGES_DIR": ".web.own_brand"}
    with server.running(folder, **knobs) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def inside(portal: Portal, browser: Browser) -> Page:
    """The first page that an organisation manager sees."""
    context = browser.new_context(base_url=portal.origin, locale="nl-BE")
    page = context.new_page()
    sign_in(page, _MANAGER, world().password)
    return page


@pytest.mark.parametrize(
    "path",
    [
        "/betaalcodes",
        "/downloads/betaalcodes.xlsx",
        "/downloads/betaalcodes.csv",
        "/downloads/betaalcodes/3K2R1S",
        "/eherkenning",
        "/eherkenning/terug",
    ],
)
def test_pages_and_files_of_a_module_left_out_are_not_there(
    portal: Portal, inside: Page, path: str
) -> None:
    assert httpx.get(f"{portal.origin}{path}").status_code == 404
    assert inside.request.get(path).status == 404
    assert inside.request.get("/downloads/overzicht.xlsx").status == 200


def test_nothing_leads_to_a_module_left_out(inside: Page) -> None:
    for path in ("/", "/overzicht", "/hulp", "/profiel"):
        inside.goto(path)
        expect(inside.get_by_role("heading", level=1)).to_be_visible()
        inside.wait_for_load_state("networkidle")
        expect(inside.locator("a[href^='/overzicht']").first).to_be_visible()
        expect(inside.locator("[href*=betaalcodes]")).to_have_count(0)
    inside.goto("/hulp")
    expect(inside.get_by_role("heading", name="Kandidaten", exact=True)).to_be_visible()
    expect(inside.get_by_text("betaalcode")).to_have_count(0)


def test_the_address_of_a_module_left_out_says_that_there_is_no_such_page(inside: Page) -> None:
    answer = inside.goto("/betaalcodes")

    assert answer is not None
    assert answer.status == 404
    expect(inside.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet")


def test_who_asks_for_a_module_left_out_over_the_socket_is_refused(
    portal: Portal, inside: Page
) -> None:
    held = next(one for one in inside.context.cookies() if one["name"] == cookie_name())
    with Tab(portal.origin, cookie=f"{held['name']}={held['value']}", path="/betaalcodes") as tab:
        tab.hydrate()
        said = json.dumps(tab.call(f"{_OF_CODES}.load"))

    assert '"refused"' in said
    assert "3K2R1S" not in said


def test_pages_say_the_fund_in_the_words_of_its_brand_before_their_scripts_run(
    portal: Portal,
) -> None:
    page = httpx.get(f"{portal.origin}/privacy").text

    assert "medewerkers van uw vakfonds" in page
    assert "{your_fund}" not in page
