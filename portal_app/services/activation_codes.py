"""New codes for the account of a company: asked by its person or by who is responsible (S-06).

Whoever asks hears the same, whether the account exists or not. Two members of staff establish
whose it is; then new codes go to the known address of the account, and the old ones are dead.
"""

from dataclasses import dataclass

from portal_app.adapters import passwords
from portal_app.applications import ActivationPayload, ApplicationKind, ApplicationState
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Application, CompanyAccount, Organisation, Person
from portal_app.names import PersonName
from portal_app.needs import Anyone
from portal_app.permissions import Right
from portal_app.reading_contact import masked
from portal_app.services import applications, company_accounts, national_numbers, sessions
from portal_app.services.applications import NewApplication
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class AskedCodes:
    """A form that was read and found right."""

    company_number: str  # digits only
    given_name: str  # of the person who was appointed
    family_name: str
    asker: str  # who is responsible for the company; empty when the person asks
    email: str  # where whoever asks is reached; casefolded
    phone: str  # E.164; empty when staff ask
    locale: str
    national_number: str = ""  # of the person who asks; its digits, kept as a digest alone


@use_case(Anyone, writes=True)
def ask(work: Work, *, asked: AskedCodes) -> str:
    """Keep the application, mail that it came, and return its number."""
    return _submitted(work, asked)


@use_case(Right.ACCOUNTS_MAKE, writes=True)
def ask_for(work: Work, *, company_account_id: int) -> str:
    """Ask new codes for an account that waits, in the name of its person; return the number.

    Two members of staff establish who the person is, as for whoever asks with the form.

    Raises:
        NotFound: there is no such account, or it was activated or withdrawn.
    """
    found = work.session.get(CompanyAccount, company_account_id)
    company = company_accounts.waiting_of(work, found.person_id) if found else None
    if company is None:
        raise NotFound
    account = work.session.get_one(Account, company.person_id)
    person = work.session.get_one(Person, company.person_id)
    organisation = work.session.get_one(Organisation, company.organisation_id)
    asked = AskedCodes(
        organisation.number,
        person.given_name,
        person.family_name,
        "",
        account.email,
        "",
        account.locale,
    )
    return _submitted(work, asked)


def issue(work: Work, application: Application, version: int) -> None:
    """Make new codes, so that the old ones are dead, and mail them to the known address.

    A number that the person gave counts from now on: two members of staff know that it is them.

    Raises:
        Invalid: no account of a company waits for this person.
    """
    applications.move(
        work, application, ApplicationState.DONE, version=version, agreed_by_id=work.person_id
    )
    person_id = application.person_id or 0  # the database keeps that it is there by now
    account = work.session.get_one(Account, person_id, with_for_update=True, populate_existing=True)
    company = company_accounts.waiting_of(work, person_id)
    if company is None or not account.awaits_activation:
        raise Invalid({"": Text("errors.application_nothing_to_activate")})
    payload = applications.payload_of(application)
    if isinstance(payload, ActivationPayload) and payload.national_number:
        person = work.session.get_one(Person, person_id)
        person.national_number_digest = payload.national_number
        work.session.add(person)
    # Hashing takes a quarter of a second, in which nobody else writes: a rare act of two people.
    password = passwords.temporary_password()
    account.temporary_hash = passwords.hash_password(password)
    company_accounts.issue_anew(work, company, account, password)
    sessions.end_others(work, person_id, "password")  # what the old codes had opened
    applications.write_to_applicant(
        work,
        application,
        "activation_codes_sent",
        {"name": "", "known": masked(account.email)},
    )


def _submitted(work: Work, asked: AskedCodes) -> str:
    payload = ActivationPayload(
        given_name=asked.given_name,
        family_name=asked.family_name,
        phone=asked.phone,
        national_number=national_numbers.digest(asked.national_number),
        company_number=asked.company_number,
        asker=asked.asker,
    )
    person = PersonName(asked.given_name, asked.family_name)
    return applications.submit(
        work,
        NewApplication(
            ApplicationKind.ACTIVATION_CODES,
            PersonName("", asked.asker) if asked.asker else person,
            asked.email,
            asked.locale,
            payload,
            company_number=asked.company_number,
        ),
    )
