"""The clock of demo mode moves for everybody, and does not exist in production."""

from datetime import timedelta

import pytest

from portal_app import clock
from portal_app.errors import NotFound
from portal_app.services import demo_clock
from portal_app.settings import Mode, settings
from portal_app.unit_of_work import Browser

STRANGER = Browser("nobody")


@pytest.fixture(autouse=True)
def _put_back(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "settings", settings.model_copy(update={"data_dir": tmp_path}))


def test_the_clock_moves_and_goes_back(database, run_as, now) -> None:
    assert run_as(STRANGER, demo_clock.read) == demo_clock.Reading(now, is_moved=False)

    moved = run_as(STRANGER, demo_clock.move, hours=24 * 30)
    assert moved == demo_clock.Reading(now + timedelta(days=30), is_moved=True)
    assert clock.now() == moved.at
    assert clock.real_now() == now

    assert run_as(STRANGER, demo_clock.reset) == demo_clock.Reading(now, is_moved=False)


def test_the_clock_stays_within_ten_years(database, run_as, now) -> None:
    for hours in (10**12, 10**12, -(10**12), -(10**12), -(10**12)):
        moved = run_as(STRANGER, demo_clock.move, hours=hours)
        assert abs(moved.at - now) <= demo_clock.FURTHEST


def test_production_has_no_clock_to_move(database, run_as, monkeypatch) -> None:
    production = settings.model_copy(update={"mode": Mode.PRODUCTION})
    monkeypatch.setattr(demo_clock, "settings", production)
    for use_case, arguments in (
        (demo_clock.read, {}),
        (demo_clock.move, {"hours": 1}),
        (demo_clock.reset, {}),
    ):
        with pytest.raises(NotFound):
            run_as(STRANGER, use_case, **arguments)
