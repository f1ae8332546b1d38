"""A role opens nothing for a while, and its place stays taken (I-15, decision 0032)."""

from datetime import timedelta
from functools import partial

import pytest

from portal_app.eherkenning import Outcome
from portal_app.errors import Invalid, NotAllowed, NotFound, NotProven, Refused, Text
from portal_app.models import Basis, Grant, Person
from portal_app.permissions import APPOINTS, Role
from portal_app.services import (
    access_list,
    access_queue,
    appointing,
    candidates,
    capacities,
    grants,
    handover,
    home,
    reasons,
    role_changes,
    suspensions,
    who_manages,
)
from portal_app.suspension import SuspensionReason
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER, grant_of, held
from tests.services.proving import prove

WHY = SuspensionReason.CONTRACT
ROLES = (MAIN, CO_MAIN, LOCAL, CO_LOCAL, USER)
IN_ONE = (LOCAL, CO_LOCAL, USER)


def suspend(by: Person | Browser, grant: Grant, why: SuspensionReason = WHY) -> None:
    """Let somebody suspend a role."""
    caller = by if isinstance(by, Browser) else acting_as(by)
    run(suspensions.suspend, caller, grant_id=grant.key, why=why)


def resume(by: Person, grant: Grant) -> None:
    """Let somebody lift a suspension."""
    run(suspensions.resume, acting_as(by), grant_id=grant.key)


def change(by: Person, grant_id: int) -> None:
    """Let somebody change a role into that of co-access manager."""
    wanted = {"role": CO_LOCAL, "capacity": EMPLOYER}
    run(role_changes.change, acting_as(by), grant_id=grant_id, **wanted)


def named(person: Person) -> dict[str, str]:
    """Return what names a successor."""
    whole = {"given_name": person.given_name, "infix": "", "family_name": person.family_name}
    return whole | {"email": person.email or "", "locale": "nl"}


def where(role: Role) -> str:
    """Return the capacity in which a role is given here."""
    return EMPLOYER if role in IN_ONE else ""


@pytest.mark.covers("I-15")
def test_a_suspended_role_opens_nothing_and_its_person_reads_why(cast, run_as) -> None:
    before = run_as(cast.alice, home.myself)
    role = grant_of(cast.alice, Role.ORGANISATION_MANAGER)

    suspend(cast.sam, role)

    myself = run_as(cast.alice, home.myself)
    assert (myself.roles, myself.organisations, myself.tiles) == ((), (), ())
    assert run_as(cast.alice, reasons.of_tiles) == {}
    with pytest.raises(NotAllowed):
        run_as(cast.alice, candidates.tabs)
    (said,) = run_as(cast.alice, suspensions.mine)
    assert (said.role, said.company, said.why) == (role.role, cast.vak.name, WHY)
    assert said.by_fund
    assert managing.mailed("access_suspended") == [account_email(cast.alice)]

    resume(cast.sam, role)

    after = run_as(cast.alice, home.myself)
    assert (after.roles, after.tiles) == (before.roles, before.tiles)
    assert run_as(cast.alice, suspensions.mine) == ()
    assert managing.mailed("access_resumed") == [account_email(cast.alice)]


def account_email(person: Person) -> str:
    """Return the address that letters go to."""
    return person.email or ""


@pytest.mark.covers("I-15", "S-14")
@pytest.mark.parametrize("boss_is", ROLES, ids=str)
def test_a_company_suspends_the_roles_that_it_gives(cast, boss_is) -> None:
    boss = managing.holder("Boss", boss_is, cast.vak, where(boss_is))
    below = APPOINTS.get(boss_is, frozenset())
    for role in (*ROLES[1:], Role.ORGANISATION_MANAGER, Role.TRUSTED_CONTACT):
        leo = managing.somebody(f"L{role}".replace("_", ""))
        factories.make_grant(leo, role, cast.vak, capacity=where(role))
        grant = grant_of(leo, role)
        if role in below:
            suspend(boss, grant)
            assert grant_of(leo, role).suspended_at is not None
            resume(boss, grant)
        else:
            with pytest.raises((Invalid, NotFound, NotAllowed)):
                suspend(boss, grant)
        assert grant_of(leo, role).suspended_at is None


@pytest.mark.covers("I-15")
@pytest.mark.parametrize("role", [*ROLES, Role.ORGANISATION_MANAGER, Role.TRUSTED_CONTACT], ids=str)
def test_the_fund_suspends_any_role_of_a_company(cast, role) -> None:
    leo = managing.holder("Leo", role, cast.vak, where(role))

    suspend(cast.sam, grant_of(leo, role))

    assert grant_of(leo, role).suspended_by_fund
    sonja = managing.holder("Sonja", Role.SERVICE_DESK, None)
    with pytest.raises(NotAllowed):
        resume(sonja, grant_of(leo, role))


def test_nobody_suspends_a_role_of_their_own_one_elsewhere_or_one_of_the_fund(cast, hanna) -> None:
    with pytest.raises(Invalid) as wrong:
        suspend(hanna, grant_of(hanna, MAIN))
    assert wrong.value.fields == {"": Text("access.wrong_own_role")}
    elsewhere = managing.holder("Joris", CO_MAIN, cast.jon)
    with pytest.raises(NotFound):
        suspend(hanna, grant_of(elsewhere, CO_MAIN))
    colleague = managing.holder("Greet", Role.STAFF, None)
    with pytest.raises(NotFound):
        suspend(cast.sam, grant_of(colleague, Role.STAFF))
    ended = managing.holder("Ed", CO_MAIN, cast.vak)
    grant = grant_of(ended, CO_MAIN)
    run(appointing.end, acting_as(hanna), grant_id=grant.key)
    with pytest.raises(NotFound):
        suspend(hanna, grant)


@pytest.mark.covers("X-16")
def test_a_suspended_role_keeps_its_place_and_stays_in_the_list(cast, hanna, run_as) -> None:
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    suspend(hanna, grant_of(leo, LOCAL), SuspensionReason.ABSENT)

    with pytest.raises(Invalid) as wrong:
        managing.appoint(hanna, cast.vak, managing.somebody("Uma"), LOCAL)
    assert wrong.value.fields == {"role": Text("access.wrong_place_taken")}
    seen = run_as(hanna, access_list.overview, organisation_id=cast.vak.key)
    (line,) = [one for one in seen.holders if one.role is LOCAL]
    assert line.suspension is not None
    assert (line.suspension.why, line.suspension.by_fund) == (SuspensionReason.ABSENT, False)
    assert (line.may_end, line.may_suspend) == (True, True)
    with pytest.raises(Invalid) as wrong:
        change(hanna, line.grant_id)
    assert wrong.value.fields == {"": Text("access.wrong_suspended")}
    with pytest.raises(NotFound):
        run_as(leo, appointing.leave, grant_id=line.grant_id)
    run_as(hanna, appointing.end, grant_id=line.grant_id)
    assert held(cast.vak) == [("Hanna", MAIN, "")]


@pytest.mark.covers("I-15")
def test_what_the_fund_suspended_the_company_neither_resumes_nor_gets_round(
    cast, hanna, run_as
) -> None:
    leo = managing.holder("Leo", USER, cast.vak, CANDIDATE_FOLLOWING)
    offered = managing.appoint(hanna, cast.vak, leo, LOCAL)
    grant = grant_of(leo, USER)
    suspend(cast.sam, grant)
    by_fund = {"": Text("access.wrong_suspended_by_fund")}
    inside = {"capacity": Text("capacities.wrong_suspended")}
    held_back = {"email": Text("access.wrong_held_back")}
    at_vak = {"organisation_id": cast.vak.key}
    tries = [
        (by_fund, partial(run_as, hanna, suspensions.resume, grant_id=grant.key)),
        (by_fund, partial(run_as, hanna, appointing.end, grant_id=grant.key)),
        (by_fund, partial(change, hanna, grant.key)),
        (inside, partial(run_as, hanna, capacities.what_ends, capacity=grant.capacity, **at_vak)),
        (held_back, partial(managing.appoint, hanna, cast.vak, leo, CO_LOCAL)),
        (held_back, partial(run_as, hanna, handover.name_successor, **named(leo), **at_vak)),
    ]
    for said, attempt in tries:
        with pytest.raises(Invalid) as wrong:
            attempt()
        assert wrong.value.fields == said

    assert managing.accept(leo, offered) == Refused(Text("invitations.wrong_held_back"), "code")
    assert held(cast.vak) == [("Hanna", MAIN, ""), ("Leo", USER, CANDIDATE_FOLLOWING)]
    resume(cast.sam, grant)
    managing.accept(leo, offered)
    assert ("Leo", LOCAL, EMPLOYER) in held(cast.vak)


@pytest.mark.covers("I-15", "W-17")
def test_another_proof_of_the_company_does_not_lift_a_suspension(cast, hanna) -> None:
    for person, role in ((hanna, MAIN), (cast.alice, Role.ORGANISATION_MANAGER)):
        suspend(cast.sam, grant_of(person, role))

        assert prove(acting_as(person)).outcome is Outcome.SUSPENDED

        assert grant_of(person, role).suspended_by_fund
    assert held(cast.vak) == [("Hanna", MAIN, "")]


def test_a_role_taken_away_before_is_not_given_back_around_a_suspension(cast, hanna) -> None:
    leo = managing.holder("Leo", USER, cast.vak, EMPLOYER)
    factories.make_grant(leo, CO_LOCAL, cast.vak, capacity=EMPLOYER)
    gone = grant_of(leo, CO_LOCAL)
    run(appointing.end, acting_as(hanna), grant_id=gone.key)
    suspend(cast.sam, grant_of(leo, USER))

    with pytest.raises(Invalid) as wrong:
        run(role_changes.give_back, acting_as(hanna), grant_id=gone.key)

    assert wrong.value.fields == {"place": Text("access.wrong_held_back")}


def test_the_fund_may_give_another_role_beside_one_that_it_suspended(cast) -> None:
    leo = managing.holder("Leo", Role.ORGANISATION_MANAGER, cast.vak)
    suspend(cast.sam, grant_of(leo, Role.ORGANISATION_MANAGER))

    wanted = {"organisation_id": cast.vak.key, "role": Role.TRUSTED_CONTACT}
    given = run(grants.give, acting_as(cast.sam), email=leo.email, **wanted)

    assert given
    assert grant_of(leo, Role.TRUSTED_CONTACT).basis is Basis.STAFF


@pytest.mark.covers("S-16")
def test_a_company_of_which_every_manager_is_suspended_stands_in_the_queue_of_staff(
    cast, run_as
) -> None:
    company = factories.make_organisation(number="0403170701", name="Zonder Beheer NV")
    name, hanna = company.name, managing.holder("Hanna", MAIN, company)
    uma = managing.somebody("Uma")
    offered = managing.appoint(hanna, company, uma, CO_MAIN)
    assert name not in [one.name for one in run_as(cast.sam, access_queue.queue).companies]

    suspend(cast.sam, grant_of(hanna, MAIN))

    assert name in [one.name for one in run_as(cast.sam, access_queue.queue).companies]
    assert run_as(uma, who_manages.look_up, number=company.number).managers == ()
    # What a suspended manager offered is not given while that lasts.
    gone = Refused(Text("invitations.wrong_appointer_gone"), "code")
    assert managing.accept(uma, offered) == gone
    resume(cast.sam, grant_of(hanna, MAIN))
    managing.accept(uma, offered)
    assert held(company) == [("Hanna", MAIN, ""), ("Uma", CO_MAIN, "")]


def test_twice_or_many_at_once_does_it_once_for_the_first_reason(cast, hanna) -> None:
    leo = managing.holder("Leo", USER, cast.vak, EMPLOYER)
    grant = grant_of(leo, USER)
    everybody = [acting_as(hanna) for _ in range(8)]

    all_at_once([partial(suspend, one, grant) for one in everybody])
    suspend(hanna, grant, SuspensionReason.ASKED)

    assert grant_of(leo, USER).suspended_why is WHY
    assert managing.mailed("access_suspended") == [leo.email]
    for _ in range(2):
        resume(hanna, grant)
    assert managing.mailed("access_resumed") == [leo.email]


def test_it_asks_for_a_proof_that_is_not_long_ago(cast, hanna) -> None:
    grant = grant_of(managing.holder("Leo", USER, cast.vak, EMPLOYER), USER)
    factories.make_app(hanna)
    long_ago = Browser(factories.sign_in(hanna, proven_at=factories.NOW - timedelta(hours=1)))

    for use_case, more in (
        (suspensions.to_suspend, {}),
        (suspensions.suspend, {"why": WHY}),
        (suspensions.resume, {}),
    ):
        with pytest.raises(NotProven):
            run(use_case, long_ago, grant_id=grant.key, **more)
