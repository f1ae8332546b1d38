"""No list reads the rows of another organisation: an index leads to those in scope.

The plan is asked of the database for every statement that a list makes.
"""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event

from portal_app.models import EnrolmentStatus
from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeOrder, CodeStatus
from portal_app.services import (
    candidate_page,
    candidates,
    links,
    payment_code_frame,
    payment_codes,
    phone_search,
)
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.services.candidate_order import Order
from portal_app.unit_of_work import Operator, run
from tests.harness.cast import Cast
from tests.harness.databases import Database

LARGE = {"progress_row", "payment_code", "organisation_link"}
LISTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "page": (candidates.overview, {"wanted": CandidateFilter()}),
    "keyword": (candidates.overview, {"wanted": CandidateFilter(words="noor")}),
    **{
        f"by {order.value}": (
            candidates.overview,
            {"wanted": CandidateFilter(needs_attention=True), "order": order, "descending": True},
        )
        for order in Order
    },
    **{
        status.value: (candidates.overview, {"wanted": CandidateFilter(status=status)})
        for status in EnrolmentStatus
    },
    "what stands around": (candidate_page.frame, {}),
    "the stock of codes": (payment_code_frame.frame, {}),
    "codes": (payment_codes.overview, {"listing": CodeListing()}),
    "codes by keyword": (
        payment_codes.overview,
        {"listing": CodeListing(CodeFilter(words="abcd", created_from=date(2026, 1, 1)))},
    ),
    "usable codes": (
        payment_codes.overview,
        {"listing": CodeListing(CodeFilter(status=CodeStatus.USABLE), order=CodeOrder.USED)},
    ),
    "codes by user": (payment_codes.overview, {"listing": CodeListing(order=CodeOrder.USED_BY)}),
    "unlinked": (links.unlinked, {}),
}


@pytest.mark.parametrize("name", LISTS)
def test_an_index_leads_each_list_to_the_rows_in_scope(
    name: str, database: Database, cast: Cast, run_as: Callable[..., Any]
) -> None:
    use_case, arguments = LISTS[name]
    with _statements(database) as said:
        run_as(cast.alice, use_case, **arguments)

    with database.engine.connect() as connection:
        found = [
            f"{step}\n  of {statement}"
            for statement, values in said
            for step in _reads_of_others(database.kind, connection, statement, values)
        ]

    assert said
    assert not found, "\n".join(["reads rows of every organisation:", *found])


def test_an_index_leads_the_phone_desk_to_a_company_by_how_its_name_begins(
    database: Database, cast: Cast, run_as: Callable[..., Any]
) -> None:
    with _statements(database, {"organisation.name_sort >="}) as said:
        found = run_as(cast.sam, phone_search.find, words="vakmanschap d")

    assert [one.id for one in found.companies] == [cast.vak.key]
    ((statement, values),) = said
    with database.engine.connect() as connection:
        plan = _plan(database.kind, connection, statement, values)
    assert "ix_organisation_name_sort" in plan


def test_a_scan_over_every_organisation_is_found(database: Database, cast: Cast) -> None:
    with _statements(database) as said:
        run(links.unlinked, Operator())

    with database.engine.connect() as connection:
        found = [_reads_of_others(database.kind, connection, *one) for one in said]

    assert any(found)


@contextmanager
def _statements(database: Database, of: Collection[str] = LARGE) -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []

    def hear(_connection, _cursor, statement, values, _context, _many) -> None:
        if statement.startswith("SELECT") and any(one in statement for one in of):
            said.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)


def _plan(kind: str, connection: Connection, statement: str, values: Any) -> str:
    """Return how a database means to answer, as it tells it."""
    if kind == "sqlite":
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    else:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        steps = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
    return "\n".join(str(step[-1]) for step in steps)


def _reads_of_others(kind: str, connection: Connection, statement: str, values: Any) -> list[str]:
    if kind == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [step[-1] for step in plan if _is_unled(step[-1])]
    # With so few rows PostgreSQL reads them all, unless an index makes that needless.
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    nodes = json.loads(plan) if isinstance(plan, str) else plan
    return [str(node) for node in _nodes(nodes[0]["Plan"]) if _is_unled_node(node)]


def _is_unled(step: str) -> bool:
    """Tell whether a step of SQLite reads a large table without a key that narrows it."""
    verb, table = [*step.split(), ""][:2]
    return _is_large(table) and (verb == "SCAN" or "=?" not in step)


def _is_unled_node(node: dict[str, Any]) -> bool:
    led_by = f"{node.get('Index Cond', '')}{node.get('Recheck Cond', '')}"
    return _is_large(node.get("Relation Name", "")) and " = " not in led_by


def _is_large(table: str) -> bool:
    return any(table.startswith(name) for name in LARGE)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)
