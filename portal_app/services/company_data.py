"""What a company says of itself, and changing it part by part (M-01, M-02).

Whoever changes a part names the version of it that they saw, so that what somebody else saved in
the meantime is not lost unseen. The same change twice is made once.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select

from portal_app.actors import ACTIVE_GRANT
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import CompanyChange, CompanyPart, Grant, Organisation, Person
from portal_app.models.access import TradeRegister
from portal_app.names import company_sort, name_of
from portal_app.permissions import Right, Role
from portal_app.services import bank_account_letters, organisations
from portal_app.services.organisations import OrganisationSight
from portal_app.unit_of_work import Work, use_case

CONTACTS = (Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER, Role.TRUSTED_CONTACT)
"""The roles of those to whom people turn about a company, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class CompanyName:
    """What a company is called."""

    name: str


@dataclass(frozen=True, slots=True)
class CompanyAddress:
    """Where a company is."""

    street: str
    postal_code: str
    town: str


@dataclass(frozen=True, slots=True)
class CompanyContact:
    """How a company is reached."""

    phone: str  # E.164
    email: str
    website: str  # with https:// or http://


Wanted = CompanyName | CompanyAddress | CompanyContact
_PARTS: Mapping[type[Wanted], CompanyPart] = {
    CompanyName: CompanyPart.NAME,
    CompanyAddress: CompanyPart.ADDRESS,
    CompanyContact: CompanyPart.CONTACT,
}


@dataclass(frozen=True, slots=True)
class LastChange:
    """Which version of a part this is, and who made it; version 0: nobody changed it yet."""

    version: int
    at: datetime
    by: str  # empty: somebody of the fund
    is_own: bool


@dataclass(frozen=True, slots=True)
class ContactPerson:
    """Somebody to whom people turn about a company."""

    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class CompanyData:
    """All of it but the bank account."""

    organisation_id: int
    trade_register: TradeRegister
    number: str
    unit: str
    name: CompanyName
    address: CompanyAddress
    contact: CompanyContact
    changes: Mapping[CompanyPart, LastChange]  # of the parts that somebody changed
    contacts: tuple[ContactPerson, ...]
    branches: tuple[OrganisationSight, ...]  # of the same number, that the reader sees too
    may_edit: bool
    sees_access: bool  # who may do what for it


@use_case(Right.ORGANISATION_SEE)
def seen(work: Work) -> tuple[OrganisationSight, ...]:
    """List the companies of which the person sees the data; staff: none."""
    return organisations.in_scope(work)


@use_case(Right.ORGANISATION_SEE)
def overview(work: Work, *, organisation_id: int) -> CompanyData:
    """Tell what a company says of itself.

    Raises:
        NotFound: no such organisation in scope.
    """
    one = work.session.get(Organisation, organisation_id)
    if one is None or organisation_id not in work.scope:
        raise NotFound
    return CompanyData(
        organisation_id,
        one.trade_register,
        one.number,
        one.unit,
        CompanyName(one.name),
        CompanyAddress(one.street, one.postal_code, one.town),
        CompanyContact(one.phone, one.email, one.website),
        _changes(work, organisation_id),
        _contacts(work, organisation_id),
        _branches(work, one),
        may_edit(work, organisation_id) and one.closed_at is None,
        organisation_id in work.actor.scope(Right.ACCESS_SEE),
    )


@use_case(Right.ORGANISATION_EDIT, writes=True)
def change(work: Work, *, organisation_id: int, wanted: Wanted, version: int) -> bool:
    """Change a part of which `version` was seen; False when it says that already.

    Raises:
        NotFound: no such organisation in scope.
        Invalid: somebody else changed that part since.
    """
    one = to_change(work, organisation_id)
    work.session.refresh(one)
    said = asdict(wanted)
    if all(getattr(one, field) == value for field, value in said.items()):
        return False
    part = _PARTS[type(wanted)]
    take_turn(work, organisation_id, part, version=version)
    for field, value in said.items():
        setattr(one, field, value)
    one.name_sort = company_sort(one.name)
    work.session.add(one)
    if part is CompanyPart.CONTACT:  # by which the fund asks whether a bank account is right
        bank_account_letters.tell_of_contact(work, one)
    work.note(
        "company_data.changed",
        about=("organisation", organisation_id),
        organisation_id=organisation_id,
        part=part.value,
    )
    return True


def to_change(work: Work, organisation_id: int) -> Organisation:
    """Return the organisation to whoever may change its data; `NotFound` to everybody else."""
    one = work.session.get(Organisation, organisation_id)
    if one is None or not may_edit(work, organisation_id) or one.closed_at is not None:
        raise NotFound
    return one


def may_edit(work: Work, organisation_id: int) -> bool:
    """Tell whether the actor may change the data of an organisation."""
    return work.actor.is_trusted or work.actor.holds(Right.ORGANISATION_EDIT, organisation_id, "")


def version_of(work: Work, organisation_id: int, part: CompanyPart) -> int:
    """Return the version that a part of a company's data is at."""
    found = work.session.exec(
        select(func.max(CompanyChange.version)).where(
            CompanyChange.organisation_id == organisation_id, CompanyChange.part == part
        )
    ).one()
    return found or 0


def take_turn(work: Work, organisation_id: int, part: CompanyPart, *, version: int) -> None:
    """Make the next version of a part, of which `version` was seen.

    Raises:
        Invalid: somebody else changed it since, or just now.
    """
    changed = Invalid({"": Text("company_data.wrong_changed")})
    if version_of(work, organisation_id, part) != version:
        raise changed
    made = CompanyChange(
        organisation_id=organisation_id,
        part=part,
        version=version + 1,
        changed_at=work.now,
        changed_by_id=work.actor.person_id,
        by_fund=work.actor.is_staff or work.actor.is_trusted,
    )
    try:
        with work.session.begin_nested():
            work.session.add(made)
    except IntegrityError:  # the constraint: somebody made this version at the same time
        raise changed from None


def _changes(work: Work, organisation_id: int) -> Mapping[CompanyPart, LastChange]:
    newest = (
        select(func.max(CompanyChange.id))
        .where(CompanyChange.organisation_id == organisation_id)
        .group_by(col(CompanyChange.part))
    )
    found = work.session.exec(
        select(CompanyChange, Person)
        .join(Person, col(Person.id) == CompanyChange.changed_by_id, isouter=True)
        .where(CompanyChange.organisation_id == organisation_id, col(CompanyChange.id).in_(newest))
    )
    return {
        one.part: LastChange(
            one.version,
            one.changed_at,
            name_of(person).full if person and (not one.by_fund or work.actor.is_staff) else "",
            one.changed_by_id is not None and one.changed_by_id == work.actor.person_id,
        )
        for one, person in found
    }


def _contacts(work: Work, organisation_id: int) -> tuple[ContactPerson, ...]:
    found = work.session.exec(
        select(Grant, Person)
        .join(Person, col(Person.id) == Grant.person_id)
        .where(
            Grant.organisation_id == organisation_id, col(Grant.role).in_(CONTACTS), ACTIVE_GRANT
        )
        .order_by(Person.name_sort, col(Person.id)),
        params={"now": work.now},
    ).all()
    people = {person.key: name_of(person).full for _, person in found}
    given = {(grant.role, person.key) for grant, person in found}
    held = {key: tuple(role for role in CONTACTS if (role, key) in given) for key in people}
    in_order = sorted(people, key=lambda key: CONTACTS.index(held[key][0]))
    return tuple(ContactPerson(people[key], held[key]) for key in in_order)


def _branches(work: Work, one: Organisation) -> tuple[OrganisationSight, ...]:
    with work.within(work.actor.scope(Right.ORGANISATION_SEE)):  # the page names but this one
        found = work.session.exec(
            select(Organisation.id).where(
                Organisation.trade_register == one.trade_register,
                Organisation.number == one.number,
                Organisation.id != one.id,
                col(Organisation.closed_at).is_(None),
            )
        )
        return organisations.sights(work, {key for key in found if key is not None})
