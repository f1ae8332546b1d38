"""The list of company accounts of staff, while somebody else works in it too."""

import pytest

from portal_app.gate.guest import Guest, SessionFacts
from portal_app.services import company_accounts
from portal_app.services.company_account_list import AccountOrder
from portal_app.state.company_account_list import PATH, CompanyAccountListState
from tests.services.applying import application
from tests.services.appointed import make


@pytest.fixture
def opened(open_state, cast, run_as):
    """The list as Sam of staff has it open, and the number of the one account in it."""
    company = make(run_as, cast.sam)
    page = open_state(CompanyAccountListState, cast.sam, PATH)
    page.guest = Guest(
        page.guest.session_key, SessionFacts(person_id=cast.sam.key, is_staff=True), "192.0.2.1"
    )
    return page, company.key


def withdraw(page, account: int) -> None:
    page.do(page.state.ask_to_withdraw(account))
    assert page.state.asked_person == "Nora Claes"
    page.do(page.state.withdraw())


def ask_codes(page, account: int) -> None:
    page.do(page.state.ask_for_codes(account))
    page.do(page.state.new_codes())


@pytest.mark.parametrize("pressed", [withdraw, ask_codes])
def test_what_is_over_meanwhile_is_said_and_leaves_the_list(opened, cast, run_as, pressed):
    page, account = opened
    assert [line.id for line in page.state.lines] == [account]
    run_as(cast.sam, company_accounts.withdraw, company_account_id=account)

    pressed(page, account)

    assert (page.state.said_key, page.state.said_person) == (
        "staff.wrong_account_over",
        "Nora Claes",
    )
    assert page.state.lines == []
    assert page.state.withdrawing == page.state.asking == 0


def test_withdrawing_says_so_and_moves_it_to_its_tab(opened):
    page, account = opened

    withdraw(page, account)

    assert page.state.said_key == "staff.account_withdrawn"
    assert [tab.count for tab in page.state.tabs] == [0, 0, 0, 1]


def test_a_column_sorts_and_once_more_turns_around(opened):
    page, _ = opened
    ways = [
        ("", AccountOrder.MADE, "sortering=gemaakt"),
        ("?sortering=gemaakt", AccountOrder.MADE, PATH),
        ("?pagina=2", AccountOrder.COMPANY, "sortering=bedrijf"),
        ("?sortering=bedrijf", AccountOrder.COMPANY, "sortering=-bedrijf"),
        ("?sortering=-bedrijf", AccountOrder.PERSON, "sortering=persoon"),
        ("?sortering=whatever", AccountOrder.MADE, "sortering=gemaakt"),
    ]
    for query, column, leads_to in ways:
        page.go(f"{PATH}{query}")
        went = str(page.do(page.state.sort(column)))
        assert leads_to in went, query
        assert "pagina=2" not in went


def test_asking_new_codes_leads_to_the_application(opened):
    page, account = opened
    page.do(page.state.ask_for_codes(account))

    went = page.do(page.state.new_codes())

    assert f"/beheer/aanvragen/aanvraag?nr={application().number}" in str(went)


def test_who_may_not_make_one_sees_no_list(open_state, cast):
    assert open_state(CompanyAccountListState, cast.alice, PATH).state.is_refused
