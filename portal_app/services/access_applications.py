"""Access that a company asks for (X-21): staff look, and invite or grant."""

from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.applications import AccessPayload, ApplicationKind, ApplicationState
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Basis, Grant, Organisation, Person
from portal_app.models.access import TradeRegister
from portal_app.names import PersonName, name_of
from portal_app.needs import Anyone, ProvenLately
from portal_app.permissions import INVITABLE_ROLES, Right, Role
from portal_app.services import access_limits, applications, grants, inviting, organisations
from portal_app.services.applications import NewApplication
from portal_app.services.inviting import NewInvitation
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class AskedAccess:
    """A form that was read and found right."""

    organisation: OrganisationNumber
    company: str
    street: str
    postal_code: str
    town: str
    given_name: str
    family_name: str
    position: str
    email: str  # casefolded
    phone: str
    direct_phone: str
    locale: str


@dataclass(frozen=True, slots=True)
class KnownRole:
    """Somebody who has a role at the company now."""

    name: str
    email: str
    role: Role


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the portal knows of the company and of the address."""

    company: str  # as the portal knows it; empty when it is new
    is_there: bool
    siblings: tuple[str, ...]  # units of the same number
    has_address_alike: bool
    account: str  # the name of whoever signs in with the address; empty for nobody
    is_known_there: bool
    people: tuple[KnownRole, ...]


@use_case(Anyone, writes=True)
def ask(work: Work, *, asked: AskedAccess) -> str:
    """Keep the application, mail that it came, and return its number."""
    payload = AccessPayload(
        trade_register=asked.organisation.trade_register.value,
        number=asked.organisation.number,
        unit=asked.organisation.unit,
        company=asked.company,
        street=asked.street,
        postal_code=asked.postal_code,
        town=asked.town,
        given_name=asked.given_name,
        family_name=asked.family_name,
        position=asked.position,
        phone=asked.phone,
        direct_phone=asked.direct_phone,
    )
    name = PersonName(asked.given_name, asked.family_name)
    return applications.submit(
        work,
        NewApplication(
            ApplicationKind.ACCESS,
            name,
            asked.email,
            asked.locale,
            payload,
            asked.company,
            asked.organisation.number,
        ),
    )


@use_case(Right.INVITATIONS_MANAGE)
def evidence(work: Work, *, number: str) -> Evidence:
    """Tell what is known of the company and of the applicant's address.

    Raises:
        NotFound: there is no such application.
    """
    application, payload = applications.open_asking(work, number, AccessPayload)
    known = organisations.by_number(work, number_of(payload))
    account = _account(work, application.email)
    people = _people(work, known.key) if known else ()
    same_number = work.session.exec(
        select(Organisation.unit)
        .where(Organisation.number == payload.number)
        .order_by(col(Organisation.unit))
    ).all()
    host = application.email.rpartition("@")[2]
    return Evidence(
        known.name if known else "",
        known is not None,
        tuple(unit for unit in same_number if unit != payload.unit),
        any(one.email.rpartition("@")[2] == host for one in people),
        _name(work, account) if account else "",
        any(one.email == application.email for one in people),
        people,
    )


@use_case(ProvenLately(Right.INVITATIONS_MANAGE, with_factor=True), writes=True)
def invite(work: Work, *, number: str, version: int, role: Role) -> None:
    """Agree, and invite the applicant to the company, which is made when it is new.

    Raises:
        Invalid: it has moved on since, the role is not to be given, or the person has one
            there already.
        NotFound: there is no such application.
    """
    application, payload = applications.open_asking(work, number, AccessPayload)
    applications.move(work, application, ApplicationState.DONE, version=version)
    wanted = NewInvitation(
        number_of(payload),
        payload.company,
        role,
        application.email,
        payload.given_name,
        "",
        payload.family_name,
        application.locale,
    )
    inviting.invite(work, wanted=wanted)


@use_case(ProvenLately(Right.GRANTS_GIVE, with_factor=True), writes=True)
def grant(work: Work, *, number: str, version: int, role: Role) -> None:
    """Agree, and grant it to the account that signs in with the applicant's address.

    Raises:
        Invalid: it has moved on since, the role is not to be given, nobody signs in with the
            address, or the person has the role there already.
        NotFound: there is no such application, or the company is closed.
    """
    application, payload = applications.open_asking(work, number, AccessPayload)
    account = _account(work, application.email)
    if role not in INVITABLE_ROLES:
        raise Invalid({"role": Text("errors.role_empty")})
    if account is None:
        raise Invalid({"role": Text("errors.application_no_account")})
    applications.move(work, application, ApplicationState.DONE, version=version)
    company, _ = organisations.found_or_made(work, number_of(payload), payload.company)
    if not access_limits.take(work, company.key):
        raise NotFound
    if not grants.add(
        work, account.person_id, company.key, role, Basis.APPLICATION, application.key
    ):
        raise Invalid({"role": Text("invitations.wrong_has_role")})
    given = {
        "name": _name(work, account),
        "company": company.name,
        "role": Text(f"roles.{role.value}"),
    }
    applications.write_to_applicant(work, application, "access_given", given)


def number_of(payload: AccessPayload) -> OrganisationNumber:
    """Return what tells the company from all others."""
    return OrganisationNumber(TradeRegister(payload.trade_register), payload.number, payload.unit)


def _account(work: Work, email: str) -> Account | None:
    return work.session.exec(select(Account).where(Account.email == email)).first()


def _name(work: Work, account: Account) -> str:
    return name_of(work.session.get_one(Person, account.person_id)).full


def _people(work: Work, organisation_id: int) -> tuple[KnownRole, ...]:
    found = work.session.exec(
        select(Person, Account, Grant)
        .join(Account, col(Account.person_id) == Person.id)
        .join(Grant, col(Grant.person_id) == Person.id)
        .where(Grant.organisation_id == organisation_id, col(Grant.ended_at).is_(None))
        .order_by(col(Person.name_sort))
        .limit(20)
    )
    return tuple(
        KnownRole(name_of(person).full, account.email, grant.role)
        for person, account, grant in found
    )
