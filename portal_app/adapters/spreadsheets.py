"""What a sheet is, for every file format that the portal writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

Cell = str | int | float | date | datetime | None
Row = Sequence[Cell]

_LONGEST_NAME = 31  # what Excel accepts
_FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_RESERVED_NAME = "history"  # Excel keeps this sheet name for itself


class ColumnKind(StrEnum):
    """How the cells of a column are shown."""

    TEXT = "text"
    DATE = "date"  # dd-mm-jjjj
    MOMENT = "moment"  # dd-mm-jjjj uu:mm, in Brussels
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title in the reader's language, and how wide it is, in characters."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: float = 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose rows are taken one by one, once, and never held together."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def tidy_names(names: Iterable[str]) -> Iterator[str]:
    """Make sheet names that Excel accepts: short, without its own signs, each once."""
    taken: set[str] = {_RESERVED_NAME}
    for name in names:
        plain = name.translate(_FORBIDDEN_IN_NAMES).strip(" '") or "-"
        yield _free_name(plain, taken, _LONGEST_NAME)


def tidy_titles(titles: Iterable[str]) -> Iterator[str]:
    """Number the titles that come twice: a second 'Datum' becomes 'Datum (2)'."""
    taken: set[str] = set()
    for title in titles:
        yield _free_name(title, taken, None)


def _free_name(wanted: str, taken: set[str], longest: int | None) -> str:
    name, number = wanted[:longest], 1
    while name.casefold() in taken:
        number += 1
        suffix = f" ({number})"
        name = wanted[: longest - len(suffix) if longest else None] + suffix
    taken.add(name.casefold())
    return name
