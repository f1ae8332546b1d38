"""A second proof of a company, and the manager who agrees to it or refuses, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.harness.cast import acting_as
from tests.harness.looking import assert_nothing_cut_off, look_at
from tests.services import managing
from tests.services.managing import CO_MAIN, MAIN
from tests.services.proving import asking_first, managers_of, prove


@pytest.mark.covers("X-12")
def test_the_manager_agrees_to_one_and_refuses_another(page: Page, cast, enter_as, mails):
    hanna = managing.holder("Hanna", MAIN, cast.vak)
    mia, tom = managing.somebody("Mia"), managing.somebody("Tom")
    with asking_first():
        ended = prove(acting_as(mia))
        prove(acting_as(tom))
    mails.wait_for(hanna.email, subject="Mag iemand naast u de toegang beheren?")

    enter_as(mia)
    page.goto(f"/eherkenning?poging={ended.reference}")
    expect(page.get_by_text("Die hebben wij om toestemming gevraagd.")).to_be_visible()
    expect(page.get_by_text(cast.vak.name)).to_be_visible()
    look_at(page, "eherkenning-gevraagd")
    page.get_by_role("link", name="Naar mijn aanvragen").click()
    expect(page.get_by_role("row").filter(has_text="co-Hoofdtoegangsbeheerder")).to_be_visible()

    enter_as(hanna)
    page.goto("/toegang")
    expect(page.get_by_role("heading", name="Mag deze persoon naast u beheren?")).to_be_visible()
    look_at(page, "toegang-toestemming")
    assert_nothing_cut_off(page)
    page.get_by_role("button", name="Weigeren dat Tom Nieuw naast u beheert").click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("Waarom").fill("U werkt hier niet meer.")
    look_at(page, "toegang-weigeren")
    asked.get_by_role("button", name="Weigeren").click()
    expect(page.get_by_text("U hebt Tom Nieuw geweigerd.")).to_be_visible()
    mails.wait_for(tom.email, subject="u wordt geen co-Hoofdtoegangsbeheerder")

    page.get_by_role("button", name="Toestemmen dat Mia Nieuw naast u beheert").click()
    page.get_by_role("dialog").get_by_role("button", name="Toestemmen").click()

    expect(page.get_by_text("Mia Nieuw is nu co-Hoofdtoegangsbeheerder")).to_be_visible()
    expect(page.get_by_role("heading", name="Mag deze persoon naast u beheren?")).to_have_count(0)
    assert managers_of(cast.vak) == [("Hanna", MAIN), ("Mia", CO_MAIN)]
    mails.wait_for(mia.email, subject="Uw account is nu co-Hoofdtoegangsbeheerder")
