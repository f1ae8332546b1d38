"""The world of the matrix, in a database of the test's own."""

from collections.abc import Iterator

import pytest

from portal_app import clock
from tests.harness.databases import Source
from tests.harness.stopped_clock import StoppedClock
from tests.security.isolation.asking import Question
from tests.security.isolation.world import WORLD, present
from tests.security.isolation.written import World


@pytest.fixture
def question(source: Source, monkeypatch: pytest.MonkeyPatch) -> Iterator[Question]:
    """The world, in which anybody can be made to ask anything; time stands still."""
    monkeypatch.setattr(clock, "real_now", StoppedClock())
    with source.lend(WORLD):
        asked = Question(present())
        yield asked
        asked.close()


@pytest.fixture
def world(question: Question) -> World:
    """The world by itself."""
    return question.world
