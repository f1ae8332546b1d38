"""A temporary password by mail for whoever forgot their own (I-09 ... I-12, X-09).

It signs in once and opens only the page where another is chosen. The old password works
until that is done, so a stranger who asks for one locks nobody out. Whoever asks hears the
same, whether somebody signs in with the address or nobody does.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile

from sqlmodel import col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.adapters import codes, passwords
from portal_app.adapters.secret_keys import keyed_digest
from portal_app.errors import Refused, Text
from portal_app.models import Account, BrowserSession, PasswordReset, Person, ResetEnd
from portal_app.names import name_of
from portal_app.needs import Anyone
from portal_app.services import outbox, sessions
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

REMEMBERED = timedelta(days=7)
"""For how long it is told why a temporary password works no more."""

_A_MOMENT = timedelta(seconds=5)  # the wait that the browser was told began that much earlier


@dataclass(frozen=True, slots=True)
class MailedPassword:
    """What a typed password is compared with, and why it opens nothing, if that is so."""

    reset_id: int
    digest: str
    dead: Text | None


@use_case(Anyone, writes=True)
def ask(work: Work, *, email: str) -> None:
    """Mail a temporary password to whoever signs in with `email` (casefolded).

    The one before it works no more. Nothing is mailed to a blocked account, to one that was
    not activated, nor so soon after the last mail that a stranger could be filling the mailbox:
    that one still works.
    """
    account = work.session.exec(
        select(Account).where(Account.email == email).with_for_update()
    ).first()
    mails = (
        account is not None
        and account.blocked_at is None
        and not account.awaits_activation
        and not _was_just_asked(work, account)
    )
    about = ("person", account.person_id if account else None)
    work.note("password_reset.asked", about=about, mailed=mails)
    if account is not None and mails:
        _mail(work, account)


@use_case(Anyone, writes=True)
def withdraw(work: Work, *, key: str) -> Refused | None:
    """Take a temporary password back for whoever did not ask for it, with all it opened.

    `key` is that of the link in its mail. Doing so twice does nothing more.
    """
    reset = work.session.exec(
        select(PasswordReset)
        .where(PasswordReset.withdrawal_digest == withdrawal_digest(key))
        .with_for_update()
    ).first()
    if reset is None:
        return Refused(Text("password_reset.key_unknown"))
    if reset.used_at is not None and reset.ended_reason is ResetEnd.CHANGED:
        return Refused(Text("password_reset.withdrawn_too_late"))
    if reset.ended_at is None:
        reset.ended_at, reset.ended_reason = work.real_now, ResetEnd.WITHDRAWN
        work.session.add(reset)
        sessions.end_one(work, reset.browser_session_id, "elsewhere")
        work.note("password_reset.withdrawn", about=("person", reset.person_id))
    return None


def mailed(work: Work, reset: PasswordReset) -> MailedPassword:
    """Say what signing in compares with, and what to tell somebody who comes too late."""
    return MailedPassword(reset.key, reset.password_digest, _why_dead(work, reset))


def use(work: Work, reset_id: int, person_id: int) -> bool:
    """Use a temporary password up; False when that was done already, or it is over."""
    used = work.session.exec(
        update(PasswordReset)
        .where(
            col(PasswordReset.id) == reset_id,
            col(PasswordReset.person_id) == person_id,
            col(PasswordReset.used_at).is_(None),
            col(PasswordReset.ended_at).is_(None),
            col(PasswordReset.expires_at) > work.now,
        )
        .values(used_at=work.real_now)
    )
    return bool(used.rowcount)


def tie(work: Work, reset_id: int, browser: BrowserSession) -> None:
    """Remember which browser signed in with a temporary password."""
    work.session.exec(
        update(PasswordReset)
        .where(col(PasswordReset.id) == reset_id)
        .values(browser_session_id=browser.key)
    )


def of_session(work: Work) -> PasswordReset | None:
    """Return the temporary password with which the session that asks signed in, if it did."""
    return work.session.exec(_that_opened(work)).first()


def finish(work: Work, person_id: int) -> bool:
    """End every temporary password that was mailed: a password is being chosen.

    False when the one that opened this session was withdrawn in the meantime.
    """
    mine = work.session.exec(_that_opened(work).with_for_update()).first()
    if mine is not None and mine.ended_reason is ResetEnd.WITHDRAWN:
        return False
    end_all(work, person_id, ResetEnd.CHANGED)
    return True


def end_all(work: Work, person_id: int, why: ResetEnd) -> None:
    """End what was mailed to a person and is not over yet."""
    work.session.exec(
        update(PasswordReset)
        .where(col(PasswordReset.person_id) == person_id, col(PasswordReset.ended_at).is_(None))
        .values(ended_at=work.real_now, ended_reason=why)
    )


def withdrawal_digest(key: str) -> str:
    """Return the digest under which the key of 'Dit was ik niet' is kept."""
    return keyed_digest("password reset withdrawal", key)


def _that_opened(work: Work) -> SelectOfScalar[PasswordReset]:
    """Select afresh what opened the session that asks: others may have changed it meanwhile."""
    return (
        select(PasswordReset)
        .where(
            col(PasswordReset.browser_session_id).is_not(None),
            PasswordReset.browser_session_id == work.actor.session_id,
        )
        .execution_options(populate_existing=True)
    )


def _was_just_asked(work: Work, account: Account) -> bool:
    """Tell whether the last mail still works and is too fresh for another.

    The wait doubles with each mail that was not used: whoever asks from many places does
    not fill the mailbox, and its owner has a mail that works all the while.
    """
    rule = settings.limits["forgotten_password"]
    lately = work.session.exec(
        select(PasswordReset)
        .where(
            PasswordReset.person_id == account.person_id,
            PasswordReset.asked_at > work.real_now - timedelta(seconds=rule.memory_seconds),
        )
        .order_by(col(PasswordReset.id).desc())
    )
    unused = [*takewhile(lambda one: one.used_at is None, lately)]
    if not unused or unused[0].expires_at <= work.now:
        return False
    doubled = rule.first_wait_seconds * 2 ** min(len(unused) - 1, 30)
    wait = timedelta(seconds=min(rule.longest_wait_seconds, doubled))
    return work.real_now - unused[0].asked_at < wait - _A_MOMENT


def _mail(work: Work, account: Account) -> None:
    # One that signed in and is about to be changed goes on: asking must not throw it out.
    work.session.exec(
        update(PasswordReset)
        .where(
            col(PasswordReset.person_id) == account.person_id,
            col(PasswordReset.used_at).is_(None),
            col(PasswordReset.ended_at).is_(None),
        )
        .values(ended_at=work.real_now, ended_reason=ResetEnd.REPLACED)
    )
    password, key = passwords.temporary_password(), codes.withdrawal_key()
    expires = work.now + timedelta(hours=settings.reset_hours)
    work.session.add(
        PasswordReset(
            person_id=account.person_id,
            password_digest=passwords.temporary_digest(account.person_id, password),
            withdrawal_digest=withdrawal_digest(key),
            asked_at=work.real_now,
            expires_at=expires,
        )
    )
    outbox.post(
        work,
        to=account.email,
        template="temporary_password",
        locale=account.locale,
        values={
            "name": name_of(work.session.get_one(Person, account.person_id)).full,
            "lasts": settings.reset_hours,
            "expires": expires,
            "at": work.now,
            "device": work.browser.device,
        },
        secrets={"password": password, "withdrawal": key},
        about=("person", account.person_id),
    )


def _why_dead(work: Work, reset: PasswordReset) -> Text | None:
    match reset.ended_reason:
        case ResetEnd.REPLACED:
            return Text("errors.temporary_replaced")
        case ResetEnd.WITHDRAWN:
            return Text("errors.temporary_withdrawn")
        case ResetEnd.CHANGED | ResetEnd.MOVED:
            return Text("errors.temporary_used")
        case None:
            pass
    if reset.used_at is not None:
        return Text("errors.temporary_used")
    if reset.expires_at <= work.now:
        return Text("errors.temporary_over")
    return None
