"""Routes, candidates and how far they are, and payment codes."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col, select

from portal_app.models import (
    Attempt,
    CodeBatch,
    CodeState,
    Enrolment,
    LinkedVia,
    Organisation,
    OrganisationCode,
    OrganisationLink,
    PaymentCode,
    Person,
    Profile,
    Result,
    Route,
    Step,
    StepKind,
)
from portal_app.names import folded, name_of
from tests.factories.people import make_person
from tests.factories.writing import LONG_AGO, LONG_AGO_DAY, everywhere, serial, write
from tests.harness.stopped_clock import NOW


def make_route(
    name: str = "Vakmanschap CO",
    *,
    code: str = "vakmanschap-co",
    steps: Sequence[StepKind] = (
        StepKind.REGISTRATION,
        StepKind.THEORY_TEST,
        StepKind.PRACTICAL_EXAM,
        StepKind.CERTIFICATE,
    ),
    profiles: Sequence[str] = ("Monteur Service & Onderhoud",),
    validity_months: int | None = 60,
) -> Route:
    """Make a route with its steps and profiles."""
    made = write(Route(code=code, name=name, validity_months=validity_months))
    for position, kind in enumerate(steps):
        write(Step(route_id=made.key, position=position, kind=kind))
    for profile in profiles:
        write(Profile(route_id=made.key, name=profile))
    return made


def steps_of(route: Route) -> tuple[Step, ...]:
    """Return the steps of a route, in order."""
    with everywhere() as session:
        chosen = select(Step).where(Step.route_id == route.id).order_by(col(Step.position))
        return tuple(session.exec(chosen))


def profiles_of(route: Route) -> tuple[Profile, ...]:
    """Return the profiles of a route, in the order in which they were made."""
    with everywhere() as session:
        chosen = select(Profile).where(Profile.route_id == route.id).order_by(col(Profile.id))
        return tuple(session.exec(chosen))


def make_enrolment(
    person: Person,
    route: Route,
    *,
    profile: Profile | None = None,
    registered_on: date = LONG_AGO_DAY,
    reference: str = "",
    valid_until: date | None = None,
    stopped_at: datetime | None = None,
) -> Enrolment:
    """Enrol a person on a route, in its first profile unless told otherwise."""
    return write(
        Enrolment(
            person_id=person.key,
            route_id=route.key,
            profile_id=(profile or profiles_of(route)[0]).key,
            reference=reference,
            registered_on=registered_on,
            valid_until=valid_until,
            stopped_at=stopped_at,
        )
    )


def make_attempt(
    enrolment: Enrolment,
    step: Step,
    result: Result = Result.PASSED,
    *,
    number: int = 1,
    on: date | None = LONG_AGO_DAY,
    superseded: bool = False,
) -> Attempt:
    """Let a candidate have a go at a step."""
    return write(
        Attempt(
            enrolment_id=enrolment.key,
            step_id=step.key,
            number=number,
            result=result,
            on=on,
            recorded_at=NOW,
            superseded=superseded,
        )
    )


def make_link(
    person: Person,
    organisation: Organisation,
    *,
    via: LinkedVia = LinkedVia.IMPORT,
    linked_at: datetime = LONG_AGO,
    ended_at: datetime | None = None,
) -> OrganisationLink:
    """Let an organisation follow a person."""
    return write(
        OrganisationLink(
            organisation_id=organisation.key,
            person_id=person.key,
            via=via,
            linked_at=linked_at,
            ended_at=ended_at,
        )
    )


def make_batch(
    organisation: Organisation,
    profile: Profile,
    *,
    number: str | None = None,
    reference: str = "",
    contact: Person | None = None,
    created_at: datetime = LONG_AGO,
    expires_at: datetime | None = None,
    code: OrganisationCode | None = None,
) -> CodeBatch:
    """Make a batch, still without payment codes; `code` links whoever uses one."""
    return write(
        CodeBatch(
            organisation_id=organisation.key,
            number=number or f"{next(serial):06d}",
            contact_person_id=contact.key if contact else None,
            profile_id=profile.key,
            organisation_code_id=code.key if code else None,
            reference=reference,
            created_at=created_at,
            expires_at=expires_at,
        )
    )


def make_code(
    batch: CodeBatch,
    *,
    code: str | None = None,
    state: CodeState = CodeState.USABLE,
    used_by: Person | None = None,
    used_at: datetime | None = None,
    enrolment: Enrolment | None = None,
    inactive_by: Person | None = None,
    inactive_reason: str = "",
) -> PaymentCode:
    """Add a payment code to a batch; one that is used or inactive is so since today.

    Unless said by whom, somebody or other used it.
    """
    if state is CodeState.USED and used_by is None:
        used_by = make_person()
    code = code or f"TEST-0000-0000-{next(serial):04d}"
    found_by = (code, code.replace("-", ""), batch.reference, batch.number)
    name = name_of(used_by).listed if used_by else ""
    return write(
        PaymentCode(
            organisation_id=batch.organisation_id,
            batch_id=batch.key,
            profile_id=batch.profile_id,
            code=code,
            state=state,
            created_at=batch.created_at,
            used_at=used_at or (NOW if state is CodeState.USED else None),
            used_by_id=used_by.key if used_by else None,
            enrolment_id=enrolment.key if enrolment else None,
            inactive_at=NOW if state is CodeState.INACTIVE else None,
            inactive_by_id=inactive_by.key if inactive_by else None,
            inactive_reason=inactive_reason,
            search=folded(" ".join((*found_by, name))),
        )
    )
