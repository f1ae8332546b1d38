"""The clock of the tests: it stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""Monday 2 March 2026, 09:00 in Brussels."""


class StoppedClock:
    """Takes the place of the machine's clock."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.at

    def advance(self, **by: float) -> datetime:
        """Let time pass, in the words of `timedelta` (`minutes=16`); return what time it is."""
        self.at += timedelta(**by)
        return self.at
