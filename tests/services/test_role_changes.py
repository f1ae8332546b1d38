"""Another role in place of one, and a role given back that was just taken away."""

from datetime import timedelta
from functools import partial

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound, NotProven
from portal_app.models import Basis, Grant, Invitation
from portal_app.permissions import APPOINTS
from portal_app.services import appointing, capacities, role_changes
from portal_app.services.role_changes import Place
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER, grant_of, held

ROLES = (MAIN, CO_MAIN, LOCAL, CO_LOCAL, USER)


def change(by, grant: Grant, role, capacity: str = "") -> None:
    """Let somebody change a role."""
    caller = by if isinstance(by, Browser) else acting_as(by)
    run(role_changes.change, caller, grant_id=grant.key, role=role, capacity=capacity)


def take_away(by, person, role) -> Grant:
    """Let somebody end a role; return the grant that ended."""
    grant = grant_of(person, role)
    run(appointing.end, acting_as(by), grant_id=grant.key)
    return grant


def give_back(by, grant: Grant) -> None:
    """Let somebody give a role back."""
    run(role_changes.give_back, acting_as(by), grant_id=grant.key)


@pytest.mark.covers("S-16", "X-12")
def test_another_role_holds_at_once_until_the_same_day(cast, hanna, now) -> None:
    leo = managing.somebody("Leo")
    until = now + timedelta(days=9)
    factories.make_grant(leo, USER, cast.vak, capacity=EMPLOYER, until=until)

    change(hanna, grant_of(leo, USER), LOCAL, CANDIDATE_FOLLOWING)

    assert held(cast.vak) == [("Hanna", MAIN, ""), ("Leo", LOCAL, CANDIDATE_FOLLOWING)]
    given = grant_of(leo, LOCAL)
    assert (given.basis, given.basis_id) == (Basis.APPOINTMENT, grant_of(hanna, MAIN).key)
    assert (given.until, given.granted_by_id) == (until, hanna.key)
    assert managing.mailed("access_changed") == [leo.email]
    assert managing.mailed("access_ended") == []


@pytest.mark.covers("S-14", "S-18")
@pytest.mark.parametrize("boss_is", ROLES, ids=str)
def test_only_what_one_gives_can_be_changed_into_what_one_gives(cast, boss_is) -> None:
    boss = managing.holder("Boss", boss_is, cast.vak, EMPLOYER if boss_is in place_roles() else "")
    below = APPOINTS.get(boss_is, frozenset())
    for before in ROLES:
        for after in ROLES:
            leo = managing.somebody(f"L{before}{after}".replace("_", ""))
            if before is MAIN and boss_is is MAIN:
                continue  # there is one already
            factories.make_grant(
                leo, before, cast.jon if before is MAIN else cast.vak, capacity=where(before)
            )
            grant = grant_of(leo, before)
            if before is not after and {before, after} <= below:
                change(boss, grant, after, where(after))
                grant = grant_of(leo, after)
            else:
                with pytest.raises((Invalid, NotFound, NotAllowed)):
                    change(boss, grant, after, where(after))
            grant.ended_at = factories.NOW  # makes room for the next
            factories.rewrite(grant)


def place_roles() -> tuple:
    return (LOCAL, CO_LOCAL, USER)


def where(role) -> str:
    return EMPLOYER if role in place_roles() else ""


def test_what_can_be_chosen_is_what_is_free_and_theirs_to_give(cast, hanna, run_as) -> None:
    managing.holder("Cor", CO_MAIN, cast.vak)
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    uma = managing.somebody("Uma")
    managing.appoint(leo, cast.vak, uma, USER)

    seen = run_as(hanna, role_changes.choices, grant_id=grant_of(leo, LOCAL).key)

    assert seen.into == (
        Place(CO_LOCAL, EMPLOYER),
        Place(USER, EMPLOYER),
        Place(LOCAL, CANDIDATE_FOLLOWING),
        Place(CO_LOCAL, CANDIDATE_FOLLOWING),
        Place(USER, CANDIDATE_FOLLOWING),
    )
    assert [one.name for one in seen.now.endings] == ["Uma Nieuw"]
    change(hanna, grant_of(leo, LOCAL), USER, EMPLOYER)
    assert factories.all_of(Invitation)[0].withdrawn_at is not None


@pytest.mark.parametrize(
    ("role", "capacity", "why"),
    [
        (USER, EMPLOYER, "wrong_same_role"),
        (CO_MAIN, "", "wrong_place_taken"),
        (USER, "", "wrong_role"),
        (CO_MAIN, EMPLOYER, "wrong_role"),
        (LOCAL, "training_provider", "wrong_capacity"),
    ],
)
def test_a_change_that_cannot_be_says_why_and_leaves_all_as_it_was(
    cast, hanna, role, capacity, why
) -> None:
    managing.holder("Cor", CO_MAIN, cast.vak)
    leo = managing.holder("Leo", USER, cast.vak, EMPLOYER)

    with pytest.raises(Invalid) as refused:
        change(hanna, grant_of(leo, USER), role, capacity)

    assert refused.value.fields["place"].key == f"access.{why}"
    assert ("Leo", USER, EMPLOYER) in held(cast.vak)


def test_nobody_changes_a_role_of_their_own(cast, hanna, run_as) -> None:
    factories.make_grant(hanna, USER, cast.vak, capacity=EMPLOYER)
    grant = grant_of(hanna, USER)

    with pytest.raises(Invalid):
        change(hanna, grant, LOCAL, EMPLOYER)
    with pytest.raises(Invalid):
        run_as(hanna, role_changes.choices, grant_id=grant.key)


@pytest.mark.covers("S-18")
def test_of_two_who_are_changed_into_the_one_place_one_gets_it(cast, hanna) -> None:
    people = [managing.holder(name, USER, cast.vak, EMPLOYER) for name in ("Leo", "Uma", "Bea")]
    browsers = [acting_as(hanna) for _ in people]

    outcomes = all_at_once(
        [
            partial(change, browser, grant_of(person, USER), LOCAL, EMPLOYER)
            for browser, person in zip(browsers, people, strict=True)
        ]
    )

    assert sum(isinstance(one, Invalid) for one in outcomes) == 2
    assert [role for _, role, _ in held(cast.vak)].count(LOCAL) == 1


def test_a_role_that_was_taken_away_is_listed_and_given_back(cast, hanna, run_as, now) -> None:
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    grant = take_away(hanna, leo, LOCAL)
    (line,) = run_as(hanna, role_changes.taken_away, organisation_id=cast.vak.key)
    assert (line.name, line.role, line.ended_by) == ("Nieuw, Leo", LOCAL, "Hanna Nieuw")
    assert (line.until - now, line.may_give_back) == (timedelta(days=30), True)

    give_back(hanna, grant)

    assert ("Leo", LOCAL, EMPLOYER) in held(cast.vak)
    assert managing.mailed("access_returned") == [leo.email]
    assert run_as(hanna, role_changes.taken_away, organisation_id=cast.vak.key) == ()
    with pytest.raises(Invalid):
        give_back(hanna, grant)


def test_after_thirty_days_a_role_stays_away(cast, hanna, run_as, stopped_clock) -> None:
    grant = take_away(hanna, managing.holder("Leo", USER, cast.vak, EMPLOYER), USER)
    stopped_clock.advance(days=30, seconds=-1)
    assert run_as(hanna, role_changes.taken_away, organisation_id=cast.vak.key)

    stopped_clock.advance(seconds=1)

    assert run_as(hanna, role_changes.taken_away, organisation_id=cast.vak.key) == ()
    with pytest.raises(NotFound):
        give_back(hanna, grant)


def test_a_place_that_was_taken_meanwhile_is_not_given_back(cast, hanna) -> None:
    grant = take_away(hanna, managing.holder("Leo", LOCAL, cast.vak, EMPLOYER), LOCAL)
    managing.appoint(hanna, cast.vak, managing.somebody("Uma"), LOCAL)

    with pytest.raises(Invalid) as refused:
        give_back(hanna, grant)

    assert refused.value.fields["place"].key == "access.wrong_place_taken"


def test_what_ended_otherwise_is_not_given_back(cast, hanna, run_as) -> None:
    leo = managing.holder("Leo", USER, cast.vak, CANDIDATE_FOLLOWING)
    uma = managing.holder("Uma", USER, cast.vak, EMPLOYER)
    left, ended = grant_of(uma, USER), grant_of(leo, USER)
    run_as(uma, appointing.leave, grant_id=left.key)
    inside = {"organisation_id": cast.vak.key, "capacity": CANDIDATE_FOLLOWING}
    version = run_as(hanna, capacities.what_ends, **inside).version
    run_as(hanna, capacities.end, **inside, reason="", version=version)

    assert run_as(hanna, role_changes.taken_away, organisation_id=cast.vak.key) == ()
    for grant in (left, ended):
        with pytest.raises(NotFound):
            give_back(hanna, grant)


@pytest.mark.covers("S-18")
def test_whoever_may_not_give_a_role_does_not_give_it_back(cast, hanna, run_as) -> None:
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    cara = managing.holder("Cara", CO_LOCAL, cast.vak, EMPLOYER)
    elsewhere = managing.holder("Elly", MAIN, cast.jon)
    grant = take_away(hanna, leo, LOCAL)

    (line,) = run_as(cara, role_changes.taken_away, organisation_id=cast.vak.key)
    assert not line.may_give_back
    with pytest.raises(Invalid):
        give_back(cara, grant)
    for stranger in (elsewhere, leo):
        with pytest.raises((NotFound, NotAllowed)):
            give_back(stranger, grant)


def test_of_two_who_give_it_back_at_once_one_does(cast, hanna) -> None:
    grant = take_away(hanna, managing.holder("Leo", LOCAL, cast.vak, EMPLOYER), LOCAL)

    outcomes = all_at_once([partial(give_back, hanna, grant)] * 2)

    assert sum(isinstance(one, Invalid) for one in outcomes) == 1
    assert held(cast.vak).count(("Leo", LOCAL, EMPLOYER)) == 1


def test_a_change_and_a_return_ask_a_recent_proof(cast, hanna) -> None:
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    uma = managing.holder("Uma", USER, cast.vak, EMPLOYER)
    gone = take_away(hanna, leo, LOCAL)
    factories.make_app(hanna)
    long_ago = Browser(factories.sign_in(hanna, proven_at=factories.NOW - timedelta(hours=1)))

    with pytest.raises(NotProven):
        change(long_ago, grant_of(uma, USER), LOCAL, EMPLOYER)
    with pytest.raises(NotProven):
        run(role_changes.give_back, long_ago, grant_id=gone.key)
