"""Making one's own account, on one screen in three states (M-21 ... M-30).

Nothing of a person exists before the address is proven. What was typed, but never a
password, is kept with the browser's pre-session, so that a refresh loses nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from portal_app.errors import Invalid, Refused, Text
from portal_app.models import Account, BrowserSession, ChallengePurpose, EmailChallenge, Person
from portal_app.names import name_of
from portal_app.needs import Anyone
from portal_app.services import invitations, sessions, verification
from portal_app.services.sign_in import SignedInAs, entered
from portal_app.services.verification import Stage
from portal_app.unit_of_work import Work, use_case

_PURPOSE = ChallengePurpose.REGISTER
DRAFT_FIELDS = (
    "email",
    "given_name",
    "family_name",
    "infix",
    "birth_date_day",
    "birth_date_month",
    "birth_date_year",
)
"""What is kept of the form; a password never is."""
_CHANGING = "changing"  # kept with the draft, out of reach of what is posted


@dataclass(frozen=True, slots=True)
class Standing:
    """The registration of this browser as it stands."""

    proof: verification.Proof
    is_changing: bool = False  # another address is being typed, while the proof stands
    draft: Mapping[str, str] = field(default_factory=dict[str, str])
    invitation: invitations.Sight | None = None
    asks_birth_date: bool = True
    goes_to_eherkenning: bool = False


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A form that was read and found right; `password_hash` is made outside the transaction."""

    given_name: str
    infix: str
    family_name: str
    birth_date: date | None  # none where it is not asked for
    password_hash: str
    locale: str


@use_case(Anyone)
def standing(work: Work) -> Standing:
    """Tell how the registration of this browser stands."""
    browser = sessions.known_visit(work)
    if browser is None:
        return Standing(verification.Proof())
    kept = _kept(browser)
    is_changing = kept.pop(_CHANGING, "") != ""
    proof = verification.standing(work, _PURPOSE)
    invitation = invitations.pending(work, browser)
    return Standing(
        proof,
        is_changing=is_changing and proof.email != "",
        draft=kept,
        invitation=invitation,
        # An invitation is for a person, who is known by it; eHerkenning is for a company.
        asks_birth_date=invitation is not None or not browser.goes_to_eherkenning,
        goes_to_eherkenning=browser.goes_to_eherkenning,
    )


@use_case(Anyone, writes=True)
def keep_draft(work: Work, *, draft: Mapping[str, str]) -> None:
    """Keep what was typed so far; unknown fields are dropped."""
    _keep(work, {name: draft[name][:254] for name in DRAFT_FIELDS if name in draft})


@use_case(Anyone, writes=True)
def send_code(work: Work, *, email: str, locale: str) -> Refused | None:
    """Mail a verification code to the address that was typed.

    The proof of another address is void once that mail is on its way (M-29); an address that
    is proven already needs none.
    """
    known = verification.standing(work, _PURPOSE)
    is_proven = known.stage is Stage.VERIFIED and known.email == email
    refused = None if is_proven else verification.send(work, _PURPOSE, email, locale=locale)
    if refused is not None and known.email not in ("", email):
        return replace(refused, field="email")
    verification.void(work, _PURPOSE, but=email)
    _keep(work, {_CHANGING: ""})
    return refused


@use_case(Anyone, writes=True)
def verify_code(work: Work, *, code: str, locale: str) -> Refused | None:
    """Prove the address with the code from the mail."""
    refused = verification.check(work, _PURPOSE, code, locale=locale)
    if refused is None:
        _keep(work, {_CHANGING: ""})
        _bring_draft(work)
    return refused


def _bring_draft(work: Work) -> None:
    """Bring along what was typed elsewhere for this address, now that it is proven."""
    browser = sessions.visit(work)
    email = verification.standing(work, _PURPOSE).email
    elsewhere = work.session.exec(
        select(BrowserSession.draft)
        .join(EmailChallenge, col(EmailChallenge.browser_session_id) == BrowserSession.id)
        .where(
            EmailChallenge.email == email,
            EmailChallenge.purpose == _PURPOSE,
            BrowserSession.id != browser.id,
            BrowserSession.draft != "",
            BrowserSession.expires_at > work.real_now,
        )
        .order_by(col(EmailChallenge.id).desc())
    ).first()
    if elsewhere:
        mine = {name: typed for name, typed in _kept(browser).items() if typed}
        theirs = {name: typed for name, typed in json.loads(elsewhere).items() if name != _CHANGING}
        _keep(work, theirs | mine)


@use_case(Anyone, writes=True)
def change_address(work: Work) -> None:
    """Let another address be typed; the proof stands until that one is sent a code (M-29)."""
    _change(work, changing="yes")


@use_case(Anyone, writes=True)
def keep_address(work: Work) -> None:
    """Leave the address as it is after all."""
    _change(work, changing="")


def _change(work: Work, *, changing: str) -> None:
    email = verification.standing(work, _PURPOSE).email
    if email:  # without a code the address can be typed anyway
        _keep(work, {_CHANGING: changing, "email": email})


@use_case(Anyone, writes=True)
def register(work: Work, *, form: NewAccount, new_key: str) -> SignedInAs:
    """Make the person and the account, redeem the pending invitation, and sign in.

    Raises:
        Invalid: the address is not proven or being changed, or already has an account.
    """
    if standing(work).is_changing:
        raise Invalid({"email": Text("errors.email_not_verified")})
    email = verification.use_up(work, _PURPOSE)
    if email is None:
        raise Invalid({"email": Text("errors.email_not_verified")})
    _refuse_known(work, email)
    try:
        with work.session.begin_nested():
            account = _make(work, form, email)
    except IntegrityError:  # another browser registered with this address in the meantime
        _refuse_known(work, email)
        raise
    browser = sessions.begin(work, account.person_id, new_key)
    work.note("registration.done", about=("person", account.person_id))
    return entered(work, browser, account)


def _kept(browser: BrowserSession) -> dict[str, str]:
    return json.loads(browser.draft or "{}")


def _keep(work: Work, typed: Mapping[str, str]) -> None:
    browser = sessions.visit(work)
    browser.draft = json.dumps(_kept(browser) | dict(typed), ensure_ascii=False)
    work.session.add(browser)


def _refuse_known(work: Work, email: str) -> None:
    known = work.session.exec(select(Account.person_id).where(Account.email == email)).first()
    if known is not None:
        raise Invalid({"email": Text("errors.email_has_account")})


def _make(work: Work, form: NewAccount, email: str) -> Account:
    person = Person(
        given_name=form.given_name,
        infix=form.infix,
        family_name=form.family_name,
        birth_date=form.birth_date,
        email=email,
        name_sort=name_of(form).name_sort,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    account = Account(
        person_id=person.key,
        email=email,
        locale=form.locale,
        password_hash=form.password_hash,
        password_changed_at=work.now,
        created_at=work.now,
    )
    work.session.add(account)
    return account
