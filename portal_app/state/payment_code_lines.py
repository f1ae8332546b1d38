"""What a row, a batch and a figure of the payment codes show: text and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal_app.errors import Text
from portal_app.reading_payment_codes import CodeStatus
from portal_app.services.organisations import OrganisationSight
from portal_app.services.payment_code_rows import CodeRow
from portal_app.services.payment_codes import BatchMeter
from portal_app.state.candidate_lines import RECORD_PATH
from portal_app.state.shapes import Segment

KINDS = {
    CodeStatus.USED: "brand",
    CodeStatus.USABLE: "ok",
    CodeStatus.INACTIVE: "past",
    CodeStatus.EXPIRED: "idle",
}
"""The colour of each status in a bar, in the order in which they stand there."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many codes of one status there are, with the address that shows them."""

    status: str
    kind: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A row of the table; moments are in ISO form, empty when they never came."""

    id: int
    code: str
    profile: str
    organisation: str
    contact: str
    reference: str
    created: str
    batch: str
    status: str
    expires: str
    used: str
    used_by: str
    href: str  # of the candidate's record; empty when it is not for the reader
    inactive: str
    inactive_by: str
    inactive_reason: str


@dataclass(frozen=True, slots=True)
class BatchGroup:
    """The rows of one batch under its head; without a number they have no head."""

    number: str = ""
    created: str = ""
    reference: str = ""
    used: int = 0
    total: int = 0
    copy_from: str = ""
    meter: list[Segment] = field(default_factory=list[Segment])
    lines: list[CodeLine] = field(default_factory=list[CodeLine])


def group_of(batch: BatchMeter, lines: Sequence[CodeLine], *, copy_from: str) -> BatchGroup:
    """Put the rows of a batch under its head; `copy_from` is where its usable codes are given."""
    usable = batch.figures[CodeStatus.USABLE]
    return BatchGroup(
        batch.number,
        batch.created_at.isoformat(),
        batch.reference,
        batch.figures[CodeStatus.USED],
        sum(batch.figures.values()),
        copy_from if usable else "",
        segments_of(batch.figures),
        [line for line in lines if line.batch == batch.number],
    )


def line_of(row: CodeRow, organisation: int | None) -> CodeLine:
    """Show a code; its link stays in the organisation that the page is of."""
    within = "" if organisation is None else f"&org={organisation}"
    record = f"{RECORD_PATH}?nr={row.enrolment_id}&bij={row.organisation_id}{within}"
    return CodeLine(
        row.id,
        row.code,
        row.profile,
        row.organisation,
        row.contact,
        row.reference,
        row.created_at.isoformat(),
        row.batch,
        row.status.value,
        _iso(row.expires_at),
        _iso(row.used_at),
        row.used_by,
        "" if row.enrolment_id is None else record,
        _iso(row.inactive_at),
        row.inactive_by,
        row.inactive_reason,
    )


def segments_of(figures: Mapping[CodeStatus, int]) -> list[Segment]:
    """Share a bar out in whole percentages, so that what is there shows."""
    total = sum(figures.values())
    return [
        Segment(kind, max(1, round(100 * figures[status] / total)))
        for status, kind in KINDS.items()
        if figures.get(status)
    ]


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def called(one: OrganisationSight) -> Text | str:
    """Name an organisation so that two of the same name differ."""
    return one.apart_by(one.unit)
