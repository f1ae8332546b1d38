"""The test broker's pages as people use them, by their fields: they are in any language."""

import re

from playwright.sync_api import Page, expect

VAK = "90004701"
_AT_THE_BROKER = re.compile(r"^http://127\.0\.0\.1:")
_BACK = re.compile(r"/eherkenning\?")


def expect_chooser(page: Page) -> None:
    """Wait until the browser is at the broker, which asks for a supplier."""
    page.wait_for_url(_AT_THE_BROKER)
    expect(page.locator("#supplier")).to_be_visible()


def log_in(page: Page, **chosen: str) -> None:
    """Log in at a supplier, with what it is to say, and come back to the portal.

    `company` and `branch` are numbers, `level` and `outcome` what the lists offer.
    """
    page.locator("#supplier").select_option("Zekerpas")
    page.locator("button.first").click()
    page.locator("#other_company").fill(chosen.pop("company", VAK))
    page.locator("#branch").fill(chosen.pop("branch", ""))
    for field, option in chosen.items():
        page.locator(f"#{field}").select_option(option)
    page.locator("button.first").click()


def expect_back(page: Page) -> None:
    """Wait until the browser is back in the portal."""
    page.wait_for_url(_BACK)
