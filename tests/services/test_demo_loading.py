"""Loading the demo world: in demo mode only, and plausible on the day on which it is done."""

from datetime import datetime, timedelta

import pytest

from portal_app.demo import loading
from portal_app.errors import CannotStart
from portal_app.models import Attempt, Person
from portal_app.settings import Mode, settings
from tests import factories


def test_a_production_portal_has_no_demo_world(database, monkeypatch) -> None:
    monkeypatch.setattr(loading, "settings", settings.model_copy(update={"mode": Mode.PRODUCTION}))
    with pytest.raises(CannotStart, match="demo mode only"):
        loading.load()
    assert factories.all_of(Person) == []


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-21", "2027-06-30"])
def test_the_world_is_plausible_on_the_day_it_is_loaded(day, database, stopped_clock) -> None:
    at = datetime.fromisoformat(f"{day}T10:00:00+00:00")
    stopped_clock.at = at
    loading.load()
    attempts = factories.all_of(Attempt)
    assert all(one.on.isoweekday() <= 5 for one in attempts if one.on)
    planned = [one.on for one in attempts if one.result == "planned" and one.on]
    assert planned
    assert min(planned) > at.date()
    assert max(one.on for one in attempts if one.on and one.result == "passed") <= at.date()
    recent = max(one.on for one in attempts if one.on and one.result == "passed")
    assert recent >= at.date() - timedelta(days=12)
