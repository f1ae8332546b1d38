"""Payment codes: who uses which, and redeeming one (V-16, V-25 ... V-32)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from portal_app.clock import BRUSSELS
from portal_app.models import CodeBatch, CodeState, Organisation, PaymentCode, Person, Profile
from portal_app.names import folded, name_of
from portal_app.permissions import Right
from portal_app.unit_of_work import Work, use_case

FEW_LEFT = 10
"""Below this many usable codes the page says so."""


class CodeOrder(StrEnum):
    """By what the list can be sorted: its columns (V-29)."""

    CODE = "code"
    ORGANISATION = "organisation"
    CONTACT = "contact"
    REFERENCE = "reference"
    CREATED = "created"
    USED = "used"
    USED_BY = "used_by"


@dataclass(frozen=True, slots=True)
class CodeFilter:
    """What was asked for (V-27); both days are included."""

    words: str = ""
    organisation_id: int | None = None
    profile: str = ""
    created_from: date | None = None
    created_to: date | None = None
    state: CodeState | None = None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code, as the page shows it (V-30)."""

    id: int
    code: str
    profile: str
    organisation: str
    contact: str
    reference: str
    created_at: datetime
    batch: str
    state: CodeState
    has_expired: bool
    used_at: datetime | None
    used_by: str
    enrolment_id: int | None
    inactive_at: datetime | None
    inactive_by: str
    inactive_reason: str


@dataclass(frozen=True, slots=True)
class BatchMeter:
    """How far a batch is used."""

    number: str
    created_at: datetime
    reference: str
    used: int
    usable: int
    inactive: int


@dataclass(frozen=True, slots=True)
class CodeList:
    """One page of codes, over all pages `total`, and the meters of the batches on the page."""

    rows: tuple[CodeRow, ...]
    total: int
    batches: tuple[BatchMeter, ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """How many codes there are of each kind, and what can be filtered on."""

    used: int
    usable: int
    inactive: int
    profiles: tuple[str, ...]


@use_case(Right.PAYMENT_CODES_SEE, writes=True)
def overview(
    work: Work,
    *,
    wanted: CodeFilter,
    order: CodeOrder = CodeOrder.CREATED,
    descending: bool = True,
    page: int = 1,
    size: int = 25,
) -> CodeList:
    """List codes in full, and write down that they were seen. `page` counts from 1."""
    conditions = conditions_of(wanted)
    total = work.session.exec(
        select(func.count()).select_from(PaymentCode).where(*conditions)
    ).one()
    found = list(rows(work, conditions, order, descending=descending, page=page, size=size))
    work.note("payment_codes.seen", organisation_id=wanted.organisation_id, number=len(found))
    return CodeList(tuple(found), total, _meters(work, {row.batch for row in found}))


@use_case(Right.PAYMENT_CODES_SEE)
def stock(work: Work, *, organisation_id: int | None = None) -> Stock:
    """Count the codes of each kind."""
    mine = [] if organisation_id is None else [col(PaymentCode.organisation_id) == organisation_id]
    numbers = dict(
        work.session.exec(
            select(PaymentCode.state, func.count()).where(*mine).group_by(col(PaymentCode.state))
        ).all()
    )
    profiles = work.session.exec(
        select(Profile.name)
        .where(col(Profile.id).in_(select(PaymentCode.profile_id).where(*mine)))
        .order_by(Profile.name)
        .distinct()
    ).all()
    return Stock(
        numbers.get(CodeState.USED, 0),
        numbers.get(CodeState.USABLE, 0),
        numbers.get(CodeState.INACTIVE, 0),
        tuple(profiles),
    )


@use_case(Right.PAYMENT_CODES_SEE, writes=True)
def copied(work: Work, *, code_ids: tuple[int, ...]) -> int:
    """Write down that codes were copied; those out of scope do not count."""
    mine = work.session.exec(
        select(PaymentCode.id, PaymentCode.organisation_id).where(
            col(PaymentCode.id).in_(code_ids[:100])
        )
    ).all()
    for code_id, organisation_id in mine:
        work.note(
            "payment_codes.copied",
            about=("payment_code", code_id),
            organisation_id=organisation_id,
        )
    return len(mine)


def conditions_of(wanted: CodeFilter) -> list[ColumnElement[bool]]:
    """Turn a filter into conditions; the net adds the organisations in scope."""
    conditions: list[ColumnElement[bool]] = [
        col(PaymentCode.search).contains(folded(word).lstrip("#"), autoescape=True)
        for word in wanted.words.split()[:8]
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
    if wanted.state is not None:
        conditions.append(col(PaymentCode.state) == wanted.state)
    return conditions


def rows(
    work: Work,
    conditions: Sequence[ColumnElement[bool]],
    order: CodeOrder,
    *,
    descending: bool,
    page: int,
    size: int,
) -> list[CodeRow]:
    """Read one page of codes, inside another use case."""
    contact, user, ender = aliased(Person), aliased(Person), aliased(Person)
    columns = {
        CodeOrder.CODE: col(PaymentCode.code),
        CodeOrder.ORGANISATION: col(Organisation.name),
        CodeOrder.CONTACT: col(contact.name_sort),
        CodeOrder.REFERENCE: col(CodeBatch.reference),
        CodeOrder.CREATED: col(PaymentCode.created_at),
        CodeOrder.USED: col(PaymentCode.used_at),
        CodeOrder.USED_BY: col(user.name_sort),
    }
    by = columns[order].desc() if descending else columns[order].asc()
    tie = col(PaymentCode.batch_id).desc() if descending else col(PaymentCode.batch_id).asc()
    found = work.session.exec(
        select(PaymentCode, CodeBatch, Profile.name, Organisation.name, contact, user, ender)
        .join(CodeBatch, col(CodeBatch.id) == PaymentCode.batch_id)
        .join(Profile, col(Profile.id) == PaymentCode.profile_id)
        .join(Organisation, col(Organisation.id) == PaymentCode.organisation_id)
        .join(contact, col(contact.id) == CodeBatch.contact_person_id, isouter=True)
        .join(user, col(user.id) == PaymentCode.used_by_id, isouter=True)
        .join(ender, col(ender.id) == PaymentCode.inactive_by_id, isouter=True)
        .where(*conditions)
        .order_by(by, tie, col(PaymentCode.id))
        .offset((page - 1) * size)
        .limit(size)
    ).all()
    return [
        CodeRow(
            code.key,
            code.code,
            profile,
            organisation,
            _name(contact_person),
            batch.reference,
            batch.created_at,
            batch.number,
            code.state,
            has_expired=batch.expires_at is not None and batch.expires_at <= work.now,
            used_at=code.used_at,
            used_by=_name(used_by),
            enrolment_id=code.enrolment_id,
            inactive_at=code.inactive_at,
            inactive_by=_name(ended_by),
            inactive_reason=code.inactive_reason,
        )
        for code, batch, profile, organisation, contact_person, used_by, ended_by in found
    ]


def _meters(work: Work, numbers: set[str]) -> tuple[BatchMeter, ...]:
    counted: dict[str, dict[CodeState, int]] = {number: {} for number in numbers}
    about: dict[str, CodeBatch] = {}
    for batch, state, number in work.session.exec(
        select(CodeBatch, PaymentCode.state, func.count())
        .join(PaymentCode, col(PaymentCode.batch_id) == CodeBatch.id)
        .where(col(CodeBatch.number).in_(numbers))
        .group_by(col(CodeBatch.id), col(PaymentCode.state))
    ):
        counted[batch.number][state] = number
        about[batch.number] = batch
    return tuple(
        BatchMeter(
            number,
            batch.created_at,
            batch.reference,
            counted[number].get(CodeState.USED, 0),
            counted[number].get(CodeState.USABLE, 0),
            counted[number].get(CodeState.INACTIVE, 0),
        )
        for number, batch in about.items()
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BRUSSELS)


def _name(person: Person | None) -> str:
    return name_of(person).listed if person else ""
