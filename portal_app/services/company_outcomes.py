"""What comes of a role or a capacity that was asked: staff look, and give it or switch it on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT, STANDING_GRANT
from portal_app.applications import (
    ApplicationState,
    CapacityPayload,
    CompanyPayload,
    RolePayload,
)
from portal_app.brand import brand
from portal_app.errors import Invalid, Text
from portal_app.models import Account, Application, Basis, Grant, Organisation, Person
from portal_app.names import name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import INVITABLE_ROLES, MANAGER_ROLES, Right, Role
from portal_app.services import access_limits, applications, capacities, grants
from portal_app.unit_of_work import Work, use_case

_MOST = 20


@dataclass(frozen=True, slots=True)
class ManagerThere:
    """Somebody who manages the access of the company, whom staff can ask."""

    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the portal knows of whoever asks, and of the company."""

    company: str  # as it is called now
    is_open: bool
    held: tuple[Role, ...]  # by whoever asks, in this company
    is_there_already: bool  # the role is held, or the capacity is on
    is_oneself: bool  # whoever looks asked for it
    managers: tuple[ManagerThere, ...]


@use_case(Right.APPLICATIONS_SEE)
def evidence(work: Work, *, number: str) -> Evidence:
    """Tell what is known of whoever asked and of their company.

    Raises:
        NotFound: there is no such application that whoever asks decides.
    """
    application, payload = applications.open_asking(work, number, CompanyPayload)
    company = work.session.get_one(Organisation, payload.organisation_id)
    held = _held(work, application.person_id or 0, company.key)
    return Evidence(
        company.name,
        company.closed_at is None,
        tuple(dict.fromkeys(role for role, _ in held)),
        _is_there_already(work, payload, held),
        application.person_id == work.actor.person_id,
        _managers(work, company.key),
    )


@use_case(ProvenLately(Right.GRANTS_GIVE, with_factor=True), writes=True)
def give(work: Work, *, number: str, version: int) -> None:
    """Agree, give the role that was asked, and mail it.

    Raises:
        Invalid: it has moved on since, whoever asked holds the role or left the company, the
            company is closed, or it is oneself.
        NotFound: there is no such application.
    """
    application, payload = applications.open_asking(work, number, RolePayload)
    person_id = _agree(work, application, payload, version)
    if payload.role not in INVITABLE_ROLES:
        raise Invalid({"": Text("errors.role_empty")})
    if not grants.add(
        work,
        person_id,
        payload.organisation_id,
        payload.role,
        Basis.APPLICATION,
        application.key,
    ):
        raise Invalid({"": Text("invitations.wrong_has_role")})
    applications.write_to_applicant(
        work,
        application,
        "access_given",
        {
            "name": name_of(work.session.get_one(Person, person_id)).full,
            "company": payload.company,
            "role": Text(f"roles.{payload.role.value}"),
        },
    )


@use_case(ProvenLately(Right.CAPACITIES_APPROVE, with_factor=True), writes=True)
def switch_on(work: Work, *, number: str, version: int) -> None:
    """Agree, switch on the capacity that was asked, and mail it.

    Raises:
        Invalid: it has moved on since, it is on already, whoever asked left the company, the
            company is closed, or it is oneself.
        NotFound: there is no such application, or the fund has no such capacity any more.
    """
    application, payload = applications.open_asking(work, number, CapacityPayload)
    _agree(work, application, payload, version)
    is_new = capacities.approve(
        work,
        organisation_id=payload.organisation_id,
        capacity=payload.capacity,
        reason=application.number,
    )
    offered = brand.capacity(payload.capacity)
    if not is_new or offered is None:
        raise Invalid({"": Text("errors.application_capacity_on")})
    names: dict[str, str] = {**offered.name}
    applications.write_to_applicant(
        work,
        application,
        "application_moved",
        {
            "name": "",
            "what": Text(
                "applications.own_capacity_on",
                {"capacity": names[application.locale], "company": payload.company},
            ),
        },
    )


def _agree(work: Work, application: Application, payload: CompanyPayload, version: int) -> int:
    """Finish the application, and return who asked; from here nobody else changes the company."""
    person_id = application.person_id or 0
    if person_id == work.actor.person_id:
        raise Invalid({"": Text("applications.wrong_own")})
    applications.move(
        work, application, ApplicationState.DONE, version=version, agreed_by_id=work.person_id
    )
    if not access_limits.take(work, payload.organisation_id):
        raise Invalid({"": Text("applications.wrong_company_closed")})
    if not _held(work, person_id, payload.organisation_id):
        raise Invalid({"": Text("applications.wrong_left_company")})
    # The address may have changed since it was asked.
    application.email = work.session.get_one(Account, person_id).email
    work.session.add(application)
    return person_id


def _held(work: Work, person_id: int, organisation_id: int) -> Sequence[tuple[Role, str]]:
    """Return the roles of somebody in a company, each with its capacity."""
    found = work.session.exec(
        select(Grant.role, Grant.capacity)
        .where(
            Grant.person_id == person_id, Grant.organisation_id == organisation_id, STANDING_GRANT
        )
        .order_by(col(Grant.id)),
        params={"now": work.now},
    )
    return [(Role(role), capacity) for role, capacity in found]


def _is_there_already(
    work: Work, payload: CompanyPayload, held: Sequence[tuple[Role, str]]
) -> bool:
    if isinstance(payload, CapacityPayload):
        return access_limits.is_active(work, payload.organisation_id, payload.capacity)
    return isinstance(payload, RolePayload) and (payload.role, "") in held


def _managers(work: Work, organisation_id: int) -> tuple[ManagerThere, ...]:
    found = work.session.exec(
        select(Person, Account, Grant)
        .join(Account, col(Account.person_id) == Person.id)
        .join(Grant, col(Grant.person_id) == Person.id)
        .where(
            Grant.organisation_id == organisation_id,
            col(Grant.role).in_(MANAGER_ROLES),
            ACTIVE_GRANT,
        )
        .order_by(col(Person.name_sort), col(Grant.id))
        .limit(_MOST),
        params={"now": work.now},
    )
    return tuple(
        ManagerThere(name_of(person).full, account.email, grant.role)
        for person, account, grant in found
    )
