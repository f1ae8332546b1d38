"""Reading the cells of one row of a candidates' file, collecting every mistake."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from email_validator import EmailNotValidError, validate_email

from portal_app.errors import Text, Value

Cell = object  # what a spreadsheet holds: text, numbers, dates, times, truth
FIRST_DAY = date(1900, 1, 1)

_NOT_A_WORD = re.compile(r"[^\w+%]+|_")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?")
_PERCENT = re.compile(r"(?P<word>.*?)\s*(?P<percent>\d{1,3})\s*%")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something to mend: in which row and column of the file, and what to do about it.

    A mistake without a row is about the column as a whole.
    """

    row: int | None
    column: str
    text: Text


class Words(Protocol):
    """What a cell may say: a value, and the words for it."""

    def items(self) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Give the values with their words."""
        ...


def folded(text: str) -> str:
    """Fold a title or a word, so that case, accents and punctuation do not matter."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _NOT_A_WORD.sub(" ", plain).strip()


class CellReader:
    """The cells of one row, read one by one; what is wrong goes into `mistakes`."""

    def __init__(
        self, row: int, cells: Mapping[str, Cell], today: date, mistakes: list[Mistake]
    ) -> None:
        self.row = row
        self.today = today
        self._cells = cells
        self._mistakes = mistakes

    def wrong(self, title: str, entry: str, **values: Value) -> None:
        """Note a mistake in a column of this row."""
        self._mistakes.append(Mistake(self.row, title, Text(f"candidate_import.{entry}", values)))

    @property
    def mistakes_so_far(self) -> int:
        """Count the mistakes of all rows up to now."""
        return len(self._mistakes)

    def is_filled(self, title: str | None) -> bool:
        """Tell whether the column exists and this row says something there."""
        return title is not None and self._cells.get(title) is not None

    def text(self, title: str | None, *, longest: int, needed: bool = False) -> str:
        """Read a text; a number stands for its digits."""
        text = self._shown(title)
        if title and needed and not text:
            self.wrong(title, "empty")
        if title and len(text) > longest:
            self.wrong(title, "too_long", n=longest)
        return text

    def email(self, title: str | None, *, longest: int) -> str:
        """Read an e-mail address, which every candidate needs."""
        text = self.text(title, longest=longest, needed=True)
        if title and text:
            try:
                validate_email(text, check_deliverability=False)
            except EmailNotValidError:
                self.wrong(title, "not_an_email", value=text)
        return text

    def day(self, title: str | None, *, may_be_future: bool = False) -> date | None:
        """Read a date, typed as one or written as dd-mm-jjjj or jjjj-mm-dd."""
        if title is None or (value := self._cells.get(title)) is None:
            return None
        found = _as_day(value)
        if found is None:
            self.wrong(title, "not_a_date", value=self._shown(title))
        elif found < FIRST_DAY:
            self.wrong(title, "too_long_ago", value=_shown_day(found))
        elif found > self.today and not may_be_future:
            self.wrong(title, "in_the_future", value=_shown_day(found))
        else:
            return found
        return None

    def needed_day(self, title: str | None) -> date | None:
        """Read a date that every row must have."""
        if title and not self.is_filled(title):
            self.wrong(title, "empty")
        return self.day(title)

    def choice(self, title: str | None, words: Words) -> str | None:
        """Read one of several answers, by any of its words."""
        text = self._shown(title)
        if not title or not text:
            return None
        for value, names in words.items():
            if folded(text) in {folded(name) for name in names}:
                return value
        first_words = [names[0] for _, names in words.items()]
        self.wrong(title, "not_a_choice", value=text, choices=listed(first_words))
        return None

    def result(self, title: str, words: Words) -> tuple[str | None, int | None]:
        """Read a result; 'Bezig 60%', '60%' or a percentage of Excel is how far one is."""
        value = self._cells.get(title)
        if isinstance(value, float) and 0 < value < 1:
            return "busy", round(value * 100)
        if found := _PERCENT.fullmatch(self._shown(title)):
            busy = dict(words.items())["busy"]
            percent = int(found["percent"])
            if folded(found["word"]) in {"", *map(folded, busy)} and percent <= 100:  # noqa: PLR2004
                return "busy", percent
        return self.choice(title, words), None

    def _shown(self, title: str | None) -> str:
        value = self._cells.get(title) if title else None
        match value:
            case None:
                return ""
            case datetime() | date():
                return _shown_day(value)
            case _:
                return " ".join(str(value).split())


def _as_day(value: Cell) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip() if isinstance(value, str) else ""
    if found := _DAY_FIRST.fullmatch(text):
        return _day(found[3], found[2], found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _shown_day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def listed(words: Sequence[str]) -> str:
    """List words for a reader to choose from."""
    return ", ".join(f"'{word}'" for word in words)
