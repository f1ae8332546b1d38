"""Reading the cells of one row of a candidates' file, collecting every mistake."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from portal_app import names
from portal_app.errors import Text, Value
from portal_app.reading_contact import read_email
from portal_app.reading_dates import read_optional_day, shown
from portal_app.reading_text import Misread, cleaned

Cell = object  # what a spreadsheet holds: text, numbers, dates, times, truth
FIRST_DAY = date(1900, 1, 1)

_NOT_A_WORD = re.compile(r"[^\w+%]+|_")
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
    return _NOT_A_WORD.sub(" ", names.folded(text)).strip()


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
        """Read an e-mail address, which every candidate needs, as it is kept and compared."""
        text = self.text(title, longest=longest, needed=True)
        if title and text:
            try:
                return read_email(text)
            except Misread:
                self.wrong(title, "not_an_email", value=text)
        return ""

    def day(self, title: str | None, *, may_be_future: bool = False) -> date | None:
        """Read a date, typed as one or written as dd-mm-jjjj or jjjj-mm-dd."""
        if title is None or (value := self._cells.get(title)) is None:
            return None
        found = _as_day(value)
        if found is None:
            self.wrong(title, "not_a_date", value=self._shown(title))
        elif found < FIRST_DAY:
            self.wrong(title, "too_long_ago", value=shown(found))
        elif found > self.today and not may_be_future:
            self.wrong(title, "in_the_future", value=shown(found))
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
        for value, known in words.items():
            if folded(text) in map(folded, known):
                return value
        first_words = [known[0] for _, known in words.items()]
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
                return shown(value)
            case _:
                return cleaned(str(value))


def _as_day(value: Cell) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return read_optional_day(value) if isinstance(value, str) else None
    except Misread:
        return None


def listed(words: Sequence[str]) -> str:
    """List words for a reader to choose from."""
    return ", ".join(f"'{word}'" for word in words)
