"""Payment codes made inactive by the fund's staff, and active again (V-26, V-36).

What was used stays used: made inactive afterwards, a code still tells who used it and when,
and neither way makes it free again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import CodeBatch, CodeState, PaymentCode, Person
from portal_app.names import name_of
from portal_app.permissions import Right
from portal_app.unit_of_work import Work, use_case

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Switched:
    """A code that is, or was, made inactive or active again."""

    code: str
    used_by: str  # as the name is spoken; empty: nobody has used it


@dataclass(frozen=True, slots=True)
class BatchSwitched:
    """What one press made inactive of a batch; number and moment together name that press."""

    number: str
    made_at: datetime
    count: int


@use_case(Right.PAYMENT_CODES_MANAGE)
def to_make_inactive(work: Work, *, code_id: int) -> Switched:
    """Tell which code the question is about, and who has used it.

    Raises:
        NotFound: no such code, or it is inactive.
    """
    asked = select(PaymentCode).where(
        PaymentCode.id == code_id, col(PaymentCode.inactive_at).is_(None)
    )
    code = work.session.exec(asked).first()
    if code is None:
        raise NotFound
    return _switched(work, code)


@use_case(Right.PAYMENT_CODES_MANAGE, writes=True)
def make_inactive(work: Work, *, code_id: int, reason: str) -> Switched:
    """Make a code inactive; the answer says whether somebody had used it by then.

    Twice at once does it once: the other finds nothing.

    Raises:
        Invalid: no reason, or one that is too long.
        NotFound: no such code, or it is inactive.
    """
    reason = _read(reason)
    code = _one(work, col(PaymentCode.inactive_at).is_(None), code_id)
    _end(work, code, reason)
    return _switched(work, code)


@use_case(Right.PAYMENT_CODES_MANAGE, writes=True)
def make_batch_inactive(work: Work, *, number: str, reason: str) -> BatchSwitched:
    """Make every code of a batch inactive that nobody has used.

    Raises:
        Invalid: no reason, or one that is too long.
        NotFound: no such batch, or nothing of it is left to make inactive.
    """
    reason = _read(reason)
    unused = _of_batch(work, number, col(PaymentCode.state) == CodeState.USABLE)
    for code in unused:
        _end(work, code, reason)
    return BatchSwitched(number, work.now, len(unused))


@use_case(Right.PAYMENT_CODES_MANAGE, writes=True)
def undo_batch_inactive(work: Work, *, number: str, made_at: datetime) -> int:
    """Take back what one press made inactive of a batch, and return how many codes that are.

    A code that was inactive before, or became so since for a reason of its own, stays as it is.

    Raises:
        NotFound: no such batch, or nothing of that press is left to take back.
    """
    ended = _of_batch(
        work,
        number,
        and_(col(PaymentCode.state) == CodeState.INACTIVE, col(PaymentCode.inactive_at) == made_at),
    )
    for code in ended:
        _revive(work, code)
    return len(ended)


@use_case(Right.PAYMENT_CODES_MANAGE, writes=True)
def make_active(work: Work, *, code_id: int) -> Switched:
    """Take back that a code was made inactive; one that was used stays used.

    Raises:
        NotFound: no such code, or it is not inactive.
    """
    code = _one(work, col(PaymentCode.inactive_at).is_not(None), code_id)
    _revive(work, code)
    return _switched(work, code)


def _one(work: Work, is_so: ColumnElement[bool], code_id: int) -> PaymentCode:
    """Hold a code for this transaction: whoever redeems it at the same moment comes after."""
    code = work.session.exec(
        select(PaymentCode)
        .where(PaymentCode.id == code_id, is_so)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if code is None:
        raise NotFound
    return code


def _of_batch(work: Work, number: str, is_so: ColumnElement[bool]) -> Sequence[PaymentCode]:
    """Hold the codes of a batch of which this is so; there is at least one."""
    batch = work.session.exec(select(CodeBatch).where(CodeBatch.number == number)).first()
    if batch is None:
        raise NotFound
    codes = work.session.exec(
        select(PaymentCode)
        .where(PaymentCode.batch_id == batch.key, is_so)
        .order_by(col(PaymentCode.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not codes:
        raise NotFound
    return codes


def _end(work: Work, code: PaymentCode, reason: str) -> None:
    if code.state is CodeState.USABLE:
        code.state = CodeState.INACTIVE
    code.inactive_at, code.inactive_by_id = work.now, work.actor.person_id
    code.inactive_reason = reason
    work.session.add(code)
    # With the reason: on the code itself it stands only for as long as the code is inactive.
    _note(work, "payment_codes.made_inactive", code, reason=reason)


def _revive(work: Work, code: PaymentCode) -> None:
    if code.state is CodeState.INACTIVE:
        code.state = CodeState.USABLE
    code.inactive_at, code.inactive_by_id, code.inactive_reason = None, None, ""
    work.session.add(code)
    _note(work, "payment_codes.made_active", code)


def _note(work: Work, action: str, code: PaymentCode, **details: str) -> None:
    work.note(
        action,
        about=("payment_code", code.id),
        organisation_id=code.organisation_id,
        was_used=code.state is CodeState.USED,
        **details,
    )


def _switched(work: Work, code: PaymentCode) -> Switched:
    user = work.session.get(Person, code.used_by_id) if code.used_by_id else None
    return Switched(code.code, name_of(user).full if user else "")


def _read(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": Text("payment_codes.reason_empty")})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": Text("payment_codes.reason_long", {"most": LONGEST_REASON})})
    return reason
