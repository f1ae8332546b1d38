"""How the candidates of the demo world fare: setbacks, waiting and success."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from random import Random

from portal_app.demo.people import PLACES, Person
from portal_app.demo.routes import DemoRoute, DemoStep
from portal_app.progress_rules import months_after

TODAY = date(2026, 3, 2)
"""The day for which everything is made: a Monday. `moving` takes it to another week."""

EXAMS = ("theory_test", "practical_exam", "assessment", "attendance")
WELL = ("passed", "exempt")
MOST_SETBACKS = 2


class Standing(Enum):
    """How an enrolment stands today."""

    DONE = "done"
    RUNNING = "running"
    RESIT = "resit"
    STALLED = "stalled"
    EXPIRING = "expiring"
    EXPIRED = "expired"


SHARES = {
    Standing.DONE: 45,
    Standing.RUNNING: 30,
    Standing.RESIT: 10,
    Standing.STALLED: 8,
    Standing.EXPIRING: 5,
    Standing.EXPIRED: 2,
}


@dataclass(slots=True)
class Go:
    """An attempt; `at` counts the days since the registration."""

    step: DemoStep
    result: str
    at: int
    place: str = ""
    on: date | None = None
    percent: int | None = None


@dataclass(slots=True)
class Enrolment:
    """A row of the file."""

    person: Person
    route: DemoRoute
    profile: str
    links: list[tuple[str, str, date]]
    reference: str
    registered_on: date
    valid_until: date | None
    goes: list[Go] = field(default_factory=list)


class Maker:
    """Makes one enrolment: a whole journey first, then as much of it as was reached."""

    def __init__(self, route: DemoRoute, standing: Standing, random: Random) -> None:
        if standing in (Standing.EXPIRING, Standing.EXPIRED) and not route.validity_months:
            standing = Standing.DONE
        self.route, self.standing, self.random = route, standing, random
        self.validity = route.validity_months

    def enrolment(
        self, person: Person, links: Sequence[tuple[str, str]], reference: str
    ) -> Enrolment:
        """Make the row."""
        goes = self.reached()
        last_day = self.last_day()
        span = goes[-1].at if goes else 0
        registered_on = weekday(last_day - timedelta(days=span))
        for go in goes:
            go.on = weekday(registered_on + timedelta(days=go.at))
        goes += self.ahead(goes)
        until = None
        if goes and goes[-1].step.kind == "certificate" and goes[-1].on and self.validity:
            until = months_after(goes[-1].on, self.validity)
        return Enrolment(
            person=person,
            route=self.route,
            profile=self.random.choice(self.route.profiles),
            links=[
                (code, via or "registration_manager", self.linked_on(registered_on, via))
                for code, via in links
            ],
            reference=reference if self.chance(0.7) else "",
            registered_on=registered_on,
            valid_until=until,
            goes=goes,
        )

    def linked_on(self, registered_on: date, via: str) -> date:
        """Say since when: a code is often redeemed days after the registration."""
        late = self.random.randrange(0, 12) if via in ("payment_code", "") else 0
        return min(TODAY, registered_on + timedelta(days=late))

    def journey(self) -> list[Go]:
        """Go the whole way to the certificate, with the setbacks of real life."""
        goes: list[Go] = []
        at = 0
        for step in self.route.steps[1:]:
            if step.kind not in EXAMS:
                at += 0 if step.kind == "certificate" else self.random.randint(2, 12)
                goes.append(Go(step, "passed", at))
                continue
            at += self.random.randint(7, 42)
            if step.kind == "theory_test" and self.chance(0.04):
                goes.append(Go(step, "exempt", at))
                continue
            while len(self.tries(goes, step)) < MOST_SETBACKS and self.chance(0.22):
                result = "absent" if self.chance(0.25) else "failed"
                goes.append(Go(step, result, at, self.random.choice(PLACES)))
                at += self.random.randint(14, 40)
            goes.append(Go(step, "passed", at, self.random.choice(PLACES)))
        return goes

    def reached(self) -> list[Go]:
        """Cut the journey off where this enrolment stands."""
        goes = self.journey()
        match self.standing:
            case Standing.RUNNING | Standing.STALLED:
                ends = [0, *(i + 1 for i, go in enumerate(goes[:-2]) if go.result in WELL)]
                return goes[: self.random.choice(ends)]
            case Standing.RESIT:
                exams = [i for i, go in enumerate(goes) if go.step.kind in EXAMS]
                stop = self.random.choice(exams)
                last = goes[stop]
                goes[stop] = Go(last.step, "failed", last.at, self.random.choice(PLACES))
                first = next(i for i, go in enumerate(goes) if go.step is last.step)
                return goes[: min(stop, first + 1) + 1]
            case _:
                return goes

    def last_day(self) -> date:
        """Choose the day of the last thing that happened."""
        days = self.random.randint
        match self.standing:
            case Standing.EXPIRING:
                return months_after(TODAY + timedelta(days=days(4, 86)), -self.months)
            case Standing.EXPIRED:
                return months_after(TODAY - timedelta(days=days(5, 200)), -self.months)
            case Standing.DONE:
                return TODAY - timedelta(days=days(3, min(900, self.months * 30 - 120)))
            case Standing.STALLED:
                return TODAY - timedelta(days=days(36, 150))
            case _:
                return TODAY - timedelta(days=days(2, 27))

    @property
    def months(self) -> int:
        """How long the certificate is valid."""
        return self.route.validity_months or 60

    def ahead(self, goes: Sequence[Go]) -> list[Go]:
        """Add what is going on or planned, for who is on the way."""
        passed = [go.step for go in goes if go.result in WELL]
        left = [step for step in self.route.steps[1:] if step not in passed]
        if not left or self.standing not in (Standing.RUNNING, Standing.STALLED):
            return []
        step = left[0]
        if step.kind == "e_learning" and self.chance(0.6):
            return [Go(step, "busy", 0, percent=self.random.randrange(10, 95, 5))]
        is_booked = step.kind in EXAMS and self.standing is Standing.RUNNING and self.chance(0.55)
        if is_booked:
            on = weekday(TODAY + timedelta(days=self.random.randint(5, 45)), later=True)
            return [Go(step, "planned", 0, self.random.choice(PLACES), on)]
        return []

    def chance(self, share: float) -> bool:
        """Throw for something that happens in a share of the cases."""
        return self.random.random() < share

    @staticmethod
    def tries(goes: Sequence[Go], step: DemoStep) -> list[Go]:
        """List the attempts at a step so far."""
        return [go for go in goes if go.step is step]


def weekday(day: date, *, later: bool = False) -> date:
    """Move a day out of the weekend."""
    over = day.isoweekday() - 5
    if over <= 0:
        return day
    return day + timedelta(days=3 - over) if later else day - timedelta(days=over)
