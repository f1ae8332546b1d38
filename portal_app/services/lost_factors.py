"""A second step that is lost, with the codes on paper: asked after the password, decided by two.

Whoever asks has proven the password, or told the phone desk what is known of them, so who it is
about is known from the start; whether it is them is what two members of staff establish. Every
mail goes to the known address.
"""

from portal_app.applications import ApplicationKind, ApplicationState, LostFactorPayload
from portal_app.errors import Refused, Text
from portal_app.models import Account, Application, Owed, Person
from portal_app.names import PersonName, name_of
from portal_app.needs import Owing
from portal_app.services import (
    applications,
    authenticator_apps,
    factors,
    national_numbers,
    passkeys,
    recovery_codes,
    sessions,
)
from portal_app.services.applications import NewApplication
from portal_app.unit_of_work import Work, use_case


@use_case(Owing(Owed.PROOF), writes=True)
def ask(work: Work, *, phone: str, national_number: str = "") -> str | Refused:
    """Keep the application, mail that it came, and return its number."""
    account = work.session.get_one(Account, work.person_id)
    if not factors.number_of(work, account.person_id):
        return Refused(Text("errors.no_factor"))
    return ask_for(work, account, phone=phone, national_number=national_number)


def ask_for(work: Work, account: Account, *, phone: str, national_number: str) -> str:
    """Ask it for whose account it is, who has such a step, and return the number."""
    person = work.session.get_one(Person, account.person_id)
    payload = LostFactorPayload(
        given_name=person.given_name,
        family_name=person.family_name,
        phone=phone,
        national_number=national_numbers.digest(national_number),
    )
    name = PersonName(person.given_name, person.family_name, person.infix)
    new = NewApplication(
        ApplicationKind.LOST_FACTOR,
        name,
        account.email,
        account.locale,
        payload,
        person_id=account.person_id,
    )
    return applications.submit(work, new, letter="lost_factor_received")


def take_away(work: Work, application: Application, version: int) -> None:
    """End every second way and every session of the person, and mail it to the known address."""
    applications.move(
        work, application, ApplicationState.DONE, version=version, agreed_by_id=work.person_id
    )
    person_id = application.person_id or 0  # the database keeps that it is there by now
    account = work.session.get_one(Account, person_id, with_for_update=True, populate_existing=True)
    authenticator_apps.end_all(work, person_id)
    passkeys.end_all(work, person_id)
    recovery_codes.end_all(work, person_id)
    sessions.end_others(work, person_id, "factors")
    work.note("factors.all_removed", about=("person", person_id))
    # The address may have changed since it was asked.
    application.email = account.email
    work.session.add(application)
    person = work.session.get_one(Person, person_id)
    applications.write_to_applicant(
        work, application, "factors_removed", {"name": name_of(person).full}
    )
