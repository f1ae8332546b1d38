"""One's own profile: names, login name, address (V-08 ... V-11)."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from portal_app.errors import Invalid, Refused, Text
from portal_app.models import Account, ChallengePurpose, Person, Salutation
from portal_app.names import name_of
from portal_app.needs import ProvenLately, SignedIn
from portal_app.services import addresses, passwords, progress, verification
from portal_app.unit_of_work import Work, use_case

_PURPOSE = ChallengePurpose.CHANGE


@dataclass(frozen=True, slots=True)
class Profile:
    """What the profile page shows."""

    salutation: Salutation | None
    given_name: str
    infix: str
    family_name: str
    email: str
    username: str
    locale: str
    proof: verification.Proof  # of a new address that is being verified


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """A form that was read and found right."""

    salutation: Salutation
    given_name: str
    infix: str
    family_name: str
    username: str


@use_case(SignedIn)
def own(work: Work) -> Profile:
    """Return the profile of the person that asks."""
    person = work.session.get_one(Person, work.person_id)
    account = work.session.get_one(Account, work.person_id)
    return Profile(
        person.salutation,
        person.given_name,
        person.infix,
        person.family_name,
        account.email,
        account.username or "",
        account.locale,
        verification.standing(work, _PURPOSE),
    )


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password that was judged and hashed, and the key under which the session goes on."""

    password_hash: str
    new_key: str


@use_case(SignedIn, writes=True)
def save(
    work: Work,
    *,
    change: ProfileChange,
    new_email: str = "",
    new_password: NewPassword | None = None,
) -> Refused | None:
    """Keep the names and the username; mail a code to a new address; change the password.

    All of it or nothing. The current password was compared before, where one is asked; a new
    address asks a recent proof too.

    Raises:
        Invalid: somebody else has this username, or it is somebody's address.
    """
    _refuse_username(work, change.username)
    if new_email:
        refused = ask_address(work, email=new_email)
        if refused is not None:
            return refused
    person = work.session.get_one(Person, work.person_id)
    account = work.session.get_one(Account, work.person_id)
    person.salutation = change.salutation
    person.given_name, person.infix = change.given_name, change.infix
    person.family_name = change.family_name
    person.name_sort = name_of(change).name_sort
    # Whoever signs in with the address has no other name: it must follow a new address.
    own_name = "" if change.username.casefold() == account.email else change.username
    try:
        with work.session.begin_nested():
            account.username, account.username_folded = (
                own_name or None,
                own_name.casefold() or None,
            )
            work.session.add_all((person, account))
    except IntegrityError:  # somebody else took the name in the meantime
        _refuse_username(work, change.username)
        raise
    with work.everywhere():
        progress.rebuild_person(work, person.key)
    work.note("profile.saved", about=("person", person.id))
    if new_password is not None:
        passwords.change(
            work, password_hash=new_password.password_hash, new_key=new_password.new_key
        )
    return None


@use_case(SignedIn, writes=True)
def send_code_again(work: Work) -> Refused | None:
    """Mail another code to the new address that is being verified."""
    known = verification.standing(work, _PURPOSE)
    if not known.email:
        return Refused(Text("errors.email_not_verified"), "email")
    return _send_code(work, known.email)


@use_case(ProvenLately(SignedIn, with_factor=True), writes=True)
def ask_address(work: Work, *, email: str) -> Refused | None:
    """Mail a code to a new address, which counts once that code comes back."""
    return _send_code(work, email)


def _refuse_username(work: Work, username: str) -> None:
    account = work.session.get_one(Account, work.person_id)
    folded = username.casefold()
    if "@" in folded and folded != account.email:
        raise Invalid({"username": Text("errors.username_at")})
    taken = work.session.exec(
        select(Account.person_id).where(
            Account.username_folded == folded, col(Account.person_id) != account.person_id
        )
    ).first()
    if taken is not None:
        raise Invalid({"username": Text("errors.username_taken")})


def _send_code(work: Work, email: str) -> Refused | None:
    """Mail a code to the new address; the old one stays until that code comes back."""
    account = work.session.get_one(Account, work.person_id)
    if email == account.email:
        return Refused(Text("errors.email_same"), "email")
    known = verification.standing(work, _PURPOSE)
    if known.email and known.email != email:
        verification.void(work, _PURPOSE)
    return verification.send(work, _PURPOSE, email, locale=account.locale)


@use_case(SignedIn, writes=True)
def confirm_address(work: Work, *, code: str) -> Refused | None:
    """Make the new address the login name, and tell the old one."""
    account = work.session.get_one(Account, work.person_id)
    refused = verification.check(work, _PURPOSE, code, locale=account.locale)
    if refused is not None:
        return refused
    email = verification.use_up(work, _PURPOSE)
    if email is None:
        return Refused(Text("errors.code_wrong"), "code")
    if not addresses.move(work, account.person_id, email):
        return Refused(Text("errors.email_taken"), "email")
    return None


@use_case(SignedIn, writes=True)
def cancel_address(work: Work) -> None:
    """Leave the address as it is."""
    verification.void(work, _PURPOSE)


@use_case(SignedIn, writes=True)
def choose_language(work: Work, *, locale: str) -> None:
    """Remember the language the person reads in, for mails and files."""
    account = work.session.get_one(Account, work.person_id)
    account.locale = locale
    work.session.add(account)
