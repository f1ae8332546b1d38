"""What the managers of a capacity set about it, and that nobody else does."""

import pytest

from portal_app.errors import NotAllowed, NotFound
from portal_app.models import AuditEvent, OrganisationCapacity
from portal_app.services import capacities
from portal_app.services.capacity_parameters import (
    Parameters,
    TaskRoute,
    parameters_of,
    set_parameters,
)
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER, TRAINING_PROVIDER
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER

WANTED = Parameters(
    tasks_to=TaskRoute.ADDRESS,
    tasks_address="taken@voorbeeld.example",
    structured_messages=True,
    messages_to="https://berichten.voorbeeld.example/in",
)


def inside(organisation, capacity: str = EMPLOYER) -> dict[str, object]:
    return {"organisation_id": organisation.key, "capacity": capacity}


@pytest.mark.covers("S-15")
@pytest.mark.parametrize("role", [MAIN, CO_MAIN, LOCAL, CO_LOCAL])
def test_whoever_manages_a_capacity_sets_it(cast, run_as, role) -> None:
    boss = managing.holder("Boss", role, cast.vak, EMPLOYER if role in (LOCAL, CO_LOCAL) else "")
    assert run_as(boss, parameters_of, **inside(cast.vak)) == Parameters()

    run_as(boss, set_parameters, **inside(cast.vak), wanted=WANTED)

    assert run_as(boss, parameters_of, **inside(cast.vak)) == WANTED
    (event,) = [one for one in factories.all_of(AuditEvent) if one.action == "capacities.set"]
    assert (event.actor_id, event.organisation_id) == (boss.key, cast.vak.key)
    assert "voorbeeld.example" not in event.details


@pytest.mark.covers("S-18")
@pytest.mark.parametrize("role", [LOCAL, CO_LOCAL])
@pytest.mark.parametrize("capacity", [CANDIDATE_FOLLOWING, TRAINING_PROVIDER, "", "nobody_knows"])
def test_another_capacity_does_not_exist(cast, run_as, role, capacity) -> None:
    leo = managing.holder("Leo", role, cast.vak, EMPLOYER)

    with pytest.raises(NotFound):
        run_as(leo, parameters_of, **inside(cast.vak, capacity))
    with pytest.raises(NotFound):
        run_as(leo, set_parameters, **inside(cast.vak, capacity), wanted=WANTED)

    assert {one.parameters for one in factories.all_of(OrganisationCapacity)} == {"{}"}


def test_another_organisation_does_not_exist(cast, run_as) -> None:
    hanna = managing.holder("Hanna", MAIN, cast.vak)

    for use, more in ((parameters_of, {}), (set_parameters, {"wanted": WANTED})):
        with pytest.raises(NotFound):
            run_as(hanna, use, **inside(cast.jon), **more)


def test_who_only_acts_in_a_capacity_sees_nothing_of_it(cast, run_as) -> None:
    uma = managing.holder("Uma", USER, cast.vak, EMPLOYER)

    with pytest.raises(NotAllowed):
        run_as(uma, parameters_of, **inside(cast.vak))


def test_staff_look_and_leave_it_as_it_is(cast, run_as) -> None:
    assert run_as(cast.sam, parameters_of, **inside(cast.vak)) == Parameters()

    with pytest.raises(NotAllowed):
        run_as(cast.sam, set_parameters, **inside(cast.vak), wanted=WANTED)


def test_a_capacity_that_is_switched_on_again_starts_anew(cast, run_as) -> None:
    hanna = managing.holder("Hanna", MAIN, cast.vak)
    following = inside(cast.vak, CANDIDATE_FOLLOWING)
    run_as(hanna, set_parameters, **following, wanted=WANTED)
    version = run_as(hanna, capacities.what_ends, **following).version
    run_as(hanna, capacities.end, **following, reason="", version=version)

    run_as(hanna, capacities.activate, **following)

    assert run_as(hanna, parameters_of, **following) == Parameters()
