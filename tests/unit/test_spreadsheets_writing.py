"""An .xlsx file as people and their spreadsheet programs find it."""

from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl import Workbook

from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet, tidy_names
from portal_app.adapters.spreadsheets_writing import (
    write_workbook,
)

COLUMNS = (
    Column("Naam", width=30),
    Column("Geboren", ColumnKind.DATE, width=12),
    Column("Gekoppeld op", ColumnKind.MOMENT, width=16),
    Column("Pogingen", ColumnKind.NUMBER, width=10),
)
ZOE: Row = ("Çelik, Zoë", date(1990, 5, 4), datetime(2026, 3, 2, 8, 5, tzinfo=UTC), 2)
FORMULAS = ("=1+1", "+31 6", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0")


class Colour(StrEnum):
    """An enumeration, as services hand over."""

    RED = "rood"


def written(*sheets: Sheet) -> Workbook:
    file = BytesIO()
    write_workbook(file, sheets)
    return openpyxl.load_workbook(file)


def test_the_header_is_bold_frozen_and_has_filters():
    sheet = written(Sheet("Kandidaten", COLUMNS, [ZOE, ZOE]))["Kandidaten"]
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert all(cell.font.b for cell in sheet[1])
    assert not any(cell.font.b for cell in sheet[2])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert [round(sheet.column_dimensions[letter].width) for letter in "ABCD"] == [31, 13, 17, 11]


def test_dates_are_dates_and_moments_are_brussels_time():
    name, born, linked, tries = written(Sheet("K", COLUMNS, [ZOE]))["K"][2]
    assert name.value == "Çelik, Zoë"
    assert (born.value, born.number_format) == (datetime(1990, 5, 4), "dd-mm-yyyy")  # noqa: DTZ001
    assert (linked.value, linked.number_format) == (
        datetime(2026, 3, 2, 9, 5),  # noqa: DTZ001
        "dd-mm-yyyy hh:mm",
    )
    assert (tries.value, tries.data_type) == (2, "n")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str):
    file = BytesIO()
    write_workbook(file, [Sheet("K", [Column("A"), Column("=A")], [(text, None), (None, text)])])
    sheet = openpyxl.load_workbook(file)["K"]
    assert {cell.data_type for row in sheet for cell in row if cell.value} == {"s"}
    with ZipFile(file) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_workbook_has_several_sheets_also_empty_ones():
    workbook = written(
        Sheet("Leeg", COLUMNS, []), Sheet("Filters", [Column("Veld")], iter([("Status",)]))
    )
    assert workbook.sheetnames == ["Leeg", "Filters"]
    assert [cell.value for cell in workbook["Leeg"][1]] == [column.title for column in COLUMNS]
    assert workbook["Leeg"].freeze_panes == "A2"
    assert workbook["Filters"]["A2"].value == "Status"


def test_sheet_names_suit_excel():
    names = ["Kandidaten [VAK]: a/b?", "x" * 40, "x" * 40, "X" * 31, "", "History", "'t Huis'"]
    tidy = list(tidy_names(names))
    assert tidy[0] == "Kandidaten -VAK-- a-b-"
    assert tidy[2] == "x" * 27 + " (2)"
    assert len({name.casefold() for name in tidy}) == len(names)
    assert max(map(len, tidy)) == 31
    assert tidy[4:] == ["-", "History (2)", "t Huis"]
    assert len(written(*(Sheet(name, COLUMNS, []) for name in names)).sheetnames) == len(names)


def test_titles_that_come_twice_are_numbered():
    sheet = written(Sheet("K", [Column("Datum"), Column("Datum")], [("a", "b")]))["K"]
    assert [[cell.value for cell in row] for row in sheet] == [["Datum", "Datum (2)"], ["a", "b"]]


def test_what_excel_cannot_hold_is_still_shown():
    rows = [
        (Colour.RED, date(1899, 12, 31), datetime(1899, 1, 1, 8, 0), None),  # noqa: DTZ001
        ("x" * 40_000, None, None, None),
        ("a\x00b <&> _x0041_", None, None, True),
    ]
    red, long, odd = list(written(Sheet("K", COLUMNS, rows))["K"].values)[1:]
    assert red == ("rood", "31-12-1899", "01-01-1899", None)
    assert long[0] == "x" * 32_767
    assert openpyxl.utils.escape.unescape(odd[0]) == "a\x00b <&> _x0041_"
    assert odd[3] is True
