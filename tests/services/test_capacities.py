"""Switching capacities on and off, and what ends with them."""

import pytest

from portal_app.brand import brand
from portal_app.errors import Invalid, NotAllowed, NotFound
from portal_app.models import AuditEvent, Grant, Invitation, OrganisationCapacity
from portal_app.needs import Trusted
from portal_app.services import capacities, organisations
from portal_app.services.grants import Ending
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Operator, run, use_case
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER, TRAINING_PROVIDER
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_LOCAL, LOCAL, MAIN, USER

REASON = "Wij volgen geen kandidaten meer."


def active(organisation) -> list[str]:
    return [
        one.capacity
        for one in factories.all_of(OrganisationCapacity)
        if one.organisation_id == organisation.key and one.ended_at is None
    ]


def happened(action: str) -> int:
    return sum(one.action == action for one in factories.all_of(AuditEvent))


@pytest.fixture
def hanna(cast):
    """The main access manager of De Smet."""
    return managing.holder("Hanna", MAIN, cast.de_smet)


@pytest.fixture
def following(cast, hanna, run_as):
    """De Smet with a second capacity, in which three people were given something."""
    inside = {"organisation_id": cast.de_smet.key, "capacity": CANDIDATE_FOLLOWING}
    run_as(hanna, capacities.activate, **inside)
    managing.holder("Leo", LOCAL, cast.de_smet, CANDIDATE_FOLLOWING)
    managing.holder("Uma", USER, cast.de_smet, CANDIDATE_FOLLOWING)
    managing.holder("Wim", USER, cast.de_smet, EMPLOYER)
    nora = managing.somebody("Nora")
    managing.appoint(hanna, cast.de_smet, nora, CO_LOCAL, capacity=CANDIDATE_FOLLOWING)
    return inside


@pytest.mark.covers("S-09")
def test_an_organisation_has_its_standard_capacity_from_the_start(database) -> None:
    @use_case(Trusted, writes=True)
    def make(work) -> int:
        number = OrganisationNumber.dutch("90004709", "")
        return organisations.found_or_made(work, number, "Nieuw BV")[0].key

    made = run(make, Operator())

    (row,) = factories.all_of(OrganisationCapacity)
    assert (row.organisation_id, row.capacity) == (made, brand.standard_capacity.code)


@pytest.mark.covers("S-10")
def test_a_main_access_manager_switches_a_capacity_on_once(cast, hanna, run_as) -> None:
    inside = {"organisation_id": cast.de_smet.key, "capacity": CANDIDATE_FOLLOWING}

    assert run_as(hanna, capacities.activate, **inside) is True
    assert run_as(hanna, capacities.activate, **inside) is False

    assert active(cast.de_smet) == [EMPLOYER, CANDIDATE_FOLLOWING]
    assert happened("capacities.activated") == 1
    row = factories.all_of(OrganisationCapacity)[-1]
    assert row.activated_by_id == hanna.key


def test_a_capacity_is_switched_on_once_by_a_crowd(cast, hanna, acting_as) -> None:
    browsers = [acting_as(hanna) for _ in range(10)]
    inside = {"organisation_id": cast.de_smet.key, "capacity": CANDIDATE_FOLLOWING}

    given = all_at_once(
        [lambda one=one: run(capacities.activate, one, **inside) for one in browsers]
    )

    assert sorted(given) == [False] * 9 + [True]
    assert active(cast.de_smet) == [EMPLOYER, CANDIDATE_FOLLOWING]


def test_only_the_fund_switches_on_what_needs_the_fund(cast, hanna, run_as) -> None:
    inside = {"organisation_id": cast.de_smet.key, "capacity": TRAINING_PROVIDER}

    with pytest.raises(Invalid, match="wrong_needs_fund"):
        run_as(hanna, capacities.activate, **inside)
    with pytest.raises(NotAllowed):
        run_as(hanna, capacities.approve, reason="", **inside)
    assert run_as(cast.sam, capacities.approve, reason="Erkend.", **inside) is True

    row = factories.all_of(OrganisationCapacity)[-1]
    assert (row.capacity, row.activated_by_id) == (TRAINING_PROVIDER, cast.sam.key)
    assert row.activated_reason == "Erkend."


def test_a_capacity_that_the_fund_does_not_have_does_not_exist(cast, hanna, run_as) -> None:
    with pytest.raises(NotFound):
        run_as(
            hanna, capacities.activate, organisation_id=cast.de_smet.key, capacity="nobody_knows"
        )


@pytest.mark.parametrize("use", [capacities.activate, capacities.what_ends])
def test_another_organisation_does_not_exist(cast, hanna, run_as, use) -> None:
    with pytest.raises(NotFound):
        run_as(hanna, use, organisation_id=cast.vak.key, capacity=CANDIDATE_FOLLOWING)


@pytest.mark.covers("S-18")
def test_what_ends_is_listed_and_exactly_that_ends(cast, hanna, following, run_as, now) -> None:
    seen = run_as(hanna, capacities.what_ends, **following)

    assert seen.endings == (
        Ending(LOCAL, "Leo Nieuw", is_appointment=False),
        Ending(USER, "Uma Nieuw", is_appointment=False),
        Ending(CO_LOCAL, "Nora Nieuw", is_appointment=True),
    )

    run_as(hanna, capacities.end, reason=REASON, version=seen.version, **following)

    assert active(cast.de_smet) == [EMPLOYER]
    assert managing.held(cast.de_smet) == [("Hanna", MAIN, ""), ("Wim", USER, EMPLOYER)]
    (invitation,) = factories.all_of(Invitation)
    assert invitation.withdrawn_at == now
    (row,) = [one for one in factories.all_of(OrganisationCapacity) if one.ended_at]
    assert (row.ended_by_id, row.ended_reason) == (hanna.key, REASON)
    assert managing.mailed("access_ended") == ["leo@nieuw.example", "uma@nieuw.example"]
    assert (happened("capacities.ended"), happened("grants.ended")) == (1, 2)


def test_nothing_ends_when_something_changed_since_it_was_listed(
    cast, hanna, following, run_as
) -> None:
    seen = run_as(hanna, capacities.what_ends, **following)
    zoe = managing.somebody("Zoe")
    managing.appoint(hanna, cast.de_smet, zoe, USER, capacity=CANDIDATE_FOLLOWING)

    with pytest.raises(Invalid, match="wrong_changed"):
        run_as(hanna, capacities.end, reason=REASON, version=seen.version, **following)

    assert active(cast.de_smet) == [EMPLOYER, CANDIDATE_FOLLOWING]
    assert all(one.ended_at is None for one in factories.all_of(Grant))


def test_of_two_who_end_a_capacity_at_once_one_does(cast, hanna, following, acting_as) -> None:
    browsers = [acting_as(hanna), acting_as(hanna)]
    version = run(capacities.what_ends, browsers[0], **following).version

    given = all_at_once(
        [
            lambda one=one: run(capacities.end, one, reason=REASON, version=version, **following)
            for one in browsers
        ]
    )

    assert given.count(None) == 1
    assert sum(isinstance(one, NotFound) for one in given) == 1
    assert happened("capacities.ended") == 1


def test_whoever_was_appointed_cannot_accept_what_ended(cast, hanna, following, run_as) -> None:
    zoe = managing.somebody("Zoe")
    code = managing.appoint(hanna, cast.de_smet, zoe, USER, capacity=CANDIDATE_FOLLOWING)
    version = run_as(hanna, capacities.what_ends, **following).version
    run_as(hanna, capacities.end, reason=REASON, version=version, **following)

    assert managing.accept(zoe, code).why.key == "invitations.wrong_withdrawn"
    assert ("Zoe", USER, CANDIDATE_FOLLOWING) not in managing.held(cast.de_smet)


@pytest.mark.covers("S-09")
def test_the_standard_capacity_never_ends(cast, hanna, run_as) -> None:
    standard = {"organisation_id": cast.de_smet.key, "capacity": EMPLOYER}

    with pytest.raises(Invalid, match="wrong_standard"):
        run_as(hanna, capacities.what_ends, **standard)
    with pytest.raises(Invalid, match="wrong_standard"):
        run_as(hanna, capacities.end, reason=REASON, version=1, **standard)

    assert active(cast.de_smet) == [EMPLOYER]


def test_what_is_not_on_cannot_end(cast, hanna, run_as) -> None:
    with pytest.raises(NotFound):
        run_as(
            hanna,
            capacities.end,
            organisation_id=cast.de_smet.key,
            capacity=CANDIDATE_FOLLOWING,
            reason=REASON,
            version=1,
        )


@pytest.mark.parametrize("role", [LOCAL, CO_LOCAL, USER])
def test_who_acts_inside_a_capacity_switches_none(cast, run_as, role) -> None:
    leo = managing.holder("Leo", role, cast.de_smet, EMPLOYER)

    with pytest.raises(NotAllowed):
        run_as(
            leo,
            capacities.activate,
            organisation_id=cast.de_smet.key,
            capacity=CANDIDATE_FOLLOWING,
        )
