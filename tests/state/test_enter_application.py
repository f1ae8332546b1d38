"""Entering an application for a caller: what is offered, by company."""

import pytest

from portal_app.gate.guest import Guest, SessionFacts
from portal_app.permissions import Role
from portal_app.services import phone_callers
from portal_app.state.enter_application import PATH, EnterApplicationState
from tests import factories
from tests.factories import TRAINING_PROVIDER


@pytest.fixture
def entering(open_state, cast, run_as):
    """`entering(kind)`: the page as Sam has it, who knows that it is Dora who calls."""
    asked = frozenset({"email", "company"})
    run_as(cast.sam, phone_callers.establish, person_id=cast.dora.key, asked=asked)

    def opened(kind: str, person: int):
        page = open_state(EnterApplicationState, cast.sam, f"{PATH}?soort={kind}&persoon={person}")
        facts = SessionFacts(person_id=cast.sam.key, is_staff=True)
        page.guest = Guest(page.guest.session_key, facts, "192.0.2.1")
        return page

    return opened


def offered(page) -> tuple[list[str], list[str], list[str]]:
    """Return the companies, and the roles and capacities of the one that is chosen."""
    state = page.state
    return (
        [one.value for one in state.companies],
        [one.value for one in state.roles],
        list(state.capacities),
    )


def test_what_is_offered_follows_the_company_and_the_kind(entering, cast):
    page = entering("role", cast.dora.key)
    de_smet, vak = str(cast.de_smet.key), str(cast.vak.key)

    assert page.state.name == "Dora Maes"
    assert offered(page)[0] == [de_smet, vak]
    assert Role.TRUSTED_CONTACT.value not in offered(page)[1]
    page.do(page.state.choose_company(vak))
    assert Role.TRUSTED_CONTACT.value in offered(page)[1]
    assert Role.ORGANISATION_MANAGER.value not in offered(page)[1]

    page.do(page.state.choose_kind("capacity"))
    companies, _, capacities = offered(page)
    assert companies == [de_smet]  # she asks none for VAK
    assert TRAINING_PROVIDER in capacities
    page.do(page.state.choose_company(vak))
    assert page.state.company == de_smet


def test_nothing_of_an_account_is_offered_for_who_was_not_established(entering, cast):
    page = entering("role", cast.alice.key)

    assert page.state.kind != "role"
    assert (page.state.name, page.state.person, offered(page)) == ("", 0, ([], [], []))


def test_nothing_is_lost_where_no_second_step_is(entering, cast):
    assert entering("lost_factor", cast.dora.key).state.kind != "lost_factor"
    factories.make_passkey(cast.dora)
    assert entering("lost_factor", cast.dora.key).state.kind == "lost_factor"
