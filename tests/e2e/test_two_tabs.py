"""One manager with two companies in two tabs of one browser: each writes into its own."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from portal_app.models import AuditEvent, Invitation, Organisation, Person
from portal_app.permissions import Role
from tests import factories
from tests.factories import EMPLOYER
from tests.services import managing


@pytest.fixture
def hanna(cast) -> Person:
    """The main access manager of both VAK and JON."""
    made = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.vak)
    factories.make_grant(made, Role.MAIN_ACCESS_MANAGER, cast.jon)
    return made


def open_form(tab: Page, company: Organisation) -> None:
    """Go to the form that makes a user of a company."""
    tab.goto(f"/toegang/aanstellen?org={company.key}&rol=user&hoedanigheid={EMPLOYER}")
    assert_form_of(tab, company)


def assert_form_of(tab: Page, company: Organisation) -> None:
    """Fail unless the form says for which company it is, and offers its fields."""
    expect(tab.get_by_role("main").get_by_text(company.name).first).to_be_visible()
    expect(tab.get_by_label("Voornaam")).to_be_editable()


def fill(tab: Page, name: str) -> None:
    for label, typed in (
        ("Voornaam", name),
        ("Achternaam", "Nieuw"),
        ("E-mailadres", f"{name.casefold()}@nieuw.example"),
    ):
        tab.get_by_label(label).fill(typed)


def send(tab: Page, company: Organisation) -> None:
    """Send the form, and come back on the list of the company that it was for."""
    tab.get_by_role("button", name="Aanstellen").click()
    expect(tab.get_by_text("De uitnodiging is verstuurd.")).to_be_visible()
    expect(tab).to_have_url(re.compile(rf"\?org={company.key}&"))


def switch(tab: Page, left: Organisation, chosen: Organisation) -> None:
    """Choose another company in the menu on top."""
    tab.get_by_role("banner").get_by_role("button", name=left.name).click()
    tab.locator("#organisation-menu").get_by_role("link", name=chosen.name).click()
    expect(tab).to_have_url(re.compile(rf"\?org={chosen.key}\b"))


def written() -> set[tuple[int, str]]:
    """Return what stands in the database: of which company each invitation is, and for whom."""
    return {(one.organisation_id, one.given_name) for one in factories.all_of(Invitation)}


@pytest.mark.one_database  # which tab writes for which company is not up to the database
@pytest.mark.covers("I-03")
def test_two_tabs_with_two_companies_never_write_into_the_wrong_one(
    cast, hanna, enter_as, open_page
):
    vak, jon = cast.vak, cast.jon
    enter_as(hanna)
    one, two = open_page(), open_page()

    # Both forms are open and filled; the one opened last is sent first.
    open_form(one, vak)
    fill(one, "Anna")
    open_form(two, jon)
    fill(two, "Bram")
    send(two, jon)
    assert written() == {(jon.key, "Bram")}
    send(one, vak)
    assert written() == {(jon.key, "Bram"), (vak.key, "Anna")}

    # One tab keeps an open form while the other goes over to the same company and away again.
    open_form(one, vak)
    fill(one, "Cas")
    two.goto(f"/toegang?org={vak.key}")
    switch(two, vak, jon)
    open_form(two, jon)
    fill(two, "Daan")
    send(one, vak)
    send(two, jon)
    assert written() >= {(vak.key, "Cas"), (jon.key, "Daan")}

    # Back, after this same tab went over to the other company, is the form of the first again.
    open_form(one, vak)
    one.goto(f"/toegang?org={vak.key}")
    switch(one, vak, jon)
    expect(one.get_by_role("main").get_by_text(jon.name).first).to_be_visible()
    one.go_back()
    one.go_back()
    assert_form_of(one, vak)
    open_form(two, jon)
    fill(two, "Emma")
    fill(one, "Finn")
    send(two, jon)
    send(one, vak)

    assert written() == {
        *((vak.key, name) for name in ("Anna", "Cas", "Finn")),
        *((jon.key, name) for name in ("Bram", "Daan", "Emma")),
    }
    assert len(factories.all_of(Invitation)) == len(written())
    noted = Counter(
        event.organisation_id
        for event in factories.all_of(AuditEvent)
        if event.action.startswith("invitation")
    )
    assert noted == {vak.key: 3, jon.key: 3}
