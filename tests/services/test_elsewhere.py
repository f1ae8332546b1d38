"""The tiles that the fund names: services on other sites, and rubrics in one tile (I-04, S-08)."""

import pytest

from portal_app.brand import brand
from portal_app.permissions import Role
from portal_app.services import capacities, grants, home, reasons
from tests.factories import CANDIDATE_FOLLOWING, TRAINING_PROVIDER
from tests.services import managing


def there(run_as, who, organisation=None):
    key = organisation.key if organisation else None
    return set(run_as(who, home.myself, organisation_id=key).elsewhere)


@pytest.mark.covers("I-04")
def test_a_tile_of_rubrics_holds_more_or_fewer_by_role(cast, run_as):
    assert there(run_as, cast.alice) == {"eloket", "eloket_documents", "exam_planner"}
    assert there(run_as, cast.bob) == {"eloket", "eloket_documents", "eloket_declarations"}


@pytest.mark.covers("I-04", "S-08")
def test_they_come_and_go_with_the_capacity_that_they_name(cast, run_as):
    hanna = managing.holder("Hanna", Role.MAIN_ACCESS_MANAGER, cast.vak)
    inside = {"organisation_id": cast.vak.key, "capacity": CANDIDATE_FOLLOWING}
    assert "exam_planner" in there(run_as, cast.alice)
    listed = run_as(hanna, capacities.what_ends, **inside)
    run_as(hanna, capacities.end, **inside, reason="", version=listed.version)
    assert "exam_planner" not in there(run_as, cast.alice)

    inside = {"organisation_id": cast.vak.key, "capacity": TRAINING_PROVIDER}
    run_as(cast.ada, capacities.approve, **inside, reason="")
    assert "eloket_attendance" in there(run_as, cast.alice)


def test_who_acts_in_one_capacity_sees_none_of_another(cast, run_as):
    uma = managing.holder("Uma", Role.USER, cast.vak, capacity="employer")

    assert there(run_as, uma) == {"eloket", "eloket_documents"}


def test_they_are_those_of_the_company_that_is_worked_for(cast, run_as):
    assert "exam_planner" in there(run_as, cast.dora, cast.vak)
    assert "exam_planner" not in there(run_as, cast.dora, cast.de_smet)
    assert "eloket_declarations" not in there(run_as, cast.dora, cast.vak)


def test_without_a_role_at_a_company_none_is_there(cast, run_as):
    grant = managing.grant_of(cast.bob, Role.TRUSTED_CONTACT)
    run_as(cast.ada, grants.end, grant_id=grant.key, reason="over")

    assert there(run_as, cast.bob) == there(run_as, cast.sam) == set()


@pytest.mark.covers("I-03", "S-08")
def test_each_tells_by_which_grant_and_capacity_it_is_there(cast, run_as):
    told = run_as(cast.alice, reasons.of_tiles)

    planner, eloket = (told[f"{reasons.ELSEWHERE}{code}"] for code in ("exam_planner", "eloket"))
    assert (planner.role, planner.capacity) == (Role.ORGANISATION_MANAGER, CANDIDATE_FOLLOWING)
    assert (eloket.capacity, eloket.organisation.name) == ("", cast.vak.name)


def test_the_shipped_brand_has_a_tile_of_each_kind():
    assert any(tile.href for tile in brand.tiles)
    assert any(tile.rubrics for tile in brand.tiles)
    assert CANDIDATE_FOLLOWING in {tile.capacity for tile in brand.tiles}
