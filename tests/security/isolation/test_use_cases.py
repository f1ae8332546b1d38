"""Every use case × everybody × every argument, through the one door."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from portal_app import database
from portal_app.errors import NotAllowed
from tests.harness.databases import Source
from tests.security.isolation import figures, use_cases
from tests.security.isolation.asking import Finding, Question
from tests.security.isolation.callers import ASKERS, caller_of
from tests.security.isolation.right_use_cases import RIGHT_PEOPLE
from tests.security.isolation.variants import foreign, points_somewhere, replaced
from tests.security.isolation.world import GROWN, present

NOWHERE = 499_999_999  # a number that no row has


def told(findings: list[Finding]) -> str:
    return "\n".join([f"{len(findings)} found:", *map(str, findings[:20])])


def test_for_every_use_case_it_is_known_who_may():
    missing = sorted(use_cases.there().keys() - RIGHT_PEOPLE.keys())
    assert not missing, (
        "Say in tests/security/isolation/right_use_cases.py who may, with arguments that work: "
        f"{', '.join(missing)}"
    )


def test_every_use_case_of_the_table_is_there():
    gone = sorted(RIGHT_PEOPLE.keys() - use_cases.there().keys())
    assert not gone, f"Take out of tests/security/isolation/right_use_cases.py: {', '.join(gone)}"


@pytest.mark.both_databases
def test_the_right_person_succeeds(question: Question):
    failed = [
        f"{name}: {said}" for name in use_cases.known() if (said := why_it_fails(question, name))
    ]
    assert not failed
    assert not question.count.findings, told(question.count.findings)


def why_it_fails(question: Question, name: str) -> str:
    asker, right = use_cases.right_one(name)
    arguments = right.arguments(question.world)
    use_case = use_cases.there()[name]
    outcome = question.judge(name, use_case, asker, arguments)
    if outcome.error is not None:
        return "" if right.answers_nothing else outcome.text
    caller = caller_of(question.world, asker)
    does = bool(outcome.answer) or question.changes_anything(use_case, caller, arguments)
    if does == bool(right.answers_nothing):
        return "it answers, so say so" if does else "it answers nothing and changes nothing"
    return ""


@pytest.mark.covers("V-36")
def test_nobody_sees_or_changes_another_organisation(question: Question):
    count = use_cases.attack(question, few=True, typed=3)
    assert not count.findings, told(count.findings)
    assert count.calls > 2000
    assert count.answered > 300


@pytest.mark.soak
@pytest.mark.both_databases
def test_nobody_sees_or_changes_another_organisation_whatever_is_asked(question: Question):
    began = time.monotonic()
    count = use_cases.attack(question, few=False, typed=40)
    figures.write(
        f"isolation matrix, use cases, {database.engine().dialect.name}",
        calls=count.calls,
        answered=count.answered,
        findings=len(count.findings),
        seconds=round(time.monotonic() - began),
    )
    assert not count.findings, told(count.findings)


@pytest.mark.both_databases
def test_answers_do_not_change_when_another_organisation_grows(question: Question, source: Source):
    before = answers(question)
    with source.lend(GROWN):
        bigger = Question(present())
        after = answers(bigger)
        bigger.close()
    assert [name for name in before if before[name] != after[name]] == []


def answers(question: Question) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, use_case in use_cases.known().items():
        asker, right = use_cases.right_one(name)
        if asker.is_staff or (use_case.writes and not name.endswith(".overview")):
            continue
        usual = right.arguments(question.world)
        others = replaced(usual, right.kept, lambda _name, value: [""] if value == "" else [])
        for number, arguments in enumerate((usual, *others)):
            caller = caller_of(question.world, asker)
            found[f"{name} {number}"] = question.ask(use_case, caller, arguments).text
    return found


@pytest.mark.both_databases
def test_what_belongs_to_another_is_as_if_it_did_not_exist(question: Question):
    """Same answer, and no telling difference in time."""
    different: list[str] = []
    slower: list[str] = []
    caller = caller_of(question.world, ASKERS["north.manager"])
    for name, use_case in use_cases.known().items():
        for theirs, nowhere in pairs(question, name):
            one, other = (question.ask(use_case, caller, each) for each in (theirs, nowhere))
            if bare(one.text) != bare(other.text):
                different.append(f"{name} {theirs}: {one.text} instead of {other.text}")
            if not isinstance(one.error, NotAllowed) and is_slower(
                lambda each, of=use_case: question.ask(of, caller, each), theirs, nowhere
            ):
                slower.append(f"{name} {theirs}")
    assert not different
    assert not slower


def pairs(question: Question, name: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return arguments with a number of SOUTH, each beside the same with one that no row has."""
    right = RIGHT_PEOPLE[name]
    usual = right.arguments(question.world)
    theirs = foreign(question.world, few=True, owners=["south"])

    def numbers(argument: str, value: object) -> list[object]:
        if not points_somewhere(argument):
            return []
        return [one for one in theirs(argument, value) if isinstance(one, int)]

    return list(
        zip(
            replaced(usual, right.kept, numbers),
            replaced(usual, right.kept, lambda *asked: [NOWHERE for _ in numbers(*asked)]),
            strict=True,
        )
    )


def bare(text: str) -> str:
    return re.sub(r"\d{9}", "NUMBER", text)


def is_slower(ask: Callable[[Any], object], theirs: object, nowhere: object) -> bool:
    """Tell whether one takes clearly longer than the other, the same one time after time."""
    said = [_longer(ask, theirs, nowhere)]
    while said[-1] and len(said) < 4:
        said.append(_longer(ask, theirs, nowhere))
    return bool(said[-1]) and len(set(said)) == 1


def _longer(ask: Callable[[Any], object], theirs: object, nowhere: object) -> str:
    taken: dict[str, list[float]] = {"theirs": [], "nowhere": []}
    for _ in range(6):
        for name, arguments in (("theirs", theirs), ("nowhere", nowhere)):
            began = time.perf_counter()
            ask(arguments)
            taken[name].append(time.perf_counter() - began)
    quickest = {name: min(times) for name, times in taken.items()}  # whatever else runs here
    short, long = sorted(quickest, key=lambda name: quickest[name])
    return long if quickest[long] > 1.4 * quickest[short] + 0.001 else ""
