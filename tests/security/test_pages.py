"""The gate in a real browser: its policy blocks nothing of ours, and everything else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.find_chromium import find
from tests.security.serving import GateApp


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Complaints(list[str]):
    """What a browser's console complained of."""

    def of(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", lambda said: self.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.append(str(error)))


def test_pages_work_under_the_policy_without_a_single_violation(app: GateApp, browser: Browser):
    context = browser.new_context()
    complaints = Complaints()
    page = context.new_page()
    complaints.of(page)
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    page.goto(app.origin)
    page.click("#add")
    expect(page.locator("#count")).to_have_text("1")
    page.fill("#search", "words")
    expect(page.locator("#heard")).to_have_text("words")
    page.fill("#given", "Anna")
    page.click("#send")
    expect(page.locator("#heard")).to_have_text("given=Anna")
    page.click("#stream")
    expect(page.locator("#heard")).to_have_text("step 2")
    page.click("#break")
    expect(page.locator("#problem")).to_contain_text("errors.failed_reference")
    page.click("#to-sign-in")
    expect(page.locator("h1")).to_have_text("Aanmelden")
    page.reload()
    expect(page.locator("#count")).to_have_text("1")
    assert complaints == []
    context.close()


def test_the_policy_stops_a_script_that_does_not_belong(app: GateApp, browser: Browser):
    context = browser.new_context()
    page = context.new_page()
    complaints = Complaints()
    complaints.of(page)
    page.goto(app.origin)
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.stolen = 1';"
        "document.body.append(s);"
        "const i = document.createElement('img'); i.setAttribute('onerror', 'window.stolen = 1');"
        "i.src = '/none.png'; document.body.append(i); }"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.stolen") is None
    assert any("Content Security Policy" in said for said in complaints)
    context.close()


def test_signing_out_in_one_tab_turns_the_other_to_the_sign_in_page(app: GateApp, browser: Browser):
    context = browser.new_context()
    one, two = context.new_page(), context.new_page()
    one.goto(app.origin)
    one.evaluate(
        "() => fetch('/enter', {method: 'POST', body: new URLSearchParams({person: '7'})})"
    )
    for tab in (one, two):
        tab.goto(app.origin)
        tab.click("#drawer")
        expect(tab.locator("#papers li")).to_have_text("SECRET-OF-7")
    one.evaluate("() => localStorage.setItem('draft', 'x')")
    one.evaluate(
        "() => { const f = document.createElement('form'); f.method = 'post'; f.action = '/leave';"
        "document.body.append(f); f.submit() }"
    )
    expect(two.locator("#papers li")).to_have_count(0, timeout=2000)
    for tab in (one, two):
        tab.wait_for_url("**/aanmelden?reden=afgemeld")
    assert one.evaluate("() => localStorage.getItem('draft')") is None
    two.wait_for_timeout(800)  # it loads anew, as a stranger
    expect(two.locator("#count")).to_have_text("0")
    two.goto(app.origin)
    two.click("#add")
    expect(two.locator("#count")).to_have_text("1")
    context.close()
