"""Every role × everything that a right opens, allowed and refused over the wire of a portal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import portal_app
from portal_app.needs import right_of
from portal_app.permissions import Right, Role
from tests.harness import server
from tests.harness.databases import SqliteSource
from tests.security.isolation import use_cases
from tests.security.isolation.portal_there import UNHURRIED, what_is_there
from tests.security.isolation.world import present
from tests.security.roles.acts import ACTS
from tests.security.roles.table import COLUMNS, NOT_TRIED, rows
from tests.security.roles.team import ANOTHER, OWN, TEAM
from tests.security.roles.trying import Trial

ROOM_FOR_MORE = {
    "PORTAL_CO_MAIN_ACCESS_MANAGERS": "99",
    "PORTAL_ACCESS_MANAGERS": "99",
    "PORTAL_CO_ACCESS_MANAGERS": "99",
}
"""Nobody is refused because a place is taken."""
BROWSERS_COME_TO = ("state", "routes")


@pytest.fixture(scope="module")
def trial(sqlite_source: SqliteSource, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with sqlite_source.lend(TEAM) as lent:
        folder, knobs = tmp_path_factory.mktemp("roles"), UNHURRIED | ROOM_FOR_MORE
        with server.running(folder, database_url=lent.address, **knobs) as portal:
            put_back = lambda: sqlite_source.restore(lent, TEAM)  # noqa: E731
            yield Trial(portal.origin, what_is_there(), present(), put_back)


@pytest.mark.covers("S-18")
@pytest.mark.parametrize("what", rows())
def test_everybody_can_do_what_the_table_says_and_no_more(what: str, trial: Trial):
    assert {role: _sign(trial, what, role) for role in COLUMNS.values()} == rows()[what]


def test_the_table_has_every_role_and_a_way_to_try_each_row():
    assert {*COLUMNS.values()} == {*Role}
    assert rows().keys() == ACTS.keys()


def test_every_right_is_tried_or_says_why_not():
    tried = {act.right for act in ACTS.values()}

    assert tried.isdisjoint(NOT_TRIED)
    assert tried | NOT_TRIED.keys() == {*Right}, (
        "Give what it opens a row in TABLE of tests/security/roles/table.py and in ACTS beside it"
    )


def test_a_right_that_a_browser_comes_to_is_tried():
    written = " ".join(
        path.read_text("utf-8")
        for room in BROWSERS_COME_TO
        for path in Path(portal_app.__path__[0], room).glob("*.py")
    )
    come_to = {
        right_of(use_case.needs)
        for name, use_case in use_cases.there().items()
        if re.search(rf"\b{re.escape(name)}\b", written)
    }

    assert come_to - {None} == {act.right for act in ACTS.values()}, (
        "Take it out of NOT_TRIED in tests/security/roles/table.py and give it a row"
    )


def _sign(trial: Trial, what: str, role: Role) -> str:
    """Try what a row is about; return the sign that it comes to."""
    act = ACTS[what]
    own = trial.is_done(act, role, OWN)
    elsewhere = trial.is_done(act, role, ANOTHER) if act.is_inside else own
    return {(True, True): "+", (True, False): "c", (False, False): "."}[own, elsewhere]
