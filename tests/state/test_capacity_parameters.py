"""The form of a capacity's parameters without a browser: what fills it, and for whom it is."""

import pytest

from portal_app.services import capacity_parameters
from portal_app.services.capacity_parameters import Parameters, TaskRoute
from portal_app.state.capacity_parameters import CapacityParametersState
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER, TRAINING_PROVIDER
from tests.services import managing
from tests.services.managing import LOCAL

PAGE = "/toegang"


@pytest.mark.covers("S-15")
def test_the_parameters_of_a_capacity_fill_their_form(open_state, cast, hanna, run_as):
    inside = {"organisation_id": cast.vak.key, "capacity": EMPLOYER}
    wanted = Parameters(tasks_to=TaskRoute.EVERYBODY, structured_messages=True, messages_to="x")
    run_as(hanna, capacity_parameters.set_parameters, **inside, wanted=wanted)
    address = f"{PAGE}/parameters?org={cast.vak.key}&hoedanigheid={EMPLOYER}"

    state = open_state(CapacityParametersState, hanna, address).state

    assert (state.is_refused, state.may_set, state.capacity) == (False, True, EMPLOYER)
    assert state.values == {
        "tasks_to": "everybody",
        "tasks_address": "",
        "structured_messages": "yes",
        "messages_to": "x",
    }


@pytest.mark.parametrize("capacity", [CANDIDATE_FOLLOWING, TRAINING_PROVIDER, ""])
def test_the_parameters_of_another_capacity_are_refused(open_state, cast, capacity):
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    address = f"{PAGE}/parameters?org={cast.vak.key}&hoedanigheid={capacity}"

    assert open_state(CapacityParametersState, leo, address).state.is_refused


def test_staff_see_the_parameters_and_set_none(open_state, cast):
    address = f"{PAGE}/parameters?org={cast.vak.key}&hoedanigheid={EMPLOYER}"

    state = open_state(CapacityParametersState, cast.sam, address).state

    assert (state.is_refused, state.may_set) == (False, False)
