"""Changing who may do what asks a recent proof of whoever has a second way, and tells what ends."""

from datetime import timedelta

import pytest

from portal_app.errors import Invalid, NotFound, NotProven
from portal_app.models import Invitation
from portal_app.services import appointing, capacities, handover
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.services import managing
from tests.services.managing import CO_MAIN, LOCAL, USER, appoint, held


@pytest.fixture
def hanna_long_ago(hanna):
    """Hanna with an app, and a browser in which she came in an hour ago."""
    factories.make_app(hanna)
    return Browser(factories.sign_in(hanna, proven_at=factories.NOW - timedelta(hours=1)))


def test_an_appointment_asks_a_recent_proof_of_whoever_has_a_second_way(
    cast, hanna_long_ago
) -> None:
    leo = managing.somebody("Leo")

    with pytest.raises(NotProven):
        run(appointing.appoint, hanna_long_ago, wanted=managing.wanted(cast.vak, leo, CO_MAIN))
    with pytest.raises(NotProven):
        run(
            handover.name_successor,
            hanna_long_ago,
            organisation_id=cast.vak.key,
            email=leo.email,
            given_name="Leo",
            infix="",
            family_name="Nieuw",
            locale="nl",
        )

    assert factories.all_of(Invitation) == []


def test_ending_somebody_s_access_asks_a_recent_proof_too(cast, hanna_long_ago) -> None:
    leo = managing.holder("Leo", LOCAL, cast.vak, CANDIDATE_FOLLOWING)
    grant = managing.grant_of(leo, LOCAL)
    inside = {"organisation_id": cast.vak.key, "capacity": CANDIDATE_FOLLOWING}

    for refused in (
        lambda: run(appointing.what_ends, hanna_long_ago, grant_id=grant.key),
        lambda: run(appointing.end, hanna_long_ago, grant_id=grant.key),
        lambda: run(capacities.what_ends, hanna_long_ago, **inside),
        lambda: run(capacities.end, hanna_long_ago, **inside, reason="", version=1),
    ):
        with pytest.raises(NotProven):
            refused()

    assert ("Leo", LOCAL, CANDIDATE_FOLLOWING) in held(cast.vak)


def test_what_ends_with_a_role_is_told_before_it_ends(cast, hanna, run_as) -> None:
    leo, uma = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER), managing.somebody("Uma")
    appoint(leo, cast.vak, uma, USER)

    seen = run_as(hanna, appointing.what_ends, grant_id=managing.grant_of(leo, LOCAL).key)

    assert (seen.name, seen.role, seen.capacity) == ("Leo Nieuw", LOCAL, EMPLOYER)
    assert [(one.name, one.role) for one in seen.endings] == [("Uma Nieuw", USER)]
    with pytest.raises(Invalid):
        run_as(leo, appointing.what_ends, grant_id=managing.grant_of(leo, LOCAL).key)
    with pytest.raises(NotFound):
        run_as(hanna, appointing.what_ends, grant_id=9999)
