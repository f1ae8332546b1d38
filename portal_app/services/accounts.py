"""Personal accounts that staff make, with a provided password (V-06, V-07)."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from portal_app.errors import Invalid, Text
from portal_app.models import Account, Basis, Person, TemporaryPurpose
from portal_app.names import name_of
from portal_app.permissions import INVITABLE_ROLES, STAFF_ROLES, Right, Role
from portal_app.services import grants, outbox
from portal_app.services.organisations import OrganisationNumber, found_or_made
from portal_app.unit_of_work import Work, use_case

PROVIDED_FOR = timedelta(days=30)
"""How long a provided password lives."""


@dataclass(frozen=True, slots=True)
class NewPersonalAccount:
    """A form that was read and found right; the password was made and hashed beforehand."""

    given_name: str
    infix: str
    family_name: str
    email: str
    username: str  # may be empty
    locale: str
    role: Role
    organisation: OrganisationNumber | None  # None only for the fund's own people
    organisation_name: str
    password: str  # goes into the mail, sealed
    password_hash: str


@use_case(Right.ACCOUNTS_MAKE, writes=True)
def provide(work: Work, *, wanted: NewPersonalAccount) -> int:
    """Make a person with an account and a role, and mail the password; return the person.

    The password opens only the page where another must be chosen, for 30 days.

    Raises:
        Invalid: the address or username is taken, or the role needs an organisation.
    """
    _refuse_taken(work, wanted)
    organisation_id = _organisation(work, wanted)
    try:
        with work.session.begin_nested():
            person_id = _make(work, wanted)
    except IntegrityError:  # somebody else took the name in the meantime
        _refuse_taken(work, wanted)
        raise
    grants.add(work, person_id, organisation_id, wanted.role, Basis.STAFF, None)
    outbox.post(
        work,
        to=wanted.email,
        template="provided_password",
        locale=wanted.locale,
        values={
            "name": name_of(wanted).full,
            "username": wanted.username or wanted.email,
            "expires": work.now + PROVIDED_FOR,
        },
        secrets={"password": wanted.password},
        about=("person", person_id),
        cause=f"provided-password-{person_id}",
    )
    work.note(
        "accounts.provided",
        about=("person", person_id),
        organisation_id=organisation_id,
        role=wanted.role.value,
    )
    return person_id


def _organisation(work: Work, wanted: NewPersonalAccount) -> int | None:
    if wanted.role in INVITABLE_ROLES:
        if wanted.organisation is None:
            raise Invalid({"number": Text("errors.organisation_number_empty")})
        return found_or_made(work, wanted.organisation, wanted.organisation_name)[0].key
    if wanted.role not in STAFF_ROLES or not work.actor.is_trusted:
        raise Invalid({"role": Text("errors.role_empty")})
    return None


def _make(work: Work, wanted: NewPersonalAccount) -> int:
    person = Person(
        given_name=wanted.given_name,
        infix=wanted.infix,
        family_name=wanted.family_name,
        email=wanted.email,
        name_sort=name_of(wanted).name_sort,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    work.session.add(
        Account(
            person_id=person.key,
            email=wanted.email,
            username=wanted.username or None,
            username_folded=wanted.username.casefold() or None,
            locale=wanted.locale,
            temporary_hash=wanted.password_hash,
            temporary_purpose=TemporaryPurpose.PROVIDED,
            temporary_expires_at=work.now + PROVIDED_FOR,
            created_at=work.now,
        )
    )
    return person.key


def _refuse_taken(work: Work, wanted: NewPersonalAccount) -> None:
    names = {wanted.email, wanted.username.casefold()} - {""}
    taken = work.session.exec(
        select(Account.person_id).where(col(Account.email).in_(names))
    ).first()
    if taken is not None:
        raise Invalid({"email": Text("errors.email_taken")})
    if wanted.username:
        same = work.session.exec(
            select(Account.person_id).where(Account.username_folded == wanted.username.casefold())
        ).first()
        if same is not None:
            raise Invalid({"username": Text("errors.username_taken")})
