"""The example file: what the demo world and the handbook lean on."""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from portal_app.adapters.spreadsheets_reading import open_table
from portal_app.demo.routes import demo_routes
from portal_app.demo.world import world
from portal_app.languages import LOCALES, say
from portal_app.reading_candidate_steps import KnownRoute, KnownStep
from portal_app.reading_candidates import ImportedCandidate, ParsedImport, read_candidates

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples"
TODAY = date(2026, 3, 2)
CODES = {one.key: one.routes for one in world().organisation if one.routes}


@cache
def known_routes() -> tuple[KnownRoute, ...]:
    return tuple(
        KnownRoute(
            route.code,
            route.name,
            route.profiles,
            tuple(
                KnownStep(
                    position,
                    step.kind.value,
                    (
                        *filter(None, [step.name]),
                        *(say(f"steps.kind_{step.kind}", locale) for locale in LOCALES),
                    ),
                    step.max_attempts,
                )
                for position, step in enumerate(route.steps)
            ),
        )
        for route in demo_routes()
    )


def parsed(path: Path) -> ParsedImport:
    with open_table(path) as table:
        return read_candidates(
            table.titles, table.rows, routes=known_routes(), organisation_codes=CODES, today=TODAY
        )


@cache
def candidates() -> tuple[ImportedCandidate, ...]:
    return parsed(EXAMPLES / "candidates.xlsx").rows


def standing(one: ImportedCandidate) -> str:
    """Tell how an enrolment stands, as the overview will."""
    if one.valid_until and one.valid_until < TODAY:
        return "expired"
    if one.valid_until and one.valid_until <= TODAY + timedelta(days=90):
        return "expiring"
    steps = len(next(route for route in known_routes() if route.code == one.route_code).steps)
    passed = {go.step_position for go in one.attempts if go.result in ("passed", "exempt")}
    if len(passed) == steps:
        return "done"
    if one.attempts[-1].result in ("failed", "absent"):
        return "resit"
    last = max(go.on for go in one.attempts if go.on)
    return "stalled" if last < TODAY - timedelta(days=30) else "running"


@pytest.mark.parametrize("name", ["candidates.xlsx", "candidates.csv"])
def test_the_example_has_no_mistake_and_both_files_say_the_same(name: str):
    found = parsed(EXAMPLES / name)
    assert found.mistakes == ()
    assert found.rows == candidates()
    assert len(found.rows) == 440
    assert len({one.email for one in found.rows}) == 400


def test_the_example_is_what_the_script_makes(tmp_path: Path):
    script = ROOT / "scripts" / "make_example_candidates.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    assert (tmp_path / "candidates.csv").read_bytes() == (EXAMPLES / "candidates.csv").read_bytes()
    assert parsed(tmp_path / "candidates.xlsx").rows == candidates()


def test_the_standings_are_those_of_the_demo_world():
    shares = {name: count / 440 for name, count in Counter(map(standing, candidates())).items()}
    wished = {
        "done": 0.45,
        "running": 0.30,
        "resit": 0.10,
        "stalled": 0.08,
        "expiring": 0.05,
        "expired": 0.02,
    }
    assert shares == pytest.approx(wished, abs=0.02)


def test_vak_follows_128_candidates_on_its_own_route():
    rows = [one for one in candidates() if one.route_code == "VCO"]
    assert sum(one.links[0].organisation_code == "VAK" for one in rows) == 128
    assert {link.organisation_code for one in candidates() for link in one.links} == set(CODES)
    assert {one.route_code for one in candidates()} == {route.code for route in demo_routes()}


def test_the_odd_cases_are_there():
    rows = candidates()
    names = {(one.email, one.given_name, one.infix, one.family_name) for one in rows}
    people = Counter(name[1:] for name in names)
    assert people["Jan", "", "Jansen"] >= 2
    assert any(len(one.family_name) == 32 for one in rows)
    assert {one.salutation for one in rows} == {"mr", "mrs", "neutral"}
    assert any(len(one.links) == 2 for one in rows)
    assert any(one.infix == "van den" for one in rows)
    assert all(one.email.endswith(".example") for one in rows)
    results = {go.result for one in rows for go in one.attempts}
    assert results == {"passed", "failed", "absent", "exempt", "planned", "busy"}
    assert all(
        go.on > TODAY and go.place
        for one in rows
        for go in one.attempts
        if go.result == "planned" and go.on
    )


def test_a_resit_comes_at_least_two_weeks_later_never_in_a_weekend():
    for one in candidates():
        for first, second in zip(one.attempts, one.attempts[1:], strict=False):
            if first.step_position == second.step_position and first.on and second.on:
                assert (second.on - first.on).days >= 12  # 14, moved out of the weekend
        assert all(go.on.isoweekday() <= 5 for go in one.attempts if go.on)
