"""Somebody asks for a role and for a capacity, answers a question, and gets both."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness import mailbox
from tests.harness.looking import look_at
from tests.harness.mailbox import Mailbox

BOB = "bob@voorbeeld.example"


def title(page: Page):
    return page.get_by_role("heading", level=1)


def take(sam: Page, kind: str, name: str) -> None:
    sam.goto(f"/beheer/aanvragen?soort={kind}")
    # A tab shows the list of before until the new one is there: the row tells which it is.
    sam.locator("tbody tr").filter(has_text=name).get_by_role("link").click()
    sam.get_by_role("button", name="In behandeling nemen").click()
    expect(sam.get_by_text("U behandelt deze aanvraag.")).to_be_visible()


@pytest.mark.one_database
@pytest.mark.covers("I-03")
def test_a_role_and_a_capacity_are_asked_and_given(
    page: Page, cast, enter_as, sam: Page, mails: Mailbox
):
    enter_as(cast.bob)
    page.goto("/betaalcodes")
    page.get_by_role("link", name="Vraag toegang").click()
    expect(title(page)).to_have_text("Rol aanvragen")
    expect(page.get_by_label("Rol", exact=True)).to_have_value("organisation_manager")
    page.get_by_role("button", name="Aanvraag versturen").click()
    wrong = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(wrong.get_by_role("link", name="Vul in waarvoor u dit nodig hebt.")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")  # the bar on top would lie over a link
    look_at(page, "rol-aanvragen-geweigerd")
    expect(page.get_by_label("Rol", exact=True)).to_have_value("organisation_manager")
    page.get_by_label("Waarvoor hebt u dit nodig?").fill("Ik volg onze kandidaten op.")
    page.get_by_role("button", name="Aanvraag versturen").click()
    expect(page.get_by_text("U krijgt antwoord per e-mail")).to_be_visible()
    mails.wait_for(BOB, subject="ontvangen")

    take(sam, "role", "Rol")
    expect(sam.get_by_text("Heeft bij dit bedrijf: vertrouwde contactpersoon")).to_be_visible()
    sam.evaluate("scrollTo(0, 0)")
    look_at(sam, "aanvraag-rol")
    sam.get_by_text("Meer informatie vragen").click()
    sam.get_by_label("Vraag aan de aanvrager").select_option("who_confirms")
    sam.get_by_role("button", name="Vraag versturen").click()
    expect(sam.get_by_text("Wacht op antwoord").first).to_be_visible()

    page.get_by_role("link", name="Mijn aanvragen").first.click()
    expect(title(page)).to_have_text("Mijn aanvragen")
    look_at(page, "mijn-aanvragen")
    page.locator("tbody").get_by_role("link").click()
    expect(page.get_by_text("Wie in uw bedrijf kan bevestigen")).to_be_visible()
    page.get_by_label("Uw antwoord").fill("Dora Maes.")
    look_at(page, "mijn-aanvraag")
    page.get_by_role("button", name="Antwoord versturen").click()
    expect(page.get_by_text("Uw antwoord is verstuurd.")).to_be_visible()

    sam.reload()
    sam.get_by_role("button", name="Goedkeuren en rol geven").click()
    expect(sam.get_by_text("Goedgekeurd. De rol is gegeven.")).to_be_visible()
    given = mails.wait_for(BOB, subject="U hebt toegang tot")
    assert "organisatiebeheerder" in mailbox.text_of(given)
    page.goto("/betaalcodes")
    expect(title(page)).to_have_text("Betaalcodes")

    page.goto("/aanvragen/hoedanigheid")
    page.get_by_label("Opleidingsverstrekker").check()
    page.get_by_label("Waarvoor hebt u dit nodig?").fill("Wij geven cursussen.")
    look_at(page, "hoedanigheid-aanvragen")
    page.get_by_role("button", name="Aanvraag versturen").click()
    expect(page.get_by_text("U krijgt antwoord per e-mail")).to_be_visible()
    take(sam, "capacity", "Hoedanigheid")
    sam.get_by_role("button", name="Goedkeuren en hoedanigheid aanzetten").click()
    expect(sam.get_by_text("Goedgekeurd. De hoedanigheid staat aan.")).to_be_visible()
