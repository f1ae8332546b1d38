"""The yearly review in a browser: kept, changed, signed off, and taken along as a file."""

import re
from datetime import timedelta

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from portal_app import clock
from portal_app.services import access_review_rounds
from portal_app.unit_of_work import Job, run
from tests import factories
from tests.harness.looking import look_at
from tests.services import managing
from tests.services.managing import LOCAL, MAIN, USER


@pytest.mark.one_database
def test_a_manager_goes_through_the_roles_of_a_year_and_signs_off(
    page: Page, cast, enter_as, mails, tmp_path
):
    a_year_ago = clock.now() - timedelta(days=400)
    hanna = managing.somebody("Hanna")
    factories.make_grant(hanna, MAIN, cast.vak, starts_at=a_year_ago)
    for name, role in (("Leo", LOCAL), ("Uma", USER)):
        factories.make_grant(
            managing.somebody(name),
            role,
            cast.vak,
            capacity="candidate_following",
            starts_at=a_year_ago,
        )
    assert run(access_review_rounds.begin, Job("test")) == 1
    mails.wait_for(hanna.email, subject="Controleer wie toegang heeft")

    enter_as(hanna)
    page.goto("/toegang")
    page.get_by_role("tab", name=re.compile("Controle")).click()
    expect(page.get_by_text("Nog 2 rollen te beoordelen.")).to_be_visible()
    look_at(page, "toegang-controle")
    page.get_by_role("button", name="Controle afronden").click()
    expect(page.get_by_text("Beoordeel eerst elke rol; er staan er nog open.")).to_be_visible()
    page.get_by_role("button", name="Behouden: Uma Nieuw, gewone gebruiker").click()
    expect(page.get_by_text("Uma Nieuw behoudt de rol.")).to_be_visible()
    page.get_by_role("button", name="Rol wijzigen van Leo Nieuw").click()
    question = page.get_by_role("dialog", name="Rol van Leo Nieuw wijzigen")
    question.get_by_label("Nieuwe rol").select_option(
        label="co-Toegangsbeheerder, Kandidaatvolging"
    )
    question.get_by_role("button", name="Rol wijzigen").click()
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
    ]

    enter_as(cast.sam)
    page.goto("/beheer/uitnodigingen")
    page.get_by_role("link", name="Toegang van bedrijven").click()
    expect(page.get_by_role("tab", name=re.compile("Controle te laat"))).to_be_visible()
    look_at(page, "toegang-van-bedrijven")
