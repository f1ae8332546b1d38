"""Faults that somebody could make in a state or a route: the matrix must find each."""

import subprocess
import sys

import pytest

from tests.harness import processes, server
from tests.harness.databases import SqliteSource
from tests.harness.server import ROOT
from tests.harness.sockets import HYDRATE
from tests.security.isolation import portal_events, portal_requests
from tests.security.isolation.callers import ASKERS
from tests.security.isolation.judging import Finding
from tests.security.isolation.portal_there import PROCESS, UNHURRIED, There, what_is_there
from tests.security.isolation.right_calls import RIGHT_CALLS
from tests.security.isolation.right_events import RIGHT_EVENTS
from tests.security.isolation.right_portal import Call, Event
from tests.security.isolation.world import WORLD, present
from tests.security.isolation.written import World

STOPS_THE_START = "handler_without_a_declaration"
IN_THE_LOG = "name_in_the_log"
_MANAGER = "north.manager"


def _organisation(world: World) -> dict[str, int]:
    return {"organisation_id": world.organisation("north")}


def _enrolment(world: World) -> dict[str, int]:
    return {"enrolment_id": world.first("north", "enrolment")}


EVENTS = {
    "computed_var_that_reads_the_database": (HYDRATE, None),
    "public_handler_with_the_portals_own_rights": ("load", Event("visitor")),
    "result_kept_for_the_next_caller": ("load", Event("visitor")),
    "organisation_taken_from_the_address_unchecked": ("load", Event(_MANAGER)),
    "organisation_kept_in_the_state": ("choose", Event(_MANAGER, "/", _organisation)),
    "number_not_scoped": ("show", Event(_MANAGER, "/", _enrolment)),
    "refusal_that_names_a_foreign_thing": ("show", Event(_MANAGER, "/", _enrolment)),
    "write_that_believes_the_browser": ("rename", Event(_MANAGER, "/", _organisation)),
    IN_THE_LOG: ("load", Event("visitor")),
}
"""Faults in states: the handler that has it, and what its author would have said of it."""

REQUESTS = {
    "route_without_a_look_at_the_session": ("", Call("visitor")),
    "export_without_scope": ("", Call(_MANAGER)),
    "route_that_believes_its_number": ("/{enrolment_id}", Call(_MANAGER, path=_enrolment)),
}
"""Faults in routes: what follows the fault's name in the path, and who may."""


def event_of(fault: str) -> str:
    """Return the short name of the handler in which a fault was planted."""
    state = "".join(part.capitalize() for part in fault.split("_"))
    return f"{state}.{EVENTS[fault][0]}"


def request_of(fault: str) -> str:
    return f"GET /downloads/{fault}{REQUESTS[fault][0]}"


@pytest.fixture
def rights(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the authors of the faults would have written in the tables."""
    for fault, (_, event) in EVENTS.items():
        if event:
            monkeypatch.setitem(RIGHT_EVENTS, event_of(fault), event)
    for fault, (_, call) in REQUESTS.items():
        monkeypatch.setitem(RIGHT_CALLS, request_of(fault), call)


def test_every_fault_planted_in_the_portal_is_found(
    rights: None, sqlite_source: SqliteSource, tmp_path_factory: pytest.TempPathFactory
):
    planted = (*EVENTS, *REQUESTS)
    there = what_is_there(*planted)
    with (
        sqlite_source.lend(WORLD) as lent,
        server.running(
            tmp_path_factory.mktemp("planted"),
            database_url=lent.address,
            command=(str(PROCESS), "serve", *planted),
            **UNHURRIED,
        ) as portal,
    ):
        findings = everything_found(portal.origin, there, present())
        found = {fault for fault in planted if is_found(fault, findings)}
        found |= {IN_THE_LOG} if present().ledger.found_in(portal.said()) else set()
    found |= {STOPS_THE_START} if stops_the_start(STOPS_THE_START) else set()
    planted += (STOPS_THE_START,)
    print(f"found {len(found)} of {len(planted)}")  # noqa: T201
    assert not {*planted} - found, {*planted} - found


def everything_found(origin: str, there: There, world: World) -> list[Finding]:
    asking = [ASKERS[name] for name in ("visitor", "nobody.candidate", _MANAGER)]
    events = [event_of(fault) for fault, (_, event) in EVENTS.items() if event]
    requests = [request_of(fault) for fault in REQUESTS]
    return [
        *portal_events.attack(origin, there, world, asking, few=True, only=events).findings,
        *portal_requests.attack(origin, there, world, asking, few=True, only=requests).findings,
    ]


def is_found(fault: str, findings: list[Finding]) -> bool:
    if fault in REQUESTS:
        return any(finding.what == request_of(fault) for finding in findings)
    what = HYDRATE if EVENTS[fault][0] == HYDRATE else event_of(fault)
    return any(finding.what == what for finding in findings)


def stops_the_start(fault: str) -> bool:
    """Tell whether the portal refuses to start, and says which handler it is."""
    tried = subprocess.run(
        [sys.executable, str(PROCESS), "list", fault],
        cwd=ROOT,
        env=processes.clean_environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    return tried.returncode != 0 and "handler_without_a_declaration" in tried.stderr
