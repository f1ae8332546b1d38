"""Spreadsheets as people send them, and as attackers would."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from time import process_time

import openpyxl
import pytest

from portal_app.adapters import spreadsheets_reading
from portal_app.adapters.csv_writing import stream_csv
from portal_app.adapters.spreadsheets import Column, ColumnKind, Sheet
from portal_app.adapters.spreadsheets_reading import Value, open_table
from portal_app.errors import Invalid
from portal_app.languages import LOCALES, say

Read = Callable[[bytes], tuple[tuple[str, ...], list[tuple[int, dict[str, Value]]]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_bytes(content: bytes) -> tuple[tuple[str, ...], list[tuple[int, dict[str, Value]]]]:
        path = tmp_path / "file"
        path.write_bytes(content)
        with open_table(path) as table:
            return table.titles, list(table.rows)

    return read_bytes


def workbook(*lines: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def refused(read: Read, content: bytes) -> str:
    with pytest.raises(Invalid) as refusal:
        read(content)
    text = refusal.value.fields["file"]
    assert all(say(text, locale) for locale in LOCALES)
    return text.key.removeprefix("spreadsheet.")


def test_cells_come_with_their_types_and_row_numbers(read: Read):
    content = workbook(
        ("Naam ", "Op", None, "Om", "Nr", "Waar", "Notitie"),
        (),
        (" Zoe\u0308 ", datetime(2026, 3, 2), "x", datetime(2026, 3, 2, 9, 5), 3.0, True, " "),  # noqa: DTZ001
        ("Bo", None, None, time(9), 2.5, None),
    )
    titles, rows = read(content)
    assert titles == ("Naam", "Op", "Om", "Nr", "Waar", "Notitie")
    assert [number for number, _ in rows] == [3, 4]
    assert rows[0][1] == {
        "Naam": "Zoë",
        "Op": date(2026, 3, 2),
        "Om": datetime(2026, 3, 2, 9, 5),  # noqa: DTZ001
        "Nr": 3,
        "Waar": True,
        "Notitie": None,
    }
    assert rows[1][1]["Nr"] == 2.5


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_whatever_its_encoding_and_delimiter(read: Read, delimiter: str, encoding: str):
    lines = ["Naam|Straat", '"Zoé"|"a,b;c\nd"', "", "Bo|"]
    text = "\r\n".join(line.replace("|", delimiter) for line in lines)
    titles, rows = read(text.encode(encoding))
    assert titles == ("Naam", "Straat")
    assert rows[0] == (2, {"Naam": "Zoé", "Straat": "a,b;c\nd"})
    assert rows[1] == (4, {"Naam": "Bo", "Straat": None})


def test_a_first_line_may_name_the_delimiter(read: Read):
    assert read(b"sep=,\r\nA,B;C\r\n1,2\r\n")[1] == [(3, {"A": "1", "B;C": "2"})]


def test_what_the_portal_writes_as_csv_comes_back(read: Read):
    columns = [Column("A"), Column("Op", ColumnKind.DATE)]
    cells = ["=1+1", "+31", "-", "@x", "'s-Hertogenbosch", 'a"b;c', "Zoë"]
    content = b"".join(stream_csv(Sheet("K", columns, [(cell, None) for cell in cells])))
    assert b'"\'=1+1"' in content
    assert [row["A"] for _, row in read(content)[1]] == cells


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\0\xff",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PK\x03\x04 only the beginning of a workbook",
    ],
)
def test_what_is_no_spreadsheet_is_refused(read: Read, content: bytes):
    assert refused(read, content) == "not_a_spreadsheet"


def test_a_broken_workbook_is_refused(read: Read):
    whole = workbook(("A", "B"), (1, 2))
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            if "sheet1" in name:
                target.writestr(name, source.read(name)[:200])
            else:
                target.writestr(name, source.read(name))
    assert refused(read, file.getvalue()) == "not_a_spreadsheet"
    assert refused(read, whole[: len(whole) // 2]) == "not_a_spreadsheet"


def test_another_archive_is_refused(read: Read):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert refused(read, file.getvalue()) == "not_a_spreadsheet"


def test_an_old_or_locked_workbook_says_so(read: Read):
    assert refused(read, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "old_or_locked"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n ; \r\n", workbook()])
def test_an_empty_file_says_so(read: Read, content: bytes):
    assert refused(read, content) == "empty"


def test_a_title_that_comes_twice_is_refused(read: Read):
    assert refused(read, b"Naam;NAAM\r\n1;2\r\n") == "title_twice"


def test_a_large_file_is_refused_before_it_is_read(read: Read):
    assert refused(read, b"a" * (spreadsheets_reading.LARGEST_FILE + 1)) == "too_big"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(read: Read):
    file = BytesIO(workbook(("A",), (1,)))
    bomb = b"\0" * (spreadsheets_reading.LARGEST_UNPACKED + 1)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", bomb)
    assert len(file.getvalue()) < 1_000_000
    assert refused(read, file.getvalue()) == "too_big_inside"


def test_too_many_rows_are_refused(read: Read, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spreadsheets_reading, "MOST_ROWS", 3)
    assert len(read(b"A\n1\n2\n")[1]) == 2
    assert refused(read, b"A\n1\n2\n3\n") == "too_many_rows"


def test_a_workbook_that_boasts_of_its_size_costs_no_time(read: Read):
    book = openpyxl.Workbook()
    book.active.append(("A", "B"))
    book.active["A1048576"] = "the last cell there is"
    file = BytesIO()
    book.save(file)
    before = process_time()
    assert refused(read, file.getvalue()) == "too_many_rows"
    assert process_time() - before < 2


def test_a_formula_gives_the_value_it_had(read: Read):
    assert read(workbook(("A", "B"), ("x", "=1+1")))[1] == [(2, {"A": "x", "B": None})]
