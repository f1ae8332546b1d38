"""The portal opens in a browser, and its pages talk to it."""

import httpx
from playwright.sync_api import Page, expect

from tests.harness import sockets
from tests.harness.server import Portal


def test_the_portal_opens(page: Page) -> None:
    answer = page.goto("/")

    assert answer is not None
    assert answer.status == 200
    expect(page.locator("h1")).to_be_visible()


def test_the_page_says_what_it_says_before_its_scripts_are_there(portal: Portal) -> None:
    assert "<h1" in httpx.get(portal.origin).text


def test_a_page_gets_its_first_values_over_its_socket(portal: Portal) -> None:
    with sockets.opened(portal.origin) as tab:
        assert "reflex___state____state.is_hydrated_rx_state_" in sockets.shown(tab.frames)
