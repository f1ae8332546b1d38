"""How many may manage the access of a company, also when many come at once."""

import pytest

from portal_app.errors import Invalid
from portal_app.models import Invitation
from portal_app.services import appointing
from portal_app.services.invitations import Sight
from portal_app.settings import settings
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER, accept, appoint, held


@pytest.mark.covers("S-13", "X-16")
@pytest.mark.parametrize("role", [CO_MAIN, LOCAL, CO_LOCAL])
def test_a_place_is_taken_from_the_moment_somebody_is_appointed(cast, hanna, run_as, role) -> None:
    leo, nora = managing.somebody("Leo"), managing.somebody("Nora")
    code = appoint(hanna, cast.vak, leo, role)

    with pytest.raises(Invalid, match="wrong_place_taken"):
        appoint(hanna, cast.vak, nora, role)
    accept(leo, code)
    with pytest.raises(Invalid, match="wrong_place_taken"):
        appoint(hanna, cast.vak, nora, role)
    run_as(hanna, appointing.end, grant_id=managing.grant_of(leo, role).key)

    assert isinstance(accept(nora, appoint(hanna, cast.vak, nora, role)), Sight)


@pytest.mark.covers("S-13")
def test_each_active_capacity_has_an_access_manager_of_its_own(cast, hanna) -> None:
    for name, capacity in (("Leo", EMPLOYER), ("Nora", CANDIDATE_FOLLOWING)):
        person = managing.somebody(name)
        accept(person, appoint(hanna, cast.vak, person, LOCAL, capacity=capacity))

    assert held(cast.vak)[1:] == [
        ("Leo", LOCAL, EMPLOYER),
        ("Nora", LOCAL, CANDIDATE_FOLLOWING),
    ]


@pytest.mark.covers("X-16")
def test_a_limit_can_be_raised(cast, hanna, monkeypatch) -> None:
    monkeypatch.setattr(
        "portal_app.services.access_limits.settings",
        settings.model_copy(update={"co_main_access_managers": 2}),
    )
    for name in ("Leo", "Nora"):
        person = managing.somebody(name)
        accept(person, appoint(hanna, cast.vak, person, CO_MAIN))

    assert [role for _, role, _ in held(cast.vak)] == [MAIN, CO_MAIN, CO_MAIN]
    with pytest.raises(Invalid, match="wrong_place_taken"):
        appoint(hanna, cast.vak, managing.somebody("Tom"), CO_MAIN)


def test_an_appointment_that_ran_out_frees_its_place_until_it_is_sent_again(
    cast, hanna, run_as, stopped_clock
) -> None:
    leo, nora = managing.somebody("Leo"), managing.somebody("Nora")
    appoint(hanna, cast.vak, leo, CO_MAIN)
    (of_leo,) = factories.all_of(Invitation)
    stopped_clock.advance(days=settings.invitation_days)
    code = appoint(hanna, cast.vak, nora, CO_MAIN)

    with pytest.raises(Invalid, match="wrong_place_taken"):
        run_as(hanna, appointing.send_again, invitation_id=of_leo.key)
    run_as(hanna, appointing.withdraw, invitation_id=factories.all_of(Invitation)[-1].key)
    run_as(hanna, appointing.send_again, invitation_id=of_leo.key)

    assert accept(nora, code).why.key == "invitations.wrong_withdrawn"
    assert isinstance(accept(leo, managing.code_for(leo)), Sight)


@pytest.mark.parametrize("role", [CO_MAIN, LOCAL, CO_LOCAL])
def test_of_ten_who_are_appointed_to_one_place_at_once_one_is(cast, hanna, acting_as, role) -> None:
    forms = [managing.wanted(cast.vak, managing.somebody(f"P{n}"), role) for n in range(10)]
    browsers = [acting_as(hanna) for _ in forms]

    given = all_at_once(
        [
            lambda browser=browser, form=form: run(appointing.appoint, browser, wanted=form)
            for browser, form in zip(browsers, forms, strict=True)
        ]
    )

    assert sum(isinstance(one, Invalid) for one in given) == 9
    assert len(factories.all_of(Invitation)) == 1


def test_a_manager_who_is_ended_meanwhile_appoints_nobody(cast, hanna, acting_as) -> None:
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    grant, of_leo, of_hanna = managing.grant_of(leo, LOCAL), acting_as(leo), acting_as(hanna)
    form = managing.wanted(cast.vak, managing.somebody("Uma"), USER)

    all_at_once(
        [
            lambda: run(appointing.appoint, of_leo, wanted=form),
            lambda: run(appointing.end, of_hanna, grant_id=grant.key),
        ]
    )

    assert all(one.withdrawn_at for one in factories.all_of(Invitation))
    assert held(cast.vak) == [("Hanna", MAIN, "")]
