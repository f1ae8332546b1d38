"""The road to eHerkenning in French, English and German, from a stranger to an Admin."""

import pytest
from playwright.sync_api import expect

from portal_app.brand import brand
from tests.harness import mailbox
from tests.harness.broker_pages import expect_back, expect_chooser, log_in
from tests.harness.looking import assert_no_axe_violations
from tests.harness.reader import Reader

pytestmark = [
    pytest.mark.one_database,  # the Dutch journeys run on both
    pytest.mark.parametrize("language", ["fr", "en", "de"]),
]

GUEST = "jan.janssen@voorbeeld.example"
PASSWORD = "Instituut135!"


@pytest.mark.covers("W-02", "W-03", "W-04", "W-05", "W-06", "W-07", "W-08", "W-09", "W-10")
@pytest.mark.covers("W-11", "W-12", "W-13", "W-14", "W-15", "W-16")
def test_a_newcomer_becomes_admin(reader: Reader, cast, mails):
    page = reader.page
    page.goto("/account")
    expect(reader.heading).to_have_text(reader.say("eherkenning.account_title"))
    reader.link("eherkenning.start_here").click()
    expect(reader.heading).to_have_text(reader.say("eherkenning.title"))
    expect(reader.link("eherkenning.apply")).to_be_visible()
    reader.button("eherkenning.login").click()
    expect(reader.heading).to_have_text(reader.say("sign_in.title_existing"))
    expect(reader.sees("registration.on_the_way")).to_be_visible()
    reader.link("sign_in.register").click()
    register(reader, mails)

    expect_chooser(page)
    expect(page.locator("html")).to_have_attribute("lang", reader.locale)
    expect(reader.heading).to_have_text(reader.say("test_broker.choose_title"))
    assert_no_axe_violations(page)
    log_in(page)

    expect_back(page)
    expect(reader.sees("eherkenning.now_admin")).to_be_visible()
    expect(reader.sees("eherkenning.no_rights_needed")).to_be_visible()
    expect(page.get_by_text(cast.vak.name)).to_be_visible()
    assert_no_axe_violations(page)
    mails.wait_for(
        GUEST,
        subject=reader.say("mails.eherkenning_proven_subject", role=reader.say("mails.admin")),
    )
    reader.link("eherkenning.dashboard").click()
    expect(reader.heading).to_have_text(reader.say("home.hello", name="Jan"))


@pytest.mark.covers("W-17", "W-18", "W-19", "W-22")
def test_what_fails_says_the_next_step_and_each_company_is_proven_apart(
    reader: Reader, cast, enter_as
):
    page = reader.page
    enter_as(cast.alice)
    page.goto("/eherkenning")
    reader.button("eherkenning.login").click()
    expect_chooser(page)
    reader.button("test_broker.cancel").click()
    expect_back(page)
    expect(reader.sees("eherkenning.cancelled")).to_be_visible()
    expect(reader.sees("eherkenning.cancelled_next")).to_be_visible()
    expect(reader.sees("eherkenning.nothing_changed")).to_be_visible()
    assert_no_axe_violations(page)

    again(reader, level="loa2plus")
    expect(reader.sees("eherkenning.level_too_low", level="EH2+", least="EH3")).to_be_visible()
    expect(reader.sees("eherkenning.level_too_low_next")).to_be_visible()
    again(reader)
    expect(page.get_by_role("main").get_by_text(cast.vak.name)).to_be_visible()
    page.goto("/eherkenning")
    again(reader, company=cast.jon.number)
    expect(reader.sees("eherkenning.now_admin")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(cast.jon.name)).to_be_visible()


def again(reader: Reader, **chosen: str) -> None:
    """Go out once more, log in and come back."""
    retry = reader.button("eherkenning.again").or_(reader.button("eherkenning.login"))
    retry.click()
    expect_chooser(reader.page)
    log_in(reader.page, **chosen)
    expect_back(reader.page)


def register(reader: Reader, mails) -> None:
    """Make an account, as somebody who was not invited."""
    expect(reader.sees("registration.give_details")).to_be_visible()
    reader.field("registration.email").fill(GUEST)
    reader.button("registration.send_code").click()
    expect(reader.sees("registration.sent")).to_be_visible()
    wanted = reader.say("mails.verification_code_subject", portal=brand.portal_name, code="")
    digits = mailbox.code_in(mails.wait_for(GUEST, subject=wanted.strip(" :\N{NBSP}")))
    reader.field("registration.code").fill(digits)
    reader.button("registration.verify_code").click()
    expect(reader.sees("registration.verified")).to_be_visible()
    expect(reader.field("passwords.new")).to_be_focused()
    reader.field("passwords.new").fill(PASSWORD)
    reader.field("passwords.confirm").fill(PASSWORD)
    reader.field("registration.given_name").fill("Jan")
    reader.field("registration.family_name").fill("Janssen")
    reader.button("registration.create").click()
