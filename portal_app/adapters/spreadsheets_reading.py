"""Reading what people send as a spreadsheet: .xlsx or .csv, hostile files included."""

import codecs
import csv
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal_app.adapters.csv_writing import FORMULA_STARTS
from portal_app.errors import Invalid, Text

Value = str | int | float | date | datetime | time | timedelta | None

LARGEST_FILE = 10 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 150 * 1024 * 1024  # bytes; 10 MB of a real workbook unpack to about 80
MOST_ROWS = 50_000
MOST_COLUMNS = 300

_WORKBOOK_START = b"PK\x03\x04"
_OLD_OR_LOCKED_START = b"\xd0\xcf\x11\xe0"  # an .xls, or an .xlsx behind a password
_DELIMITERS = ";,\t|"


@dataclass(frozen=True, slots=True)
class Table:
    """The first sheet of a file: its titles as typed, and its rows, to be taken once.

    A row comes with the number that a spreadsheet program shows beside it; empty rows are
    left out.
    """

    titles: tuple[str, ...]
    rows: Iterator[tuple[int, dict[str, Value]]]


@contextmanager
def open_table(path: Path) -> Generator[Table]:
    """Open a spreadsheet; what it is, is seen from its content.

    Raises:
        Invalid: under `file`: it is no spreadsheet, or has none of what one needs. Too many
            rows show only while the rows are taken.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise _unreadable("too_big", megabytes=LARGEST_FILE // 1024**2)
    with path.open("rb") as file:
        start = file.read(8)
        file.seek(0)
        if start.startswith(_OLD_OR_LOCKED_START):
            raise _unreadable("old_or_locked")
        lines = _workbook_lines(file) if start.startswith(_WORKBOOK_START) else _csv_lines(file)
        yield _as_table(lines)


def _as_table(lines: Iterator[Iterable[Value]]) -> Table:
    numbered = _filled(lines)
    first = next(numbered, None)
    if first is None:
        raise _unreadable("empty")
    titles = tuple(_as_title(value) for value in first[1])
    while titles and not titles[-1]:
        titles = titles[:-1]
    _refuse_unclear_titles(titles)
    return Table(tuple(filter(None, titles)), _rows(titles, numbered))


def _rows(
    titles: tuple[str, ...], numbered: Iterator[tuple[int, list[Value]]]
) -> Iterator[tuple[int, dict[str, Value]]]:
    for number, values in numbered:
        padded = [*values, *([None] * (len(titles) - len(values)))]
        paired = zip(titles, padded, strict=False)  # what stands beyond the titles is a note
        yield number, {title: value for title, value in paired if title}


def _filled(lines: Iterator[Iterable[Value]]) -> Iterator[tuple[int, list[Value]]]:
    for number, line in enumerate(lines, start=1):
        if number > MOST_ROWS:
            raise _unreadable("too_many_rows", n=MOST_ROWS)
        values = [_tidied(value) for value in islice(line, MOST_COLUMNS)]
        if any(value is not None for value in values):
            yield number, values


def _refuse_unclear_titles(titles: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for title in filter(None, titles):
        if title.casefold() in seen:
            raise _unreadable("title_twice", title=title)
        seen.add(title.casefold())


def _as_title(value: Value) -> str:
    return "" if value is None else " ".join(str(value).split())


def _tidied(value: Value) -> Value:
    match value:
        case str():
            text = unicodedata.normalize("NFC", value).strip()
            return text or None
        case datetime() if value.time() == time.min:
            return value.date()
        case float() if value.is_integer():
            return int(value)
        case _:
            return value


# --- .xlsx --------------------------------------------------------------------------------


# Everything that openpyxl was seen to raise on files that only look like a workbook; what
# the XML reader raises is a SyntaxError.
_BROKEN_WORKBOOK = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
)


def _workbook_lines(file: BinaryIO) -> Iterator[Iterable[Value]]:
    _refuse_bomb(file)
    try:
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        shown = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        sheet = shown[0]
        sheet.reset_dimensions()  # what a file says about its own size is not to be trusted
        for line in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            # A file may skip to its last row: what lies between must cost next to nothing.
            is_empty = line.count(None) == len(line)
            cells = () if is_empty else line
            yield [value if isinstance(value, Value) else str(value) for value in cells]
    except _BROKEN_WORKBOOK:
        raise _unreadable("not_a_spreadsheet") from None


def _refuse_bomb(file: BinaryIO) -> None:
    """Add up what the archive says it unpacks to: Python unpacks no more than that."""
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        raise _unreadable("not_a_spreadsheet") from None
    if unpacked > LARGEST_UNPACKED:
        raise _unreadable("too_big_inside")
    file.seek(0)


# --- .csv ---------------------------------------------------------------------------------


def _csv_lines(file: BinaryIO) -> Iterator[Iterable[Value]]:
    text = _decoded(file.read())
    delimiter = _named_delimiter(text)
    if delimiter:
        text = text.partition("\n")[2]
        yield ()  # the line that named it counts in the numbers people see
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text))
    try:
        for line in reader:
            yield [_without_apostrophe(value) for value in line]
    except csv.Error:
        raise _unreadable("not_a_spreadsheet") from None


def _decoded(content: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content:
        raise _unreadable("not_a_spreadsheet")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")  # what Excel writes without being asked


def _named_delimiter(text: str) -> str:
    """Return the delimiter that a first line such as 'sep=;' names, as Excel understands it."""
    first = text.partition("\n")[0].strip().casefold()
    named = first.removeprefix("sep=")
    return named if first != named and len(named) == 1 else ""


def _delimiter(text: str) -> str:
    """Choose the delimiter that parts the first filled line in the most columns."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), "")))


def _without_apostrophe(value: str) -> str:
    """Undo what defuses a formula in the CSV that the portal itself writes."""
    return value[1:] if value.startswith(tuple("'" + sign for sign in FORMULA_STARTS)) else value


def _unreadable(entry: str, **values: int | str) -> Invalid:
    return Invalid({"file": Text(f"spreadsheet.{entry}", values)})
