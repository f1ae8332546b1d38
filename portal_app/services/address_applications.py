"""An address that was forgotten, or is read no more (I-05, I-06).

Whoever asks hears the same, whether the person exists or not: nobody is looked up until a
member of staff does so. Once two have established who it is (`identity_checks`), the known
address is told in part, or a new one is mailed, which counts once its owner has confirmed it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from portal_app.adapters import codes
from portal_app.applications import AddressPayload, ApplicationKind, ApplicationState
from portal_app.errors import Invalid, Refused, Text
from portal_app.models import Account, Application, Person
from portal_app.names import PersonName, name_of
from portal_app.needs import Anyone
from portal_app.permissions import Right
from portal_app.reading_contact import masked
from portal_app.services import addresses, applications, national_numbers, outbox
from portal_app.services.applications import NewApplication
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

_CONFIRMATION = "confirmation"
_STATE = ApplicationState


@dataclass(frozen=True, slots=True)
class AskedAddress:
    """A form that was read and found right."""

    kind: ApplicationKind
    given_name: str
    family_name: str
    email: str  # where they can be reached; casefolded
    locale: str
    new_email: str = ""
    phone: str = ""
    national_number: str = ""  # its digits; kept as a digest alone


@use_case(Anyone, writes=True)
def ask(work: Work, *, asked: AskedAddress) -> str:
    """Keep the application, mail that it came, and return its number."""
    payload = AddressPayload(
        given_name=asked.given_name,
        family_name=asked.family_name,
        phone=asked.phone,
        new_email=asked.new_email,
        national_number=national_numbers.digest(asked.national_number)
        if asked.national_number
        else "",
    )
    name = PersonName(asked.given_name, asked.family_name)
    new = NewApplication(asked.kind, name, asked.email, asked.locale, payload)
    return applications.submit(work, new)


@use_case(Right.IDENTITY_CHECK, writes=True)
def send_again(work: Work, *, number: str, version: int) -> None:
    """Mail the link that confirms a new address once more, and let it live as long again.

    Raises:
        Invalid: it has moved on since, or nothing waits to be confirmed.
        NotFound: there is no such application.
    """
    application = applications.open_one(work, number)
    payload = _asked(application)
    if application.state is not _STATE.APPROVED or payload is None:
        raise Invalid({"": Text("errors.application_moved_on")})
    until = _confirm_until(work)
    applications.change(work, application, version=version, confirm_until=until)
    _mail_confirmation(work, application, payload)


@use_case(Anyone, writes=True)
def confirm(work: Work, *, key: str) -> Refused | None:
    """Make the new address count, by the key that was mailed to it; twice does nothing more."""
    application = applications.by_key(work, key, _CONFIRMATION, to_write=True)
    if application is None:
        return Refused(Text("errors.application_key"))
    if application.state is _STATE.DONE:
        return None
    payload, until = _asked(application), application.confirm_until
    if application.state is not _STATE.APPROVED or not payload or not until or until <= work.now:
        return Refused(Text("errors.application_confirm_over"))
    applications.move(
        work, application, _STATE.DONE, version=application.version, by_applicant=True
    )
    if not addresses.move(work, application.person_id or 0, payload.new_email):
        raise Invalid({"": Text("errors.email_taken")})
    _, name = _subject(work, application)
    outbox.post(
        work,
        to=payload.new_email,
        template="address_confirmed",
        locale=application.locale,
        values={"name": name, "number": application.number},
        about=("application", application.id),
    )
    if application.email != payload.new_email:
        applications.tell_of_change(work, application, "done")
    return None


def tell(work: Work, application: Application, version: int) -> None:
    """Mail a part of the known address, and tell its owner."""
    applications.move(work, application, _STATE.DONE, version=version, agreed_by_id=work.person_id)
    account, name = _subject(work, application)
    applications.write_to_applicant(
        work, application, "address_told", {"name": name, "known": masked(account.email)}
    )
    _notify(work, application, account, "address_was_told", {"reached": masked(application.email)})


def have_confirmed(work: Work, application: Application, version: int) -> None:
    """Mail the new address a link that makes it count, and tell the owner of the known one.

    Raises:
        Invalid: somebody else signs in with the new address.
    """
    payload = _asked(application)
    if payload is None or addresses.is_taken(work, payload.new_email):
        raise Invalid({"": Text("errors.application_address_taken")})
    applications.move(
        work,
        application,
        _STATE.APPROVED,
        version=version,
        agreed_by_id=work.person_id,
        confirm_until=_confirm_until(work),
    )
    account, _ = _subject(work, application)
    _mail_confirmation(work, application, payload)
    _notify(work, application, account, "address_will_change", {"email": masked(payload.new_email)})
    if application.email != payload.new_email:
        applications.tell_of_change(work, application, "approved")


def _confirm_until(work: Work) -> datetime:
    return work.now + timedelta(days=settings.application_confirm_days)


def _mail_confirmation(work: Work, application: Application, payload: AddressPayload) -> None:
    _, name = _subject(work, application)
    outbox.post(
        work,
        to=payload.new_email,
        template="address_confirm",
        locale=application.locale,
        values={
            "name": name,
            "number": application.number,
            "expires": application.confirm_until or work.now,
        },
        secrets={"confirmation": codes.application_key(application.number, _CONFIRMATION)},
        about=("application", application.id),
    )


def _asked(application: Application) -> AddressPayload | None:
    payload = applications.payload_of(application)
    return payload if isinstance(payload, AddressPayload) else None


def _subject(work: Work, application: Application) -> tuple[Account, str]:
    person_id = application.person_id or 0  # the database keeps that it is there by now
    person = work.session.get_one(Person, person_id)
    return work.session.get_one(Account, person_id), name_of(person).full


def _notify(
    work: Work, application: Application, account: Account, template: str, values: dict[str, str]
) -> None:
    """Let the known address hear of it: its owner may not be who asked."""
    name = name_of(work.session.get_one(Person, account.person_id)).full
    outbox.post(
        work,
        to=account.email,
        template=template,
        locale=account.locale,
        values={"name": name, "number": application.number, "at": work.now, **values},
        about=("application", application.id),
    )
