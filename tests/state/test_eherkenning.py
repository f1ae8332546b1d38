"""The page of eHerkenning without a browser: what it tells, and to whom."""

import pytest

from portal_app.eherkenning import Level, Outcome
from portal_app.models import EherkenningTry
from portal_app.permissions import Role
from portal_app.services import eherkenning
from portal_app.state.eherkenning import EherkenningState, ProvenCompany
from portal_app.state.registration import RegistrationState
from portal_app.state.sign_in import SignInState
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.services.proving import go_out, mandate_for

PAGE = "/eherkenning"


@pytest.fixture
def ended(open_state, cast):
    """`ended(**mandate)`: Alice went the road with a mandate, and sees its end."""

    def went(**changed):
        page = open_state(EherkenningState, cast.alice, PAGE)
        here = Browser(page.guest.session_key)
        reference = go_out(here)
        run(eherkenning.come_back, here, reference=reference)
        run(eherkenning.settle, here, reference=reference, mandate=mandate_for(**changed))
        return page.go(f"{PAGE}?poging={reference}")

    return went


def test_before_anything_was_tried_it_shows_how_to_begin(open_state, cast):
    stranger = open_state(EherkenningState, cast.vic, PAGE).state
    alice = open_state(EherkenningState, cast.alice, PAGE).state

    assert (stranger.outcome, stranger.signed_in) == ("", False)
    assert (alice.outcome, alice.signed_in) == ("", True)


@pytest.mark.covers("W-14", "W-15")
def test_a_proof_names_the_company_and_the_role(ended, cast):
    state = ended().state

    assert state.outcome == Outcome.ADMIN
    assert state.companies == [
        ProvenCompany(cast.vak.name, "90004701", "", f"roles.{Role.MAIN_ACCESS_MANAGER.value}")
    ]


@pytest.mark.covers("W-19")
def test_a_level_that_is_too_low_is_named(ended):
    state = ended(level=Level.EH2_PLUS).state

    assert (state.outcome, state.level, state.companies) == ("level_too_low", "EH2+", [])


@pytest.mark.covers("W-22")
def test_a_company_that_is_unknown_is_named_by_its_number(ended):
    state = ended(number="90009999").state

    assert (state.outcome, state.number) == ("unknown_company", "90009999")
    assert len(state.reference) >= 8  # for the helpdesk


def test_looking_at_the_end_again_changes_nothing(ended):
    page = ended()
    (tried,) = factories.all_of(EherkenningTry)

    page.go(f"{PAGE}?poging={tried.reference}")

    assert page.state.outcome == Outcome.ADMIN
    assert factories.all_of(EherkenningTry) == [tried]


def test_what_is_still_judged_is_not_said_to_have_failed(open_state, cast):
    page = open_state(EherkenningState, cast.alice, PAGE)
    here = Browser(page.guest.session_key)
    reference = go_out(here)
    run(eherkenning.come_back, here, reference=reference)

    assert page.go(f"{PAGE}?poging={reference}").state.outcome == ""


@pytest.mark.covers("W-22")
def test_somebody_else_s_end_is_not_shown(ended, open_state, cast):
    ended()
    (tried,) = factories.all_of(EherkenningTry)

    for other in (cast.bob, cast.vic):
        state = open_state(EherkenningState, other, f"{PAGE}?poging={tried.reference}").state
        assert (state.outcome, state.companies) == ("", [])


def test_an_address_that_is_no_end_shows_how_to_begin(open_state, cast):
    for asked in ("?poging=AAAAAAAAAA", f"?poging={'A' * 5000}", "?poging=", "?terug=x"):
        assert open_state(EherkenningState, cast.alice, PAGE + asked).state.outcome == ""
    assert open_state(EherkenningState, cast.vic, f"{PAGE}?terug=onbekend").state.outcome == (
        "strange"
    )


@pytest.mark.covers("W-06", "W-11")
def test_the_pages_of_coming_in_know_who_is_on_the_way(open_state, cast):
    page = open_state(SignInState, cast.vic, "/aanmelden")
    assert page.state.to_eherkenning is False

    run(eherkenning.wish, Browser(page.guest.session_key))
    assert page.go("/aanmelden").state.to_eherkenning is True

    run(eherkenning.drop_wish, Browser(page.guest.session_key))
    assert page.go("/aanmelden").state.to_eherkenning is False


@pytest.mark.covers("W-10", "X-05")
def test_registration_asks_no_birth_date_on_the_way(open_state, cast):
    page = open_state(RegistrationState, cast.vic, "/registreren")
    assert page.state.asks_birth_date is True

    run(eherkenning.wish, Browser(page.guest.session_key))

    assert page.go("/registreren").state.asks_birth_date is False
    assert page.state.to_eherkenning is True
