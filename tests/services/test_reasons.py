"""Why a tile is there, and who could open a page that is refused."""

import pytest

from portal_app.languages import LOCALES, say
from portal_app.models import Basis
from portal_app.permissions import Right, Role
from portal_app.services import home, reasons
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING
from tests.factories.writing import LONG_AGO
from tests.harness.cast import acting_as


@pytest.mark.covers("I-03")
def test_each_tile_tells_by_which_grant_it_opens(cast, run_as):
    grant = factories.make_grant(cast.bob, Role.ORGANISATION_MANAGER, cast.jon)
    told = run_as(cast.bob, reasons.of_tiles, organisation_id=cast.jon.key)

    me = run_as(cast.bob, home.myself, organisation_id=cast.jon.key)
    assert set(told) == {*me.tiles, *(f"{reasons.ELSEWHERE}{code}" for code in me.elsewhere)}
    why = told["payment_codes"]
    assert (why.role, why.capacity, why.organisation.name) == (
        Role.ORGANISATION_MANAGER,
        CANDIDATE_FOLLOWING,
        "Installatiebedrijf Jongeneel BV",
    )
    assert (why.basis, why.since, why.others) == (grant.basis, grant.starts_at, 0)


@pytest.mark.covers("W-16")
def test_an_admin_by_eherkenning_is_told_that_the_proof_gives_every_tile(cast, run_as):
    admin = factories.make_person("Anna", "Admin")
    factories.make_account(admin)
    factories.make_grant(admin, Role.MAIN_ACCESS_MANAGER, cast.jon, basis=Basis.EHERKENNING)
    told = run_as(admin, reasons.of_tiles)

    assert set(told) > {"overview", "payment_codes", "access"}
    assert {why.basis for why in told.values()} == {Basis.EHERKENNING}


def test_a_tile_that_two_grants_open_tells_the_oldest_and_how_many_more(cast, run_as):
    factories.make_grant(cast.alice, Role.CO_MAIN_ACCESS_MANAGER, cast.vak)
    why = run_as(cast.alice, reasons.of_tiles)["overview"]

    assert (why.role, why.others) == (Role.ORGANISATION_MANAGER, 1)


def test_tiles_of_staff_are_told_to_be_of_the_fund(cast, run_as):
    told = run_as(cast.sam, reasons.of_tiles)

    assert told.keys() >= {"overview", "applications"}
    assert told["overview"].organisation is None


def test_a_colleague_who_is_refused_reads_who_gives_access_in_their_company(cast, run_as):
    admin = factories.make_person("Anna", "Admin")
    factories.make_grant(admin, Role.MAIN_ACCESS_MANAGER, cast.vak)
    local = factories.make_person("Lars", "Lokaal")
    factories.make_grant(local, Role.ACCESS_MANAGER, cast.vak, capacity=CANDIDATE_FOLLOWING)
    told = run_as(cast.alice, reasons.way_in, right=Right.ACCESS_SEE)

    assert [(one.name, one.role) for one in told.givers] == [
        ("Anna Admin", Role.MAIN_ACCESS_MANAGER),
        ("Lars Lokaal", Role.ACCESS_MANAGER),
    ]
    assert told.organisation_id == cast.vak.key
    assert Role.MAIN_ACCESS_MANAGER in told.roles
    assert not {Role.STAFF, Role.ORGANISATION_MANAGER} & set(told.roles)


@pytest.mark.parametrize("asks", ["alice", "bob", "sam"])
def test_nobody_of_another_company_is_named(asks, cast, run_as):
    admin = factories.make_person("Anna", "Admin")
    factories.make_grant(admin, Role.MAIN_ACCESS_MANAGER, cast.jon)
    caller = acting_as(getattr(cast, asks), cast.jon)
    told = run_as(caller, reasons.way_in, right=Right.ACCESS_SEE, organisation_id=cast.jon.key)

    assert told.givers == ()
    assert told.organisation_id is None


def test_whose_role_ended_or_ran_out_is_named_no_more(cast, run_as):
    admin = factories.make_person("Anna", "Admin")
    factories.make_grant(admin, Role.MAIN_ACCESS_MANAGER, cast.vak, ended_at=LONG_AGO)

    assert run_as(cast.alice, reasons.way_in, right=Right.ACCESS_SEE).givers == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_basis_of_a_grant_can_be_told(locale):
    told = {basis: say(f"home.basis_{basis.value}", locale) for basis in Basis}

    assert all(told.values())
    assert len(set(told.values())) == len(Basis)
