"""Proving an e-mail address with a six-digit code (M-21 ... M-29, X-22).

A code proves one address, for one purpose, in one browser. A new code does not kill an
earlier one that has not expired: mails arrive late. Wrong tries count per code.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from portal_app.adapters.codes import verification_code
from portal_app.adapters.secret_keys import keyed_digest, same
from portal_app.errors import Refused, Text
from portal_app.models import Account, ChallengePurpose, EmailChallenge
from portal_app.services import outbox, sessions
from portal_app.settings import settings
from portal_app.unit_of_work import Work

_REMEMBERED = timedelta(hours=2)  # after that an old code is as good as a wrong one
_MAILBOX_HOLDS = 20  # codes in an hour, whoever asks for them


class Stage(StrEnum):
    """The three states of the one screen (M-22, M-24, M-26)."""

    REQUIRED = "required"
    SENT = "sent"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Proof:
    """How the proof of an address stands in this browser."""

    stage: Stage = Stage.REQUIRED
    email: str = ""
    sent_at: datetime | None = None
    resend_after_seconds: int = 0


def standing(work: Work, purpose: ChallengePurpose) -> Proof:
    """Tell how the proof stands in the browser that asks."""
    latest = _latest(work, purpose)
    if latest is None:
        return Proof()
    if latest.verified_at is not None:
        return Proof(Stage.VERIFIED, latest.email, latest.sent_at)
    return Proof(Stage.SENT, latest.email, latest.sent_at, _wait(work, purpose, latest.email))


def send(work: Work, purpose: ChallengePurpose, email: str, *, locale: str) -> Refused | None:
    """Mail a code to `email` (casefolded), unless one was sent a moment ago.

    Whoever registers with the address of an account that exists gets another mail, and
    whoever forgot a password at an address that nobody has gets none; the answer is the same:
    the screen never tells which addresses are known.
    """
    wait = _wait(work, purpose, email)
    if wait:
        return Refused(Text("errors.resend_too_soon", {"n": wait}), "code")
    if _sent_last_hour(work, email, *_asked(work, purpose)) >= settings.verification_sends_per_hour:
        return Refused(Text("errors.code_too_many"), "email")
    code = verification_code()
    challenge = EmailChallenge(
        browser_session_id=sessions.visit(work).key,
        purpose=purpose,
        email=email,
        code_digest=_digest(email, code),
        sent_at=work.real_now,
        expires_at=work.real_now + timedelta(minutes=settings.verification_minutes),
        tries_left=settings.verification_tries,
    )
    work.session.add(challenge)
    work.session.flush()
    template = _template(work, purpose, email)
    if template:
        tells = template == "verification_code"
        outbox.post(
            work,
            to=email,
            template=template,
            locale=locale,
            values={"purpose": purpose.value, "minutes": settings.verification_minutes}
            if tells
            else {},
            secrets={"code": code} if tells else None,
            about=("email_challenge", challenge.id),
        )
    work.note("verification.sent", about=("email_challenge", challenge.id), purpose=purpose.value)
    return None


def check(work: Work, purpose: ChallengePurpose, code: str, *, locale: str) -> Refused | None:
    """Compare six digits with the codes that are alive in this browser; None when right.

    A right code that is too old is answered with a new one in the mail.
    """
    browser = sessions.visit(work)
    latest = _latest(work, purpose)
    if latest is None:
        return Refused(Text("errors.email_not_verified"), "email")
    candidates = work.session.exec(
        select(EmailChallenge)
        .where(
            EmailChallenge.browser_session_id == browser.id,
            EmailChallenge.purpose == purpose,
            EmailChallenge.email == latest.email,
            col(EmailChallenge.voided_at).is_(None),
            col(EmailChallenge.verified_at).is_(None),
            EmailChallenge.sent_at > work.real_now - _REMEMBERED,
        )
        .order_by(col(EmailChallenge.id).desc())
        .with_for_update()
    ).all()
    digest = _digest(latest.email, code)
    alive = [one for one in candidates if one.expires_at > work.real_now]
    for one in alive:
        if one.tries_left > 0 and same(one.code_digest, digest):
            return _accept(work, one)
    if any(same(one.code_digest, digest) for one in candidates if one not in alive):
        send(work, purpose, latest.email, locale=locale)
        return Refused(Text("errors.code_old"), "code")
    return _count_wrong_try(work, alive)


def void(work: Work, purpose: ChallengePurpose, *, but: str = "") -> None:
    """Forget every code of this browser, also one that was verified (M-29), but for an address."""
    browser = sessions.visit(work)
    for one in work.session.exec(
        select(EmailChallenge).where(
            EmailChallenge.browser_session_id == browser.id,
            EmailChallenge.purpose == purpose,
            EmailChallenge.email != but,
            col(EmailChallenge.voided_at).is_(None),
        )
    ):
        one.voided_at = work.real_now
        work.session.add(one)


def use_up(work: Work, purpose: ChallengePurpose) -> str | None:
    """Return the proven address and use the proof up; None when there is none."""
    latest = _latest(work, purpose)
    if latest is None or latest.verified_at is None:
        return None
    latest.used_at = latest.voided_at = work.real_now
    work.session.add(latest)
    return latest.email


def _accept(work: Work, challenge: EmailChallenge) -> None:
    challenge.verified_at = work.real_now
    work.session.add(challenge)
    work.note("verification.proven", about=("email_challenge", challenge.id))


def _count_wrong_try(work: Work, alive: list[EmailChallenge]) -> Refused:
    if not alive or all(one.tries_left <= 0 for one in alive):
        return Refused(Text("errors.code_tries_used"), "code")
    for one in alive:
        one.tries_left = max(0, one.tries_left - 1)
        work.session.add(one)
    work.note("verification.wrong", about=("email_challenge", alive[0].id))
    return Refused(Text("errors.code_wrong"), "code")


def _latest(work: Work, purpose: ChallengePurpose) -> EmailChallenge | None:
    browser = sessions.known_visit(work)
    if browser is None:
        return None
    return work.session.exec(
        select(EmailChallenge)
        .where(
            EmailChallenge.browser_session_id == browser.id,
            EmailChallenge.purpose == purpose,
            col(EmailChallenge.voided_at).is_(None),
        )
        .order_by(col(EmailChallenge.verified_at).is_(None), col(EmailChallenge.id).desc())
    ).first()


def _asked(work: Work, purpose: ChallengePurpose) -> tuple[ColumnElement[bool], ...]:
    """Narrow down whose asking makes somebody wait.

    Who forgot a password waits for what this browser asked, not for what strangers did: they
    would keep its owner out.
    """
    if purpose is not ChallengePurpose.RESET:
        return ()
    browser = sessions.known_visit(work)
    return (col(EmailChallenge.browser_session_id) == (browser.id if browser else None),)


def _wait(work: Work, purpose: ChallengePurpose, email: str) -> int:
    """Return how many seconds to wait for the next code to this address; 0 for none."""
    last = work.session.exec(
        select(EmailChallenge.sent_at)
        .where(EmailChallenge.email == email, *_asked(work, purpose))
        .order_by(col(EmailChallenge.sent_at).desc())
    ).first()
    if last is None:
        return 0
    since = (work.real_now - last).total_seconds()
    return max(0, round(settings.verification_resend_seconds - since))


def _sent_last_hour(work: Work, email: str, *narrowed: ColumnElement[bool]) -> int:
    return work.session.exec(
        select(func.count())
        .select_from(EmailChallenge)
        .where(
            EmailChallenge.email == email,
            EmailChallenge.sent_at > work.real_now - timedelta(hours=1),
            *narrowed,
        )
    ).one()


def _template(work: Work, purpose: ChallengePurpose, email: str) -> str:
    """Name the letter that goes to an address; empty when none does."""
    account = work.session.exec(select(Account).where(Account.email == email)).first()
    match purpose:
        case ChallengePurpose.REGISTER:
            return "account_exists" if account else "verification_code"
        case ChallengePurpose.RESET:
            reaches = account is not None and account.blocked_at is None
            fits = _sent_last_hour(work, email) <= _MAILBOX_HOLDS
            return "verification_code" if reaches and fits else ""
        case ChallengePurpose.CHANGE:
            return "verification_code"


def _digest(email: str, code: str) -> str:
    return keyed_digest("verification", f"{email}|{code}")
