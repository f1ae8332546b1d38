"""Setting up an app that shows a new code every half minute, and taking it away."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select, update

from portal_app.adapters import secret_keys, totp
from portal_app.brand import brand
from portal_app.errors import Refused, Text
from portal_app.models import AuthenticatorApp, Owed
from portal_app.needs import Owing, ProvenLately, SignedIn
from portal_app.services import factors, recovery_codes
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class Setup:
    """What an app must be told: the key to type over, or the address in a picture."""

    key: str
    address: str


@use_case(ProvenLately(Owing(Owed.FACTOR)), writes=True)
def begin(work: Work) -> Setup:
    """Give the secret for an app; the app in use works on until a code of the new one is shown.

    Asked for again within a quarter of an hour it is the same, so that a second tab or a press
    too many does not spoil what was just scanned.
    """
    account = factors.locked(work)
    waiting = _waiting(work, account.person_id)
    fresh = work.real_now - timedelta(minutes=settings.factor_setup_minutes)
    if waiting is not None and waiting.begun_at <= fresh:
        _end(work, waiting)
        waiting = None
    if waiting is None:
        secret = totp.new_secret()
        work.session.add(
            AuthenticatorApp(
                person_id=account.person_id,
                secret=secret_keys.seal(_purpose(account.person_id), secret),
                begun_at=work.real_now,
            )
        )
    else:
        secret = _opened(waiting)
    address = totp.address(secret, account=account.email, issuer=brand.portal_name)
    return Setup(totp.grouped(secret), address)


@use_case(ProvenLately(Owing(Owed.FACTOR)), writes=True)
def confirm(work: Work, *, code: str) -> tuple[str, ...] | Refused:
    """Take the app into use with a code that it shows, in place of the one before.

    Returns recovery codes when the person has none; nothing more when they do.
    """
    account = factors.locked(work)
    waiting = _waiting(work, account.person_id)
    if waiting is None:
        return Refused(Text("errors.app_not_begun"), "app_code")
    step = totp.matching_step(_opened(waiting), code, work.real_now, after=0)
    if step is None:
        work.note("factors.setup_failed", about=("person", account.person_id))
        return Refused(Text("errors.app_code_wrong"), "app_code")
    before = factors.app_of(work, account.person_id)
    if before is not None:
        _end(work, before)
    waiting.confirmed_at, waiting.last_step = work.real_now, step
    work.session.add(waiting)
    work.session.flush()
    factors.tell(work, account, "app_replaced" if before else "app_added")
    factors.settle(work)
    return recovery_codes.made_first(work, account)


@use_case(ProvenLately(SignedIn), writes=True)
def remove(work: Work) -> Refused | None:
    """Take the app away; doing so twice does nothing more."""
    account = factors.locked(work)
    app = factors.app_of(work, account.person_id)
    if app is None:
        return None
    refused = factors.refuse_last(work)
    if refused is not None:
        return refused
    _end(work, app)
    if not factors.number_of(work, account.person_id):
        recovery_codes.end_all(work, account.person_id)
    factors.tell(work, account, "app_removed")
    return None


def shown(work: Work, person_id: int, code: str) -> bool:
    """Use up a code that a person's app shows; False when it shows another, or this was used."""
    app = factors.app_of(work, person_id)
    step = app and totp.matching_step(_opened(app), code, work.real_now, after=app.last_step)
    if app is None or step is None:
        return False
    used = work.session.exec(
        update(AuthenticatorApp)
        .where(
            col(AuthenticatorApp.id) == app.id,
            col(AuthenticatorApp.last_step) < step,
            col(AuthenticatorApp.ended_at).is_(None),
        )
        .values(last_step=step, used_at=work.real_now)
    )
    return bool(used.rowcount)


def end_all(work: Work, person_id: int) -> None:
    """End the app of a person, and the one that they were setting up."""
    work.session.exec(
        update(AuthenticatorApp)
        .where(
            col(AuthenticatorApp.person_id) == person_id,
            col(AuthenticatorApp.ended_at).is_(None),
        )
        .values(ended_at=work.real_now, secret="")
    )


def _waiting(work: Work, person_id: int) -> AuthenticatorApp | None:
    return work.session.exec(
        select(AuthenticatorApp).where(
            AuthenticatorApp.person_id == person_id,
            col(AuthenticatorApp.confirmed_at).is_(None),
            col(AuthenticatorApp.ended_at).is_(None),
        )
    ).first()


def _end(work: Work, app: AuthenticatorApp) -> None:
    app.ended_at, app.secret = work.real_now, ""
    work.session.add(app)
    work.session.flush()


def _opened(app: AuthenticatorApp) -> str:
    return secret_keys.open_sealed(_purpose(app.person_id), app.secret)


def _purpose(person_id: int) -> str:
    return f"authenticator app {person_id}"  # the secret of another person does not open
