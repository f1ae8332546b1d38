"""The overview and the payment codes at size, beside hand-written SQL on the bare driver.

The bare driver counts and reads one page, and that is all; the use case finds out who asks
and what they may, narrows, counts, reads, and makes values of it.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from portal_app import migrations
from portal_app.models import EnrolmentStatus
from portal_app.reading_payment_codes import CodeFilter, CodeListing
from portal_app.services import candidate_page, candidates, links, payment_codes
from portal_app.services.candidate_filters import Attention, CandidateFilter, Order
from portal_app.unit_of_work import Browser, run
from tests.bench.measuring import Figures, interleaved, table
from tests.bench.world import World, fill
from tests.harness.databases import KINDS, Database

CANDIDATES = int(os.environ.get("BENCH_CANDIDATES", "200000"))
MOST_BESIDE_BARE = 6
"""Times the bare driver, where the database has to read all 50,000 rows."""
READS_ALL = (
    "common keyword",
    "keyword without answer",
    "last page",
    "by valid_until",
    "by registered, keyword",
    "by activity, keyword",
    "codes by keyword",
)

pytestmark = pytest.mark.bench


@dataclass(frozen=True, slots=True)
class Stage:
    """A filled database."""

    database: Database
    world: World


@dataclass(frozen=True, slots=True)
class Case:
    """What the use case is asked, and the same by hand."""

    where: str
    asked: dict[str, Any]
    order: str = "name_sort, id"
    table: str = "progress_row"


@pytest.fixture(scope="module", params=KINDS)
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The large world on either database."""
    source = request.getfixturevalue(f"{request.param}_source")
    with source.lend(None) as lent:
        migrations.upgrade()
        yield Stage(lent, fill(CANDIDATES))


def test_lists_of_the_largest_organisation_cost_little_more_than_their_sql(stage: Stage) -> None:
    world = stage.world
    rows = _overview(stage, world.largest, world.manager_of_largest)
    rows |= _codes(stage, world.largest, world.manager_of_largest)

    print(table(f"50,000 candidates, {stage.database.kind}", rows, "bare", "portal"))  # noqa: T201
    heavy = {name: rows[name]["portal"].ratio for name in READS_ALL}
    assert {name: ratio for name, ratio in heavy.items() if ratio > MOST_BESIDE_BARE} == {}


def test_lists_of_an_organisation_of_a_thousand(stage: Stage) -> None:
    world = stage.world
    rows = _overview(stage, world.thousand, world.manager_of_thousand)
    rows |= _codes(stage, world.thousand, world.manager_of_thousand)

    print(table(f"1,000 candidates, {stage.database.kind}", rows, "bare", "portal"))  # noqa: T201
    slowest = max(one["portal"].p50 for one in rows.values())
    assert slowest < 1_000  # ms: what a busy machine still makes of it


def _overview(stage: Stage, organisation: int, caller: Browser) -> dict[str, dict[str, Figures]]:
    found: dict[str, dict[str, Figures]] = {}
    for name, case in _cases(stage.world.today).items():
        asked = case.asked
        found[name] = _beside(
            stage,
            organisation,
            case,
            lambda asked=asked: run(candidates.overview, caller, **asked),
        )
    return found | {
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
    first = stage.world.today - timedelta(days=60)
    newest = "created_at DESC, batch_id DESC, id"
    asked = {
        "codes": (CodeFilter(), "1 = 1"),
        "codes by keyword": (CodeFilter(words="q7"), "search LIKE '%q7%'"),
        "codes by dates": (CodeFilter(created_from=first), f"created_at >= '{first} 00:00'"),
    }
    return {
        name: _beside(
            stage,
            organisation,
            Case(where, {}, newest, "payment_code"),
            lambda wanted=wanted: run(payment_codes.overview, caller, listing=CodeListing(wanted)),
        )
        for name, (wanted, where) in asked.items()
    }


def _beside(
    stage: Stage, organisation: int, case: Case, ours: Callable[[], object]
) -> dict[str, Figures]:
    raw = stage.database.engine.raw_connection()
    chosen = f"FROM {case.table} WHERE organisation_id = {organisation} AND {case.where}"
    page = case.asked.get("page", 1)

    def bare() -> None:
        cursor = raw.cursor()
        number = cursor.execute(f"SELECT count(*) {chosen}").fetchone()[0]
        offset = (min(page, -(-number // 25)) - 1) * 25 if number else 0
        ids = cursor.execute(
            f"SELECT id {chosen} ORDER BY {case.order} LIMIT 25 OFFSET {offset}"
        ).fetchall()
        listed = ",".join(str(one[0]) for one in ids) or "0"
        cursor.execute(f"SELECT * FROM {case.table} WHERE id IN ({listed})").fetchall()
        raw.rollback()

    try:
        return interleaved({"bare": bare, "portal": ours})
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
