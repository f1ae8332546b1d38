"""Payment codes found and read: what the page and its downloads have in common.

Everything happens in the database; the indexes of `models.payment_codes.PaymentCode`
serve each filter inside one organisation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression
from sqlmodel import col, func, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from portal_app.clock import BRUSSELS
from portal_app.models import (
    CodeBatch,
    CodeState,
    Organisation,
    PaymentCode,
    Person,
    Profile,
    ProgressRow,
)
from portal_app.names import folded, name_of
from portal_app.permissions import Right
from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeOrder, CodeStatus
from portal_app.unit_of_work import Work

MOST_WORDS = 8

# As the page writes a batch, for people who copy it from there: 'Batch #3K2R1S'.
_BATCH_SIGN = re.compile(r"(?:\b(?:batch|lot|charge)\s*)?#", re.IGNORECASE)
_OF_ONE_CODE = (CodeOrder.CODE, CodeOrder.USED, CodeOrder.USED_BY)

Found = tuple[PaymentCode, CodeBatch, str, str]  # with the names of profile and organisation


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code, as people see it (V-30)."""

    id: int
    code: str
    profile: str
    organisation_id: int
    organisation: str
    contact: str
    reference: str
    created_at: datetime
    batch: str
    status: CodeStatus
    expires_at: datetime | None
    used_at: datetime | None
    used_by: str
    enrolment_id: int | None  # of who used it, when the reader may see that candidate
    inactive_at: datetime | None
    inactive_by: str
    inactive_reason: str


def conditions_of(work: Work, wanted: CodeFilter) -> list[ColumnElement[bool]]:
    """Turn a filter into conditions; the net adds the organisations in scope."""
    words = folded(_BATCH_SIGN.sub(" ", wanted.words)).split()[:MOST_WORDS]
    conditions: list[ColumnElement[bool]] = [
        col(PaymentCode.search).contains(word, autoescape=True) for word in words
    ]
    if wanted.organisation_id is not None:
        conditions.append(col(PaymentCode.organisation_id) == wanted.organisation_id)
    if wanted.profile:
        named = select(Profile.id).where(Profile.name == wanted.profile)
        conditions.append(col(PaymentCode.profile_id).in_(named))
    if wanted.created_from:
        conditions.append(col(PaymentCode.created_at) >= _midnight(wanted.created_from))
    if wanted.created_to:
        after = _midnight(wanted.created_to + timedelta(days=1))
        conditions.append(col(PaymentCode.created_at) < after)
    if wanted.status is not None:
        conditions += _has_status(work, wanted.status)
    return conditions


def status_of(code: PaymentCode, batch: CodeBatch, now: datetime) -> CodeStatus:
    """Tell what a code can be used for at `now`."""
    if code.state is CodeState.USABLE and batch.expires_at and batch.expires_at <= now:
        return CodeStatus.EXPIRED
    return CodeStatus(code.state.value)


def numbers(conditions: Sequence[ColumnElement[bool]], listing: CodeListing) -> SelectOfScalar[Any]:
    """Select the numbers of codes, in the order of the listing."""
    chosen = select(PaymentCode.id).where(*conditions).order_by(*_ordering(listing))
    match listing.order:
        case CodeOrder.ORGANISATION:
            return chosen.join(Organisation, col(Organisation.id) == PaymentCode.organisation_id)
        case CodeOrder.REFERENCE:
            return chosen.join(CodeBatch, col(CodeBatch.id) == PaymentCode.batch_id)
        case CodeOrder.CONTACT:
            return chosen.join(CodeBatch, col(CodeBatch.id) == PaymentCode.batch_id).join(
                Person, col(Person.id) == CodeBatch.contact_person_id, isouter=True
            )
        case CodeOrder.USED_BY:
            return chosen.join(Person, col(Person.id) == PaymentCode.used_by_id, isouter=True)
        case _:
            return chosen


def selection(
    conditions: Sequence[ColumnElement[bool]], listing: CodeListing
) -> Select[PaymentCode, CodeBatch, str, str]:
    """Select codes with what is shown of them, in the order of the listing."""
    chosen = (
        select(PaymentCode, CodeBatch, Profile.name, Organisation.name)
        .join(CodeBatch, col(CodeBatch.id) == PaymentCode.batch_id)
        .join(Profile, col(Profile.id) == PaymentCode.profile_id)
        .join(Organisation, col(Organisation.id) == PaymentCode.organisation_id)
        .where(*conditions)
        .order_by(*_ordering(listing))
    )
    match listing.order:
        case CodeOrder.CONTACT:
            return chosen.join(Person, col(Person.id) == CodeBatch.contact_person_id, isouter=True)
        case CodeOrder.USED_BY:
            return chosen.join(Person, col(Person.id) == PaymentCode.used_by_id, isouter=True)
        case _:
            return chosen


def rows_of(work: Work, found: Sequence[Found]) -> list[CodeRow]:
    """Complete what a selection found with names, and with the way to each user's record."""
    names = _names(work, found)
    followed = _followed(work, [code.enrolment_id for code, *_ in found if code.enrolment_id])
    return [
        CodeRow(
            code.key,
            code.code,
            profile,
            code.organisation_id,
            organisation,
            names.get(batch.contact_person_id, ""),
            batch.reference,
            batch.created_at,
            batch.number,
            status_of(code, batch, work.now),
            batch.expires_at,
            code.used_at,
            names.get(code.used_by_id, ""),
            code.enrolment_id if code.enrolment_id in followed else None,
            code.inactive_at,
            names.get(code.inactive_by_id, ""),
            code.inactive_reason,
        )
        for code, batch, profile, organisation in found
    ]


def expired_batches(work: Work) -> ColumnElement[bool]:
    """Hold for a code whose batch has expired."""
    expired = select(CodeBatch.id).where(col(CodeBatch.expires_at) <= work.now)
    return col(PaymentCode.batch_id).in_(expired)


def _has_status(work: Work, status: CodeStatus) -> list[ColumnElement[bool]]:
    usable = col(PaymentCode.state) == CodeState.USABLE
    match status:
        case CodeStatus.USABLE:
            return [usable, ~expired_batches(work)]
        case CodeStatus.EXPIRED:
            return [usable, expired_batches(work)]
        case _:
            return [col(PaymentCode.state) == CodeState(status.value)]


def _ordering(listing: CodeListing) -> Sequence[SQLColumnExpression[Any]]:
    newest, batch = col(PaymentCode.created_at), col(PaymentCode.batch_id)
    number = col(PaymentCode.id)  # of the codes of a batch, the one that was made first
    if listing.order is CodeOrder.CREATED and not listing.descending:
        return [newest.asc(), batch.asc(), number]
    newest_first = [newest.desc(), batch.desc(), number]
    if listing.order is CodeOrder.CREATED:
        return newest_first
    column = _column(listing.order)
    # What is empty comes last either way; the databases do not agree on that by themselves.
    wished = [column.is_(None), column.desc() if listing.descending else column.asc()]
    if listing.per_batch and listing.order in _OF_ONE_CODE:
        return [*newest_first[:2], *wished, number]  # a batch stays together
    return [*wished, *newest_first]


def _column(order: CodeOrder) -> SQLColumnExpression[Any]:
    match order:
        case CodeOrder.CODE:
            return col(PaymentCode.code)
        case CodeOrder.ORGANISATION:
            return func.lower(Organisation.name)
        case CodeOrder.CONTACT | CodeOrder.USED_BY:
            return col(Person.name_sort)  # of whom `selection` joins
        case CodeOrder.REFERENCE:
            return func.lower(CodeBatch.reference)
        case CodeOrder.CREATED:
            return col(PaymentCode.created_at)
        case CodeOrder.USED:
            return col(PaymentCode.used_at)


def _names(work: Work, found: Sequence[Found]) -> dict[int | None, str]:
    ids = {
        person_id
        for code, batch, *_ in found
        for person_id in (batch.contact_person_id, code.used_by_id, code.inactive_by_id)
        if person_id is not None
    }
    people = work.session.exec(select(Person).where(col(Person.id).in_(ids))).all() if ids else ()
    return {person.id: name_of(person).listed for person in people}


def _followed(work: Work, enrolment_ids: Sequence[int]) -> set[int]:
    """Return the enrolments of which the reader may see the candidate now."""
    if not enrolment_ids or not work.actor.scope(Right.CANDIDATES_SEE):
        return set()
    seen = select(ProgressRow.enrolment_id).where(col(ProgressRow.enrolment_id).in_(enrolment_ids))
    return set(work.session.exec(seen))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BRUSSELS)
