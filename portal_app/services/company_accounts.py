"""Company accounts: made by staff for whoever will manage a company's access (S-03, S-17).

The user name and the temporary password go out in two messages. Until the person they name
has activated it, the account opens nothing and gives nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from portal_app.clock import BRUSSELS
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, CompanyAccount, Organisation, Person, TemporaryPurpose
from portal_app.names import name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import Right, Role
from portal_app.services import (
    access_limits,
    accounts,
    national_numbers,
    organisations,
    outbox,
    sessions,
)
from portal_app.services.organisations import OrganisationNumber
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

_WITHDRAWN = "withdrawn.invalid"
"""Where no mail ever goes: a name that is kept from being anybody's (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class NewCompanyAccount:
    """A form that was read and found right; the codes were made beforehand, and one hashed."""

    organisation: OrganisationNumber
    organisation_name: str  # used when the organisation is new
    given_name: str
    infix: str
    family_name: str
    email: str  # casefolded
    locale: str
    national_number: str  # its digits, kept as a digest alone; empty for a fund that asks none
    username: str
    password: str  # goes into the mail, sealed
    password_hash: str


@use_case(ProvenLately(Right.ACCOUNTS_MAKE, with_factor=True), writes=True)
def make(work: Work, *, wanted: NewCompanyAccount) -> int:
    """Make the account of a company, and the company when it is new; mail its two codes.

    Raises:
        Invalid: the address is taken, the name is missing of a company that is new, or
            somebody manages the access of this one or was appointed to.
        NotFound: the company is closed.
    """
    accounts.refuse_taken(work, wanted.email, wanted.username)
    organisation, is_new = organisations.found_or_made(
        work, wanted.organisation, wanted.organisation_name, waits=True
    )
    if is_new and not wanted.organisation_name:
        raise Invalid({"organisation_name": Text("errors.organisation_name_empty")})
    _refuse_second(work, organisation)
    account = accounts.make_with_temporary(
        work, wanted, TemporaryPurpose.ACTIVATION, expires_at=_expiry(work)
    )
    person = work.session.get_one(Person, account.person_id)
    person.national_number_digest = national_numbers.digest(wanted.national_number) or None
    work.session.add(person)
    company = CompanyAccount(
        organisation_id=organisation.key,
        person_id=account.person_id,
        made_at=work.now,
        made_by_id=work.actor.person_id,
        issued_at=work.now,
    )
    work.session.add(company)
    work.session.flush()
    _mail(work, company, account, wanted.password)
    work.note(
        "company_accounts.made",
        about=("company_account", company.id),
        organisation_id=organisation.id,
    )
    return company.key


@use_case(Right.ACCOUNTS_MAKE, writes=True)
def withdraw(work: Work, *, company_account_id: int) -> None:
    """Withdraw an account that waits: its codes are dead, and its person is told.

    It gives up its address and user name, so that another can be made for the same person.

    Raises:
        NotFound: there is no such account, or it was activated or withdrawn.
    """
    found = work.session.get(CompanyAccount, company_account_id)
    if found is None:
        raise NotFound
    # Whoever activates it, or makes new codes, takes the account first too.
    account = work.session.get_one(
        Account, found.person_id, with_for_update=True, populate_existing=True
    )
    company = waiting_of(work, account.person_id)
    if company is None:
        raise NotFound
    organisation = work.session.get_one(Organisation, company.organisation_id)
    outbox.post(
        work,
        to=account.email,
        template="company_account_withdrawn",
        locale=account.locale,
        values={
            "name": name_of(work.session.get_one(Person, account.person_id)).full,
            "company": organisation.name,
            "at": work.now,
        },
        about=("company_account", company.id),
        cause=f"company-account-withdrawn-{company.id}",
    )
    company.withdrawn_at, company.withdrawn_by_id = work.now, work.actor.person_id
    account.temporary_hash = account.temporary_expires_at = None
    account.username = account.username_folded = None
    account.email = f"{company.id}@{_WITHDRAWN}"
    work.session.add_all((company, account))
    sessions.end_others(work, account.person_id, "password")
    work.note(
        "company_accounts.withdrawn",
        about=("company_account", company.id),
        organisation_id=company.organisation_id,
    )


def waiting_of(work: Work, person_id: int) -> CompanyAccount | None:
    """Return the account of a company that waits until this person activates it."""
    with work.everywhere():  # it gives no organisation into scope yet
        return work.session.exec(
            select(CompanyAccount)
            .where(
                CompanyAccount.person_id == person_id,
                col(CompanyAccount.activated_at).is_(None),
                col(CompanyAccount.withdrawn_at).is_(None),
            )
            .execution_options(populate_existing=True)
        ).first()


def issue_anew(work: Work, company: CompanyAccount, account: Account, password: str) -> None:
    """Let new codes count from now on, and mail both; `account` holds the hash of the new one."""
    account.temporary_expires_at = _expiry(work)
    company.issued_at, company.issues = work.now, company.issues + 1
    work.session.add_all((account, company))
    _mail(work, company, account, password)
    work.note(
        "company_accounts.issued_anew",
        about=("company_account", company.id),
        organisation_id=company.organisation_id,
    )


def last_day(issued_at: datetime) -> date:
    """Return the last day on which codes of that moment work."""
    return issued_at.astimezone(BRUSSELS).date() + timedelta(days=settings.activation_days)


def _expiry(work: Work) -> datetime:
    """Return the moment at which the last day is over."""
    after = last_day(work.now) + timedelta(days=1)
    return datetime.combine(after, time(0), BRUSSELS).astimezone(work.now.tzinfo)


def _refuse_second(work: Work, organisation: Organisation) -> None:
    if not access_limits.take(work, organisation.key):
        raise NotFound  # it was closed
    waits = work.session.exec(
        select(CompanyAccount.id).where(
            CompanyAccount.organisation_id == organisation.key,
            col(CompanyAccount.activated_at).is_(None),
            col(CompanyAccount.withdrawn_at).is_(None),
        )
    ).first()
    if waits is not None:
        raise Invalid({"": Text("staff.wrong_company_account_waits")})
    if not access_limits.has_room(work, organisation.key, Role.MAIN_ACCESS_MANAGER, ""):
        raise Invalid({"": Text("staff.wrong_has_main_access_manager")})


def _mail(work: Work, company: CompanyAccount, account: Account, password: str) -> None:
    """Mail the user name and the temporary password, each in a message of its own."""
    name = name_of(work.session.get_one(Person, account.person_id)).full
    organisation = work.session.get_one(Organisation, company.organisation_id)
    last = last_day(company.issued_at)
    for template, values, secrets in (
        (
            "company_account_name",
            {"company": organisation.name, "username": account.username or ""},
            {},
        ),
        ("company_account_password", {}, {"password": password}),
    ):
        outbox.post(
            work,
            to=account.email,
            template=template,
            locale=account.locale,
            values={"name": name, "last": last, **values},
            secrets=secrets,
            about=("company_account", company.id),
            cause=f"{template}-{company.id}-{company.issues}",
        )
