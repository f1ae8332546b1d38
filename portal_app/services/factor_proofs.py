"""Proving who one is: after the password with a second way, or once more before what asks it.

Whoever has a second way proves it with that; somebody else with the password again, which the
route compares outside the transaction.
"""

from dataclasses import dataclass

from portal_app.errors import NotAllowed, Refused, Text
from portal_app.models import Account, BrowserSession, Owed
from portal_app.needs import Owing, SignedIn
from portal_app.services import authenticator_apps, factors, passkeys, recovery_codes
from portal_app.services.sign_in import arrival
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class Ways:
    """How the person that asks may prove who they are."""

    person_id: int
    login: str
    is_coming_in: bool  # else it is once more
    has_app: bool
    has_passkeys: bool
    has_codes: bool
    with_password: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """It was proven: where somebody who just came in arrives, and whether under a new key."""

    landing: str
    is_under_new_key: bool


@use_case(Owing(Owed.PROOF))
def ways(work: Work) -> Ways:
    """Tell how the person that asks may prove who they are."""
    account = work.session.get_one(Account, work.person_id)
    is_coming_in = work.actor.owes is Owed.PROOF
    number = factors.number_of(work, account.person_id)
    return Ways(
        account.person_id,
        account.username or account.email,
        is_coming_in,
        factors.app_of(work, account.person_id) is not None,
        bool(factors.passkeys_of(work, account.person_id)),
        number > 0 and factors.codes_left(work, account.person_id) > 0,
        number == 0 and not is_coming_in,
    )


@use_case(Owing(Owed.PROOF), writes=True)
def by_app(work: Work, *, code: str, new_key: str) -> Proof | Refused:
    """Prove it with what the app shows."""
    if not authenticator_apps.shown(work, work.person_id, code):
        return _refused(work, "errors.app_code_wrong", "code")
    return _proven(work, new_key, "app")


@use_case(Owing(Owed.PROOF), writes=True)
def by_passkey(work: Work, *, answer: str, new_key: str) -> Proof | Refused:
    """Prove it with what the browser says of a passkey."""
    if not passkeys.shown(work, work.person_id, answer):
        return _refused(work, "errors.passkey_wrong", "")
    return _proven(work, new_key, "passkey")


@use_case(Owing(Owed.PROOF), writes=True)
def by_recovery_code(work: Work, *, code: str, new_key: str) -> Proof | Refused:
    """Prove it with a code on paper; the person is told by mail that it was used."""
    if not recovery_codes.use(work, work.person_id, code):
        return _refused(work, "errors.recovery_code_wrong", "recovery_code")
    factors.tell(work, work.session.get_one(Account, work.person_id), "code_used")
    return _proven(work, new_key, "recovery_code")


@use_case(SignedIn, writes=True)
def by_password(work: Work) -> None:
    """Count the password that was just compared as a proof.

    Raises:
        NotAllowed: the person has a second way, so a password does not do.
    """
    if factors.number_of(work, work.person_id):
        raise NotAllowed
    _proven(work, "", "password")


def _refused(work: Work, key: str, field: str) -> Refused:
    work.note("factors.failed", about=("person", work.person_id))
    return Refused(Text(key), field)


def _proven(work: Work, new_key: str, how: str) -> Proof:
    browser = work.session.get_one(
        BrowserSession, work.actor.session_id, with_for_update=True, populate_existing=True
    )
    comes_in = Owed.PROOF in browser.owes
    browser.proven_at = work.real_now
    if comes_in:
        browser.token_digest = new_key
        browser.owes = tuple(one for one in browser.owes if one is not Owed.PROOF)
    work.session.add(browser)
    work.note("factors.proven", about=("browser_session", browser.id), how=how)
    account = work.session.get_one(Account, work.person_id)
    return Proof(arrival(work, browser, account) if comes_in else "", comes_in)
