"""Whatever people do with the access of a company, in whatever order, its rules stay true."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_app.errors import NotAllowed, PortalError
from portal_app.models import AuditEvent, Grant, Invitation, Person, ReviewItem
from portal_app.permissions import APPOINTS, ROLE_RIGHTS, Right
from portal_app.services import access_list, home
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.cast import acting_as
from tests.services.company_life import PEOPLE, Company, begun
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER

SINGLE = (MAIN, CO_MAIN, LOCAL, CO_LOCAL)
EXAMPLES, STEPS = 30, 34
OFTEN = {"appoint": 6, "accept": 6, "end": 4, "change": 4, "give_back": 4, "suspend": 4}
OFTEN |= {"suspend_by_fund": 1, "resume_by_fund": 6}  # while it lasts little else succeeds
ACTIONS = {
    *("appoint", "accept", "accept_another_s", "withdraw", "end", "leave", "hand_over"),
    *("activate", "end_capacity", "wait", "change", "give_back", "review"),
    *("suspend", "resume", "suspend_by_fund", "resume_by_fund"),
}
PLACED = (
    *((CO_MAIN, ""), (LOCAL, EMPLOYER), (CO_LOCAL, EMPLOYER), (USER, EMPLOYER)),
    *((LOCAL, CANDIDATE_FOLLOWING), (USER, CANDIDATE_FOLLOWING)),
    *((MAIN, ""), (LOCAL, ""), (CO_MAIN, EMPLOYER)),  # never to be given
)


def steps_of(random: Random) -> list[tuple[Any, ...]]:
    """Draw what people do; mostly those who can."""

    def who() -> int:
        return random.randrange(PEOPLE)

    def boss() -> int:
        return random.choice([0, 0, 0, 0, who()])

    def which() -> int:
        return random.choice([0, 0, random.randrange(30)])

    def capacity() -> str:
        return random.choice([EMPLOYER, CANDIDATE_FOLLOWING, CANDIDATE_FOLLOWING])

    draw = {
        "appoint": lambda: (boss(), who(), random.choice(PLACED), random.choice([0, 0, 20])),
        "accept": lambda: (which(),),
        "accept_another_s": lambda: (which(), who()),
        "withdraw": lambda: (boss(), which()),
        "end": lambda: (boss(), which()),
        "leave": lambda: (which(),),
        "change": lambda: (boss(), which(), random.choice(PLACED)),
        "give_back": lambda: (boss(), which()),
        "review": lambda: (boss(),),
        "suspend": lambda: (boss(), which()),
        "resume": lambda: (boss(), which()),
        "suspend_by_fund": lambda: (which(),),
        "resume_by_fund": lambda: (which(),),
        "hand_over": lambda: (boss(), who()),
        "activate": lambda: (boss(), capacity()),
        "end_capacity": lambda: (boss(), capacity()),
        "wait": lambda: (random.randint(1, 12),),
    }
    often = [OFTEN.get(name, 2) for name in draw]
    return [(name, *draw[name]()) for name in random.choices([*draw], often, k=STEPS)]


def holds_now(grant: Grant, now: datetime) -> bool:
    return grant.ended_at is None and (grant.until is None or grant.until > now)


def opens_now(grant: Grant, now: datetime) -> bool:
    return holds_now(grant, now) and grant.suspended_at is None


def check(company: Company, before: Sequence[Grant]) -> None:
    """See that every rule holds after a step, which found these grants."""
    now, grants = company.clock.at, company.grants()
    held = [one for one in grants if holds_now(one, now)]
    waiting = [
        one
        for one in company.invitations()
        if one.redeemed_at is None and one.withdrawn_at is None and one.expires_at > now
    ]
    _check_places(company, held, waiting)
    _check_givers(grants, waiting)
    _check_enders(grants, before, now)
    _check_suspended(grants, before, now)
    _check_traces(company, grants)
    _check_reviews(company, grants)


def _check_places(company: Company, held: list[Grant], waiting: list[Invitation]) -> None:
    active = company.active()
    assert active.count(EMPLOYER) == 1
    assert len(active) == len(set(active))
    taken = Counter((one.role, one.capacity) for one in held)
    asked = Counter((one.role, one.capacity) for one in waiting if one.role is not MAIN)
    assert taken[MAIN, ""] == 1
    for (role, capacity), number in (taken + asked).items():
        assert number == 1 or role not in SINGLE, f"{number} times {role} in {capacity!r}"
        assert (role in (MAIN, CO_MAIN)) is (capacity == "")
        assert capacity == "" or capacity in active
    assert sum(one.role is MAIN for one in waiting) <= 1


def _check_givers(grants: list[Grant], waiting: list[Invitation]) -> None:
    by_key = {one.key: one for one in grants}
    for one in grants[1:]:
        giver = by_key[one.basis_id]
        assert giver.person_id != one.person_id
        assert one.role in APPOINTS[giver.role] or one.role is giver.role is MAIN
        assert giver.capacity in ("", one.capacity)
    for one in waiting:
        assert by_key[one.appointing_grant_id].ended_at is None


def _check_enders(grants: Sequence[Grant], before: Sequence[Grant], now: datetime) -> None:
    """See that whoever ended a role stood above it, left it, or took it over."""
    were_held = {one.key for one in before if holds_now(one, now)}
    active = [one for one in before if opens_now(one, now)]
    after = [one for one in grants if holds_now(one, now)]
    for one in grants:
        if one.key not in were_held or one.ended_at is None:
            continue
        stood_above = any(
            one.role in APPOINTS.get(other.role, ()) and other.capacity in ("", one.capacity)
            for other in active
            if other.person_id == one.ended_by_id
        )
        took_over = any(
            other.role is MAIN and other.person_id == one.ended_by_id and other.key not in were_held
            for other in after
        )
        left = one.person_id == one.ended_by_id and one.role is not MAIN
        assert stood_above or took_over or left, f"{one.ended_by_id} ended {one}"


def _check_suspended(grants: Sequence[Grant], before: Sequence[Grant], now: datetime) -> None:
    """See that the company left alone what the fund suspended, and whose role it was."""
    kept = [one for one in before if holds_now(one, now) and one.suspended_by_fund]
    after = {one.key: one for one in grants}
    assert all(after[one.key].ended_at is None for one in kept)
    given = after.keys() - {one.key for one in before}
    assert not {after[key].person_id for key in given} & {one.person_id for one in kept}


def _check_traces(company: Company, grants: Sequence[Grant]) -> None:
    """See that nothing changed without an event, and what each grant but the first came of."""
    told = Counter(
        one.action
        for one in factories.all_of(AuditEvent)
        if one.organisation_id == company.organisation.key
    )
    invitations, switched = company.invitations(), company.capacities()
    redeemed = sum(one.redeemed_at is not None for one in invitations)
    given_again = told["grants.changed"] + told["grants.given_back"]
    assert redeemed == told["invitations.redeemed"] == told["grants.given"] - given_again
    assert told["grants.given"] == len(grants) - 1
    suspended = sum(one.suspended_at is not None for one in grants)
    assert told["grants.suspended"] - told["grants.resumed"] == suspended
    assert told["grants.ended"] == sum(one.ended_at is not None for one in grants)
    assert told["invitations.made"] == len(invitations)
    assert told["invitations.withdrawn"] == sum(one.withdrawn_at is not None for one in invitations)
    assert told["capacities.activated"] == len(switched) - 1  # the standard one was there
    assert told["capacities.ended"] == sum(one.ended_at is not None for one in switched)


def _check_reviews(company: Company, grants: Sequence[Grant]) -> None:
    """See that one review is open at most, and none was signed off that left a role open."""
    reviews, by_key = company.reviews(), {one.key: one for one in grants}
    assert sum(one.closed_at is None for one in reviews) <= 1
    closed = {one.key: one.closed_at for one in reviews if one.closed_at}
    for item in factories.all_of(ReviewItem):
        at, grant = closed.get(item.review_id), by_key.get(item.grant_id)
        if at is None or grant is None:
            continue
        ends = [end for end in (grant.ended_at, grant.until) if end]
        assert item.kept_at or min(ends) <= at
        assert item.kept_by_id != grant.person_id


def check_what_each_sees(company: Company) -> None:
    """See that people are shown what their roles open, and can sign in without any."""
    held = [one for one in company.grants() if holds_now(one, company.clock.at)]
    for person in company.people:
        mine = [one for one in held if one.person_id == person.key and not one.suspended_at]
        seeing = [one for one in mine if Right.ACCESS_SEE in ROLE_RIGHTS[one.role]]
        assert _shown(company, person) == (_visible(held, seeing) if seeing else None)
        roles = {one.role for one in run(home.myself, acting_as(person)).roles}
        assert roles == {one.role for one in mine}


def _shown(company: Company, person: Person) -> set[int] | None:
    """Return the grants on somebody's page of people and access; None: they have none."""
    try:
        seen = run(
            access_list.overview, acting_as(person), organisation_id=company.organisation.key
        )
    except NotAllowed:
        return None
    return {one.grant_id for one in seen.holders}


def _visible(held: Sequence[Grant], seeing: Sequence[Grant]) -> set[int]:
    """Return the grants of the whole company, and of the capacities that somebody sees."""
    inside = {one.capacity for one in seeing}
    return {one.key for one in held if one.role in (MAIN, CO_MAIN) or inside & {"", one.capacity}}


def test_the_rules_stay_true_in_any_order(database, stopped_clock) -> None:
    done = Counter[str]()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(seed=st.integers(0, 2**31))
    def stay_true(seed: int) -> None:
        company = begun(stopped_clock)
        for name, *arguments in steps_of(Random(seed)):  # noqa: S311  # no secret
            before = company.grants()
            with suppress(PortalError):  # a refusal is an answer; what must hold is checked below
                getattr(company, name)(*arguments)
                done[name] += 1
            check(company, before)
        check_what_each_sees(company)

    stay_true()

    assert not ACTIONS - done.keys(), "Draw more, or what can succeed"
