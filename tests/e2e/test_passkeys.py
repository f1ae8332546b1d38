"""Passkeys in a browser, with Chromium's own virtual device."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from portal_app.models import Passkey
from tests import factories
from tests.harness.looking import look_at
from tests.harness.mailbox import Mailbox
from tests.harness.reader import Reader
from tests.harness.visiting import leave, sign_in

ALICE = "alice@voorbeeld.example"


def plug_in(page: Page) -> tuple[CDPSession, str]:
    """Give the browser a device that always recognises its owner."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options: dict[str, Any] = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devices, made["authenticatorId"]


@pytest.fixture
def device(page: Page) -> Iterator[tuple[CDPSession, str]]:
    """The device of the browser, and its number."""
    devices, number = plug_in(page)
    yield devices, number
    devices.detach()


def test_a_passkey_is_added_used_renamed_and_removed(
    page: Page, device, cast, enter_as, mails: Mailbox
):
    enter_as(cast.alice)
    page.goto("/beveiliging")
    page.get_by_label("Naam van de passkey").fill("Laptop thuis")
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", name="Uw herstelcodes")).to_be_focused()
    page.get_by_label("Ik heb de codes bewaard").check()
    page.get_by_role("button", name="Verder").click()
    expect(page).to_have_url(re.compile("gewijzigd=codes$"))
    expect(page.get_by_text("Laptop thuis", exact=True)).to_be_visible()
    look_at(page, "tweede-stap-passkeys")
    mails.wait_for(ALICE, subject="Uw tweede stap bij het aanmelden is gewijzigd")
    page.get_by_role("button", name="Passkey toevoegen").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text("Op dit toestel staat al een passkey voor uw account.")

    leave(page)
    page.goto("/profiel")
    sign_in(page, ALICE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bevestig dat u het bent")
    look_at(page, "bevestigen-passkey")
    page.get_by_role("button", name="Passkey gebruiken").click()
    expect(page).to_have_url(re.compile("/profiel$"))
    (kept,) = factories.all_of(Passkey)
    assert kept.used_at is not None

    page.goto("/beveiliging")
    page.get_by_text("Passkey wijzigen: Laptop thuis").click()
    name = page.locator(f"#name_{kept.key}")
    name.fill("Oude laptop")
    name.press("Enter")
    expect(page.get_by_text("De naam is opgeslagen.")).to_be_visible()
    page.get_by_text("Passkey wijzigen: Oude laptop").click()
    page.get_by_role("button", name="Passkey verwijderen").click()
    expect(page.get_by_text("De passkey is verwijderd.")).to_be_visible()
    expect(page.get_by_text("Oude laptop")).to_have_count(0)
    page.get_by_role("button", name="Passkey terugzetten").click()
    expect(page.get_by_role("heading", name="Uw herstelcodes")).to_be_focused()
    expect(page.get_by_text("Oude laptop", exact=True)).to_be_visible()


def test_without_its_device_a_passkey_proves_nothing(page: Page, device, cast, enter_as):
    enter_as(cast.alice)
    page.goto("/beveiliging")
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.get_by_role("heading", name="Uw herstelcodes")).to_be_focused()
    devices, number = device
    devices.send("WebAuthn.clearCredentials", {"authenticatorId": number})

    leave(page)
    sign_in(page, ALICE)
    page.get_by_role("button", name="Passkey gebruiken").click()

    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text("Er kwam geen passkey.")
    expect(page).to_have_url(re.compile("/bevestigen"))


@pytest.mark.one_database
def test_a_passkey_is_added_and_used_in_english(browser, portal, open_page, cast):
    made = browser.new_context(base_url=portal.origin, locale="en-GB")
    page = open_page(made)
    devices, _ = plug_in(page)
    reader = Reader(page, "en")
    sign_in(page, ALICE)
    page.goto("/beveiliging")
    reader.button("factors.passkey_add").click()
    expect(reader.sees("factors.codes_once")).to_be_visible()

    leave(page)
    sign_in(page, ALICE)
    expect(reader.heading).to_have_text("Confirm that it is you")
    reader.button("factors.passkey_use").click()
    expect(page).to_have_url(re.compile("/overzicht"))
    devices.detach()
    made.close()
    del cast
