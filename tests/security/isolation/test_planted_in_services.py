"""Faults that somebody could make in a use case or under it: the matrix must find each."""

from tests.harness.databases import SqliteSource
from tests.security.isolation import likeness, planted_services, use_cases
from tests.security.isolation.asking import Question
from tests.security.isolation.planted_services import Fault
from tests.security.isolation.world import GROWN, present


def test_every_fault_planted_in_the_services_is_found(
    question: Question, sqlite_source: SqliteSource
):
    faults = planted_services.faults()
    found = {name for name, fault in faults.items() if is_found(question, fault, sqlite_source)}
    print(f"found {len(found)} of {len(faults)}")  # noqa: T201
    assert not faults.keys() - found, faults.keys() - found
    assert len(faults) >= 20


def is_found(question: Question, fault: Fault, source: SqliteSource) -> bool:
    with fault.plant():
        match fault.by:
            case "growth":
                return grows(question, fault.seen_in, source)
            case "difference":
                return bool(likeness.different(question, [fault.seen_in]))
            case "time":
                return bool(likeness.slower(question, [fault.seen_in]))
            case _:
                asked = Question(question.world)
                count = use_cases.attack(
                    asked, few=True, only=[fault.seen_in], typed=0, until_found=True
                )
                asked.close()
                return bool(count.findings)


def grows(question: Question, name: str, source: SqliteSource) -> bool:
    """Tell whether an answer changes when SOUTH grows."""
    before = likeness.answers(question, [name])
    with source.lend(GROWN):
        bigger = Question(present())
        after = likeness.answers(bigger, [name])
        bigger.close()
    return before != after
