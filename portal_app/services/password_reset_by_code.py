"""The other way out of a forgotten password, by a setting: a mailed code (X-09).

The code is typed on the page that asked for it, in the same browser, and the new password
is chosen there too. An address with which nobody signs in goes the same way, but no code
comes.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from portal_app.errors import Invalid, Refused, Text
from portal_app.models import Account, ChallengePurpose
from portal_app.needs import Anyone
from portal_app.services import passwords, sessions, verification
from portal_app.services.passwords import OwnPassword
from portal_app.services.sign_in import SignedInAs, entered
from portal_app.unit_of_work import Work, use_case

_PURPOSE = ChallengePurpose.RESET


@dataclass(frozen=True, slots=True)
class Standing:
    """How far this browser is."""

    stage: verification.Stage
    email: str
    sent_at: datetime | None


@use_case(Anyone)
def standing(work: Work) -> Standing:
    """Tell how far the browser that asks is."""
    proof = verification.standing(work, _PURPOSE)
    return Standing(proof.stage, proof.email, proof.sent_at)


@use_case(Anyone)
def proven(work: Work) -> OwnPassword | None:
    """Return what a new password is judged by, once the address is proven."""
    account = _proven_account(work)
    return passwords.of_account(work, account) if account else None


@use_case(Anyone, writes=True)
def send_code(work: Work, *, email: str) -> Refused | None:
    """Mail a code to `email` (casefolded), if somebody signs in with it; say the same if not."""
    known = verification.standing(work, _PURPOSE)
    if known.email and known.email != email:
        verification.void(work, _PURPOSE)
    account = _account(work, email)
    work.note("password_reset.asked", about=("person", account.person_id if account else None))
    return verification.send(work, _PURPOSE, email, locale=account.locale if account else "nl")


@use_case(Anyone, writes=True)
def verify_code(work: Work, *, code: str) -> Refused | None:
    """Prove the address with the code from the mail."""
    known = verification.standing(work, _PURPOSE)
    account = _account(work, known.email)
    return verification.check(work, _PURPOSE, code, locale=account.locale if account else "nl")


@use_case(Anyone, writes=True)
def start_again(work: Work) -> None:
    """Forget the codes of this browser, to type another address."""
    verification.void(work, _PURPOSE)


@use_case(Anyone, writes=True)
def choose(work: Work, *, password_hash: str, new_key: str) -> SignedInAs | Refused:
    """Keep the new password of whoever proved the address, and sign in.

    Raises:
        Invalid: the address is not proven.
    """
    email = verification.use_up(work, _PURPOSE)
    account = work.session.exec(
        select(Account).where(Account.email == (email or "")).with_for_update()
    ).first()
    if account is None or account.awaits_activation:
        raise Invalid({"email": Text("errors.email_not_verified")})
    if account.blocked_at is not None:
        return Refused(Text("errors.account_blocked"))
    passwords.keep(work, account, password_hash, work.browser.device)
    return entered(work, sessions.begin(work, account.person_id, new_key), account)


def _proven_account(work: Work) -> Account | None:
    proof = verification.standing(work, _PURPOSE)
    return _account(work, proof.email) if proof.stage is verification.Stage.VERIFIED else None


def _account(work: Work, email: str) -> Account | None:
    found = work.session.exec(select(Account).where(Account.email == email)).first()
    return None if found and found.awaits_activation else found
