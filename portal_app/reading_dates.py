"""Read dates as people type them or choose them."""

import re
from datetime import date

from portal_app.errors import Text
from portal_app.reading_text import Misread, plain

FIRST_YEAR, LAST_YEAR = 1900, 2199
YOUNGEST, OLDEST = 15, 120

_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})\s*[-/. ]\s*(?P<month>\d{1,2})\s*[-/. ]\s*(?P<year>\d{4})"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_FEBRUARY, _LEAP_DAY = 2, 29
_MONTHS = range(1, 13)


def shown(day: date) -> str:
    """Write `day` as people type it, for a sentence about a mistake: 22-04-2026."""
    return f"{day.day:02}-{day.month:02}-{day.year}"  # a tenth of the time of strftime


def read_optional_day(typed: str) -> date | None:
    """Read 1-4-2022, 01/04/2022, 1.4.2022 or 2022-04-01."""
    text = plain(typed)
    if not text:
        return None
    found = _DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        raise Misread(Text("errors.date_form"))
    day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
    try:
        return date(year, month, day)
    except ValueError as impossible:
        written = f"{day:02}-{month:02}-{year}"
        raise Misread(Text("errors.date_impossible", {"date": written})) from impossible


def read_day(typed: str) -> date:
    """Read a date that must be there."""
    read = read_optional_day(typed)
    if read is None:
        raise Misread(Text("errors.date_form"))
    return read


def read_birth_date(day: str, month: str, year: str, *, today: date) -> date:
    """Read a birth date from three lists to choose from; each may still be unchosen."""
    chosen = {"day": _chosen(day), "month": _chosen(month), "year": _chosen(year)}
    missing = [part for part, number in chosen.items() if not number]
    if len(missing) == len(chosen):
        raise Misread(Text("errors.birth_date_empty"))
    if missing:
        raise Misread(Text(f"errors.birth_date_{missing[0]}"))
    born = _existing(**chosen)
    if born >= today:
        raise Misread(Text("errors.birth_date_future"))
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age < YOUNGEST:
        raise Misread(Text("errors.birth_date_young", {"minimum": YOUNGEST}))
    if age > OLDEST:
        raise Misread(Text("errors.birth_date_old"))
    return born


def _chosen(typed: str) -> int:
    text = plain(typed)
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else 0


def _existing(*, day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as impossible:
        raise Misread(_impossible(day, month, year)) from impossible


def _impossible(day: int, month: int, year: int) -> Text:
    if month not in _MONTHS:
        return Text("errors.birth_date_month")
    if month == _FEBRUARY and day == _LEAP_DAY:
        return Text("errors.birth_date_no_leap_day", {"year": str(year)})
    return Text("errors.birth_date_impossible", {"day": day, "month": Text(f"dates.month_{month}")})
