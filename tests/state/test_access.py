"""The pages of a company's access without a browser: what they list, and what they ask."""

import pytest

from portal_app.brand import brand
from portal_app.gate.answers import proof_address
from portal_app.models import BrowserSession
from portal_app.services import appointing
from portal_app.state.access import AccessState
from portal_app.state.appointing import AppointingState
from portal_app.state.capacity_parameters import CapacityParametersState
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER, TRAINING_PROVIDER
from tests.services import managing
from tests.services.managing import CO_MAIN, LOCAL, MAIN, USER

PAGE = "/toegang"


def offered(state) -> dict[str, list[str]]:
    """Return whom the page offers to appoint, by capacity; '' is the company as a whole."""
    whole = {"": [one.role for one in state.appoints]}
    return whole | {one.code: [link.role for link in one.appoints] for one in state.blocks}


@pytest.mark.covers("S-11", "S-12", "S-16")
def test_it_shows_who_manages_and_offers_the_places_that_are_free(open_state, cast, hanna):
    managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)

    state = open_state(AccessState, hanna, PAGE).state

    assert [one.name for one in state.main] == ["Nieuw, Hanna"]
    assert offered(state) == {
        "": ["co_main_access_manager"],
        EMPLOYER: ["co_access_manager", "user"],
        CANDIDATE_FOLLOWING: ["access_manager", "co_access_manager", "user"],
    }
    assert (state.managers, state.managers_at_most) == (1, 2)
    assert (state.offers, state.with_fund) == ([], [TRAINING_PROVIDER])
    assert [tab.count for tab in state.tabs] == [4, 2, 0, 0]
    assert f"rol={MAIN.value}" in state.hand_over_href
    assert state.add_href == f"{PAGE}?org={cast.vak.key}&tab=hoedanigheden"


@pytest.mark.covers("S-11")
@pytest.mark.usefixtures("cast")
def test_nobody_is_added_where_no_capacity_is_on(open_state):
    company = factories.make_organisation(unit="Luik", capacities=())

    state = open_state(AccessState, managing.holder("Jo", MAIN, company), PAGE).state

    assert (state.blocks, state.add_href) == ([], "")


@pytest.mark.covers("S-14", "S-15", "S-18")
def test_whoever_acts_in_one_capacity_sees_that_one(open_state, cast, hanna):
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    managing.holder("Uma", USER, cast.vak, CANDIDATE_FOLLOWING)

    state = open_state(AccessState, leo, PAGE).state

    assert [one.name for one in state.people] == ["Nieuw, Hanna", "Nieuw, Leo"]
    assert offered(state) == {"": [], EMPLOYER: ["co_access_manager", "user"]}
    assert (state.offers, state.with_fund, state.hand_over_href) == ([], [], "")


def test_it_is_not_for_whoever_manages_no_access(open_state, cast):
    assert open_state(AccessState, cast.alice, PAGE).state.is_refused


def test_another_company_is_refused(open_state, cast, hanna):
    state = open_state(AccessState, hanna, f"{PAGE}?org={cast.jon.key}").state

    assert (state.is_refused, state.people) == (True, [])


def test_whoever_manages_several_companies_chooses_one(open_state, cast, hanna):
    factories.make_grant(hanna, CO_MAIN, cast.jon)

    page = open_state(AccessState, hanna, PAGE)
    assert [one.href for one in page.state.choices] == [
        f"{PAGE}?org={cast.jon.key}",
        f"{PAGE}?org={cast.vak.key}",
    ]

    page.go(page.state.choices[0].href)
    assert (page.state.organisation, page.state.choices) == (cast.jon.name, [])


def test_a_role_ends_once_it_was_asked(open_state, cast, hanna):
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    page = open_state(AccessState, hanna, PAGE)

    page.do(page.state.ask_end(managing.grant_of(leo, LOCAL).key))
    assert (page.state.asking, page.state.asked_name) == ("end", "Leo Nieuw")
    page.do(page.state.confirm())

    assert (page.state.asking, page.state.said.key) == ("", "access.done_end")
    assert "Nieuw, Leo" not in [one.name for one in page.state.people]


def test_whoever_must_prove_who_they_are_comes_back_to_what_they_asked(open_state, cast, hanna):
    leo = managing.holder("Leo", LOCAL, cast.vak, CANDIDATE_FOLLOWING)
    grant = managing.grant_of(leo, LOCAL).key
    factories.make_app(hanna)
    page = open_state(AccessState, hanna, PAGE)
    session = factories.all_of(BrowserSession)[-1]
    session.proven_at = factories.LONG_AGO
    factories.rewrite(session)

    (event,) = page.do(page.state.ask_end(grant))
    back = f"{PAGE}?org={cast.vak.key}&tab=personen&vraag=rol-{grant}"
    assert proof_address(back) in str(event.args)
    (event,) = page.do(page.state.ask_capacity(CANDIDATE_FOLLOWING))
    assert "hoedanigheid-candidate_following" in str(event.args)
    assert page.go(back).state.asking == ""  # nothing was proven yet

    session.proven_at = factories.NOW
    factories.rewrite(session)
    assert page.go(back).state.asked_name == "Leo Nieuw"
    assert page.state.asking == "end"
    assert page.go(
        back.replace(f"rol-{grant}", "hoedanigheid-candidate_following")
    ).state.asking == ("capacity")
    assert page.go(back.replace(f"rol-{grant}", "rol-9x")).state.asking == ""


@pytest.mark.covers("S-16")
def test_a_role_is_changed_into_one_that_is_free(open_state, cast, hanna):
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    grant = managing.grant_of(leo, LOCAL).key
    page = open_state(AccessState, hanna, PAGE)

    page.do(page.state.ask_change(grant))
    assert (page.state.asking, page.state.asked_capacity) == ("change", EMPLOYER)
    assert f"user:{EMPLOYER}" in [one.value for one in page.state.places]
    page.do(page.state.change({"place": ""}))
    assert (page.state.asking, page.state.wrong_place.key) == ("change", "access.new_role_empty")
    page.do(page.state.change({"place": f"user:{EMPLOYER}"}))

    assert (page.state.asking, page.state.said.key) == ("", "access.done_change")
    assert ("Leo", USER, EMPLOYER) in managing.held(cast.vak)
    page.do(page.state.change({"place": f"user:{EMPLOYER}"}))  # nothing is asked any more
    assert page.state.refused is None


def test_what_was_taken_away_is_listed_and_given_back(open_state, cast, hanna):
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    page = open_state(AccessState, hanna, PAGE)
    page.do(page.state.ask_end(managing.grant_of(leo, LOCAL).key))
    page.do(page.state.confirm())
    (line,) = page.state.taken_away
    assert (line.name, line.may_give_back) == ("Nieuw, Leo", True)

    page.do(page.state.give_back(line.grant, line.name))

    assert (page.state.taken_away, page.state.said.key) == ([], "access.done_give_back")
    assert ("Leo", LOCAL, EMPLOYER) in managing.held(cast.vak)


def test_nothing_ends_when_it_is_kept(open_state, cast, hanna):
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    page = open_state(AccessState, hanna, PAGE)
    page.do(page.state.ask_end(managing.grant_of(leo, LOCAL).key))

    page.do(page.state.keep())
    page.do(page.state.confirm())

    assert ("Leo", LOCAL, EMPLOYER) in managing.held(cast.vak)


def test_what_is_not_listed_cannot_be_asked(open_state, cast, hanna):
    page = open_state(AccessState, hanna, PAGE)

    page.do(page.state.ask_end(999))

    assert page.state.asking == ""


@pytest.mark.covers("S-18")
def test_the_last_main_access_manager_is_told_to_appoint_another(open_state, cast, hanna):
    page = open_state(AccessState, hanna, PAGE)

    page.do(page.state.ask("leave", managing.grant_of(hanna, MAIN).key))
    page.do(page.state.confirm())

    assert (page.state.said, page.state.refused.key) == (None, "access.wrong_last")


def test_somebody_else_may_have_been_first(open_state, cast, hanna, run_as):
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    page = open_state(AccessState, hanna, PAGE)
    page.do(page.state.ask_end(managing.grant_of(leo, LOCAL).key))
    run_as(hanna, appointing.end, grant_id=managing.grant_of(leo, LOCAL).key)

    page.do(page.state.confirm())

    assert page.state.refused.key == "access.gone"


@pytest.mark.covers("S-10")
def test_a_capacity_is_ended_with_what_was_listed_and_switched_on_again(open_state, cast, hanna):
    uma = managing.holder("Uma", USER, cast.vak, CANDIDATE_FOLLOWING)
    page = open_state(AccessState, hanna, PAGE)

    page.do(page.state.ask_capacity(CANDIDATE_FOLLOWING))
    assert [one.name for one in page.state.endings] == ["Uma Nieuw"]
    page.do(page.state.end_capacity({"reason": "Wij stoppen ermee."}))
    assert [one.code for one in page.state.blocks] == [EMPLOYER]
    assert managing.mailed("access_ended") == [uma.email]

    page.do(page.state.activate(CANDIDATE_FOLLOWING))
    assert [one.code for one in page.state.blocks] == [EMPLOYER, CANDIDATE_FOLLOWING]


def test_a_list_that_is_out_of_date_ends_nothing(open_state, cast, hanna):
    page = open_state(AccessState, hanna, PAGE)
    page.do(page.state.ask_capacity(CANDIDATE_FOLLOWING))
    uma = managing.somebody("Uma")
    managing.appoint(hanna, cast.vak, uma, USER, capacity=CANDIDATE_FOLLOWING)

    page.do(page.state.end_capacity({"reason": ""}))

    assert page.state.refused.key == "capacities.wrong_changed"
    assert len(page.state.blocks) == 2


def test_an_appointment_is_sent_again_and_withdrawn(open_state, cast, hanna):
    leo = managing.somebody("Leo")
    managing.appoint(hanna, cast.vak, leo, CO_MAIN)
    page = open_state(AccessState, hanna, f"{PAGE}?tab=uitnodigingen")
    (line,) = page.state.appointed

    page.do(page.state.send_again(line.invitation))
    assert page.state.said.key == "access.done_send_again"
    assert managing.mailed("invitation") == [leo.email] * 2
    page.do(page.state.ask("withdraw", line.invitation))
    page.do(page.state.confirm())

    assert (page.state.appointed, page.state.said.key) == ([], "access.done_withdraw")


@pytest.mark.parametrize("form", [AppointingState, CapacityParametersState])
def test_a_form_that_was_left_is_empty_until_it_is_loaded_again(open_state, cast, hanna, form):
    page = open_state(AccessState, hanna, PAGE)
    left = page.loop.run_until_complete(page.state.get_state(form))
    left.capacity, left.is_loaded = EMPLOYER, True

    page.go(PAGE)

    assert (left.capacity, left.is_loaded) == ("", False)


def test_the_page_names_every_capacity_of_the_brand(open_state, cast, hanna):
    state = open_state(AccessState, hanna, PAGE).state

    named = [one.code for one in state.blocks] + state.offers + state.with_fund
    assert sorted(named) == sorted(one.code for one in brand.capacities)
