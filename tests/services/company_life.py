"""A company with people around it, who appoint, accept, leave and end as they like."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from portal_app.errors import NotFound, Refused
from portal_app.models import (
    AccessReview,
    Grant,
    Invitation,
    OrganisationCapacity,
    Person,
)
from portal_app.permissions import Role
from portal_app.services import (
    access_reviews,
    appointing,
    capacities,
    handover,
    role_changes,
    suspensions,
)
from portal_app.services.access_review_rounds import REVIEWED
from portal_app.suspension import SuspensionReason
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.cast import acting_as
from tests.services import managing
from tests.services.managing import MAIN, accept

PEOPLE = 5
_numbers = count()


@dataclass
class Company:
    """A company with five people around it, of whom the first is its main access manager."""

    organisation: Any
    people: list[Person]
    browsers: list[Browser]
    clock: Any
    staff: Person  # of the fund
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
            email=person.email or "",
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

    def change(self, by: int, which: int, placed: tuple[Role, str]) -> None:
        """Change a role into another."""
        grant, (role, place) = self.one_of(self.grants(), which), placed
        wanted = {"grant_id": grant.key, "role": role, "capacity": place}
        run(role_changes.change, self.browser(by), **wanted)

    def give_back(self, by: int, which: int) -> None:
        """Give back what was taken away."""
        ended = [one for one in self.grants() if one.ended_reason == appointing.BY_A_MANAGER]
        grant = self.one_of(ended, which)
        run(role_changes.give_back, self.browser(by), grant_id=grant.key)

    def suspend(self, by: int, which: int) -> None:
        """Suspend a role."""
        grant = self.one_of(self._standing(), which)
        run(suspensions.suspend, self.browser(by), grant_id=grant.key, why=SuspensionReason.ABSENT)

    def resume(self, by: int, which: int) -> None:
        """Lift a suspension."""
        grant = self.one_of(self._suspended(), which)
        run(suspensions.resume, self.browser(by), grant_id=grant.key)

    def suspend_by_fund(self, which: int) -> None:
        """Let the fund suspend a role."""
        grant = self.one_of(self._standing(), which)
        why = SuspensionReason.INVESTIGATION
        run(suspensions.suspend, acting_as(self.staff), grant_id=grant.key, why=why)

    def resume_by_fund(self, which: int) -> None:
        """Let the fund lift a suspension, whoever's it was."""
        grant = self.one_of(self._suspended(), which)
        run(suspensions.resume, acting_as(self.staff), grant_id=grant.key)

    def _standing(self) -> list[Grant]:
        return [one for one in self.grants() if one.ended_at is None]

    def _suspended(self) -> list[Grant]:
        return [one for one in self._standing() if one.suspended_at is not None]

    def review(self, by: int) -> None:
        """Begin a review when none is open, keep each role that may be kept, and sign it off."""
        if all(one.closed_at for one in self.reviews()):
            asked = [
                one
                for one in self.grants()
                if one.role in REVIEWED and one.ended_at is None
                if one.until is None or one.until > self.clock.at
            ]
            factories.make_review(self.organisation, asked, begun_at=self.clock.at)
        seen = run(access_reviews.reviews, self.browser(by), organisation_id=self.organisation.key)
        if not seen:
            raise NotFound
        for one in seen[0].items:
            if one.may_answer:
                run(access_reviews.keep, self.browser(by), item_id=one.item_id)
        run(access_reviews.close, self.browser(by), review_id=seen[0].id)

    def reviews(self) -> list[AccessReview]:
        """Return every review there was."""
        return [
            one
            for one in factories.all_of(AccessReview)
            if one.organisation_id == self.organisation.key
        ]

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

    def capacities(self) -> list[OrganisationCapacity]:
        """Return every capacity that was ever on."""
        return [
            one
            for one in factories.all_of(OrganisationCapacity)
            if one.organisation_id == self.organisation.key
        ]

    def active(self) -> list[str]:
        """Return the capacities that are on."""
        return [one.capacity for one in self.capacities() if one.ended_at is None]

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
    """Make a company of which the first person is the main access manager."""
    number = next(_numbers)
    organisation = factories.make_organisation(f"Bedrijf {number}", unit=f"Plaats {number}")
    people = [managing.somebody(f"P{number}x{one}") for one in range(PEOPLE)]
    factories.make_grant(people[0], MAIN, organisation)
    staff = managing.holder(f"F{number}", Role.STAFF, None)
    return Company(organisation, people, [acting_as(one) for one in people], clock, staff)
