"""The clock of demo mode, in a browser."""

import re

from playwright.sync_api import Page, expect

from tests.harness.looking import assert_no_axe_violations


def test_the_clock_is_seen_moved_and_put_back(page: Page) -> None:
    page.goto("/dev/clock")
    clock = page.locator("#clock")
    expect(clock).to_contain_text(re.compile(r"0[2-9]-03-2026 \d\d:\d\d"))
    assert_no_axe_violations(page)

    page.get_by_role("button", name="30 dagen later").click()
    expect(clock).to_contain_text("De klok is verzet.")
    expect(clock).to_contain_text("-04-2026")

    page.get_by_role("button", name="Zet de klok terug").click()
    expect(clock).to_contain_text("-03-2026")
