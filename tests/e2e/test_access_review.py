"""The yearly review in a browser: begun and reminded of by itself, answered, signed off, a file."""

import re
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, NOW
from tests.harness import mailbox
from tests.harness.looking import look_at
from tests.harness.mailbox import Mailbox
from tests.services import managing
from tests.services.managing import LOCAL, MAIN, USER

ASKED = "Controleer wie toegang heeft"


@pytest.fixture
def clock(sam: Page) -> Iterator[Page]:
    """The page on which the clock of the portal is moved; afterwards it is put back."""
    sam.goto("/dev/clock")
    yield sam
    sam.goto("/dev/clock")
    sam.get_by_role("button", name="Zet de klok terug").click()
    expect(sam.locator("#clock")).to_contain_text("De klok loopt zoals zij begon.")


def press(clock: Page, button: str, *, times: int, until: str) -> None:
    """Press a button of the clock so often that it shows this day."""
    for _ in range(times):
        clock.get_by_role("button", name=button, exact=True).click()
    expect(clock.locator("#clock")).to_contain_text(until)


@pytest.mark.covers("S-18")
def test_a_manager_is_asked_after_a_year_goes_through_the_roles_and_signs_off(
    page: Page, cast, enter_as, clock: Page, mails: Mailbox, tmp_path
):
    hanna = managing.somebody("Hanna")
    factories.make_grant(hanna, MAIN, cast.vak, starts_at=NOW)
    for name, role in (("Leo", LOCAL), ("Uma", USER), ("Wim", USER)):
        factories.make_grant(
            managing.somebody(name),
            role,
            cast.vak,
            capacity=CANDIDATE_FOLLOWING,
            starts_at=NOW,
        )

    press(clock, "30 dagen later", times=12, until="25-02-2027")
    press(clock, "30 dagen later", times=1, until="27-03-2027")
    begun = mails.wait_for(hanna.email, subject=ASKED)
    assert "Eén keer per jaar" in mailbox.text_of(begun)
    press(clock, "Een week later", times=3, until="17-04-2027")
    reminder = mails.wait_for(hanna.email, subject=ASKED, number=2)
    assert "is nog niet afgerond" in mailbox.text_of(reminder)

    enter_as(hanna)
    page.goto("/")
    expect(page.get_by_text("De jaarlijkse controle loopt en moet af zijn op")).to_be_visible()
    page.get_by_role("link", name=ASKED).click()
    expect(page.get_by_role("tab", name=re.compile("Controle"), selected=True)).to_be_visible()
    expect(page.get_by_text("Nog 3 rollen te beoordelen.")).to_be_visible()
    look_at(page, "toegang-controle")
    page.set_viewport_size({"width": 390, "height": 640})
    page.get_by_role("button", name="Controle afronden").click()
    refused = page.get_by_text("Beoordeel eerst elke rol; er staan er nog open.")
    expect(refused).to_be_in_viewport()  # however far down one pressed
    page.set_viewport_size({"width": 1280, "height": 720})
    keep = page.get_by_role("button", name="Behouden: Uma Nieuw, gewone gebruiker")
    keep.hover()
    expect(page.get_by_role("tooltip")).to_have_text("Behouden")
    keep.click()
    expect(page.get_by_text("Uma Nieuw behoudt de rol.")).to_be_visible()
    page.get_by_role("button", name="Rol wijzigen van Leo Nieuw").click()
    question = page.get_by_role("dialog", name="Rol van Leo Nieuw wijzigen")
    question.get_by_label("Nieuwe rol").select_option(
        label="co-Toegangsbeheerder, Kandidaatvolging"
    )
    question.get_by_role("button", name="Rol wijzigen").click()
    expect(page.get_by_text("Nog 1 rol te beoordelen.")).to_be_visible()
    page.get_by_role("button", name="Toegang intrekken van Wim Nieuw").click()
    page.get_by_role("dialog").get_by_role("button", name="Toegang intrekken").click()
    expect(page.get_by_text("Elke rol is beoordeeld.")).to_be_visible()
    page.get_by_role("button", name="Controle afronden").click()
    expect(page.get_by_text("De controle is afgerond.")).to_be_visible()

    with page.expect_download() as saved:
        page.get_by_role("link", name="Bewijs als Excel").click()
    kept = tmp_path / "evidence.xlsx"
    saved.value.save_as(kept)
    lines = list(openpyxl.load_workbook(kept)["Controle"].iter_rows(values_only=True))
    assert [(line[0], line[5], line[7]) for line in lines[1:]] == [
        ("Nieuw, Leo", "Gewijzigd", "Hanna Nieuw"),
        ("Nieuw, Uma", "Blijft", "Hanna Nieuw"),
        ("Nieuw, Wim", "Beëindigd", "Hanna Nieuw"),
    ]

    enter_as(cast.sam)
    page.goto("/beheer/uitnodigingen")
    page.get_by_role("link", name="Toegang van bedrijven").click()
    expect(page.get_by_role("tab", name=re.compile("Controle te laat"))).to_be_visible()
    look_at(page, "toegang-van-bedrijven")
