"""Managing the access of a company in a test: appointing, accepting, and who holds what."""

from typing import Any

from portal_app.adapters import secret_keys
from portal_app.errors import Refused
from portal_app.mails import letters
from portal_app.models import Grant, OutboxMail, Person
from portal_app.permissions import Role
from portal_app.services import appointing, invitations
from portal_app.services.appointing import Appointment
from portal_app.services.invitations import Sight
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import EMPLOYER
from tests.harness.cast import acting_as

MAIN, CO_MAIN = Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER
LOCAL, CO_LOCAL, USER = Role.ACCESS_MANAGER, Role.CO_ACCESS_MANAGER, Role.USER


def somebody(name: str) -> Person:
    """Make a person with an account and no grant."""
    person = factories.make_person(name, "Nieuw", email=f"{name.casefold()}@nieuw.example")
    factories.make_account(person)
    return person


def holder(name: str, role: Role, organisation: Any, capacity: str = "") -> Person:
    """Make a person who holds a role."""
    person = somebody(name)
    factories.make_grant(person, role, organisation, capacity=capacity)
    return person


def wanted(organisation: Any, person: Person, role: Role, **changed: Any) -> Appointment:
    """Fill the form for somebody in; by default in the standard capacity where one is needed."""
    usual = EMPLOYER if role in (LOCAL, CO_LOCAL, USER) else ""
    made = {
        "organisation_id": organisation.key,
        "role": role,
        "capacity": usual,
        "email": person.email,
        "given_name": person.given_name,
        "infix": "",
        "family_name": person.family_name,
    }
    return Appointment(**made | changed)


def appoint(by: Person, organisation: Any, person: Person, role: Role, **changed: Any) -> str:
    """Appoint somebody and return the code in the mail."""
    run(appointing.appoint, acting_as(by), wanted=wanted(organisation, person, role, **changed))
    return code_for(person)


def code_for(person: Person) -> str:
    """Return the code in the last invitation that was mailed to somebody."""
    mail = [
        one
        for one in factories.all_of(OutboxMail)
        if one.template == "invitation" and one.to == person.email
    ][-1]
    return letters.read_values(secret_keys.open_sealed("outbox", mail.secrets))["code"]


def accept(person: Person, code: str) -> Refused | Sight:
    """Accept an appointment with its code, as the person."""
    browser = acting_as(person)
    shown = run(invitations.present, browser, code=code)
    return shown if isinstance(shown, Refused) else run(invitations.accept, browser)


def held(organisation: Any) -> list[tuple[str, Role, str]]:
    """Return who holds what of an organisation's access: given name, role, capacity."""
    names = {one.key: one.given_name for one in factories.all_of(Person)}
    return [
        (names[one.person_id], one.role, one.capacity)
        for one in factories.all_of(Grant)
        if one.organisation_id == organisation.key and one.ended_at is None
        if one.role in (MAIN, CO_MAIN, LOCAL, CO_LOCAL, USER)
    ]


def grant_of(person: Person, role: Role) -> Grant:
    """Return the grant by which somebody holds a role now."""
    (found,) = [
        one
        for one in factories.all_of(Grant)
        if (one.person_id, one.role, one.ended_at) == (person.key, role, None)
    ]
    return found


def mailed(template: str) -> list[str]:
    """Return to whom a letter went."""
    return [one.to for one in factories.all_of(OutboxMail) if one.template == template]
