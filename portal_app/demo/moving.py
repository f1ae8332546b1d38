"""Moving the example's candidates to the week in which the demo world is loaded."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from portal_app.demo.journeys import TODAY
from portal_app.reading_candidates import ImportedCandidate


def moved(candidates: Iterable[ImportedCandidate], today: date) -> Iterator[ImportedCandidate]:
    """Move every date but birthdays by whole weeks, so that a Tuesday stays a Tuesday."""
    monday = today - timedelta(days=today.weekday())
    by = monday - TODAY
    for one in candidates:
        yield replace(
            one,
            registered_on=one.registered_on + by,
            valid_until=one.valid_until and one.valid_until + by,
            links=tuple(replace(link, linked_on=link.linked_on + by) for link in one.links),
            attempts=tuple(replace(go, on=go.on and go.on + by) for go in one.attempts),
        )
