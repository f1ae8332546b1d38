"""When the portal does its duties: after a while, and when the demo clock is put forward."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from portal_app import clock, housekeeping
from portal_app.settings import Mode, settings

_PATIENCE = 5  # seconds, of which a machine that does much else may need some
_A_WHILE = 0.2  # in which a clock is looked at often


class MovedByHand:
    """Takes the place of how far the demo clock was moved."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> timedelta:
        """Tell how far."""
        return self.by


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> MovedByHand:
    """`moved.by`: how far somebody moved the clock."""
    made = MovedByHand()
    monkeypatch.setattr(clock, "moved_by", made)
    monkeypatch.setattr(housekeeping, "_LOOK", 0.01)
    return made


class Done:
    """Takes the place of doing a duty: notes which."""

    def __init__(self) -> None:
        self.duties: list[object] = []
        self.all = asyncio.Event()

    async def __call__(self, duty: object) -> int:
        """Note it; there is no more to do."""
        self.duties.append(duty)
        if len(self.duties) == len(housekeeping._DUTIES):
            self.all.set()
        return 0


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Done:
    """What was done so far."""
    made = Done()
    monkeypatch.setattr(housekeeping, "_do", made)
    return made


def serve(done: Done, meanwhile: Callable[[], None], *, waits: bool) -> list[object]:
    """Let the portal serve while something happens; return what it did from then on."""

    async def live() -> None:
        async with housekeeping.keep_house():
            await asyncio.sleep(_A_WHILE)
            assert done.duties == []
            meanwhile()
            if waits:
                await asyncio.wait_for(done.all.wait(), _PATIENCE)
            await asyncio.sleep(_A_WHILE)

    asyncio.run(live())
    return done.duties


def test_what_comes_due_is_done_once_when_the_demo_clock_is_put_forward(moved, done) -> None:
    def put_forward() -> None:
        moved.by = timedelta(days=365)

    assert serve(done, put_forward, waits=True) == [*housekeeping._DUTIES]


def test_nothing_is_done_when_the_demo_clock_is_put_back(moved, done) -> None:
    moved.by = timedelta(days=365)

    def put_back() -> None:
        moved.by = timedelta()

    assert serve(done, put_back, waits=False) == []


def test_production_looks_at_no_clock_of_a_demo(moved, done, monkeypatch) -> None:
    production = settings.model_copy(update={"mode": Mode.PRODUCTION})
    monkeypatch.setattr(housekeeping, "settings", production)

    def put_forward() -> None:
        moved.by = timedelta(days=365)

    assert serve(done, put_forward, waits=False) == []


def test_duties_are_done_soon_after_the_start_by_themselves(moved, done, monkeypatch) -> None:
    monkeypatch.setattr(housekeeping, "_SOON", 2 * _A_WHILE)

    assert serve(done, lambda: None, waits=True) == [*housekeeping._DUTIES]
    assert moved.by == timedelta()
