"""New codes for the account of a company: asked by its person or by who is responsible (S-06).

Whoever asks hears the same, whether the account exists or not. Two members of staff establish
whose it is; then new codes go to the known address of the account, and the old ones are dead.
"""

from dataclasses import dataclass

from portal_app.adapters import passwords
from portal_app.applications import ActivationPayload, ApplicationKind, ApplicationState
from portal_app.errors import Invalid, Text
from portal_app.models import Account, Application, Person
from portal_app.names import PersonName
from portal_app.needs import Anyone
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
    phone: str  # E.164
    locale: str
    national_number: str = ""  # of the person who asks; its digits, kept as a digest alone


@use_case(Anyone, writes=True)
def ask(work: Work, *, asked: AskedCodes) -> str:
    """Keep the application, mail that it came, and return its number."""
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
        raise Invalid({"": Text("applications.wrong_nothing_to_activate")})
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
