"""What people ask the fund for a company of their own: a role for themselves, or a capacity.

Who it is about is known: whoever asks is signed in, or staff who know who calls enter it for
them. `company_outcomes` has what staff do.
"""

from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.actors import Actor
from portal_app.applications import (
    ApplicationKind,
    CapacityPayload,
    CompanyPayload,
    RolePayload,
)
from portal_app.brand import brand
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Organisation, OrganisationCapacity, Person
from portal_app.names import PersonName
from portal_app.needs import SignedIn
from portal_app.permissions import INVITABLE_ROLES, Right, Role
from portal_app.services import applications
from portal_app.services.applications import NewApplication
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class RolesToAsk:
    """The roles that somebody does not hold yet for a company."""

    organisation_id: int
    company: str
    unit: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class CapacitiesToAsk:
    """The capacities that the fund alone can switch on for whoever asks."""

    organisation_id: int
    company: str
    unit: str
    capacities: tuple[str, ...]


@use_case(SignedIn)
def roles_to_ask(work: Work, *, organisation_id: int) -> RolesToAsk:
    """List what can be asked for oneself in a company of one's own.

    Raises:
        NotFound: one holds nothing there.
    """
    company = _own_company(work, work.actor, organisation_id)
    return RolesToAsk(company.key, company.name, company.unit, roles_of(work.actor, company.key))


@use_case(SignedIn, writes=True)
def ask_role(work: Work, *, organisation_id: int, role: Role, why: str) -> str:
    """Ask staff for a role, mail that it came, and return its number.

    Raises:
        NotFound: one holds nothing at the company.
        Invalid: one holds the role already, or it is none to ask for.
    """
    return role_for(work, work.actor, organisation_id=organisation_id, role=role, why=why)


def role_for(work: Work, asker: Actor, *, organisation_id: int, role: Role, why: str) -> str:
    """Ask a role for somebody, with what `ask_role` raises."""
    company = _own_company(work, asker, organisation_id)
    if role not in roles_of(asker, company.key):
        raise Invalid({"role": Text("errors.role_empty")})
    told = _told(work, asker, company, why)
    return _submit(
        work,
        asker,
        ApplicationKind.ROLE,
        RolePayload(role=role, **told.model_dump()),
        f"{company.key} {role.value}",
    )


@use_case(Right.CAPACITIES_ASK)
def capacities_to_ask(work: Work, *, organisation_id: int) -> CapacitiesToAsk:
    """List the capacities that can be asked for a company.

    Raises:
        NotFound: no such company in scope.
    """
    company = _company_in_scope(work, organisation_id)
    able = capacities_of(work, work.actor, company.key)
    return CapacitiesToAsk(company.key, company.name, company.unit, able)


@use_case(Right.CAPACITIES_ASK, writes=True)
def ask_capacity(work: Work, *, organisation_id: int, capacity: str, why: str) -> str:
    """Ask staff to switch a capacity on, mail that it came, and return its number.

    Raises:
        NotFound: no such company in scope.
        Invalid: it is on, there is no such one, or whoever asks can switch it on themselves.
    """
    company = _company_in_scope(work, organisation_id)
    return capacity_for(work, work.actor, organisation_id=company.key, capacity=capacity, why=why)


def capacity_for(work: Work, asker: Actor, *, organisation_id: int, capacity: str, why: str) -> str:
    """Ask a capacity for a company where somebody may, with what `ask_capacity` raises."""
    if not asker.holds(Right.CAPACITIES_ASK, organisation_id, ""):
        raise NotFound
    company = _open(work, organisation_id)
    if capacity not in capacities_of(work, asker, company.key):
        raise Invalid({"capacity": Text("errors.application_capacity_empty")})
    told = _told(work, asker, company, why)
    return _submit(
        work,
        asker,
        ApplicationKind.CAPACITY,
        CapacityPayload(capacity=capacity, **told.model_dump()),
        f"{company.key} {capacity}",
    )


def _own_company(work: Work, asker: Actor, organisation_id: int) -> Organisation:
    if organisation_id not in {grant.organisation_id for grant in asker.grants}:
        raise NotFound
    return _open(work, organisation_id)


def _company_in_scope(work: Work, organisation_id: int) -> Organisation:
    if not work.holds(organisation_id, ""):
        raise NotFound
    return _open(work, organisation_id)


def _open(work: Work, organisation_id: int) -> Organisation:
    found = work.session.get(Organisation, organisation_id)
    if found is None or found.closed_at is not None:
        raise NotFound
    return found


def roles_of(asker: Actor, organisation_id: int) -> tuple[Role, ...]:
    """List the roles that somebody does not hold yet for a company."""
    held = {
        grant.role
        for grant in asker.grants
        if grant.organisation_id == organisation_id and not grant.capacity
    }
    return tuple(role for role in INVITABLE_ROLES if role not in held)


def capacities_of(work: Work, asker: Actor, organisation_id: int) -> tuple[str, ...]:
    """List the capacities of a company that are off, and that somebody cannot switch on."""
    on = set(
        work.session.exec(
            select(OrganisationCapacity.capacity).where(
                OrganisationCapacity.organisation_id == organisation_id,
                col(OrganisationCapacity.ended_at).is_(None),
            )
        )
    )
    switches = asker.holds(Right.CAPACITIES_SWITCH, organisation_id, "")
    return tuple(
        one.code
        for one in brand.capacities
        if one.code not in on and not one.standard and (one.needs_fund or not switches)
    )


def _told(work: Work, asker: Actor, company: Organisation, why: str) -> CompanyPayload:
    person = work.session.get_one(Person, asker.person_id)
    return CompanyPayload(
        organisation_id=company.key,
        company=company.name,
        number=company.number,
        unit=company.unit,
        why=why,
        phone=person.phone or "",
    )


def _submit(
    work: Work,
    asker: Actor,
    kind: ApplicationKind,
    payload: RolePayload | CapacityPayload,
    what: str,
) -> str:
    account = work.session.get_one(Account, asker.person_id)
    person = work.session.get_one(Person, asker.person_id)
    new = NewApplication(
        kind,
        PersonName(person.given_name, person.family_name, person.infix),
        account.email,
        account.locale,
        payload,
        payload.company,
        payload.number,
        person_id=person.key,
        same=f"{person.key} {what}",
    )
    return applications.submit(work, new)
