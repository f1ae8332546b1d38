"""How tests apply for something, and read what came of it."""

from portal_app.adapters import secret_keys
from portal_app.applications import ApplicationKind
from portal_app.errors import Text
from portal_app.mails.letters import read_values
from portal_app.models import Account, Application, OutboxMail, Person
from portal_app.permissions import Role
from portal_app.services import address_applications, application_handling, identity_checks
from portal_app.services.address_applications import AskedAddress
from portal_app.unit_of_work import Browser
from tests import factories

HERE = Browser("v" * 64, None, "Firefox, Linux")
REACHED, ALICE, NEW = "a.jansen@thuis.example", "alice@voorbeeld.example", "alice@nieuw.example"
NUMBER = "85073003328"
MOVED_ON = {"": Text("errors.application_moved_on")}


def ask(run_as, kind=ApplicationKind.ADDRESS_FORGOTTEN, **changes) -> str:
    usual = {
        "given_name": "Alice",
        "family_name": "Jansen",
        "email": REACHED,
        "locale": "fr",
        "new_email": NEW if kind is ApplicationKind.ADDRESS_CHANGED else "",
        "national_number": NUMBER,
    }
    return run_as(HERE, address_applications.ask, asked=AskedAddress(kind, **usual | changes))


def application() -> Application:
    return factories.all_of(Application)[-1]


def version() -> int:
    return application().version


def desk(name: str = "Sonja") -> Person:
    """Make somebody of the service desk."""
    person = factories.make_person(name, "Maas", email=f"{name.casefold()}@fonds.example")
    factories.make_account(person)
    factories.make_grant(person, Role.SERVICE_DESK)
    return person


def checked(cast, run_as, number: str) -> None:
    """Let Sam find out that it is Alice."""
    run_as(cast.sam, application_handling.take, number=number, version=version())
    run_as(
        cast.sam,
        identity_checks.check,
        number=number,
        version=version(),
        person_id=cast.alice.key,
        how="Teruggebeld; kent haar vorige opleiding.",
    )


def mails(template: str) -> list[OutboxMail]:
    return [mail for mail in factories.all_of(OutboxMail) if mail.template == template]


def said(mail: OutboxMail) -> dict[str, object]:
    return read_values(mail.values)


def secrets_of(mail: OutboxMail) -> dict[str, str]:
    return read_values(secret_keys.open_sealed("outbox", mail.secrets or ""))


def address_of(person) -> str:
    return next(one.email for one in factories.all_of(Account) if one.person_id == person.key)
