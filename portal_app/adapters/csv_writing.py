"""Writing CSV that Excel opens at a double click: UTF-8 with a mark, semicolons, all quoted."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from portal_app.adapters.spreadsheets import Cell, Row, Sheet, tidy_titles
from portal_app.clock import BRUSSELS

MEDIA_TYPE = "text/csv; charset=utf-8"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_BATCH = 200  # rows; a few milliseconds of work at most


def stream_csv(sheet: Sheet) -> Iterator[bytes]:
    """Give the bytes of a CSV file in pieces; the rows are taken as the pieces are.

    The first piece holds rows beside the titles: who may not have them gets no titles either.
    """
    rows = iter(sheet.rows)
    titles = tuple(tidy_titles(column.title for column in sheet.columns))
    yield b"\xef\xbb\xbf" + _lines([titles, *islice(rows, _BATCH)])
    while batch := list(islice(rows, _BATCH)):
        yield _lines(batch)


def _lines(rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([_shown(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _shown(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            # A spreadsheet computes what begins like a formula, quoted or not. The apostrophe
            # makes it text; our own reader takes it away again.
            return "'" + value if value.startswith(FORMULA_STARTS) else str(value)
        case datetime():
            local = value.astimezone(BRUSSELS) if value.tzinfo else value
            return f"{local:%d-%m-%Y %H:%M}"
        case date():
            return f"{value:%d-%m-%Y}"
        case float():
            return repr(value).replace(".", ",")  # as Excel reads it in our four languages
        case _:
            return str(value)
