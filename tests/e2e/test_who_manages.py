"""Who manages the access of a company: a stranger writes, a colleague reads names."""

from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from portal_app.models import Person
from portal_app.permissions import Role
from tests import factories
from tests.harness import mailbox, sockets
from tests.harness.cast import Cast
from tests.harness.looking import assert_mistakes_in_order, assert_nothing_cut_off, look_at
from tests.harness.mailbox import Mailbox
from tests.harness.reader import BROWSERS, Reader
from tests.harness.server import Portal

PATH = "/wie-beheert-toegang"
ANNA, KIM = "anna@bedrijf.example", "kim@elders.example"


@pytest.fixture(autouse=True)
def anna(cast: Cast) -> Person:
    """Main access manager of De Smet in Antwerp, who reads Dutch."""
    return _manager("Anna", ANNA, Role.MAIN_ACCESS_MANAGER, cast)


@pytest.fixture
def english(browser: Browser, portal: Portal, open_page: Callable[..., Page]) -> Iterator[Reader]:
    """Somebody who reads English, in a browser of their own."""
    made = browser.new_context(base_url=portal.origin, locale=BROWSERS["en"])
    yield Reader(open_page(made), "en")
    made.close()


def _manager(given: str, email: str, role: Role, cast: Cast) -> Person:
    person = factories.make_person(given, "Berg", infix="van den", email=email)
    factories.make_account(person)
    factories.make_grant(person, role, cast.de_smet)
    return person


def look_up(page: Page, number: str) -> None:
    page.get_by_label("Ondernemingsnummer of KvK-nummer").fill(number)
    page.get_by_role("button", name="Opzoeken").click()


def test_a_stranger_finds_initials_and_writes_to_who_manages(
    page: Page, cast: Cast, mails: Mailbox
) -> None:
    _manager("Karel", "karel@bedrijf.example", Role.CO_MAIN_ACCESS_MANAGER, cast)
    page.goto("/problemen-met-aanmelden")
    page.get_by_role("link", name="Wie beheert de toegang van mijn bedrijf?").click()
    look_up(page, "1999.000.151")
    summary = page.get_by_role("alert").filter(has_text="Er is een probleem")
    expect(summary).to_contain_text("Dit ondernemingsnummer klopt niet.")

    look_up(page, "BE 1999.000.150")
    people = page.get_by_role("region", name="Deze mensen beheren de toegang")
    expect(people.get_by_role("listitem")).to_have_count(2)
    expect(people.get_by_role("listitem").first).to_contain_text("A.B.")
    expect(people.get_by_role("listitem").last).to_contain_text("K.B.")
    expect(page.get_by_text("Anna")).to_have_count(0)
    page.get_by_role("button", name="Bericht versturen").click()
    expect(summary).to_contain_text("Schrijf een bericht.")
    assert_mistakes_in_order(page)
    page.evaluate("scrollTo(0, 0)")  # the bar on top would lie over a link
    look_at(page, "wie-beheert-toegang-gevonden")
    assert_nothing_cut_off(page)

    page.get_by_label("Uw naam").fill("Kim Claes")
    page.get_by_label("E-mailadres waarop u bereikbaar bent").fill(KIM)
    page.get_by_label("Bericht", exact=True).fill("Dag,\n\nMag ik toegang?")
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_text("Uw bericht is verstuurd.")).to_be_visible()
    look_at(page, "wie-beheert-toegang-verstuurd")

    for address in (ANNA, "karel@bedrijf.example"):
        read(mails.wait_for(address, subject="Een bericht over de toegang van uw bedrijf"))
    assert mails.to(KIM) == []  # nobody is mailed by somebody else's typing


def read(mail: EmailMessage) -> None:
    assert mail["Reply-To"] == KIM
    text = " ".join(mailbox.text_of(mail).split())
    for said in (
        "Klimaatwerken De Smet",
        "Noemt zich: Kim Claes",
        f"E-mailadres: {KIM}",
        "> Dag, > > Mag ik toegang?",
        "niet gecontroleerd wie dit is",
        "door deze e-mail te beantwoorden",
    ):
        assert said in text


def test_a_colleague_reads_names_and_writes_with_what_the_portal_knows(
    page: Page, cast: Cast, enter_as: Callable[[Person], None], mails: Mailbox
) -> None:
    enter_as(cast.bob)
    page.goto(PATH)
    expect(page.get_by_label("Ondernemingsnummer of KvK-nummer")).to_have_value(cast.de_smet.number)
    page.get_by_role("button", name="Opzoeken").click()
    people = page.get_by_role("region", name="Klimaatwerken De Smet")
    expect(people.get_by_role("listitem")).to_contain_text("Anna van den Berg")
    expect(page.get_by_label("Uw naam")).to_have_value("Bob De Smet")
    look_at(page, "wie-beheert-toegang-collega")

    page.get_by_label("Bericht", exact=True).fill("Dag Anna")
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_text("Uw bericht is verstuurd.")).to_be_visible()
    assert mails.wait_for(ANNA)["Reply-To"] == "bob@voorbeeld.example"


@pytest.mark.one_database
def test_a_number_without_anybody_says_where_to_go_and_one_of_several_units_asks_which(
    page: Page, cast: Cast
) -> None:
    page.goto(PATH)
    look_up(page, factories.NUMBERS[4])
    expect(page.get_by_role("heading", name="Bij dit nummer vinden wij niemand")).to_be_focused()
    look_at(page, "wie-beheert-toegang-niemand")
    expect(page.get_by_role("link", name="Vraag toegang")).to_be_visible()

    limburg = factories.make_organisation("De Smet Limburg", unit="Limburg")
    lars = factories.make_person("Lars", "Limburg", email="lars@bedrijf.example")
    factories.make_account(lars)
    factories.make_grant(lars, Role.MAIN_ACCESS_MANAGER, limburg)
    look_up(page, cast.de_smet.number)
    unit = page.get_by_label("Provincie of vestiging")
    expect(unit).to_be_focused()
    look_at(page, "wie-beheert-toegang-eenheden")
    unit.select_option("Limburg")
    page.get_by_role("button", name="Opzoeken").click()
    expect(page.get_by_role("listitem").filter(has_text="L.L.")).to_be_visible()


@pytest.mark.one_database
def test_it_reads_in_english_for_a_stranger_and_for_a_colleague(
    english: Reader,
    cast: Cast,
    mails: Mailbox,
    portal: Portal,
) -> None:
    page = english.page
    page.goto(PATH)
    expect(english.heading).to_have_text("Who manages the access of my company?")
    english.field("who_manages.number").fill(cast.de_smet.number)
    english.button("who_manages.look_up").click()
    expect(page.get_by_text("A.B.")).to_be_visible()
    expect(page.get_by_text(english.say("who_manages.names_for_colleagues"))).to_be_visible()
    english.field("who_manages.your_name").fill("Kim")
    english.field("who_manages.your_email").fill(KIM)
    english.field("who_manages.message").fill("May I have access? See www.win.example")
    english.button("who_manages.send").click()
    expect(english.sees("errors.message_web_address").first).to_be_visible()
    english.field("who_manages.message").fill("May I have access?")
    english.button("who_manages.send").click()
    expect(english.sees("who_manages.sent")).to_be_visible()
    mails.wait_for(ANNA, subject="Een bericht over de toegang")  # in the manager's own language

    page.context.add_cookies([sockets.cookie_for_playwright(cast.bob, portal.origin)])
    page.goto(PATH)
    english.button("who_manages.look_up").click()
    expect(page.get_by_text("Anna van den Berg")).to_be_visible()
