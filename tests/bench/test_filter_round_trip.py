"""A filter, from the browser's question to the rows: the portal beside bare Reflex and Django.

All three show the same 25 rows of an organisation of a thousand. Bare Reflex has them in
memory and asks nobody who they are; Django asks the same SQLite file, after finding the
session, the user and the permission. An 'event' is the filter alone; a 'page' is all that
a change of address sets going: in the portal also the bar on top and its rights.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.bench import peers
from tests.bench.conftest import Stage
from tests.bench.measuring import Figures, interleaved
from tests.harness.server import running
from tests.harness.sockets import Tab, cookie_of, shown

ROUNDS, CALLS = 15, 12
COUNTED = 300  # events over which the processor's time is counted
ROWS = 25
MOST_BESIDE_BARE = 6
PATH = "/overzicht"
LOADS = "reflex___state____state.reflex___state____on_load_internal_state.on_load_internal"
PORTAL = "reflex___state____state.portal_app___state___candidates____candidates_state"
BARE = "reflex___state____state.bare_app___bare_app____rows"
HAS_ROWS = '"lines_rx_state_"'
IS_SHOWN = '"is_hydrated_rx_state_":true'
UNLIMITED = {
    "PORTAL_NOW": "",
    "PORTAL_SOCKET_EVENTS_PER_SECOND": "100000",
    "PORTAL_SOCKET_EVENT_BURST": "100000",
}
Queries = tuple[str, ...]
FILTERS: dict[str, tuple[Queries, Queries]] = {  # by turns, for the portal and for Django
    "status": (
        ("tab=all&status=herkansing", "tab=all&status=ingepland"),
        ("status=resit", "status=booked"),
    ),
    "route": (("tab=A", "tab=B"), ("route_id=1", "route_id=2")),
}

pytestmark = pytest.mark.bench


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to set a filter, and the process that answers."""

    ask: Callable[[], object]
    process: int


@dataclass(frozen=True, slots=True)
class Place:
    """A tab or a connection to one of the peers, and the process behind it."""

    talks: Any
    process: int


def test_a_filter_costs_little_more_than_bare_reflex_and_less_than_django(
    sqlite_stage: Stage, tmp_path: Path
) -> None:
    with _places(sqlite_stage, tmp_path) as places:
        found = {name: _measured(name, _peers(places, *FILTERS[name])) for name in FILTERS}

    beside = {name: one["portal event"].ratio for name, one in found.items()}
    assert {name: ratio for name, ratio in beside.items() if ratio > MOST_BESIDE_BARE} == {}
    assert all(one["portal event"].p50 < one["Django page"].p50 for one in found.values())


def _measured(name: str, there: dict[str, Peer]) -> dict[str, Figures]:
    figures = interleaved(
        {peer: one.ask for peer, one in there.items()}, rounds=ROUNDS, calls=CALLS
    )
    lines = [
        f"### A filter by {name}, 1,000 candidates (load {os.getloadavg()[0]:.1f})",
        "",
        "| what | p50 | p95 | ÷ bare event [range] | CPU of the server, ms |",
        "|---|---|---|---|---|",
    ]
    for peer, one in figures.items():
        used = f"{_cpu(there[peer]):.2f}" if peer in there else ""
        lines.append(
            f"| {peer} | {one.p50:.2f} | {one.p95:.2f} "
            f"| {one.ratio:.2f} [{one.least:.2f}–{one.most:.2f}] | {used} |"
        )
    print("\n".join(["", *lines, ""]))  # noqa: T201
    return figures


@contextmanager
def _places(stage: Stage, home: Path) -> Iterator[dict[str, Place]]:
    manager = stage.world.manager_of_thousand
    file = Path(str(stage.database.engine.url.database))
    cookie = peers.django_session(file, manager.key)
    queries = [query for ours, _ in FILTERS.values() for query in ours]
    start = f"{PATH}?{queries[-1]}"
    with ExitStack() as open_:
        portal = open_.enter_context(
            running(home, database_url=stage.database.address, **UNLIMITED)
        )
        assert portal.process is not None
        tab = open_.enter_context(Tab(portal.origin, cookie=cookie_of(manager), path=start))
        _open(tab)
        rows = home / "rows.json"
        rows.write_text(json.dumps({one: _rows(tab, one) for one in queries}), "utf-8")
        origin, bare = open_.enter_context(peers.bare_reflex(home, rows))
        page = open_.enter_context(Tab(origin, path=start))
        _open(page)
        port, django = open_.enter_context(peers.django(home, file))
        asking = open_.enter_context(closing(HTTPConnection("localhost", port, timeout=10)))
        yield {
            "portal": Place(tab, portal.process.pid),
            "bare": Place(page, bare),
            "Django": Place((asking, cookie), django),
        }


def _peers(places: dict[str, Place], ours: Queries, theirs: Queries) -> dict[str, Peer]:
    bare, portal, django = places["bare"], places["portal"], places["Django"]
    on_bare, on_portal = cycle(ours), cycle(ours)
    ways = {
        "bare event": (bare, _goes(bare.talks, f"{BARE}.load", on_bare, HAS_ROWS)),
        "portal event": (portal, _goes(portal.talks, f"{PORTAL}.load", on_portal, HAS_ROWS)),
        "Django page": (django, _gets(*django.talks, theirs)),
        "bare page": (bare, _goes(bare.talks, LOADS, on_bare, IS_SHOWN)),
        "portal page": (portal, _goes(portal.talks, LOADS, on_portal, IS_SHOWN)),
    }
    return {name: Peer(way, place.process) for name, (place, way) in ways.items()}


def _open(tab: Tab) -> None:
    tab.knock()
    tab.collect_until(IS_SHOWN)


def _goes(tab: Tab, event: str, turn: Iterator[str], sign: str) -> Callable[[], None]:
    def go() -> None:
        tab.path = f"{PATH}?{next(turn)}"
        tab.send(event)
        tab.wait_for(sign)

    return go


def _gets(connection: HTTPConnection, cookie: str, queries: Queries) -> Callable[[], None]:
    turn = cycle(queries)

    def get() -> None:
        connection.request("GET", f"{PATH}?{next(turn)}", headers={"Cookie": cookie})
        answer = connection.getresponse()
        assert answer.read().count(b"<tr>") == ROWS, answer.status

    return get


def _rows(tab: Tab, query: str) -> list[dict[str, Any]]:
    """Return the rows that the portal shows at an address, for the peer that has no database."""
    tab.path = f"{PATH}?{query}"
    tab.send(f"{PORTAL}.load")
    lines = shown(tab.collect_until(HAS_ROWS))[f"{PORTAL}.lines_rx_state_"]
    assert len(lines) == ROWS
    return lines


def _cpu(peer: Peer) -> float:
    """Return how many milliseconds of the processor one event costs the one who answers."""
    before = peers.cpu_seconds(peer.process)
    for _ in range(COUNTED):
        peer.ask()
    return (peers.cpu_seconds(peer.process) - before) / COUNTED * 1000
