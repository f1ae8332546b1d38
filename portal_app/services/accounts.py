"""Personal accounts that staff make, with a provided password (V-06, V-07)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, Basis, Person, TemporaryPurpose
from portal_app.names import Named, name_of
from portal_app.permissions import INVITABLE_ROLES, STAFF_ROLES, Right, Role
from portal_app.services import access_limits, grants, outbox
from portal_app.services.organisations import OrganisationNumber, found_or_made
from portal_app.unit_of_work import Work, use_case

PROVIDED_FOR = timedelta(days=30)
"""How long a provided password lives."""


class Newcomer(Named, Protocol):
    """Whoever gets an account that a temporary password opens, as a form tells of them."""

    @property
    def email(self) -> str: ...  # noqa: D102
    @property
    def username(self) -> str: ...  # noqa: D102  # may be empty
    @property
    def locale(self) -> str: ...  # noqa: D102
    @property
    def password_hash(self) -> str: ...  # noqa: D102


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
        NotFound: the organisation is closed.
    """
    refuse_taken(work, wanted.email, wanted.username)
    organisation_id = _organisation(work, wanted)
    account = make_with_temporary(
        work, wanted, TemporaryPurpose.PROVIDED, expires_at=work.now + PROVIDED_FOR
    )
    person_id = account.person_id
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
        company, _ = found_or_made(work, wanted.organisation, wanted.organisation_name)
        if not access_limits.take(work, company.key):
            raise NotFound
        return company.key
    if wanted.role not in STAFF_ROLES or not work.actor.is_trusted:
        raise Invalid({"role": Text("errors.role_empty")})
    return None


def make_with_temporary(
    work: Work, who: Newcomer, purpose: TemporaryPurpose, *, expires_at: datetime
) -> Account:
    """Write a person with an account that a temporary password opens, inside another use case.

    Raises:
        Invalid: somebody else took the address or the username in the meantime.
    """
    person = Person(
        given_name=who.given_name,
        infix=who.infix,
        family_name=who.family_name,
        email=who.email,
        name_sort=name_of(who).name_sort,
        created_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(person)
            work.session.flush()
            account = Account(
                person_id=person.key,
                email=who.email,
                username=who.username or None,
                username_folded=who.username.casefold() or None,
                locale=who.locale,
                temporary_hash=who.password_hash,
                temporary_purpose=purpose,
                temporary_expires_at=expires_at,
                created_at=work.now,
            )
            work.session.add(account)
    except IntegrityError:
        refuse_taken(work, who.email, who.username)
        raise
    return account


def refuse_taken(work: Work, email: str, username: str = "") -> None:
    """Refuse an address or a username with which somebody signs in.

    Raises:
        Invalid: somebody does.
    """
    names = {email, username.casefold()} - {""}
    taken = work.session.exec(
        select(Account.person_id).where(col(Account.email).in_(names))
    ).first()
    if taken is not None:
        raise Invalid({"email": Text("errors.email_taken")})
    if username:
        same = work.session.exec(
            select(Account.person_id).where(Account.username_folded == username.casefold())
        ).first()
        if same is not None:
            raise Invalid({"username": Text("errors.username_taken")})
