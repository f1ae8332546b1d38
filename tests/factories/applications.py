"""Applications in any state, as if all that led there had happened."""

from datetime import datetime, timedelta

from portal_app.adapters import codes
from portal_app.applications import (
    FINISHED,
    RULES,
    AccessPayload,
    AddressPayload,
    ApplicationKind,
    ApplicationState,
    CompanyPayload,
    Payload,
)
from portal_app.models import Application, ApplicationEvent, Person
from portal_app.names import PersonName
from tests.factories.people import NUMBERS
from tests.factories.writing import serial, write
from tests.harness.stopped_clock import NOW

_NAMED = (AccessPayload, CompanyPayload)


def make_application(
    state: ApplicationState = ApplicationState.SUBMITTED,
    kind: ApplicationKind = ApplicationKind.ADDRESS_FORGOTTEN,
    *,
    given_name: str = "Jan",
    family_name: str = "Peeters",
    email: str = "jan@thuis.example",
    person: Person | None = None,
    checked_by: Person | None = None,
    agreed_by: Person | None = None,
    assignee: Person | None = None,
    submitted_at: datetime = NOW,
    confirm_until: datetime | None = None,
    payload: Payload | None = None,
) -> Application:
    """Make an application with the event that it came in, and the one of its state."""
    name = PersonName(given_name, family_name)
    held = payload or AddressPayload(given_name=given_name, family_name=family_name)
    if kind is ApplicationKind.ACCESS and not payload:
        held = _access(given_name, family_name)
    made = write(
        Application(
            number=codes.application_number(),
            kind=kind,
            state=state,
            needs_two=RULES[kind].needs_two,
            fingerprint=f"{next(serial):064d}",
            name=name.listed,
            name_sort=name.name_sort,
            email=email,
            locale="nl",
            company=held.company if isinstance(held, _NAMED) else "",
            company_number=held.number if isinstance(held, _NAMED) else "",
            payload=held.model_dump_json(),
            submitted_at=submitted_at,
            due_at=submitted_at + timedelta(days=2),
            assignee_id=assignee.id if assignee else None,
            person_id=person.id if person else None,
            checked_by_id=checked_by.id if checked_by else None,
            agreed_by_id=agreed_by.id if agreed_by else None,
            confirm_until=confirm_until,
            finished_at=NOW if state in FINISHED else None,
        )
    )
    came_in = ApplicationState.SUBMITTED
    _happened(made, None, came_in)
    if state is not came_in:
        _happened(made, came_in, state)
    return made


def _access(given_name: str, family_name: str) -> AccessPayload:
    return AccessPayload(
        trade_register="kbo",
        number=NUMBERS[1],
        unit="Limburg",
        company="Metaal Vandervoort nv",
        street="Dorpsstraat 1",
        postal_code="3500",
        town="Hasselt",
        given_name=given_name,
        family_name=family_name,
        position="zaakvoerder",
        phone="+3225550100",
    )


def _happened(
    application: Application, before: ApplicationState | None, after: ApplicationState
) -> None:
    write(
        ApplicationEvent(
            application_id=application.key,
            from_state=before,
            to_state=after,
            at=application.submitted_at,
        )
    )
