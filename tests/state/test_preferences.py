"""What somebody prefers, as the page shows and changes it."""

import pytest

from portal_app.models import Account
from portal_app.services.start_page import BY_ITSELF, TILES
from portal_app.state.preferences import PreferencesState
from tests import factories


@pytest.mark.covers("X-17")
def test_the_pages_to_start_on_are_those_that_open(open_state, cast):
    page = open_state(PreferencesState, cast.alice, "/voorkeuren")
    page.do(page.state.load())

    offered = [one.value for one in page.state.start_pages]
    assert offered == [BY_ITSELF, TILES, "overview", "payment_codes"]
    page.do(page.state.choose_start_page(page="overview"))
    assert page.state.start_page == "overview"


@pytest.mark.parametrize("wrong", ["applications", "/overzicht", "x" * 400])
def test_a_page_that_does_not_open_is_not_remembered(open_state, cast, wrong):
    page = open_state(PreferencesState, cast.alice, "/voorkeuren")
    page.do(page.state.choose_start_page(page=wrong))

    assert page.state.start_page == BY_ITSELF
    assert {one.start_page for one in factories.all_of(Account)} == {BY_ITSELF}
