"""Signing in with a login name and a password.

The password itself is compared between two use cases, off the event loop and outside any
transaction: `credentials` gives what to compare with, `begin` signs the person in.
"""

from dataclasses import dataclass

from sqlmodel import or_, select

from portal_app.actors import active_grants
from portal_app.errors import Refused, Text
from portal_app.models import Account
from portal_app.permissions import Role
from portal_app.services import invitations, sessions
from portal_app.unit_of_work import Anyone, Work, use_case


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is compared with; all empty for an unknown login name."""

    person_id: int | None = None
    password_hash: str | None = None
    temporary_hash: str | None = None
    temporary_expired: bool = False


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Somebody is signed in; `landing` is where to go when no address was asked for."""

    person_id: int
    landing: str
    locale: str
    must_change_password: bool


@use_case(Anyone)
def credentials(work: Work, *, login: str) -> Credentials:
    """Find what to compare a password with, by e-mail address or username in any case."""
    folded = login.strip().casefold()
    account = work.session.exec(
        select(Account).where(or_(Account.email == folded, Account.username_folded == folded))
    ).first()
    if account is None:
        return Credentials()
    expires = account.temporary_expires_at
    return Credentials(
        account.person_id,
        account.password_hash,
        account.temporary_hash,
        temporary_expired=expires is not None and expires <= work.now,
    )


@use_case(Anyone, writes=True)
def begin(
    work: Work, *, person_id: int, new_key: str, with_temporary: bool = False
) -> SignedInAs | Refused:
    """Sign in a person whose password was right, under a new session key.

    A pending invitation for this very address is redeemed at once; one for another address
    waits for consent.
    """
    account = work.session.get(Account, person_id)
    if account is None or account.blocked_at is not None:
        work.note("sign_in.blocked", about=("person", person_id))
        return Refused(Text("errors.account_blocked"))
    browser = sessions.begin(work, person_id, new_key, must_change_password=with_temporary)
    work.note("sign_in.done", about=("person", person_id), temporary=with_temporary)
    if with_temporary:
        return SignedInAs(person_id, "/wachtwoord-wijzigen", account.locale, True)  # noqa: FBT003
    waits = invitations.settle_pending(work, browser, account)
    return SignedInAs(
        person_id,
        "/uitnodiging" if waits else landing_of(work, person_id),
        account.locale,
        must_change_password=False,
    )


@use_case(Anyone, writes=True)
def failed(work: Work, *, person_id: int | None) -> None:
    """Write down that a password was wrong."""
    work.note("sign_in.failed", about=("person", person_id))


def landing_of(work: Work, person_id: int) -> str:
    """Tell where a person arrives: an organisation manager at the overview (V-19)."""
    roles = {grant.role for grant in active_grants(work.session, person_id, work.now)}
    return "/overzicht" if roles == {Role.ORGANISATION_MANAGER} else "/"
