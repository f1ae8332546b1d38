"""Rows of the overview as the screen shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal_app import clock
from portal_app.errors import Text
from portal_app.reading_dates import shown
from portal_app.services.candidate_address import PATH, Asked
from portal_app.services.candidate_page import CandidatePage, Frame
from portal_app.services.candidate_record import Try
from portal_app.services.candidate_words import (
    expires_soon,
    next_step,
    step_names,
    step_tip,
)
from portal_app.services.candidates import CandidateRow, RouteTab
from portal_app.services.links import Unlinked, reason_in_words

RECORD_PATH = f"{PATH}/kandidaat"


@dataclass(frozen=True, slots=True)
class StepHead:
    """The head of a step's column."""

    label: Text | str


@dataclass(frozen=True, slots=True)
class StepCell:
    """A step of a candidate: its state, and what its tip adds."""

    state: str
    step: Text | str
    tip: Text | None


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """A candidate on a route."""

    key: str
    link: int
    name: str
    email: str
    href: str
    route: str
    organisation: str
    cells: list[StepCell]
    next_step: Text
    is_resit: bool
    valid_until: str  # dd-mm-jjjj, or empty
    expires_soon: bool


@dataclass(frozen=True, slots=True)
class UnlinkedLine:
    """A link that ended."""

    link: int
    name: str
    organisation: str
    ended_at: str  # moment in ISO form
    ended_by: str
    reason: Text | None  # a usual one
    explanation: str
    undo_until: str  # moment in ISO form; empty when it is too late


def lines_of(answer: CandidatePage, frame: Frame, asked: Asked) -> list[CandidateLine]:
    """Show the candidates of a page; a name leads to the record, which knows its list."""
    several, query = len(frame.organisations) != 1, query_of(asked)
    today = clock.today()
    names = {row.route_code: step_names(row.kinds, row.step_names) for row in answer.found.rows}
    return [
        _line_of(
            row,
            names[row.route_code],
            answer.last_tries[row.enrolment_id],
            query,
            today=today,
            several_organisations=several,
        )
        for row in answer.found.rows
    ]


def changed(shown: Sequence[CandidateLine], now: Sequence[CandidateLine]) -> int:
    """Count the candidates who are not as they are shown: other, new on the page, or gone."""
    before, after = {line.key: line for line in shown}, {line.key: line for line in now}
    other = sum(before.get(key) != line for key, line in after.items())
    return max(other, len(before.keys() - after.keys()))


def _line_of(
    row: CandidateRow,
    names: Sequence[Text | str],
    lasts: Mapping[int, Try],
    list_query: str,
    *,
    today: date,
    several_organisations: bool,
) -> CandidateLine:
    following = next_step(row, today)
    return CandidateLine(
        key=f"{row.link_id}-{row.enrolment_id}",
        link=row.link_id,
        name=row.name,
        email=row.email,
        href=record_href(
            row.enrolment_id, row.organisation_id if several_organisations else None, list_query
        ),
        route=row.route,
        organisation=row.organisation if several_organisations else "",
        cells=[
            StepCell(row.states[at].value, name, step_tip(row, at, lasts.get(at)))
            for at, name in enumerate(names)
        ],
        next_step=following.sentence,
        is_resit=following.is_resit,
        valid_until=shown(row.valid_until) if row.valid_until else "",
        expires_soon=expires_soon(row.valid_until, today),
    )


def query_of(asked: Asked) -> str:
    """Return the query of a list on the page that is shown, for the records of its rows."""
    return asked.query(pagina=str(asked.page) if asked.page > 1 else "")


def record_href(enrolment_id: int, organisation_id: int | None, list_query: str) -> str:
    """Return the address of a candidate's record, within the selection of a list."""
    at = f"&bij={organisation_id}" if organisation_id else ""
    return f"{RECORD_PATH}?nr={enrolment_id}{at}" + (f"&{list_query}" if list_query else "")


def unlinked_line(one: Unlinked) -> UnlinkedLine:
    """Show a link that ended."""
    usual, added = reason_in_words(one.reason)
    return UnlinkedLine(
        one.link_id,
        one.name,
        one.organisation,
        one.ended_at.isoformat(),
        one.ended_by,
        usual,
        added,
        one.undo_until.isoformat() if one.can_be_undone else "",
    )


def heads_of(route: RouteTab) -> list[StepHead]:
    """Name the columns of a route's steps."""
    return [StepHead(name) for name in step_names(route.kinds, route.step_names)]
