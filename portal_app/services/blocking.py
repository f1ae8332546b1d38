"""Blocking an account at once, and opening it again, for somebody who calls (I-15).

Nobody signs in with a blocked account, and every page that was open is emptied. Roles stay as
they are, so that all is as before once it is open again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from json import loads

from sqlmodel import col, select

from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import Account, AuditEvent, Person
from portal_app.names import name_of
from portal_app.permissions import Right
from portal_app.services import outbox, phone_callers, sessions
from portal_app.unit_of_work import Work, use_case

_BLOCKED = "accounts.blocked"


class BlockReason(StrEnum):
    """Why an account is blocked: `phone_desk.block_<word>`. Chosen, as the trail keeps no prose."""

    MISUSE = "misuse"
    LOST_DEVICE = "lost_device"
    LEFT = "left"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Blocked:
    """Since when an account is blocked, and why."""

    at: datetime
    why: BlockReason


@use_case(Right.IDENTITY_CHECK, writes=True)
def block(work: Work, *, person_id: int, reason: str) -> None:
    """Block the account of a caller and end every session; they hear it by mail.

    Twice does it once, for the first reason.

    Raises:
        Invalid: it is not established that it is this person who calls, or no reason is given.
        NotFound: there is no such person, or they have no account.
    """
    person, account = _held(work, person_id)
    if reason not in set(BlockReason):
        raise Invalid({"reason": Text("errors.application_reason_empty")})
    if account.blocked_at is not None:
        return
    account.blocked_at = work.now
    work.session.add(account)
    sessions.end_others(work, person_id, "blocked")
    work.note(_BLOCKED, about=("person", person_id), why=reason)
    _tell(work, person, account, "account_blocked")


@use_case(Right.IDENTITY_CHECK, writes=True)
def unblock(work: Work, *, person_id: int) -> None:
    """Open the account of a caller again; they hear it by mail. Twice does it once.

    Raises:
        Invalid: it is not established that it is this person who calls.
        NotFound: there is no such person, or they have no account.
    """
    person, account = _held(work, person_id)
    if account.blocked_at is None:
        return
    account.blocked_at = None
    work.session.add(account)
    work.note("accounts.unblocked", about=("person", person_id))
    _tell(work, person, account, "account_unblocked")


def standing(work: Work, account: Account | None) -> Blocked | None:
    """Tell since when an account is blocked, and why; None when it is not."""
    if account is None or account.blocked_at is None:
        return None
    details = work.session.exec(
        select(AuditEvent.details)
        .where(
            AuditEvent.about == "person",
            AuditEvent.about_id == account.person_id,
            AuditEvent.action == _BLOCKED,
        )
        .order_by(col(AuditEvent.id).desc())
    ).first()
    why = loads(details or "{}").get("why", BlockReason.ASKED)
    return Blocked(account.blocked_at, BlockReason(why))


def _held(work: Work, person_id: int) -> tuple[Person, Account]:
    """Hold the account for this transaction: whoever signs in at that moment comes after."""
    person = phone_callers.must_be_established(work, person_id)
    account = work.session.get(Account, person_id, with_for_update=True, populate_existing=True)
    if account is None:
        raise NotFound
    return person, account


def _tell(work: Work, person: Person, account: Account, template: str) -> None:
    outbox.post(
        work,
        to=account.email,
        template=template,
        locale=account.locale,
        values={"name": name_of(person).full, "at": work.now},
        about=("person", person.key),
    )
