"""Signing in with a login name and a password.

The password itself is compared between two use cases, off the event loop and outside any
transaction: `credentials` gives what to compare with, `begin` signs the person in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlmodel import and_, col, or_, select

from portal_app.brand import Module, offers
from portal_app.errors import Refused, Text
from portal_app.models import Account, BrowserSession, Owed, PasswordReset, TemporaryPurpose
from portal_app.needs import Anyone
from portal_app.services import invitations, password_reset, sessions, start_page
from portal_app.services.password_reset import MailedPassword
from portal_app.unit_of_work import Work, use_case

OWED_AT: Mapping[Owed, str] = {
    Owed.PROOF: "/bevestigen",
    Owed.PASSWORD: "/wachtwoord-wijzigen",
    Owed.ACTIVATION: "/wachtwoord-wijzigen",
    Owed.FACTOR: "/tweede-stap",
}
"""The one page that a session opens while it owes something."""

EXPIRED_CODES = "/activeringscodes?reden=verlopen"
"""Where somebody is sent whose codes of a company account work no more."""

_AWAITS_ACTIVATION = col(Account.temporary_purpose).is_not_distinct_from(
    TemporaryPurpose.ACTIVATION
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is compared with; all empty for an unknown login name."""

    person_id: int | None = None
    password_hash: str | None = None
    temporary_hash: str | None = None
    temporary_expired: bool = False
    awaits_activation: bool = False
    mailed: tuple[MailedPassword, ...] = ()  # the last one first


@dataclass(frozen=True, slots=True)
class SignedInAs:
    """Somebody is signed in; `landing` is where to go when no address was asked for."""

    person_id: int
    landing: str
    locale: str


@use_case(Anyone)
def credentials(work: Work, *, login: str) -> Credentials:
    """Find what to compare a password with, by e-mail address or username in any case.

    The user name of a company account is half of what activates it, so until then it alone counts.
    """
    folded = login.strip().casefold()
    lately = col(PasswordReset.asked_at) > work.real_now - password_reset.REMEMBERED
    found = work.session.exec(  # one statement, so that a known name takes as long as another
        select(Account, PasswordReset)
        .join(
            PasswordReset,
            and_(col(PasswordReset.person_id) == Account.person_id, lately),
            isouter=True,
        )
        .where(
            or_(
                and_(col(Account.email) == folded, ~_AWAITS_ACTIVATION),
                col(Account.username_folded) == folded,
            )
        )
        .order_by(col(PasswordReset.id).desc())
    ).all()
    if not found:
        return Credentials()
    account, _ = found[0]
    resets = (cast("PasswordReset | None", reset) for _, reset in found)
    expires = account.temporary_expires_at
    return Credentials(
        account.person_id,
        account.password_hash,
        account.temporary_hash,
        temporary_expired=expires is not None and expires <= work.now,
        awaits_activation=account.awaits_activation,
        mailed=tuple(password_reset.mailed(work, reset) for reset in resets if reset),
    )


@use_case(Anyone, writes=True)
def begin(
    work: Work,
    *,
    person_id: int,
    new_key: str,
    with_temporary: bool = False,
    reset_id: int | None = None,
) -> SignedInAs | Refused:
    """Sign in a person whose password was right, under a new session key.

    `reset_id` names the mailed temporary password that was right; it is used up. A pending
    invitation for this very address is redeemed at once; one for another address waits for
    consent.
    """
    # Held, so that whoever blocks it at this moment finds the session that begins here.
    account = work.session.get(Account, person_id, with_for_update=True, populate_existing=True)
    if account is None or account.blocked_at is not None:
        work.note("sign_in.blocked", about=("person", person_id))
        return Refused(Text("errors.account_blocked"))
    if reset_id is not None and not password_reset.use(work, reset_id, person_id):
        return Refused(Text("errors.temporary_used"), "password")
    browser = sessions.begin(work, person_id, new_key, with_temporary=with_temporary)
    if reset_id is not None:
        password_reset.tie(work, reset_id, browser)
    work.note("sign_in.done", about=("person", person_id), temporary=with_temporary)
    return entered(work, browser, account)


@use_case(Anyone, writes=True)
def failed(work: Work, *, person_id: int | None) -> None:
    """Write down that a password was wrong."""
    work.note("sign_in.failed", about=("person", person_id))


def entered(work: Work, browser: BrowserSession, account: Account) -> SignedInAs:
    """Tell who came in, and where they arrive."""
    return SignedInAs(account.person_id, arrival(work, browser, account), account.locale)


def arrival(work: Work, browser: BrowserSession, account: Account) -> str:
    """Tell where somebody arrives: at what the session owes, else at what waited for that."""
    if browser.owes:
        return OWED_AT[browser.owes[0]]
    waits = invitations.settle_pending(work, browser, account)
    if waits:
        return "/uitnodiging"
    if browser.goes_to_eherkenning and offers(Module.EHERKENNING):
        return "/eherkenning/verder"  # where they were on their way to
    return start_page.address_of(work, account)
