"""The inbox of demo mode shows what the portal mailed."""

import re
from datetime import UTC, datetime

import httpx
import pytest
from playwright.sync_api import Page, expect

from portal_app.mails.compose import Envelope, compose
from tests.e2e.conftest import Stage
from tests.harness.looking import assert_no_axe_violations

CODES = {"an@voorbeeld.example": "111222", "bo@voorbeeld.example": "333444"}


@pytest.fixture(autouse=True)
def _caught(stage: Stage) -> None:
    folder = stage.portal.folder / "mail"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.eml"):
        old.unlink()
    for to in CODES:
        _catch(stage, to)


def _catch(stage: Stage, to: str) -> None:
    """Put a mail where the catcher puts it; this portal delivers to the tests' mailbox."""
    folder = stage.portal.folder / "mail"
    number = f"{len(list(folder.glob('*.eml'))) + 1:020d}-00000000"
    envelope = Envelope(to, "<mail@vakpoort.example>", datetime.now(UTC))
    values = {"purpose": "register", "minutes": 15, "code": CODES.get(to, "555666")}
    mail = bytes(compose(envelope, "verification_code", "nl", values))
    (folder / f"{number}.eml").write_bytes(f"Delivered-To: {to}\r\n".encode() + mail)


def test_the_newest_mail_is_read_and_new_ones_appear_by_themselves(
    page: Page, stage: Stage
) -> None:
    page.goto("/dev/mail")
    expect(page.locator(".inbox-code")).to_contain_text("333444")
    expect(page.frame_locator("iframe").locator("h1")).to_have_text("Uw verificatiecode")
    assert_no_axe_violations(page)

    _catch(stage, "co@voorbeeld.example")
    expect(page.locator(".inbox-list li")).to_have_count(3, timeout=10_000)
    expect(page.locator(".inbox-code")).to_contain_text("555666")


def test_a_mail_has_an_address_and_mails_are_found_by_theirs(page: Page) -> None:
    page.goto("/dev/mail")
    page.get_by_role("link", name=re.compile("an@voorbeeld")).click()
    expect(page.locator(".inbox-code")).to_contain_text("111222")
    page.reload()
    expect(page.locator(".inbox-code")).to_contain_text("111222")

    page.goto("/dev/mail")
    expect(page.locator(".inbox-list li")).to_have_count(2)
    page.locator("#to").fill("AN@")
    page.keyboard.press("Enter")
    expect(page.locator(".inbox-list li")).to_have_count(1)
    expect(page.locator(".inbox-code")).to_contain_text("111222")

    page.locator("#to").fill("niemand")
    page.keyboard.press("Enter")
    expect(page.locator(".empty")).to_be_visible()


def test_programs_read_the_same(stage: Stage) -> None:
    found = httpx.get(f"{stage.portal.origin}/dev/postvak.json", params={"to": "bo@"}).json()
    assert [(mail["to"], mail["code"]) for mail in found] == [("bo@voorbeeld.example", "333444")]


def test_the_html_of_a_mail_runs_nothing_and_fetches_nothing(stage: Stage) -> None:
    address = f"{stage.portal.origin}/dev/mail/{2:020d}-00000000.html"
    policy = httpx.get(address).headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline'")
    for number in ("0", "..%2f..%2fmaster.key", f"{9:020d}-00000000"):
        missing = httpx.get(f"{stage.portal.origin}/dev/mail/{number}.html")
        assert missing.status_code == 404
