"""The first visit is light, and a page speaks before its JavaScript is there."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from portal_app.languages import AFTERWARDS, EVERYWHERE, SERVER_ONLY, domains, pack_of
from portal_app.models import Person
from tests.harness import sockets
from tests.harness.cast import Cast
from tests.harness.server import Portal

pytestmark = pytest.mark.one_database  # a first load holds nothing of the database

MOST_CODE = 180 * 1024  # bytes over the wire, JavaScript and styles together
MOST_FONTS = 60 * 1024
MOST_PACKS = 3  # of texts, that of everywhere included
DOMAINS = rf"({'|'.join(domain for domain in domains() if domain not in SERVER_ONLY)})"
FOR_STRANGERS = (
    "/aanmelden",
    "/registreren",
    "/wachtwoord-vergeten",
    "/problemen-met-aanmelden",
    "/e-mailadres-vergeten",
    "/toegang-aanvragen",
    "/wie-beheert-toegang",
)
PAGES = (*FOR_STRANGERS, "/", "/overzicht", "/betaalcodes")
WORDS = {
    "/aanmelden": ("Aanmelden met uw inlognaam", "Wachtwoord"),
    "/registreren": ("Account maken", "Verificatiecode verzenden"),
    "/uitnodiging": ("Vul hier je uitnodigingscode in", "Doorgaan"),
    "/overzicht": ("Overzicht", "Trefwoorden"),
    "/betaalcodes": ("Betaalcodes", "Trefwoorden"),
}


@pytest.mark.parametrize("path", PAGES)
def test_the_first_visit_is_light(
    path: str, page: Page, cast: Cast, enter_as: Callable[[Person], None]
) -> None:
    if path not in FOR_STRANGERS:
        enter_as(cast.alice)
    wire = _weigh(page)
    page.goto(f"{path}?lang=fr")  # the heaviest: what was rendered in Dutch is there in Dutch too
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")

    code, fonts = wire["Script"] + wire["Stylesheet"], wire["Font"]
    print(f"{path:14} code {code / 1024:.0f} KB, fonts {fonts / 1024:.0f} KB")  # noqa: T201
    assert 0 < code <= MOST_CODE
    assert fonts <= MOST_FONTS


@pytest.mark.parametrize("path", PAGES)
def test_a_page_carries_the_texts_that_it_says_and_no_others(
    path: str, page: Page, cast: Cast, enter_as: Callable[[Person], None]
) -> None:
    if path not in FOR_STRANGERS:
        enter_as(cast.alice)
    scripts: list[Response] = []
    page.on("response", lambda one: scripts.append(one) if ".js" in one.url else None)
    page.goto(path)
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_load_state("networkidle")

    code = "".join(script.text() for script in scripts)
    carried = {pack_of(domain) for domain in re.findall(rf'"{DOMAINS}\.\w+":', code)}
    said = {pack_of(domain) for domain in re.findall(rf'[`"]{DOMAINS}\.\w+[`"](?!:)', code)}
    said.discard(AFTERWARDS)  # told by the server alone: a page asks which of them it was
    assert EVERYWHERE in carried
    assert carried == said
    assert len(carried) <= MOST_PACKS


@pytest.mark.parametrize("path", WORDS)
def test_a_page_says_what_it_is_without_scripts(
    path: str, browser: Browser, portal: Portal, cast: Cast, open_page: Callable[..., Page]
) -> None:
    context = browser.new_context(base_url=portal.origin, java_script_enabled=False)
    context.add_cookies([sockets.cookie_for_playwright(cast.alice, portal.origin)])
    try:
        page = open_page(context)
        page.goto(path)

        expect(page.locator("h1")).to_be_visible()
        for words in WORDS[path]:
            expect(page.get_by_text(words).first).to_be_attached()
    finally:
        context.close()


def _weigh(page: Page) -> Counter[str]:
    """Count the bytes that come over the wire from now on, by kind."""
    kinds: dict[str, str] = {}
    weighed: Counter[str] = Counter()
    wire = page.context.new_cdp_session(page)
    wire.on(
        "Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda told: weighed.update(
            {kinds.get(told["requestId"], "Other"): int(told["encodedDataLength"])}
        ),
    )
    wire.send("Network.enable")
    return weighed
