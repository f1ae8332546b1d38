"""Every handler, page, route and download of a running portal × everybody."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from portal_app.services.entered_applications import CALLER_KINDS, KINDS
from tests.harness import figures, server
from tests.harness.databases import Database, SqliteSource
from tests.harness.server import Portal
from tests.security.isolation import portal_events, portal_requests
from tests.security.isolation.callers import Asker, askers
from tests.security.isolation.portal_there import UNHURRIED, There, what_is_there
from tests.security.isolation.right_calls import RIGHT_CALLS
from tests.security.isolation.right_calls_of_entering import ENTERING
from tests.security.isolation.right_events import RIGHT_EVENTS
from tests.security.isolation.right_portal import DEMO_DOORS
from tests.security.isolation.world import WORLD, present
from tests.security.isolation.written import World


@dataclass(frozen=True, slots=True)
class Stage:
    """A portal with the world behind it."""

    portal: Portal
    there: There
    world: World
    source: SqliteSource
    database: Database

    def again(self) -> None:
        """Put the world back as it was."""
        self.source.restore(self.database, WORLD)


@pytest.fixture(scope="module")
def stage(sqlite_source: SqliteSource, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with sqlite_source.lend(WORLD) as lent:
        folder = tmp_path_factory.mktemp("isolation")
        with server.running(folder, database_url=lent.address, **UNHURRIED) as portal:
            yield Stage(portal, what_is_there(), present(), sqlite_source, lent)


def test_for_every_handler_it_is_known_who_may_call_it(stage: Stage):
    missing = sorted({*stage.there.asked()} - RIGHT_EVENTS.keys())
    assert not missing, (
        "Say in RIGHT_EVENTS of tests/security/isolation/right_events.py who may, with arguments "
        f"that work: {', '.join(missing)}"
    )


def test_for_every_route_it_is_known_who_may_call_it(stage: Stage):
    missing = sorted({*stage.there.requests()} - RIGHT_CALLS.keys())
    assert not missing, (
        "Say in RIGHT_CALLS of tests/security/isolation/right_calls.py who may, with arguments "
        f"that work: {', '.join(missing)}"
    )


def test_the_tables_are_true(stage: Stage):
    assert not RIGHT_EVENTS.keys() - stage.there.handlers.keys()
    assert not RIGHT_CALLS.keys() - {*stage.there.requests()}
    states = {name.partition(".")[0] for name in stage.there.handlers}
    assert {door for door in DEMO_DOORS if not door.startswith("/")} <= states


def test_each_kind_of_application_that_staff_enter_is_posted(stage: Stage):
    posted = [call.form(stage.world)["kind"] for call in ENTERING.all_kinds()]
    assert sorted(posted) == sorted([*KINDS, *CALLER_KINDS]), (
        "Post it in ENTERING of tests/security/isolation/right_calls_of_entering.py"
    )


def test_a_handler_is_open_to_strangers_only_when_one_of_them_needs_it(stage: Stage):
    wide = [
        name
        for name, event in RIGHT_EVENTS.items()
        if name in stage.there.handlers
        and stage.there.handlers[name]["audience"] == "public"
        and event.asker not in ("visitor", "nobody.invited")
    ]
    assert not wide, f"Declare them @handler(Audience.SIGNED_IN): {wide}"


def test_every_handler_works_for_the_right_person(stage: Stage):
    failed: list[str] = []
    for name in stage.there.asked():
        if name in RIGHT_EVENTS:
            stage.again()
            why = portal_events.succeeds(stage.portal.origin, stage.there, stage.world, name)
            failed += [f"{name}: {why}"] if why else []
    assert not failed


def test_every_route_works_for_the_right_person(stage: Stage):
    failed: list[str] = []
    for route in stage.there.requests():
        if route in RIGHT_CALLS:
            stage.again()
            why = portal_requests.succeeds(stage.portal.origin, stage.world, route)
            failed += [f"{route}: {why}"] if why else []
    assert not failed


@pytest.mark.covers("V-36")
def test_no_event_shows_or_changes_another_organisation(stage: Stage):
    stage.again()
    few = list(askers(few=True))
    count = portal_events.attack(stage.portal.origin, stage.there, stage.world, few, few=True)
    assert not count.findings, "\n".join(map(str, count.findings[:20]))
    assert count.answered > count.calls / 4


def test_no_request_shows_or_changes_another_organisation(stage: Stage):
    stage.again()
    few = list(askers(few=True))
    count = portal_requests.attack(stage.portal.origin, stage.there, stage.world, few, few=True)
    assert not count.findings, "\n".join(map(str, count.findings[:20]))
    assert count.answered > count.calls / 20


@pytest.mark.soak
@pytest.mark.parametrize("asker", list(askers(few=False)), ids=lambda asker: asker.name)
def test_no_event_or_request_shows_or_changes_another_organisation_whatever_is_sent(
    stage: Stage, asker: Asker
):
    began = time.monotonic()
    where = (stage.portal.origin, stage.there, stage.world, [asker])
    stage.again()
    events = portal_events.attack(*where, few=False)
    stage.again()
    requests = portal_requests.attack(*where, few=False)
    findings = [*events.findings, *requests.findings]
    figures.write(
        "Isolation matrix, running portal, SQLite",
        asker.name,
        events=events.calls,
        requests=requests.calls,
        answered=events.answered + requests.answered,
        findings=len(findings),
        seconds=round(time.monotonic() - began),
    )
    assert not findings, "\n".join(map(str, findings[:20]))


def test_the_log_of_all_this_names_nobody(stage: Stage):
    assert not stage.world.ledger.found_in(stage.portal.said())
