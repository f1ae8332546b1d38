"""The main journeys in French, English and German: every word comes from the catalogues.

The Dutch ones stand in files of their own, with the sources' sentences letter for letter.
"""

import re
from time import sleep

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from portal_app.languages import say
from portal_app.models import Account, Result
from portal_app.models.access import TradeRegister
from portal_app.permissions import Role
from portal_app.services import inviting
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import PASSWORD
from tests.factories.following import follow
from tests.harness import mailbox
from tests.harness.cast import acting_as
from tests.harness.reader import BROWSERS, Reader
from tests.services.code_world import lay_out

pytestmark = [
    pytest.mark.one_database,  # the Dutch journeys run on both
    pytest.mark.parametrize("language", ["fr", "en", "de"]),
]

ALICE, NELE = "alice@voorbeeld.example", "nele.peeters@voorbeeld.example"
NEW_PASSWORD = "Instituut135!"
ROW = "tr[data-row]"
HEADINGS = """
window.headings = [];
new MutationObserver(() => window.headings.push(document.querySelector("h1")?.textContent ?? ""))
  .observe(document.body, { childList: true, subtree: true, characterData: true });
"""

KEEPS_SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...told) { super(...told); sockets.push(this); }
};
"""


@pytest.fixture
def alice(cast, reader, enter_as) -> Reader:
    """Alice is signed in, and chose this language for her letters."""
    [account] = [one for one in factories.all_of(Account) if one.person_id == cast.alice.key]
    account.locale = reader.locale
    factories.rewrite(account)
    enter_as(cast.alice)
    return reader


@pytest.fixture
def code(cast, language) -> str:
    """The code of an invitation that Sam sent in this language."""
    company = OrganisationNumber(TradeRegister.KBO, "1999000249", "Luik")
    wanted = NewInvitation(
        company, "Soudure Mosane sa", Role.TRUSTED_CONTACT, NELE, "Nele", "", "Peeters", language
    )
    return run(inviting.invite, acting_as(cast.sam), wanted=wanted).code


def test_an_invitation_is_redeemed_by_registering(reader: Reader, code, mails):
    page = reader.page
    letter = mails.wait_for(NELE, subject=reader.about_portal("mails.invitation_subject"))
    assert reader.say("mails.invitation_link") in mailbox.html_of(letter)
    assert letter["Content-Language"] == reader.locale
    page.goto(f"/uitnodiging?code={code}")
    expect(reader.heading).to_have_text(reader.say("invitations.title"))
    expect(page.locator("html")).to_have_attribute("lang", reader.locale)
    expect(reader.field("invitations.code")).to_have_value(code)
    reader.button("shell.continue").click()
    expect(reader.sees("invitations.invited_by", inviter="Sam Willems")).to_be_visible()
    expect(page.locator(".context-box")).to_contain_text(reader.say("provinces.luik"))
    reader.link("sign_in.register").click()

    expect(reader.sees("registration.required")).to_be_visible()
    reader.button("registration.send_code").click()
    expect(reader.sees("registration.sent")).to_be_visible()
    wanted = reader.about_portal("mails.verification_code_subject", code="").strip(" :\N{NBSP}")
    digits = mailbox.code_in(mails.wait_for(NELE, subject=wanted))
    reader.field("registration.code").fill(digits)
    reader.button("registration.verify_code").click()
    expect(reader.sees("registration.verified")).to_be_visible()
    reader.field("passwords.new").fill("kort")
    reader.button("registration.create").click()
    summary = page.get_by_role("alert").filter(has_text=reader.say("errors.heading"))
    expect(summary.get_by_role("link", name=reader.say("errors.birth_date_empty"))).to_be_visible()
    reader.field("passwords.new").fill(NEW_PASSWORD)
    reader.field("passwords.confirm").fill(NEW_PASSWORD)
    reader.field("dates.day").select_option("14")
    reader.field("dates.month").select_option(label=reader.say("dates.month_2"))
    reader.field("dates.year").select_option("1984")
    reader.button("registration.create").click()

    expect(reader.heading).to_have_text(reader.say("home.hello", name="Nele"))
    expect(reader.sees("home.account_made", login=NELE)).to_be_visible()
    expect(page.get_by_text(reader.say("roles.trusted_contact")).first).to_be_visible()
    company = f"Soudure Mosane sa ({reader.say('provinces.luik')})"
    expect(page.get_by_role("main").get_by_text(company).first).to_be_visible()


def test_signing_in_refuses_a_wrong_password_and_takes_the_right_one(reader: Reader, cast):
    page = reader.page
    page.goto("/aanmelden")
    expect(page).to_have_title(re.compile(re.escape(reader.say("sign_in.title"))))
    reader.field("sign_in.login").fill(ALICE)
    reader.field("sign_in.password").fill("Iets-Anders-9")
    reader.button("sign_in.sign_in").click()
    refusal = page.get_by_role("alert").get_by_role("link")
    expect(refusal).to_have_text(reader.say("errors.sign_in_wrong"))
    expect(reader.field("sign_in.password")).to_have_value("")

    reader.field("sign_in.password").fill(PASSWORD)
    reader.button("sign_in.sign_in").click()
    expect(reader.heading).to_have_text(reader.say("candidates.title"))
    page.get_by_role("button", name="Alice Jansen").click()
    reader.button("shell.sign_out").click()
    expect(reader.sees("sign_in.signed_out")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", reader.locale)


def test_the_overview_is_filtered_and_downloaded(alice: Reader, cast, tmp_path):
    route = factories.make_route()
    for name, last in (("Aerts", Result.PASSED), ("Bakker", Result.FAILED)):
        follow(cast.vak, route, name, Result.PASSED, last)
    page = alice.page
    page.goto("/overzicht")
    expect(page.locator("table .row-name")).to_have_count(2)
    resit = alice.say("candidates.status_resit")
    alice.field("candidates.status").select_option(label=resit)
    alice.button("components.filter").click()
    expect(page.locator("#count")).to_have_text(alice.say("components.results", n=1))
    expect(page.locator("table .row-name")).to_have_text(["Bakker, Noor"])

    with page.expect_download() as started:
        alice.link("components.download_excel").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    sheet = load_workbook(file).worksheets[0]
    assert sheet.title == alice.say("candidates.title")
    [heads, row] = list(sheet.iter_rows(values_only=True))
    assert row[heads.index(alice.say("candidates.status"))] == resit


def test_payment_codes_are_found(alice: Reader, cast):
    lay_out(cast)
    page = alice.page
    page.goto("/betaalcodes")
    expect(alice.heading).to_have_text(alice.say("payment_codes.title"))
    expect(page.get_by_text(alice.say("components.results", n=10))).to_be_visible()
    used = alice.say("payment_codes.status_used")
    label = alice.say("payment_codes.label", label=alice.say("payment_codes.status"))
    page.get_by_label(label, exact=True).select_option(label=used)
    alice.button("components.filter").click()

    expect(page.locator(ROW)).to_have_count(2)
    expect(page.locator(ROW).first).to_contain_text("Berg, Jan van den")
    alice.link("components.clear_filters").click()
    expect(page.locator(ROW)).to_have_count(10)


def test_the_page_one_goes_to_comes_in_the_language_being_read(alice: Reader):
    page = alice.page
    page.goto("/overzicht")
    expect(alice.heading).to_have_text(alice.say("candidates.title"))
    page.wait_for_load_state("networkidle")
    page.evaluate(HEADINGS)
    page.route("**/assets/**", lambda route: (sleep(0.3), route.continue_()))
    alice.link("payment_codes.title").first.click()

    expect(alice.heading).to_have_text(alice.say("payment_codes.title"))
    seen = page.evaluate("window.headings")
    assert set(seen) <= {alice.say("candidates.title"), alice.say("payment_codes.title")}


def test_the_language_chosen_on_one_page_is_that_of_the_next(alice: Reader):
    page = alice.page
    page.goto("/voorkeuren")
    expect(alice.heading).to_have_text(alice.say("preferences.title"))
    for locale in (*BROWSERS, alice.locale):
        page.locator("[data-language-choice]").select_option(locale)
        expect(alice.heading).to_have_text(say("preferences.title", locale))
    page.locator("[data-language-choice]").select_option("nl")
    expect(alice.heading).to_have_text(say("preferences.title", "nl"))
    page.get_by_role("link", name=say("candidates.title", "nl"), exact=True).first.click()

    expect(alice.heading).to_have_text(say("candidates.title", "nl"))


def test_the_address_on_the_profile_is_changed(alice: Reader, mails):
    page = alice.page
    page.goto("/profiel")
    expect(alice.field("profile.email")).to_have_value(ALICE)
    alice.field("profile.salutation_neutral").check()
    alice.field("profile.email").fill("alice@nieuw.example")
    alice.field("profile.current_password").fill(PASSWORD)
    alice.button("shell.save").click()

    expect(alice.sees("profile.old_address_counts", email=ALICE)).to_be_visible()
    wanted = alice.about_portal("mails.verification_code_subject", code="").strip(" :\N{NBSP}")
    letter = mails.wait_for("alice@nieuw.example", subject=wanted)
    alice.field("registration.code").fill(mailbox.code_in(letter))
    alice.button("registration.verify_code").click()
    expect(alice.sees("profile.address_changed")).to_be_visible()
    mails.wait_for(ALICE, subject=alice.say("mails.email_changed_subject"))


def test_a_lost_connection_is_said_in_the_language_being_read(alice: Reader, complaints):
    complaints[0].expect("WebSocket|ERR_INTERNET_DISCONNECTED")
    page = alice.page
    page.add_init_script(KEEPS_SOCKETS)
    page.goto("/overzicht")
    expect(alice.heading).to_have_text(alice.say("candidates.title"))
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.evaluate("sockets.forEach((socket) => socket.close())")

    expect(page.get_by_text(alice.say("shell.connection_lost"), exact=True)).to_be_visible()
