"""Payment codes: which there are, who used them, and how far each batch is (V-25 ... V-32).

Codes are shown in full, so whoever sees, copies or downloads them is written down in the
transaction that gives them out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import col, func, select

from portal_app.errors import NotFound
from portal_app.models import CodeBatch, CodeState, PaymentCode, Person
from portal_app.names import name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import Right
from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeStatus
from portal_app.services import organisations
from portal_app.services.organisations import OrganisationSight
from portal_app.services.payment_code_rows import (
    CodeRow,
    conditions_of,
    numbers,
    rows_of,
    selection,
)
from portal_app.unit_of_work import Work, use_case

COUNTED_UP_TO = 10_000
"""Over all organisations (staff) counting stops here; inside one it is always exact."""
TAKEN_AT_ONCE = 1_000
"""Up to this many codes that match a keyword are counted by taking their numbers."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BatchMeter:
    """How far a batch is used."""

    number: str
    created_at: datetime
    reference: str
    figures: dict[CodeStatus, int]


@dataclass(frozen=True, slots=True)
class ExportBegun:
    """What is written beside a selection that is downloaded."""

    by: str
    at: datetime
    day: date
    number: int
    organisation: str  # the one that was asked for, or the only one; else empty
    organisation_code: str


@dataclass(frozen=True, slots=True)
class CodePage:
    """One page of codes and the meters of the batches on it."""

    rows: tuple[CodeRow, ...]
    batches: tuple[BatchMeter, ...]
    total: int  # over all pages
    is_exact: bool
    page: int  # the one asked for, or the last one there is


@use_case(Right.PAYMENT_CODES_SEE, writes=True)
def overview(work: Work, *, listing: CodeListing) -> CodePage:
    """Show one page of codes in full, and write down that they were seen."""
    conditions = conditions_of(work, listing.wanted)
    ids, total, is_exact, page = _found(work, conditions, listing)
    chosen = selection([col(PaymentCode.id).in_(ids)], listing).order_by(None)
    found = sorted(work.session.exec(chosen), key=lambda one: ids.index(one[0].id))
    rows = tuple(rows_of(work, found))
    _note(work, "payment_codes.seen", rows)
    batches = tuple(_meters(work, {batch.key: batch for _, batch, *_ in found}))
    return CodePage(rows, batches, total, is_exact, page)


@use_case(Right.PAYMENT_CODES_SEE, writes=True)
def copied(work: Work, *, code_id: int) -> None:
    """Write down that a code was copied from the page.

    Raises:
        NotFound: no such code, or not in scope.
    """
    code = work.session.exec(select(PaymentCode).where(PaymentCode.id == code_id)).first()
    if code is None:
        raise NotFound
    work.note(
        "payment_codes.copied",
        about=("payment_code", code_id),
        organisation_id=code.organisation_id,
    )


@use_case(Right.PAYMENT_CODES_SEE, writes=True)
def copy_batch(work: Work, *, number: str) -> tuple[str, ...]:
    """Give every usable code of a batch, and write down that they were copied.

    Raises:
        NotFound: no such batch, or not in scope.
    """
    batch = work.session.exec(select(CodeBatch).where(CodeBatch.number == number)).first()
    if batch is None:
        raise NotFound
    codes = work.session.exec(
        select(PaymentCode.code)
        .where(
            PaymentCode.batch_id == batch.key,
            *conditions_of(work, CodeFilter(status=CodeStatus.USABLE)),
        )
        .order_by(col(PaymentCode.id))
    ).all()
    work.note(
        "payment_codes.batch_copied",
        about=("code_batch", batch.key),
        organisation_id=batch.organisation_id,
        number=len(codes),
    )
    return tuple(codes)


@use_case(ProvenLately(Right.PAYMENT_CODES_EXPORT, by_staff=True), writes=True)
def begin_export(work: Work, *, wanted: CodeFilter, file: str) -> ExportBegun:
    """Write down that a selection is downloaded, and tell what it is of."""
    per_organisation = work.session.exec(
        select(PaymentCode.organisation_id, func.count())
        .where(*conditions_of(work, wanted))
        .group_by(col(PaymentCode.organisation_id))
    ).all()
    for organisation_id, number in per_organisation:
        work.note(
            "payment_codes.exported",
            organisation_id=organisation_id,
            number=number,
            file=file,
            criteria=" ".join(f"{name}={said}" for name, said in wanted.query().items()),
        )
    person = work.session.get_one(Person, work.person_id)
    only = _only_organisation(work, wanted)
    return ExportBegun(
        name_of(person).full,
        work.now,
        work.today,
        sum(number for _, number in per_organisation),
        only.name if only else "",
        only.code if only else "",
    )


@use_case(Right.PAYMENT_CODES_EXPORT)
def export(work: Work, *, wanted: CodeFilter) -> Iterator[CodeRow]:
    """Give a whole selection row by row, newest batch first; for `run_through`."""
    chosen = selection(conditions_of(work, wanted), CodeListing())
    with work.session.exec(chosen.execution_options(yield_per=_AT_ONCE)) as found:
        for some in found.partitions():
            yield from rows_of(work, some)


def _only_organisation(work: Work, wanted: CodeFilter) -> OrganisationSight | None:
    ids = {wanted.organisation_id} if wanted.organisation_id is not None else work.scope
    if not isinstance(ids, set | frozenset) or len(ids) != 1:
        return None
    return next(iter(organisations.sights(work, set(ids))), None)


def _meters(work: Work, batches: dict[int, CodeBatch]) -> Iterator[BatchMeter]:
    counted: defaultdict[int, Counter[CodeStatus]] = defaultdict(Counter)
    for batch_id, state, number in work.session.exec(
        select(PaymentCode.batch_id, PaymentCode.state, func.count())
        .where(col(PaymentCode.batch_id).in_(batches))
        .group_by(col(PaymentCode.batch_id), col(PaymentCode.state))
    ):
        ends = batches[batch_id].expires_at
        is_past = state is CodeState.USABLE and ends is not None and ends <= work.now
        counted[batch_id][CodeStatus.EXPIRED if is_past else CodeStatus(state)] += number
    for batch_id, batch in batches.items():
        figures = {status: counted[batch_id][status] for status in CodeStatus}
        yield BatchMeter(batch.number, batch.created_at, batch.reference, figures)


def _found(
    work: Work, conditions: list[ColumnElement[bool]], listing: CodeListing
) -> tuple[Sequence[int], int, bool, int]:
    """Return the numbers of a page, how many codes there are, whether exactly, and the page."""
    chosen = numbers(conditions, listing)  # from an index alone; only a page of codes is read
    if listing.wanted.words:
        # A keyword reads every code of an organisation, so few matches are found and
        # counted in one go.
        few = work.session.exec(chosen.limit(TAKEN_AT_ONCE + 1)).all()
        if len(few) <= TAKEN_AT_ONCE:
            page = _page_of(listing, len(few))
            first = (page - 1) * listing.size
            return few[first : first + listing.size], len(few), True, page
    total, is_exact = _count(work, conditions)
    page = _page_of(listing, total)
    here = chosen.offset((page - 1) * listing.size).limit(listing.size)
    return work.session.exec(here).all(), total, is_exact, page


def _page_of(listing: CodeListing, total: int) -> int:
    return min(listing.page, max(1, -(-total // listing.size)))


def _count(work: Work, conditions: list[ColumnElement[bool]]) -> tuple[int, bool]:
    if isinstance(work.scope, frozenset):
        exact = select(func.count()).select_from(PaymentCode).where(*conditions)
        return work.session.exec(exact).one(), True
    first = select(PaymentCode.id).where(*conditions).limit(COUNTED_UP_TO + 1).subquery()
    number = work.session.exec(select(func.count()).select_from(first)).one()
    return min(number, COUNTED_UP_TO), number <= COUNTED_UP_TO


def _note(work: Work, action: str, rows: tuple[CodeRow, ...]) -> None:
    """Write down which codes somebody got to see, for each organisation apart."""
    seen: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        seen[row.organisation_id].append(row.id)
    for organisation_id, ids in seen.items():
        work.note(
            action,
            organisation_id=organisation_id,
            number=len(ids),
            codes=",".join(map(str, ids)),
        )
