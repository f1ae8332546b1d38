"""An invitation in other hands than a newcomer's, and one that does not work any more."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from portal_app.models import Grant, Invitation, Person, TradeRegister
from portal_app.permissions import Role
from portal_app.services import invitations, inviting
from portal_app.services.inviting import Invited, NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Operator, run
from tests import factories
from tests.harness import mailbox
from tests.harness.cast import acting_as
from tests.harness.looking import look_at
from tests.harness.visiting import sign_in

ALICE, BOB, SAM = "alice@voorbeeld.example", "bob@voorbeeld.example", "sam@voorbeeld.example"
DE_SMET = "1999000150"


@pytest.fixture
def invite(cast):
    """`invite(email, ...)`: have Sam of staff invite somebody; the code is in what comes back."""

    def invited(
        email: str, company: str = "Klimaatwerken De Smet", number=DE_SMET, province="Limburg"
    ) -> Invited:
        return run(
            inviting.invite,
            acting_as(cast.sam),
            wanted=NewInvitation(
                OrganisationNumber(TradeRegister.KBO, number, province),
                company,
                Role.TRUSTED_CONTACT,
                email,
            ),
        )

    return invited


def present(page: Page, code: str) -> None:
    page.goto(f"/uitnodiging?code={code}")
    expect(page.get_by_label("Uitnodigingscode")).to_have_value(code)
    page.get_by_role("button", name="Doorgaan").click()


def present_as_a_stranger(page: Page, code: str) -> None:
    present(page, code)
    expect(page).to_have_url(re.compile("/aanmelden$"))


def refused(page: Page, sentence: str | re.Pattern[str]) -> None:
    """Expect one mistake, in the summary that has the focus, which leads to its field."""
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(sentence)
    expect(page).to_have_title(re.compile("^Fout: Vul hier je uitnodigingscode in – "))
    summary.get_by_role("link").click()
    expect(page.get_by_label("Uitnodigingscode")).to_be_focused()


def companies_of(person: Person) -> int:
    return sum(grant.person_id == person.key for grant in factories.all_of(Grant))


def redeemed() -> bool:
    [one] = factories.all_of(Invitation)
    return one.redeemed_at is not None


@pytest.mark.covers("M-19", "M-32", "M-33")
def test_a_second_company_comes_under_the_login_that_there_is(page: Page, cast, invite, mails):
    letter = mails.wait_for(BOB, subject="Verzilver") if invite(BOB) else None
    assert letter is not None
    [code] = set(re.findall(r"E-[0-9A-Z]{6}(?:-[0-9A-Z]{4}){4}", mailbox.text_of(letter)))
    present_as_a_stranger(page, code)
    expect(page.get_by_text("Klimaatwerken De Smet")).to_be_visible()
    expect(page.get_by_text("Hebt u al een account voor een ander bedrijf?")).to_be_visible()
    sign_in(page, BOB)

    # The same number in another province: another company beside the first.
    page.get_by_role("button", name="Alle organisaties").click()
    menu = page.locator("#organisation-menu")
    expect(menu.get_by_role("link").filter(has_text="Klimaatwerken De Smet")).to_have_text(
        [re.compile("Antwerpen"), re.compile("Limburg")]
    )
    menu.get_by_role("link").filter(has_text="Limburg").click()
    expect(page).to_have_url(re.compile(r"\?org=\d+$"))
    assert companies_of(cast.bob) == 2


@pytest.mark.covers("M-20", "M-23", "X-14")
def test_another_address_than_the_invited_one_asks_consent_and_tells_the_inviter(
    page: Page, cast, invite, mails
):
    present_as_a_stranger(page, invite("b.desmet@voorbeeld.example").code)
    sign_in(page, BOB)
    expect(page.get_by_role("heading", level=1)).to_have_text("Toegang toevoegen")
    expect(page.get_by_text(re.compile("Klimaatwerken De Smet.*Bob De Smet"))).to_be_visible()
    expect(
        page.get_by_text("De uitnodiging is gestuurd naar b…@voorbeeld.example.")
    ).to_be_visible()
    look_at(page, "uitnodiging-toestemming")
    assert not redeemed()

    page.get_by_role("button", name="Toevoegen").click()
    expect(page.get_by_text("De toegang is toegevoegd")).to_be_visible()
    assert companies_of(cast.bob) == 2
    told = mailbox.text_of(mails.wait_for(SAM, subject="Uw uitnodiging is verzilverd met een"))
    assert "b.desmet@voorbeeld.example" in told
    assert BOB in told


def test_not_now_leaves_the_invitation_as_it_is(page: Page, cast, invite, enter_as):
    enter_as(cast.bob)
    present(page, invite("b.desmet@voorbeeld.example").code)
    page.get_by_role("button", name="Nu niet").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Vul hier je uitnodigingscode in")
    assert not redeemed()
    assert companies_of(cast.bob) == 1


@pytest.mark.covers("M-36")
def test_whoever_is_signed_in_as_somebody_else_is_asked_and_can_sign_out(
    page: Page, cast, invite, enter_as
):
    enter_as(cast.alice)
    invited = invite(BOB)
    present(page, invited.code)
    expect(page.get_by_text(re.compile("account van Alice Jansen"))).to_be_visible()
    page.get_by_role("button", name="Niet mijn account: afmelden").click()

    expect(page.get_by_text("U bent afgemeld.")).to_be_visible()
    assert not redeemed()
    assert companies_of(cast.alice) == 1
    expect(page.get_by_text("Klimaatwerken De Smet")).to_be_visible()  # it waits on
    sign_in(page, BOB)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bob")
    assert redeemed()
    assert companies_of(cast.bob) == 2


@pytest.mark.covers("M-36")
def test_an_invitation_that_is_over_while_one_signs_in_says_what_became_of_it(
    page: Page, cast, invite
):
    invited = invite(BOB)
    present_as_a_stranger(page, invited.code)
    run(inviting.withdraw, Operator(), invitation_id=invited.id)
    sign_in(page, BOB)

    expect(page.get_by_role("heading", level=1)).to_have_text("Vul hier je uitnodigingscode in")
    expect(page.get_by_text("Deze uitnodiging is ingetrokken.")).to_be_visible()
    look_at(page, "uitnodiging-intussen-ingetrokken")
    assert companies_of(cast.bob) == 1


@pytest.mark.covers("M-36")
def test_a_used_code_says_to_each_what_to_do(page: Page, cast, invite, enter_as):
    code = invite(BOB).code
    bob = acting_as(cast.bob)
    run(invitations.present, bob, code=code)
    run(invitations.accept, bob)

    present(page, code)
    refused(page, "Deze uitnodigingscode is al gebruikt. Hebt u hem zelf gebruikt? Meld u dan aan.")
    look_at(page, "uitnodiging-gebruikt")
    enter_as(cast.bob)
    present(page, code)
    refused(page, "U hebt deze code al gebruikt. De toegang staat op uw startpagina.")


@pytest.mark.covers("M-36")
def test_an_expired_code_says_since_when_and_asks_for_another(page: Page, invite, mails):
    code = invite(BOB).code
    [row] = factories.all_of(Invitation)
    row.expires_at = factories.NOW - timedelta(days=3)
    factories.rewrite(row)
    present(page, code)
    refused(
        page,
        "Deze uitnodigingscode is sinds 27-02-2026 niet meer geldig. "
        "Vraag een nieuwe uitnodiging aan.",
    )
    page.get_by_role("button", name="Nieuwe uitnodiging vragen").click()

    expect(page.get_by_text("Uw vraag is verstuurd.")).to_be_visible()
    asked = mailbox.text_of(mails.wait_for(SAM, subject="Iemand vraagt een nieuwe uitnodiging"))
    assert "Klimaatwerken De Smet" in asked


@pytest.mark.covers("M-36")
def test_a_withdrawn_code_and_an_unknown_one_say_whom_to_ask_and_what_to_do(
    page: Page, cast, invite
):
    invited = invite(BOB)
    run(inviting.withdraw, acting_as(cast.sam), invitation_id=invited.id)
    present(page, invited.code)
    refused(page, "Deze uitnodiging is ingetrokken. Neem contact op met uw loopbaanfonds.")

    present(page, "E-ABCDEF-2345-6789-ABCD-EFGH")
    refused(page, "We kennen deze uitnodigingscode niet. Kopieer de hele code uit de e-mail.")
