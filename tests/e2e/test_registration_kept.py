"""What somebody typed while registering outlives a reload, a lost connection, another language."""

import pytest
from playwright.sync_api import Page, expect

from portal_app.languages import say
from tests.harness import mailbox
from tests.harness.looking import look_at

NELE, OTHER = "nele.peeters@voorbeeld.example", "n.peeters@voorbeeld.example"
TYPED = {
    "given_name": "Nele",
    "infix": "van den",
    "family_name": "Peeters",
    "birth_date_day": "14",
    "birth_date_month": "2",
    "birth_date_year": "1984",
}
PASSWORD = "Instituut135!"
_LOADED = '"is_hydrated_rx_state_":true'


@pytest.fixture
def form(page: Page, cast) -> Page:
    """The registration of a stranger, once the portal has told the page how it stands."""
    frames: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))),
    )
    page.goto("/registreren")
    expect(page.get_by_text("Verificatie is vereist.")).to_be_visible()
    for _ in range(200):
        if any(_LOADED in frame for frame in frames):
            return page
        page.wait_for_timeout(50)
    return pytest.fail("the page was not loaded within 10 seconds")


def fill(page: Page) -> None:
    """Fill in everything but the address."""
    for name, value in TYPED.items():
        field = page.locator(f"[name={name}]")
        if name.startswith("birth_date"):
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("[name=new_password]").fill(PASSWORD)


def kept(page: Page, *, password: str = "") -> None:
    """Expect everything that was typed; of the password what is said."""
    for name, value in TYPED.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    expect(page.locator("[name=new_password]")).to_have_value(password)


def test_a_reload_keeps_all_but_the_password_in_each_state(form: Page, mails):
    form.get_by_label("E-mailadres", exact=True).fill(NELE)
    fill(form)
    form.reload()  # at once: leaving keeps what was typed as well
    kept(form)
    expect(form.get_by_label("E-mailadres", exact=True)).to_have_value(NELE)

    form.get_by_role("button", name="Verificatiecode verzenden").click()
    expect(form.get_by_text("De verificatiecode is verzonden")).to_be_visible()
    form.reload()
    expect(form.get_by_text("De verificatiecode is verzonden")).to_be_visible()
    kept(form)

    code = mailbox.code_in(mails.wait_for(NELE, subject="Verificatiecode"))
    form.get_by_label("Verificatiecode", exact=True).fill(code)
    form.get_by_role("button", name="Code verifiëren").click()
    expect(form.get_by_text("Het e-mailadres is geverifieerd.")).to_be_visible()
    form.reload()
    expect(form.get_by_text("Het e-mailadres is geverifieerd.")).to_be_visible()
    kept(form)


@pytest.mark.covers("M-29")
def test_another_address_is_typed_while_the_proof_stands_and_is_given_up_or_proven(
    form: Page, mails
):
    address = form.get_by_label("E-mailadres", exact=True)
    change = form.get_by_role("button", name="E-mailadres wijzigen")
    told = form.get_by_text("Vul uw nieuwe e-mailadres in. U krijgt opnieuw een code.")
    address.fill(NELE)
    form.get_by_role("button", name="Verificatiecode verzenden").click()
    change.click()
    expect(told).to_be_visible()
    form.get_by_role("button", name="Toch niet wijzigen").click()
    expect(form.get_by_label("Verificatiecode", exact=True)).to_be_focused()
    code = mailbox.code_in(mails.wait_for(NELE, subject="Verificatiecode"))
    form.get_by_label("Verificatiecode", exact=True).fill(code)
    form.get_by_role("button", name="Code verifiëren").click()
    expect(form.get_by_text("Het e-mailadres is geverifieerd.")).to_be_visible()

    change.click()
    expect(told).to_be_visible()
    expect(address).to_be_focused()
    expect(address).to_have_value(NELE)
    assert form.evaluate("getSelection().toString()") == NELE
    look_at(form, "registreren-wijzigen")
    with form.expect_response("**/registreren/concept"):
        form.keyboard.type(OTHER)  # over what is selected
    form.reload()
    expect(told).to_be_visible()
    expect(address).to_have_value(OTHER)
    form.get_by_role("button", name="Account maken").click()
    mistake = form.get_by_role("alert").get_by_role("link", name="Bevestig eerst uw e-mailadres")
    expect(mistake).to_be_visible()
    form.get_by_role("button", name="Toch niet wijzigen").click()
    expect(form.get_by_text("Het e-mailadres is geverifieerd.")).to_be_visible()
    expect(address).to_have_value(NELE)

    change.click()
    expect(address).to_be_focused()
    address.fill(OTHER)
    address.press("Enter")
    expect(form.get_by_text("De verificatiecode is verzonden")).to_be_visible()
    expect(address).to_have_value(OTHER)
    code = mailbox.code_in(mails.wait_for(OTHER, subject="Verificatiecode"))
    form.get_by_label("Verificatiecode", exact=True).fill(code)
    form.get_by_role("button", name="Code verifiëren").click()
    expect(form.get_by_text("Het e-mailadres is geverifieerd.")).to_be_visible()
    expect(address).to_have_value(OTHER)


@pytest.mark.one_database  # the portal starts anew
def test_a_lost_connection_keeps_everything_and_a_reload_after_it_all_but_the_password(
    form: Page, portal, complaints
):
    complaints[0].expect("ERR_CONNECTION_REFUSED|WebSocket")
    portal.stop()
    fill(form)
    told = form.get_by_text("Geen verbinding. We proberen het opnieuw.")
    expect(told).to_be_visible()
    expect(form.get_by_role("link", name="Naar de inhoud")).not_to_be_in_viewport()  # over the bar
    form.get_by_role("button", name="Account maken").click()
    summary = form.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text(say("components.form_not_sent", "nl"))
    kept(form, password=PASSWORD)

    with form.expect_response("**/registreren/concept", timeout=60_000):
        portal.start()
    expect(told).to_be_hidden(timeout=15_000)
    kept(form, password=PASSWORD)
    form.reload()
    kept(form)


@pytest.mark.one_database  # nothing is written but the draft
def test_another_language_keeps_everything_and_says_the_mistakes_anew(form: Page):
    fill(form)
    form.get_by_role("button", name="Account maken").click()
    first = say("errors.email_not_verified", "nl")
    expect(form.get_by_role("alert").get_by_role("link", name=first)).to_be_visible()
    for locale, language in (("fr", "Français"), ("de", "Deutsch"), ("nl", "Nederlands")):
        form.get_by_role("button", name=language).click()
        expect(form.locator("html")).to_have_attribute("lang", locale)
        expect(form.get_by_role("heading", level=1)).to_have_text(say("registration.title", locale))
        said = say("errors.email_not_verified", locale)
        expect(form.get_by_role("alert").get_by_role("link", name=said)).to_be_visible()
        kept(form, password=PASSWORD)
