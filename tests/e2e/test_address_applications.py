"""An address that was forgotten or changed, as the applicant and two colleagues live it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.models import Person
from tests import factories
from tests.harness import mailbox, sockets
from tests.harness.looking import look_at
from tests.harness.mailbox import Mailbox
from tests.harness.reader import BROWSERS, Reader
from tests.harness.server import Portal
from tests.harness.visiting import sign_in

ALICE, REACHED, NEW = (
    "alice@voorbeeld.example",
    "a.jansen@thuis.example",
    "alice@nieuw.example",
)
NUMBER = "85.07.30-033.28"


@pytest.fixture
def colleague(browser: Browser, portal: Portal, open_page, request) -> Callable[[Person], Page]:
    """`colleague(person)`: a browser of its own in which that person is signed in."""

    def entered(person: Person) -> Page:
        made = browser.new_context(base_url=portal.origin, locale="nl-BE")
        request.addfinalizer(made.close)
        made.add_cookies([sockets.cookie_for_playwright(person, portal.origin)])
        return open_page(made)

    return entered


def title(page: Page):
    return page.get_by_role("heading", level=1)


def number_on(page: Page) -> str:
    """Return the number that was given to the applicant."""
    said = page.get_by_text(re.compile(r"A-[0-9A-Z]{6}")).first.inner_text()
    [number] = re.findall(r"A-[0-9A-Z]{6}", said)
    return number


def address_in(letter: object, path: str) -> str:
    """Return the address of a page of ours that a mail carries."""
    [address] = re.findall(rf"{path}\?code=A-[0-9A-Z]{{6}}\.[0-9A-Z]+", mailbox.text_of(letter))
    return address


def establish(page: Page, number: str) -> None:
    """Take the application in hand and establish that it is Alice."""
    page.goto("/beheer/aanvragen")
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="In behandeling nemen").click()
    expect(page.get_by_text("U behandelt deze aanvraag.")).to_be_visible()
    page.get_by_role("button", name="Identiteit vaststellen").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary.get_by_role("link", name="Kies wie het is.")).to_be_visible()
    page.get_by_role("radio", name=re.compile("Alice Jansen")).check()
    page.get_by_label("Hoe hebt u vastgesteld wie het is?").fill("Teruggebeld.")
    page.evaluate("scrollTo(0, 0)")  # the bar on top would lie over a link
    look_at(page, "aanvraag-in-behandeling")
    page.get_by_role("button", name="Identiteit vaststellen").click()
    expect(page.get_by_text("Een collega moet dit nog bevestigen.")).to_be_visible()
    expect(page.get_by_role("button", name="Bevestigen en versturen")).to_have_count(0)


@pytest.mark.covers("I-05", "I-14")
def test_a_forgotten_address_is_told_in_part_after_two_have_looked(
    page: Page, cast, colleague, mails: Mailbox
):
    page.goto("/problemen-met-aanmelden")
    page.get_by_role("link", name="E-mailadres laten opzoeken").click()
    expect(title(page)).to_have_text("E-mailadres vergeten")
    page.get_by_role("button", name="Aanvraag versturen").click()
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    for sentence in (
        "Vul uw voornaam in.",
        "Vul uw familienaam in.",
        "Vul het rijksregisternummer in.",
        "Vul uw e-mailadres in.",
    ):
        expect(summary.get_by_role("link", name=sentence)).to_be_visible()
    look_at(page, "e-mailadres-vergeten-geweigerd")
    page.get_by_label("Voornaam").fill("Alice")
    page.get_by_label("Naam", exact=True).fill("Jansen")
    page.get_by_label("Rijksregisternummer").fill("85.07.30-033.29")
    page.get_by_label("E-mailadres waarop wij u kunnen bereiken").fill(REACHED)
    page.get_by_role("button", name="Aanvraag versturen").click()
    expect(summary.get_by_role("link", name="Dit rijksregisternummer klopt niet.")).to_be_visible()
    page.get_by_label("Rijksregisternummer").fill(NUMBER)
    page.get_by_role("button", name="Aanvraag versturen").click()

    expect(title(page)).to_have_text("Uw aanvraag is verstuurd")
    expect(title(page)).to_be_focused()
    look_at(page, "e-mailadres-vergeten-verstuurd")
    number = number_on(page)
    received = mails.wait_for(REACHED, subject="ontvangen")
    page.goto(address_in(received, "/aanvraag"))
    expect(page.get_by_text("Wij hebben uw aanvraag ontvangen.")).to_be_visible()
    look_at(page, "aanvraag-gevolgd")

    sam, ada = colleague(cast.sam), colleague(cast.ada)
    establish(sam, number)
    ada.goto("/")
    ada.get_by_role("main").get_by_role("link", name="Aanvragen").click()
    expect(title(ada)).to_have_text("Aanvragen")
    look_at(ada, "aanvragen")
    ada.get_by_role("link", name=number).click()
    look_at(ada, "aanvraag-tweede-controle")
    ada.get_by_role("button", name="Bevestigen en versturen").click()
    expect(ada.get_by_text("Bevestigd. De e-mails zijn verstuurd.")).to_be_visible()

    told = mails.wait_for(REACHED, subject="Uw e-mailadres bij")
    assert "a…@voorbeeld.example" in mailbox.text_of(told)
    assert ALICE not in mailbox.text_of(told)
    mails.wait_for(ALICE, subject="Er is naar uw e-mailadres gevraagd")
    page.reload()
    expect(page.get_by_text("Uw aanvraag is afgehandeld.")).to_be_visible()


@pytest.fixture
def reader(browser: Browser, portal: Portal, open_page, locale: str) -> Iterator[Reader]:
    """Somebody in another browser, who reads in this language."""
    made = browser.new_context(base_url=portal.origin, locale=BROWSERS[locale])
    yield Reader(open_page(made), locale)
    made.close()


def ask(reader: Reader, way: str, **more: str) -> str:
    """Ask from the page about problems with signing in; return the number that is given."""
    reader.page.goto("/problemen-met-aanmelden")
    reader.link(f"help.{way}").click()
    expect(reader.heading).to_have_text(reader.say("asking.address_title"))
    typed = {"given_name": "Alice", "family_name": "Jansen", "national_number": NUMBER}
    for name, value in (typed | {"reach": REACHED} | more).items():
        reader.field(f"asking.{name}").fill(value)
    reader.button("asking.submit").click()
    expect(reader.heading).to_have_text(reader.say("asking.received_title"))
    return number_on(reader.page)


def confirm(page: Page, number: str) -> None:
    """Be the second to look at an application."""
    page.goto(f"/beheer/aanvragen/aanvraag?nr={number}")
    page.get_by_role("button", name="Bevestigen en versturen").click()
    expect(page.get_by_text("Bevestigd. De e-mails zijn verstuurd.")).to_be_visible()


@pytest.mark.one_database
@pytest.mark.covers("I-05", "I-14")
@pytest.mark.parametrize("locale", ["en"])
def test_a_forgotten_address_is_told_in_english(reader: Reader, cast, colleague, mails: Mailbox):
    number = ask(reader, "to_forgotten")
    establish(colleague(cast.sam), number)
    confirm(colleague(cast.ada), number)

    told = mails.wait_for(REACHED, subject="Your email address at")
    assert "a…@voorbeeld.example" in mailbox.text_of(told)


@pytest.mark.one_database
@pytest.mark.covers("I-06")
@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_changed_address_counts_once_it_is_confirmed(
    reader: Reader, cast, colleague, mails: Mailbox
):
    page = reader.page
    number = ask(reader, "to_changed", new_email=NEW)
    received = reader.say("mails.application_received_subject", number=number)
    mails.wait_for(REACHED, subject=received)

    establish(colleague(cast.sam), number)
    confirm(colleague(cast.ada), number)
    mails.wait_for(ALICE, subject="Uw e-mailadres wordt gewijzigd")
    letter = mails.wait_for(NEW, subject=reader.about_portal("mails.address_confirm_subject"))
    page.goto(address_in(letter, "/e-mailadres-vergeten/bevestigen"))
    look_at(page, f"address-confirmation-{reader.locale}")
    reader.button("asking.confirm").click()
    expect(reader.sees("asking.confirmed")).to_be_visible()
    mails.wait_for(NEW, subject=reader.about_portal("mails.address_confirmed_subject"))
    mails.wait_for(ALICE, subject="Uw e-mailadres is gewijzigd")

    sign_in(page, NEW)
    expect(page).not_to_have_url(re.compile("/aanmelden"))


@pytest.mark.one_database
def test_the_second_sends_it_back_and_whoever_came_too_late_hears_so(
    page: Page, cast, colleague, mails: Mailbox
):
    application = factories.make_application(family_name="Jansen", given_name="Alice")
    sam, ada = colleague(cast.sam), colleague(cast.ada)
    establish(sam, application.number)
    ada.goto(f"/beheer/aanvragen/aanvraag?nr={application.number}")
    ada.get_by_text("Terugzetten").first.click()
    ada.get_by_label("Waarom zet u het terug?").fill("De geboortedatum klopt niet.")
    ada.get_by_role("button", name="Terugzetten").click()
    expect(ada.get_by_text("De aanvraag is teruggezet.")).to_be_visible()

    sam.get_by_text("Terugzetten").first.click()
    sam.get_by_label("Waarom zet u het terug?").fill("Toch niet.")
    sam.get_by_role("button", name="Terugzetten").click()
    moved_on = "Een collega heeft deze aanvraag intussen bijgewerkt."
    expect(sam.get_by_role("alert").filter(has_text=moved_on)).to_be_visible()
    expect(sam.get_by_text("In behandeling bij Ada Peeters")).to_be_visible()
    assert not mails.to(ALICE)

    ada.get_by_text("Meer informatie vragen").click()
    ada.get_by_role("button", name="Vraag versturen").click()
    summary = ada.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(
        summary.get_by_role("link", name="Kies een vraag of schrijf er zelf een.")
    ).to_be_visible()
    ada.get_by_label("Vraag aan de aanvrager").select_option("call")
    ada.get_by_role("button", name="Vraag versturen").click()
    expect(ada.get_by_text("De vraag is verstuurd.")).to_be_visible()
    letter = mails.wait_for(application.email, subject="Een vraag over uw aanvraag")
    assert "Wanneer kunnen wij u bellen" in mailbox.text_of(letter)
    page.goto(address_in(letter, "/aanvraag"))
    page.get_by_role("button", name="Antwoord versturen").click()
    expect(page.get_by_role("link", name="Schrijf uw antwoord op.")).to_be_visible()
    page.get_by_label("Uw antwoord").fill("Morgen om 9 uur.")
    look_at(page, "aanvraag-beantwoorden")
    page.get_by_role("button", name="Antwoord versturen").click()
    expect(page.get_by_text("Uw antwoord is verstuurd.")).to_be_visible()
    expect(page.get_by_label("Uw antwoord")).to_have_count(0)
    mails.wait_for(application.email, subject="Nieuws over uw aanvraag")
    ada.reload()
    expect(ada.get_by_text("Morgen om 9 uur.")).to_be_visible()
    ada.get_by_text("Afwijzen", exact=True).click()
    ada.get_by_label("Reden").select_option("unreached")
    ada.get_by_role("button", name="Aanvraag afwijzen").click()
    expect(ada.get_by_text("De aanvraag is afgewezen.")).to_be_visible()
    mails.wait_for(application.email, subject="is afgewezen")


@pytest.mark.one_database
def test_an_applicant_without_an_account_withdraws_on_their_own_page(
    page: Page, cast, colleague, mails: Mailbox
):
    page.goto("/e-mailadres-vergeten")
    page.get_by_label("Voornaam").fill("Alice")
    page.get_by_label("Naam", exact=True).fill("Jansen")
    page.get_by_label("Rijksregisternummer").fill(NUMBER)
    page.get_by_label("E-mailadres waarop wij u kunnen bereiken").fill(REACHED)
    page.get_by_role("button", name="Aanvraag versturen").click()
    number = number_on(page)
    page.goto(address_in(mails.wait_for(REACHED, subject="ontvangen"), "/aanvraag"))
    page.get_by_text("Aanvraag intrekken", exact=True).click()
    look_at(page, "aanvraag-intrekken")
    page.get_by_role("button", name="Ja, aanvraag intrekken").click()
    expect(page.get_by_text("Uw aanvraag is ingetrokken.")).to_be_visible()
    expect(title(page)).to_be_focused()
    expect(page.get_by_text("Aanvraag intrekken", exact=True)).to_have_count(0)
    mails.wait_for(REACHED, subject="Nieuws over uw aanvraag")

    sam = colleague(cast.sam)
    sam.goto("/beheer/aanvragen?tab=finished")
    sam.get_by_role("link", name=number).click()
    expect(sam.get_by_text("Ingetrokken").first).to_be_visible()
    expect(sam.get_by_text("Deze aanvraag is afgehandeld.")).to_be_visible()


def test_a_key_that_opens_nothing_says_so_and_the_queue_is_for_staff_alone(
    page: Page, cast, enter_as
):
    page.goto("/aanvraag?code=A-000000.X")
    expect(
        page.get_by_role("alert").filter(has_text="Deze link opent geen aanvraag")
    ).to_be_visible()
    page.goto("/e-mailadres-vergeten/bevestigen?code=A-000000.X")
    page.get_by_role("button", name="E-mailadres bevestigen").click()
    expect(page.get_by_role("link", name=re.compile("Deze link klopt niet"))).to_be_visible()
    enter_as(cast.bob)
    for address in ("/beheer/aanvragen", "/beheer/aanvragen/aanvraag?nr=A-000000"):
        page.goto(address)
        expect(title(page)).to_have_text("U hebt geen toegang tot deze pagina")
