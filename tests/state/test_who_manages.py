"""What the page of who manages access starts with: only what is one's own."""

from portal_app.state.who_manages import WhoManagesState
from tests.harness.cast import VIC

PATH = "/wie-beheert-toegang"


def test_a_stranger_starts_with_nothing(cast, open_state):
    page = open_state(WhoManagesState, VIC, f"{PATH}?org={cast.vak.key}")

    assert (page.state.asked, page.state.sender) == ({}, {})


def test_whoever_is_signed_in_starts_with_their_own_company_and_name(cast, open_state):
    page = open_state(WhoManagesState, cast.charlie, PATH)

    assert page.state.asked == {"number": cast.jon.number}
    assert page.state.sender == {
        "name": "Charlie van den Berg",
        "email": "charlie@voorbeeld.example",
    }


def test_of_several_companies_the_address_says_which_and_another_fills_in_nothing(cast, open_state):
    page = open_state(WhoManagesState, cast.dora, PATH)
    assert page.state.asked == {}

    page.go(f"{PATH}?org={cast.de_smet.key}")
    assert page.state.asked == {"number": cast.de_smet.number}

    page.go(f"{PATH}?org={cast.jon.key}")
    assert page.state.asked == {}
