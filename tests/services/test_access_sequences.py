"""Whatever people do with the access of a company, in whatever order, its rules stay true."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_app.errors import NotFound, PortalError, Refused
from portal_app.models import AuditEvent, Grant, Invitation, OrganisationCapacity, Person
from portal_app.permissions import APPOINTS, Role
from portal_app.services import appointing, capacities, handover
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.cast import acting_as
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER, accept

PEOPLE = 5
SINGLE = (MAIN, CO_MAIN, LOCAL, CO_LOCAL)
EXAMPLES, STEPS = 20, 25
ACTIONS = {
    *("appoint", "accept", "accept_another_s", "withdraw", "end", "leave", "hand_over"),
    *("activate", "end_capacity", "wait"),
}
numbers = count()

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
        "hand_over": lambda: (boss(), who()),
        "activate": lambda: (boss(), capacity()),
        "end_capacity": lambda: (boss(), capacity()),
        "wait": lambda: (random.randint(1, 12),),
    }
    often = [6 if name in ("appoint", "accept") else 2 for name in draw]
    return [(name, *draw[name]()) for name in random.choices([*draw], often, k=STEPS)]


@dataclass
class Company:
    """A company with five people around it, of whom the first is its main access manager."""

    organisation: Any
    people: list[Person]
    browsers: list[Browser]
    clock: Any
    codes: dict[int, str] = field(default_factory=dict[int, str])

    def appoint(self, by: int, to: int, placed: tuple[Role, str], days: int) -> None:
        """Appoint somebody, for some days or without an end."""
        until = self.clock.at + timedelta(days=days) if days else None
        role, place = placed
        form = managing.wanted(
            self.organisation, self.people[to], role, capacity=place, until=until
        )
        run(appointing.appoint, self.browser(by), wanted=form)
        self._keep_code(to)

    def hand_over(self, by: int, to: int) -> None:
        """Name a successor."""
        person = self.people[to]
        run(
            handover.name_successor,
            self.browser(by),
            organisation_id=self.organisation.key,
            email=person.email,
            given_name=person.given_name,
            infix="",
            family_name=person.family_name,
            locale="nl",
        )
        self._keep_code(to)

    def accept(self, which: int) -> None:
        """Let whoever was appointed accept."""
        one = self.one_of(self.invitations(), which)
        (person,) = [who for who in self.people if who.email == one.email]
        self._accept(person, one)

    def accept_another_s(self, which: int, by: int) -> None:
        """Let somebody try a code, whoever it was for."""
        self._accept(self.people[by], self.one_of(self.invitations(), which))

    def withdraw(self, by: int, which: int) -> None:
        """Take an appointment back."""
        one = self.one_of(self.invitations(), which)
        run(appointing.withdraw, self.browser(by), invitation_id=one.key)

    def end(self, by: int, which: int) -> None:
        """End a role."""
        grant = self.one_of(self.grants(), which)
        run(appointing.end, self.browser(by), grant_id=grant.key)

    def leave(self, which: int) -> None:
        """Leave a role of one's own."""
        grant = self.one_of(self.grants(), which)
        (browser,) = [
            browser
            for person, browser in zip(self.people, self.browsers, strict=True)
            if person.key == grant.person_id
        ]
        run(appointing.leave, browser, grant_id=grant.key)

    def activate(self, by: int, place: str) -> None:
        """Switch a capacity on."""
        inside = {"organisation_id": self.organisation.key, "capacity": place}
        run(capacities.activate, self.browser(by), **inside)

    def end_capacity(self, by: int, place: str) -> None:
        """End a capacity with all in it."""
        inside = {"organisation_id": self.organisation.key, "capacity": place}
        seen = run(capacities.what_ends, self.browser(by), **inside)
        run(capacities.end, self.browser(by), reason="", version=seen.version, **inside)

    def wait(self, days: int) -> None:
        """Let days pass, and sign in anew."""
        self.clock.advance(days=days)
        self.browsers = [acting_as(one) for one in self.people]

    def grants(self) -> list[Grant]:
        """Return every grant there was."""
        return [
            one for one in factories.all_of(Grant) if one.organisation_id == self.organisation.key
        ]

    def invitations(self) -> list[Invitation]:
        """Return every appointment there was."""
        return [
            one
            for one in factories.all_of(Invitation)
            if one.organisation_id == self.organisation.key
        ]

    def active(self) -> list[str]:
        """Return the capacities that are on."""
        return [
            one.capacity
            for one in factories.all_of(OrganisationCapacity)
            if one.organisation_id == self.organisation.key and one.ended_at is None
        ]

    def browser(self, by: int) -> Browser:
        """Return somebody's browser; the first one stands for whoever is the main manager."""
        (main,) = [one.person_id for one in self.grants() if one.role is MAIN and not one.ended_at]
        keys = [one.key for one in self.people]
        return self.browsers[by or keys.index(main)]

    @staticmethod
    def one_of(rows: list[Any], which: int) -> Any:
        """Pick a row, a late one sooner; without any there is nothing to do."""
        if not rows:
            raise NotFound
        return rows[-1 - which % len(rows)]

    def _accept(self, person: Person, one: Invitation) -> None:
        if isinstance(accept(person, self.codes[one.key]), Refused):
            raise NotFound

    def _keep_code(self, to: int) -> None:
        self.codes[self.invitations()[-1].key] = managing.code_for(self.people[to])


def begun(clock: Any) -> Company:
    number = next(numbers)
    organisation = factories.make_organisation(f"Bedrijf {number}", unit=f"Plaats {number}")
    people = [managing.somebody(f"P{number}x{one}") for one in range(PEOPLE)]
    factories.make_grant(people[0], MAIN, organisation)
    return Company(organisation, people, [acting_as(one) for one in people], clock)


def holds_now(grant: Grant, now: datetime) -> bool:
    return grant.ended_at is None and (grant.until is None or grant.until > now)


def check(company: Company) -> None:
    now, grants = company.clock.at, company.grants()
    held = [one for one in grants if holds_now(one, now)]
    waiting = [
        one
        for one in company.invitations()
        if one.redeemed_at is None and one.withdrawn_at is None and one.expires_at > now
    ]
    _check_places(company, held, waiting)
    _check_givers(company, grants, waiting)
    told = Counter(
        one.action
        for one in factories.all_of(AuditEvent)
        if one.organisation_id == company.organisation.key
    )
    assert told["grants.given"] == len(grants) - 1
    assert told["grants.ended"] == sum(one.ended_at is not None for one in grants)
    assert told["invitations.made"] == len(company.invitations())


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


def _check_givers(company: Company, grants: list[Grant], waiting: list[Invitation]) -> None:
    by_key = {one.key: one for one in grants}
    for one in grants[1:]:
        giver = by_key[one.basis_id]
        assert giver.person_id != one.person_id
        assert one.role in APPOINTS[giver.role] or one.role is giver.role is MAIN
        assert giver.capacity in ("", one.capacity)
    for one in waiting:
        assert by_key[one.appointing_grant_id].ended_at is None


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
            with suppress(PortalError):  # a refusal is an answer; what must hold is checked below
                getattr(company, name)(*arguments)
                done[name] += 1
            check(company)

    stay_true()

    assert not ACTIONS - done.keys(), "Draw more, or what can succeed"
