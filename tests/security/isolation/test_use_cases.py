"""Every use case × everybody × every argument, through the one door."""

import time

import pytest

from portal_app import database
from tests.harness import figures
from tests.harness.databases import Source
from tests.security.isolation import likeness, use_cases
from tests.security.isolation.asking import Question
from tests.security.isolation.callers import Asker, askers, caller_of
from tests.security.isolation.judging import Finding
from tests.security.isolation.right_use_cases import RIGHT_PEOPLE
from tests.security.isolation.world import GROWN, present


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
    count = use_cases.attack(question, few=True, typed=2)
    assert not count.findings, told(count.findings)
    assert count.calls > 1500
    assert count.answered > 200


# A value that its column cannot take is refused once SQLAlchemy has made the cursor of an export,
# which it then forgets: nothing was opened on the server.
@pytest.mark.filterwarnings("ignore:<psycopg.ServerCursor:ResourceWarning")
@pytest.mark.soak
@pytest.mark.both_databases
@pytest.mark.parametrize("asker", list(askers(few=False)), ids=lambda asker: asker.name)
def test_nobody_sees_or_changes_another_organisation_whatever_is_asked(
    question: Question, asker: Asker
):
    began = time.monotonic()
    dialect = database.engine().dialect.name
    # Who may do what is the same on both; PostgreSQL is asked with less of everything.
    few, typed = (False, 40) if dialect == "sqlite" else (True, 10)
    count = use_cases.attack(question, few=few, typed=typed, on_behalf_of=[asker])
    figures.write(
        f"Isolation matrix, use cases, {dialect}",
        asker.name,
        calls=count.calls,
        answered=count.answered,
        findings=len(count.findings),
        seconds=round(time.monotonic() - began),
    )
    assert not count.findings, told(count.findings)


@pytest.mark.both_databases
def test_answers_do_not_change_when_another_organisation_grows(question: Question, source: Source):
    before = likeness.answers(question)
    with source.lend(GROWN):
        bigger = Question(present())
        after = likeness.answers(bigger)
        bigger.close()
    assert [name for name in before if before[name] != after[name]] == []


@pytest.mark.both_databases
def test_what_belongs_to_another_is_as_if_it_did_not_exist(question: Question):
    """Same answer, and no telling difference in time."""
    assert not likeness.different(question)
    assert not likeness.slower(question)
