"""The overview and the payment codes at size, beside hand-written SQL on the bare driver.

The bare driver counts and reads one page, and that is all; the use case finds out who asks
and what they may, narrows, counts, reads, and makes values of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

import pytest

from portal_app import database
from portal_app.models import EnrolmentStatus
from portal_app.reading_payment_codes import CodeFilter, CodeListing
from portal_app.services import candidate_page, candidates, links, payment_code_frame, payment_codes
from portal_app.services.candidate_filters import Attention, CandidateFilter
from portal_app.services.candidate_order import Order
from portal_app.services.candidate_selection import COUNTED_UP_TO
from portal_app.unit_of_work import Browser, run
from tests.bench.conftest import Stage
from tests.bench.measuring import Figures, interleaved, slowness, table
from tests.bench.world import at_work

FEW = 3  # rounds and calls, where a keyword reads a million rows
MOST = 20
MOST_BY_KEYWORD = 30
"""Milliseconds at p95 for a page of the overview of the largest organisation."""
MOST_BESIDE_SMALL = 1.2
"""Times the same organisation in a hundredth of the candidates, over all its lists."""

pytestmark = pytest.mark.bench


@dataclass(frozen=True, slots=True)
class Case:
    """What the use case is asked, and the same by hand."""

    where: str
    asked: dict[str, Any]
    order: str = "name_sort, id"
    table: str = "progress_row"

    @property
    def most(self) -> int:
        """How long a page of the largest organisation may take, in milliseconds."""
        return MOST_BY_KEYWORD if "search LIKE" in self.where else MOST


def test_the_overview_of_the_largest_organisation_is_quick(stage: Stage) -> None:
    world, caller = stage.world, at_work(stage.world.manager_of_largest)
    before = slowness()
    rows = _overview(stage, world.largest, caller)
    rows |= _around(stage, world.largest, caller) | _codes(stage, world.largest, caller)

    slow = (before + slowness()) / 2
    title = f"50,000 candidates, {stage.database.kind}, limits × {slow:.2f}"
    print(table(title, rows, "bare", "portal"))  # noqa: T201
    took = {name: rows[name]["portal"].p95 for name in _cases(world.today)}
    allowed = {name: case.most * slow for name, case in _cases(world.today).items()}
    assert {name: p95 for name, p95 in took.items() if p95 > allowed[name]} == {}


def test_lists_of_an_organisation_of_a_thousand(stage: Stage) -> None:
    world, caller = stage.world, at_work(stage.world.manager_of_thousand)
    rows = _overview(stage, world.thousand, caller)
    rows |= _around(stage, world.thousand, caller) | _codes(stage, world.thousand, caller)

    print(table(f"1,000 candidates, {stage.database.kind}", rows, "bare", "portal"))  # noqa: T201
    assert max(rows[name]["portal"].p95 for name in _cases(world.today)) <= MOST


def test_lists_of_staff_over_everybody(stage: Stage) -> None:
    rows = _overview(stage, None, at_work(stage.world.staff))

    print(table(f"Staff over everybody, {stage.database.kind}", rows, "bare", "portal"))  # noqa: T201
    assert rows["page of 25"]["portal"].p50 < MOST


def test_an_organisation_is_as_quick_among_a_hundred_times_as_many(
    stage: Stage, small: Stage
) -> None:
    rows: dict[str, dict[str, Figures]] = {}
    for name, case in _cases(stage.world.today).items():
        rows[name] = interleaved({"few": _asks(small, case), "many": _asks(stage, case)})

    print(table(f"Many beside few, {stage.database.kind}", rows, "few", "many"))  # noqa: T201
    assert median(one["many"].ratio for one in rows.values()) <= MOST_BESIDE_SMALL


def _asks(stage: Stage, case: Case) -> Callable[[], object]:
    """Return how the manager of a thousand asks for a page in one of the worlds."""
    engine = stage.database.engine
    with database.using(engine):
        caller = at_work(stage.world.manager_of_thousand)

    def ask() -> object:
        with database.using(engine):
            return run(candidates.overview, caller, **case.asked)

    return ask


def _overview(
    stage: Stage, organisation: int | None, caller: Browser
) -> dict[str, dict[str, Figures]]:
    return {
        name: _beside(
            stage,
            organisation,
            case,
            lambda asked=case.asked: run(candidates.overview, caller, **asked),
        )
        for name, case in _cases(stage.world.today).items()
    }


def _around(stage: Stage, organisation: int, caller: Browser) -> dict[str, dict[str, Figures]]:
    return {
        "tabs, figures and counts": _beside(
            stage,
            organisation,
            Case("1 = 1", {}),
            lambda: run(candidate_page.frame, caller),
        ),
        "unlinked": _beside(
            stage,
            organisation,
            Case("ended_at IS NOT NULL", {}, "ended_at DESC, id DESC", "organisation_link"),
            lambda: run(links.unlinked, caller),
        ),
    }


def _codes(stage: Stage, organisation: int, caller: Browser) -> dict[str, dict[str, Figures]]:
    """Measure lists of payment codes: twice as many as candidates."""
    first = stage.world.today - timedelta(days=60)
    newest = "created_at DESC, batch_id DESC, id"
    asked = {
        "codes": (CodeFilter(), "1 = 1"),
        "codes by keyword": (CodeFilter(words="q7"), "search LIKE '%q7%'"),
        "codes by dates": (CodeFilter(created_from=first), f"created_at >= '{first} 00:00'"),
    }
    stock = _beside(
        stage,
        organisation,
        Case("1 = 1", {}, newest, "payment_code"),
        lambda: run(payment_code_frame.frame, caller),
    )
    return {"stock of codes": stock} | {
        name: _beside(
            stage,
            organisation,
            Case(where, {}, newest, "payment_code"),
            lambda wanted=wanted: run(payment_codes.overview, caller, listing=CodeListing(wanted)),
        )
        for name, (wanted, where) in asked.items()
    }


def _beside(
    stage: Stage, organisation: int | None, case: Case, ours: Callable[[], object]
) -> dict[str, Figures]:
    raw = stage.database.engine.raw_connection()
    inside = f"organisation_id = {organisation} AND " if organisation else ""
    chosen = f"FROM {case.table} WHERE {inside}{case.where}"
    counted = (
        chosen if organisation else f"FROM (SELECT 1 {chosen} LIMIT {COUNTED_UP_TO + 1}) AS first"
    )
    page = case.asked.get("page", 1)

    def bare() -> None:
        cursor = raw.cursor()
        number = cursor.execute(f"SELECT count(*) {counted}").fetchone()[0]
        offset = (min(page, -(-number // 25)) - 1) * 25 if number else 0
        ids = cursor.execute(
            f"SELECT id {chosen} ORDER BY {case.order} LIMIT 25 OFFSET {offset}"
        ).fetchall()
        listed = ",".join(str(one[0]) for one in ids) or "0"
        cursor.execute(f"SELECT * FROM {case.table} WHERE id IN ({listed})").fetchall()
        raw.rollback()

    try:
        ways = {"bare": bare, "portal": ours}
        return interleaved(ways) if organisation else interleaved(ways, rounds=FEW, calls=FEW)
    finally:
        raw.close()


def _cases(today: date) -> dict[str, Case]:
    soon, past = today + timedelta(days=90), today - timedelta(days=400)
    month = today - timedelta(days=370)
    many = {"words": "noor", "route": "B", "status": EnrolmentStatus.BOOKED}
    asked: dict[str, tuple[str, CandidateFilter]] = {
        "page of 25": ("1 = 1", CandidateFilter()),
        "route": ("route_id = 2", CandidateFilter(route="B")),
        "status": ("status = 'resit'", CandidateFilter(status=EnrolmentStatus.RESIT)),
        "registered": (
            f"registered_on BETWEEN '{past}' AND '{month}'",
            CandidateFilter(registered_from=past, registered_to=month),
        ),
        "valid before": (f"valid_until < '{soon}'", CandidateFilter(valid_before=soon)),
        "attention": (
            f"status = 'done' AND valid_until BETWEEN '{today}' AND '{soon}'",
            CandidateFilter(attention=Attention.EXPIRES),
        ),
        "common keyword": ("search LIKE '%an%'", CandidateFilter(words="an")),
        "keyword without answer": ("search LIKE '%zzzz%'", CandidateFilter(words="zzzz")),
        "keyword, route, status, dates": (
            (
                "search LIKE '%noor%' AND route_id = 2 AND status = 'booked'"
                f" AND registered_on >= '{past}'"
            ),
            CandidateFilter(**many, registered_from=past),
        ),
    }
    cases = {name: Case(where, {"wanted": wanted}) for name, (where, wanted) in asked.items()}
    cases["last page"] = Case("1 = 1", {"wanted": CandidateFilter(), "page": 10**6})
    sorts = {
        Order.VALID_UNTIL: "valid_until IS NULL, valid_until DESC, id",
        Order.REGISTERED: "registered_on DESC, id DESC",
        Order.ACTIVITY: "last_activity_on DESC, id DESC",
    }
    for order, by_hand in sorts.items():
        sort = {"order": order, "descending": True}
        cases[f"by {order}"] = Case("1 = 1", {"wanted": CandidateFilter(), **sort}, by_hand)
        cases[f"by {order}, keyword"] = Case(
            "search LIKE '%noor%'", {"wanted": CandidateFilter(words="noor"), **sort}, by_hand
        )
    return cases
