"""What a role opens at a company is there while a capacity that carries it is on (I-03, S-10)."""

import pytest

from portal_app.errors import NotAllowed, NotFound
from portal_app.models import Basis, OrganisationCapacity, Person
from portal_app.needs import Trusted
from portal_app.permissions import Right, Role
from portal_app.reading_payment_codes import CodeListing
from portal_app.services import (
    candidates,
    capacities,
    grants,
    home,
    payment_codes,
    reasons,
)
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.unit_of_work import Operator, use_case
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.cast import acting_as
from tests.services import managing

FOLLOWING = {"overview", "payment_codes"}


def on(organisation):
    return {
        one.capacity
        for one in factories.all_of(OrganisationCapacity)
        if one.organisation_id == organisation.key and one.ended_at is None
    }


@use_case(Trusted, writes=True)
def _give(work, *, person, organisation_id, basis):
    grants.add(work, person.key, organisation_id, Role.MAIN_ACCESS_MANAGER, basis, None)


def version(person):
    return next(one for one in factories.all_of(Person) if one.key == person.key).grants_version


def end_following(hanna, organisation, run_as):
    inside = {"organisation_id": organisation.key, "capacity": CANDIDATE_FOLLOWING}
    listed = run_as(hanna, capacities.what_ends, **inside)
    run_as(hanna, capacities.end, **inside, reason="", version=listed.version)


@pytest.mark.covers("I-03", "S-10")
def test_a_capacity_that_ends_closes_its_tiles_and_all_behind_them(cast, run_as):
    hanna = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.vak)
    alice, seen = acting_as(cast.alice), version(cast.alice)
    assert set(run_as(alice, home.myself).tiles) == FOLLOWING
    end_following(hanna, cast.vak, run_as)

    assert run_as(alice, home.myself).tiles == ()
    assert not FOLLOWING & set(run_as(alice, reasons.of_tiles))
    assert run_as(alice, home.figures).attention == {}
    with pytest.raises(NotAllowed):
        run_as(alice, candidates.overview, wanted=CandidateFilter())
    with pytest.raises(NotAllowed):
        run_as(alice, payment_codes.overview, listing=CodeListing())
    assert set(run_as(hanna, home.myself).tiles) == {"access", "company"}
    assert version(cast.alice) > seen, "her open page is told"


@pytest.mark.covers("I-03", "S-10")
def test_a_capacity_that_begins_opens_what_the_roles_there_are_for(cast, run_as):
    hanna = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.de_smet)
    bob, seen = cast.bob, version(cast.bob)
    assert set(run_as(hanna, home.myself).tiles) == {"access", "company"}
    run_as(
        hanna, capacities.activate, organisation_id=cast.de_smet.key, capacity=CANDIDATE_FOLLOWING
    )

    assert set(run_as(hanna, home.myself).tiles) == {"access", "company"} | FOLLOWING
    assert run_as(hanna, reasons.of_tiles)["overview"].capacity == CANDIDATE_FOLLOWING
    assert version(bob) > seen, "the open pages of all who have a role there are told"


def test_a_capacity_of_one_company_opens_nothing_for_another(cast, run_as):
    hanna = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.de_smet)
    factories.make_grant(hanna, Role.ORGANISATION_MANAGER, cast.jon)

    assert "overview" in run_as(hanna, home.myself).tiles
    assert run_as(hanna, home.myself, organisation_id=cast.de_smet.key).tiles == (
        "company",
        "access",
    )
    with pytest.raises(NotFound):
        run_as(acting_as(hanna, cast.de_smet), candidates.overview, wanted=CandidateFilter())


def test_staff_see_every_company_whatever_it_has_on(cast, run_as):
    hanna = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.vak)
    end_following(hanna, cast.vak, run_as)

    run_as(acting_as(cast.sam, cast.vak), candidates.overview, wanted=CandidateFilter())


@pytest.mark.covers("W-16")
@pytest.mark.parametrize(
    ("basis", "carried"),
    [
        (Basis.STAFF, True),
        (Basis.INVITATION, True),
        (Basis.EHERKENNING, True),
        (Basis.APPLICATION, True),
        (Basis.APPOINTMENT, False),
        (Basis.COMPANY_ACCOUNT, False),
    ],
)
def test_a_role_that_the_fund_gives_or_a_proof_brings_along_what_carries_it(
    basis, carried, cast, run_as
):
    mia = managing.somebody("Mia")
    run_as(Operator(), _give, person=mia, organisation_id=cast.de_smet.key, basis=basis)

    assert on(cast.de_smet) == ({EMPLOYER, CANDIDATE_FOLLOWING} if carried else {EMPLOYER})
    assert FOLLOWING.issubset(run_as(mia, home.myself).tiles) is carried


def test_a_role_brings_along_no_more_than_carries_it(cast, run_as):
    run_as(
        cast.ada,
        grants.give,
        email="dora@voorbeeld.example",
        organisation_id=cast.de_smet.key,
        role=Role.USER,
    )

    assert on(cast.de_smet) == {EMPLOYER}


@pytest.mark.covers("I-03")
def test_a_refused_page_tells_which_capacity_is_off_and_who_switches_it_on(cast, run_as):
    hanna = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.vak)
    end_following(hanna, cast.vak, run_as)
    told = run_as(cast.alice, reasons.way_in, right=Right.CANDIDATES_SEE)

    assert told.lacks is not None
    assert told.lacks.code == CANDIDATE_FOLLOWING
    assert [one.role for one in told.givers] == [Role.MAIN_ACCESS_MANAGER]
    assert not told.may_switch
    assert run_as(hanna, reasons.way_in, right=Right.CANDIDATES_SEE).may_switch
