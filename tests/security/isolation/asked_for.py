"""What people of an organisation asked of the fund: an application for everything staff do."""

from datetime import timedelta
from typing import Any

from portal_app import clock
from portal_app.applications import (
    ApplicationKind,
    ApplicationState,
    CapacityPayload,
    CoManagerPayload,
    CompanyPayload,
    RolePayload,
)
from portal_app.models import Organisation
from portal_app.permissions import Role
from tests import factories
from tests.factories.people import TRAINING_PROVIDER
from tests.security.isolation.written import World

_STATE, _CHANGED = ApplicationState, ApplicationKind.ADDRESS_CHANGED
_STATES = {
    "take": _STATE.SUBMITTED,
    "read": _STATE.IN_PROGRESS,
    "ask": _STATE.IN_PROGRESS,
    "check": _STATE.IN_PROGRESS,
    "refuse": _STATE.IN_PROGRESS,
    "go_on": _STATE.WAITING,
    "answer": _STATE.WAITING,
    "withdraw": _STATE.SUBMITTED,
    "agree": _STATE.CHECKED,
    "disagree": _STATE.CHECKED,
    "confirm": _STATE.APPROVED,
    "send_again": _STATE.APPROVED,
}


def ask_the_fund(owner: str, world: World) -> None:
    """Write an application of a member for each of what can be done with one."""
    people = {name: world.people[f"{owner}.{name}"] for name in ("member", "manager", "contact")}
    for name, state in _STATES.items():
        is_checked = state in (_STATE.CHECKED, _STATE.APPROVED)
        is_agreed = state is _STATE.APPROVED
        made = factories.make_application(
            state,
            _CHANGED,
            person=people["member"] if is_checked else None,
            checked_by=people["manager"] if is_checked else None,
            agreed_by=people["contact"] if is_agreed else None,
            confirm_until=clock.real_now() + timedelta(days=7) if is_agreed else None,
        )
        world.applications[f"{owner}.{name}"] = made.number
    with world.stamping.of(owner, persona=f"{owner}.contact"):
        _ask_for_the_company(owner, world)
    with world.stamping.of(owner, persona=f"{owner}.consent"):  # read by whoever may give it
        _ask_the_manager(owner, world)
    for name in ("invite", "grant"):
        made = factories.make_application(_STATE.IN_PROGRESS, ApplicationKind.ACCESS)
        world.applications[f"{owner}.{name}"] = made.number


def _ask_for_the_company(owner: str, world: World) -> None:
    """Write a role and a capacity that the contact asked."""
    company, contact = world.organisations[owner], world.people[f"{owner}.contact"]
    told = _told(company)
    asked = {
        "give": (ApplicationKind.ROLE, RolePayload(role=Role.LOCATION_MANAGER, **told)),
        "switch_on": (
            ApplicationKind.CAPACITY,
            CapacityPayload(capacity=TRAINING_PROVIDER, **told),
        ),
    }
    for name, (kind, payload) in asked.items():
        made = factories.make_application(_STATE.IN_PROGRESS, kind, person=contact, payload=payload)
        world.applications[f"{owner}.{name}"] = made.number
    for name, state in (("my_answer", _STATE.WAITING), ("my_withdraw", _STATE.SUBMITTED)):
        payload = RolePayload(role=Role.USER, **told)
        made = factories.make_application(
            state, ApplicationKind.ROLE, person=contact, payload=payload
        )
        world.applications[f"{owner}.{name}"] = made.number


def _ask_the_manager(owner: str, world: World) -> None:
    """Write two questions about somebody who cannot read them to whoever manages the company."""
    company, waits = world.organisations[owner], world.people[f"{owner}.appointed"]
    told = _told(company)
    for name in ("consent", "refuse_consent"):
        payload = CoManagerPayload(proof_id=world.first(owner, "eherkenning_proof"), **told)
        made = factories.make_application(
            _STATE.SUBMITTED, ApplicationKind.CO_MANAGER, person=waits, payload=payload
        )
        world.questions[f"{owner}.{name}"] = made.key


def _told(company: Organisation) -> dict[str, Any]:
    return CompanyPayload(
        organisation_id=company.key,
        company=company.name,
        number=company.number,
        unit=company.unit,
        why="Nodig.",
    ).model_dump()
