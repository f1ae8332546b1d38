"""What people do in a browser over and over: signing in, and waiting until a page listens."""

import re

from playwright.sync_api import Page, expect

from tests.factories import PASSWORD

_SIGN_IN = "/aanmelden"


def wait_to_be_sent_to_sign_in(page: Page) -> None:
    """Wait until a page whose session ended has come to sign-in, and has been loaded anew there."""
    page.wait_for_function(
        "path => performance.getEntriesByType('navigation')[0].name.includes(path)", arg=_SIGN_IN
    )


def leave(page: Page) -> None:
    """Be nobody again, off the page first: an answer on its way would bring a cookie along."""
    page.goto("about:blank")
    page.context.clear_cookies()


def sign_in(page: Page, login: str, password: str = PASSWORD) -> None:
    """Sign in on the sign-in page, which is open already or is opened, and arrive elsewhere."""
    if _SIGN_IN not in page.url:
        page.goto(_SIGN_IN)
    form = page.locator("form[action='/formulieren/aanmelden']")
    form.locator("[name=login]").fill(login)
    form.locator("[name=password]").fill(password)
    form.locator("[type=submit]").click()
    expect(page).not_to_have_url(re.compile(_SIGN_IN))
