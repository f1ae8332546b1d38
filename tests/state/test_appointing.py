"""The form that appoints somebody, without a browser: for whom it is, and what it asks."""

import pytest

from portal_app.permissions import Role
from portal_app.state.appointing import AppointingState
from tests.factories import EMPLOYER, TRAINING_PROVIDER
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN

PAGE = "/toegang/aanstellen"


@pytest.mark.parametrize(
    ("role", "capacity", "refused"),
    [
        (CO_MAIN, "", False),
        (LOCAL, EMPLOYER, False),
        (LOCAL, "", True),
        (LOCAL, TRAINING_PROVIDER, True),
        (LOCAL, "nobody_knows", True),
        (Role.STAFF, "", True),
    ],
)
def test_the_form_is_for_what_may_be_given(open_state, cast, hanna, role, capacity, refused):
    address = f"{PAGE}?org={cast.vak.key}&rol={role.value}&hoedanigheid={capacity}"

    state = open_state(AppointingState, hanna, address).state

    assert state.is_refused is refused
    assert state.hands_over is False


@pytest.mark.parametrize("giver", [MAIN, CO_MAIN, CO_LOCAL])
def test_only_the_main_access_manager_is_asked_for_a_successor(open_state, cast, giver):
    capacity = EMPLOYER if giver is CO_LOCAL else ""
    boss = managing.holder("Boss", giver, cast.vak, capacity)
    address = f"{PAGE}?org={cast.vak.key}&rol={MAIN.value}"

    state = open_state(AppointingState, boss, address).state

    assert (state.hands_over, state.is_refused) == (giver is MAIN, giver is not MAIN)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?org=1&rol=king"])
def test_an_address_that_says_nothing_is_refused(open_state, cast, hanna, address):
    assert open_state(AppointingState, hanna, address).state.is_refused
