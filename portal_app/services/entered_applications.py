"""Applications that staff enter for whoever calls, by the use cases of the forms themselves.

What can be asked without an account is entered by whoever decides its kind. What is asked
with one is entered by whoever established lately that its person calls, and decided by whoever
decides it otherwise. Entering establishes nothing: what turns on identity still takes two.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.actors import Actor, person_as_actor
from portal_app.applications import RULES, ApplicationKind
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Application, Organisation
from portal_app.permissions import Right, Role
from portal_app.services import (
    access_applications,
    activation_codes,
    address_applications,
    applications,
    company_applications,
    factors,
    lost_factors,
    phone_callers,
)
from portal_app.services.access_applications import AskedAccess
from portal_app.services.activation_codes import AskedCodes
from portal_app.services.address_applications import AskedAddress
from portal_app.unit_of_work import Work, use_case

KINDS = (
    ApplicationKind.ADDRESS_CHANGED,
    ApplicationKind.ADDRESS_FORGOTTEN,
    ApplicationKind.ACTIVATION_CODES,
    ApplicationKind.ACCESS,
)
"""What can be asked without an account, and so by whoever calls."""

CALLER_KINDS = (
    ApplicationKind.LOST_FACTOR,
    ApplicationKind.ROLE,
    ApplicationKind.CAPACITY,
)
"""What is asked with an account, and so only by a caller who was established."""


@dataclass(frozen=True, slots=True)
class CallersCompany:
    """A company of the caller, and what can be asked there."""

    id: int
    name: str
    unit: str
    roles: tuple[Role, ...]
    capacities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """What can be entered, and what is known of a caller who was established."""

    kinds: tuple[ApplicationKind, ...]
    given_name: str = ""
    family_name: str = ""
    locale: str = ""
    companies: tuple[CallersCompany, ...] = ()


@use_case(Right.APPLICATIONS_SEE)
def start(work: Work, *, person_id: int = 0) -> Start:
    """Tell what whoever asks can enter; `person_id` is of a caller, filled in once established.

    Raises:
        NotFound: there is no such person.
    """
    kinds = tuple(kind for kind in KINDS if applications.may_decide(work, kind))
    if not person_id or not work.actor.scope(Right.IDENTITY_CHECK):
        return Start(kinds)
    try:
        person = phone_callers.must_be_established(work, person_id)
    except Invalid:  # what is known of them may not be shown yet
        return Start(kinds)
    account = work.session.get(Account, person_id)
    family_name = f"{person.infix} {person.family_name}".strip()
    if account is None:
        return Start(kinds, person.given_name, family_name)
    companies = tuple(_companies(work, _asker(work, person_id)))
    can = {
        ApplicationKind.LOST_FACTOR: factors.number_of(work, person_id) > 0,
        ApplicationKind.ROLE: any(one.roles for one in companies),
        ApplicationKind.CAPACITY: any(one.capacities for one in companies),
    }
    kinds += tuple(kind for kind in CALLER_KINDS if can[kind])
    return Start(kinds, person.given_name, family_name, account.locale, companies)


@use_case(Right.IDENTITY_CHECK, writes=True)
def enter_address(work: Work, *, asked: AskedAddress) -> str:
    """Enter that an address was forgotten or has changed, and return the number."""
    return _entered(work, asked.kind, address_applications.ask(work, asked=asked))


@use_case(Right.IDENTITY_CHECK, writes=True)
def enter_codes(work: Work, *, asked: AskedCodes) -> str:
    """Enter that new codes are asked for the account of a company, and return the number."""
    number = activation_codes.ask(work, asked=asked)
    return _entered(work, ApplicationKind.ACTIVATION_CODES, number)


@use_case(Right.INVITATIONS_MANAGE, writes=True)
def enter_access(work: Work, *, asked: AskedAccess) -> str:
    """Enter that a company asks for access, and return the number."""
    return _entered(work, ApplicationKind.ACCESS, access_applications.ask(work, asked=asked))


@use_case(Right.IDENTITY_CHECK, writes=True)
def enter_lost_factor(work: Work, *, person_id: int, phone: str, national_number: str = "") -> str:
    """Enter that the caller lost every second step, and return the number.

    Raises:
        Invalid: it is not established that they call, or they have none.
        NotFound: there is no such person, or they have no account.
    """
    account = _account(work, person_id)
    if not factors.number_of(work, person_id):
        raise Invalid({"": Text("errors.application_caller_no_factor")})
    number = lost_factors.ask_for(work, account, phone=phone, national_number=national_number)
    return _entered(work, ApplicationKind.LOST_FACTOR, number)


@use_case(Right.IDENTITY_CHECK, writes=True)
def enter_role(work: Work, *, person_id: int, organisation_id: int, role: Role, why: str) -> str:
    """Enter that the caller asks a role for themselves, and return the number.

    Raises:
        Invalid: it is not established that they call, or it is no role to ask for.
        NotFound: there is no such person or account, or they hold nothing at the company.
    """
    asker = _asker(work, _account(work, person_id).person_id)
    number = company_applications.role_for(
        work, asker, organisation_id=organisation_id, role=role, why=why
    )
    return _entered(work, ApplicationKind.ROLE, number)


@use_case(Right.IDENTITY_CHECK, writes=True)
def enter_capacity(
    work: Work, *, person_id: int, organisation_id: int, capacity: str, why: str
) -> str:
    """Enter that the caller asks a capacity for a company, and return the number.

    Raises:
        Invalid: it is not established that they call, or it is no capacity to ask for.
        NotFound: there is no such person or account, or they do not ask for the company.
    """
    asker = _asker(work, _account(work, person_id).person_id)
    number = company_applications.capacity_for(
        work, asker, organisation_id=organisation_id, capacity=capacity, why=why
    )
    return _entered(work, ApplicationKind.CAPACITY, number)


def _account(work: Work, person_id: int) -> Account:
    phone_callers.must_be_established(work, person_id)
    account = work.session.get(Account, person_id)
    if account is None:
        raise NotFound
    return account


def _asker(work: Work, person_id: int) -> Actor:
    """Return the caller with what they may do now: no more is asked than they could themselves."""
    return person_as_actor(work.session, person_id, work.now)


def _companies(work: Work, asker: Actor) -> Iterator[CallersCompany]:
    ids = {one.organisation_id for one in asker.grants if one.organisation_id is not None}
    found = work.session.exec(
        select(Organisation)
        .where(col(Organisation.id).in_(ids), col(Organisation.closed_at).is_(None))
        .order_by(col(Organisation.name_sort), col(Organisation.id))
    )
    for one in found.all():
        asks = asker.holds(Right.CAPACITIES_ASK, one.key, "")
        able = company_applications.capacities_of(work, asker, one.key) if asks else ()
        roles = company_applications.roles_of(asker, one.key)
        yield CallersCompany(one.key, one.name, one.unit, roles, able)


def _entered(work: Work, kind: ApplicationKind, number: str) -> str:
    made = work.session.exec(select(Application.id).where(Application.number == number)).one()
    work.note(
        "applications.entered",
        about=("application", made),
        kind=kind.value,
        needs_two=RULES[kind].needs_two,
    )
    return number
