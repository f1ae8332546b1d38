"""Candidates whom an organisation follows, with the rows that the overview reads."""

from collections.abc import Mapping
from datetime import date, timedelta

from portal_app.models import (
    Enrolment,
    LinkedVia,
    Organisation,
    OrganisationLink,
    Person,
    Result,
    Route,
)
from portal_app.needs import Trusted
from portal_app.services import progress
from portal_app.unit_of_work import Operator, Work, run, use_case
from tests.factories.people import make_person
from tests.factories.training import make_attempt, make_enrolment, make_link, steps_of
from tests.factories.writing import LONG_AGO_DAY
from tests.harness.stopped_clock import NOW

TODAY = NOW.date()


def in_days(days: int) -> date:
    """Return the day that many days after the tests' today."""
    return TODAY + timedelta(days=days)


def follow(  # whatever matters to a test
    organisation: Organisation,
    route: Route,
    family_name: str,
    *results: Result,
    given_name: str = "Noor",
    on: Mapping[int, date] | None = None,
    registered_on: date = LONG_AGO_DAY,
    valid_until: date | None = None,
    reference: str = "",
    person: Person | None = None,
    via: LinkedVia = LinkedVia.IMPORT,
) -> tuple[Enrolment, OrganisationLink]:
    """Let an organisation follow a candidate with one attempt at each of the first steps.

    `on` gives the days of some of them, by position.
    """
    name = f"{given_name}.{family_name}".casefold().replace(" ", "")
    who = person or make_person(given_name, family_name, email=f"{name}@voorbeeld.example")
    link = make_link(who, organisation, via=via)
    enrolment = make_enrolment(
        who, route, registered_on=registered_on, valid_until=valid_until, reference=reference
    )
    for at, (step, result) in enumerate(zip(steps_of(route), results, strict=False)):
        make_attempt(enrolment, step, result, on=(on or {}).get(at, registered_on))
    rebuild(who.key)
    return enrolment, link


def rebuild(person_id: int) -> None:
    """Let the overview follow what was written of a person."""
    run(_rebuild, Operator(), person_id=person_id)


@use_case(Trusted, writes=True)
def _rebuild(work: Work, *, person_id: int) -> None:
    progress.rebuild_person(work, person_id)
