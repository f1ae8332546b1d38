"""CSV as Excel opens it."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from portal_app.adapters.csv_writing import FORMULA_STARTS, stream_csv
from portal_app.adapters.spreadsheets import Cell, Column, Sheet


def written(*rows: tuple[Cell, ...], titles: tuple[str, ...] = ("A", "B")) -> bytes:
    return b"".join(stream_csv(Sheet("K", [Column(title) for title in titles], rows)))


def test_the_file_has_a_mark_semicolons_and_quotes():
    assert written(("Zoë", None)) == '\ufeff"A";"B"\r\n"Zoë";""\r\n'.encode()


def test_dates_moments_and_numbers_read_as_people_write_them():
    moment = datetime(2026, 7, 2, 8, 5, tzinfo=UTC)
    line = written((date(2026, 3, 2), moment), (1.5, -3)).decode().splitlines()[1:]
    assert line == ['"02-03-2026";"02-07-2026 10:05"', '"1,5";"-3"']


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_no_cell_starts_a_formula(start: str):
    content = written((start + "1", "x"), titles=(start + "T", "B")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
    assert rows == [["'" + start + "T", "B"], ["'" + start + "1", "x"]]


def test_rows_are_taken_as_the_file_is_read():
    taken: list[int] = []

    def rows():
        for number in range(1000):
            taken.append(number)
            yield (number, number)

    parts = stream_csv(Sheet("K", [Column("A"), Column("A")], rows()))
    assert taken == []
    assert next(parts).startswith('\ufeff"A";"A (2)"\r\n"0";"0"\r\n'.encode())
    assert len(taken) == 200
    next(parts)
    assert len(taken) == 400
