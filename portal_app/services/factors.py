"""The second ways in which a person proves who they are: which there are, and who must have one.

Times are the machine's, as in every protocol. Adding or taking away a way ends nothing else.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select

from portal_app.actors import active_grants, asks_for_factor
from portal_app.errors import Refused, Text
from portal_app.models import (
    Account,
    AuthenticatorApp,
    BrowserSession,
    Owed,
    Passkey,
    Person,
    RecoveryCode,
)
from portal_app.names import name_of
from portal_app.needs import Owing
from portal_app.services import outbox
from portal_app.unit_of_work import Work, use_case


@dataclass(frozen=True, slots=True)
class PasskeySight:
    """A passkey as its owner knows it."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """The ways that a person has."""

    app_since: datetime | None
    app_used_at: datetime | None
    passkeys: tuple[PasskeySight, ...]
    codes_left: int
    is_required: bool


@use_case(Owing(Owed.FACTOR))
def own(work: Work) -> Factors:
    """Tell which ways the person that asks has."""
    app = app_of(work, work.person_id)
    return Factors(
        app.confirmed_at if app else None,
        app.used_at if app else None,
        tuple(
            PasskeySight(one.key, one.name, one.made_at, one.used_at)
            for one in passkeys_of(work, work.person_id)
        ),
        codes_left(work, work.person_id),
        asks_for_factor(work.actor.grants),
    )


def app_of(work: Work, person_id: int) -> AuthenticatorApp | None:
    """Return the app that a person uses."""
    return work.session.exec(
        select(AuthenticatorApp).where(
            AuthenticatorApp.person_id == person_id,
            col(AuthenticatorApp.confirmed_at).is_not(None),
            col(AuthenticatorApp.ended_at).is_(None),
        )
    ).first()


def passkeys_of(work: Work, person_id: int) -> list[Passkey]:
    """Return the passkeys that a person uses, oldest first."""
    return list(
        work.session.exec(
            select(Passkey)
            .where(Passkey.person_id == person_id, col(Passkey.ended_at).is_(None))
            .order_by(col(Passkey.id))
        )
    )


def codes_left(work: Work, person_id: int) -> int:
    """Count the recovery codes that a person can still use."""
    return work.session.exec(
        select(func.count())
        .select_from(RecoveryCode)
        .where(
            RecoveryCode.person_id == person_id,
            col(RecoveryCode.used_at).is_(None),
            col(RecoveryCode.ended_at).is_(None),
        )
    ).one()


def number_of(work: Work, person_id: int) -> int:
    """Count the second ways of a person; codes on paper are none of their own."""
    apps = 1 if app_of(work, person_id) else 0
    return apps + len(passkeys_of(work, person_id))


def owed_at_sign_in(work: Work, person_id: int) -> tuple[Owed, ...]:
    """Tell what somebody whose password was right must still do about a second way."""
    if number_of(work, person_id):
        return (Owed.PROOF,)
    grants = active_grants(work.session, person_id, work.now)
    return (Owed.FACTOR,) if asks_for_factor(grants) else ()


def locked(work: Work) -> Account:
    """Take the account of the person that asks, until the end: their ways change in turn."""
    return work.session.get_one(
        Account, work.person_id, with_for_update=True, populate_existing=True
    )


def refuse_last(work: Work) -> Refused | None:
    """Refuse to take away the last way of a person who must have one."""
    is_last = number_of(work, work.person_id) == 1
    is_kept = is_last and asks_for_factor(work.actor.grants)
    return Refused(Text("errors.last_factor")) if is_kept else None


def settle(work: Work) -> None:
    """Let the session go on that had to add a way; adding it proved enough for a while."""
    browser = work.session.get_one(BrowserSession, work.actor.session_id)
    browser.owes = tuple(one for one in browser.owes if one is not Owed.FACTOR)
    browser.proven_at = work.real_now
    work.session.add(browser)


def tell(work: Work, account: Account, what: str) -> None:
    """Write down that a way was added or taken away, and mail it to the person.

    `what` ends the key of the sentence and of the event: `app_added`.
    """
    outbox.post(
        work,
        to=account.email,
        template="factor_changed",
        locale=account.locale,
        values={
            "name": name_of(work.session.get_one(Person, account.person_id)).full,
            "what": Text(f"mails.factor_{what}"),
            "at": work.now,
            "device": work.browser.device,
        },
        about=("person", account.person_id),
    )
    work.note(f"factors.{what}", about=("person", account.person_id))
