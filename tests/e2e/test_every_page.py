"""What every page has: whom to reach, a word without script, and nothing that axe finds wrong."""

import html
import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from portal_app.brand import brand
from portal_app.gate.handlers import Audience
from portal_app.languages import say
from portal_app.models import Person, Result
from portal_app.site_map import SITE_MAP
from portal_app.site_map import Page as PageOfMap
from tests import factories
from tests.factories.following import follow
from tests.harness import sockets
from tests.harness.cast import Cast
from tests.harness.looking import Complaints, assert_nothing_cut_off, look_at
from tests.harness.server import Portal
from tests.services.code_world import lay_out

_CANNOT_SAY_A_MISTAKE = """
() => {
  const { split } = String.prototype;
  String.prototype.split = function (at, ...more) {
    if (at instanceof RegExp && at.source.includes("d{4}")) throw new Error("stuk");
    return split.call(this, at, ...more);
  };
}
"""

pytestmark = pytest.mark.one_database  # a page holds nothing of the database


def pages(portal: Portal, cast: Cast) -> Iterator[tuple[str, str]]:
    """Every page of the site map, by its address, as somebody who is signed in gets it."""
    cookie = sockets.cookie_of(cast.sam)
    with httpx.Client(base_url=portal.origin, headers={"cookie": cookie}) as browser:
        for page in SITE_MAP:
            answer = browser.get(page.path, headers={"accept": "text/html"})
            assert answer.status_code == 200, page.path
            yield page.path, html.unescape(answer.text)


@pytest.mark.covers("S-01")
def test_every_page_says_what_is_missing_without_script(portal: Portal, cast: Cast) -> None:
    for path, page in pages(portal, cast):
        said = "".join(re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL))
        assert (
            "Uw browser laat geen javascript toe. "
            "Om die reden zijn bepaalde functionaliteiten niet voorhanden."
        ) in said, path
        for locale in brand.languages:  # none can be chosen
            assert f'lang="{locale}">{say("shell.no_script", locale)}<' in said, path


@pytest.mark.covers("V-03", "V-05")
def test_every_page_ends_with_the_brands_links_and_contact_card(portal: Portal, cast: Cast) -> None:
    contact = brand.contact
    for path, page in pages(portal, cast):
        [foot] = re.findall(r"<footer.*?</footer>", page, re.DOTALL)
        words = re.sub(r"<[^>]*>", " ", foot)
        assert f'href="tel:{contact.phone_number}"' in foot, path
        assert f'href="mailto:{contact.email}"' in foot, path
        for said in (contact.helpdesk, contact.phone_said, contact.hours_said["nl"]):
            assert said in words, path
        for link in brand.links:
            assert f'href="{link.href}"' in foot, path
            assert link.label["nl"] in words, path


@pytest.mark.parametrize("page_of", SITE_MAP, ids=lambda one: one.path)
def test_every_page_is_right_in_every_look(
    page_of: PageOfMap, page: Page, cast: Cast, enter_as: Callable[[Person], None]
) -> None:
    if page_of.audience is not Audience.PUBLIC:
        enter_as(cast.sam if page_of.path.startswith("/beheer") else cast.alice)
    page.goto(page_of.path)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    look_at(page, page_of.path.strip("/").replace("/", "-") or "start")


def test_no_page_is_cut_off_on_the_smallest_screen(
    page: Page, cast: Cast, enter_as: Callable[[Person], None]
) -> None:
    follow(cast.vak, factories.make_route(code="VCO"), "Aerts", Result.PASSED, Result.FAILED)
    lay_out(cast)
    of_fund = [one for one in SITE_MAP if one.path.startswith("/beheer")]
    for person, group in ((cast.alice, SITE_MAP), (cast.sam, of_fund)):
        enter_as(person)
        for one in group:
            page.goto(one.path)
            page.wait_for_load_state("networkidle")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            assert_nothing_cut_off(page)


def test_a_page_that_fails_says_so_in_every_look(page: Page, complaints: list[Complaints]) -> None:
    complaints[0].expect("stuk")
    page.goto("/uitnodiging")
    page.wait_for_load_state("networkidle")
    page.evaluate(_CANNOT_SAY_A_MISTAKE)
    page.get_by_role("button", name="Doorgaan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Er gaat iets mis aan onze kant")
    expect(page).to_have_title(re.compile("^Er gaat iets mis aan onze kant – "))
    look_at(page, "mislukt")
    page.get_by_role("button", name="Opnieuw proberen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vul hier je uitnodigingscode in")


def test_a_page_that_is_not_there_is_right_in_every_look(
    page: Page, complaints: list[Complaints]
) -> None:
    complaints[0].expect("404")
    page.goto("/bestaat-niet")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet")

    look_at(page, "niet-gevonden")
