"""An .xlsx file as people and their spreadsheet programs find it."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, date, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from statistics import median
from zipfile import ZipFile

import openpyxl
import psutil
import pytest
from openpyxl import Workbook

from portal_app.adapters import spreadsheets_writing
from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet, tidy_names
from portal_app.adapters.spreadsheets_writing import (
    WorkbookFailed,
    stream_workbook,
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


def many(count: int) -> Iterator[Row]:
    for number in range(count):
        yield (f"Naam {number}", date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC), number)


def children() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def wait_until_gone() -> None:
    until = time.monotonic() + 5
    while children() and time.monotonic() < until:
        time.sleep(0.02)
    assert children() == []


def open_files() -> list[str]:
    """Every file without a name that this process still holds."""
    folder = Path("/proc/self/fd")
    targets = [str(link.readlink()) for link in folder.iterdir() if link.is_symlink()]
    return [target for target in targets if target.endswith("(deleted)")]


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


def test_a_failing_row_stops_everything_and_leaves_no_process():
    closed: list[bool] = []

    def rows() -> Iterator[Row]:
        try:
            yield from many(500)
            raise LookupError
        finally:
            closed.append(True)

    target = BytesIO()
    with pytest.raises(LookupError):
        write_workbook(target, [Sheet("K", COLUMNS, rows())])
    assert closed == [True]
    assert target.getvalue() == b""
    wait_until_gone()


def test_a_writer_that_dies_is_told_by_the_kind_of_error_only(tmp_path: Path):
    target = tmp_path / "k.xlsx"
    target.write_bytes(b"what was there")
    with pytest.raises(WorkbookFailed) as failed:
        write_workbook(target, [Sheet("K", COLUMNS, [("secret name",)])])
    assert str(failed.value) == "ValueError"
    assert target.read_bytes() == b"what was there"


def test_a_killed_writer_is_noticed():
    def rows() -> Iterator[Row]:
        yield from many(1000)
        children()[0].kill()
        yield from many(100_000)

    with pytest.raises(WorkbookFailed, match="killed"):
        write_workbook(BytesIO(), [Sheet("K", COLUMNS, rows())])


def test_a_stream_gives_the_file_and_tells_its_progress():
    async def download() -> tuple[bytes, list[int]]:
        told: list[int] = []
        sheets = [Sheet("K", COLUMNS, many(250)), Sheet("Filters", [Column("V")], [("a",)])]
        parts = [part async for part in stream_workbook(sheets, on_progress=told.append)]
        return b"".join(parts), told

    content, told = asyncio.run(download())
    assert told == [200, 250, 251]
    sheet = openpyxl.load_workbook(BytesIO(content))["K"]
    assert sheet.max_row == 251
    wait_until_gone()


def test_a_cancelled_download_leaves_no_process_and_no_file():
    closed: list[bool] = []

    def rows() -> Iterator[Row]:
        try:
            yield from many(10_000_000)
        finally:
            closed.append(True)

    async def download() -> None:
        begun = asyncio.Event()
        sheets = [Sheet("K", COLUMNS, rows())]

        async def take() -> None:
            async for _ in stream_workbook(sheets, on_progress=lambda _: begun.set()):
                raise AssertionError

        task = asyncio.create_task(take())
        await begun.wait()
        assert children()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    before = open_files()
    asyncio.run(download())
    wait_until_gone()
    until = time.monotonic() + 5
    while (not closed or open_files() != before) and time.monotonic() < until:
        time.sleep(0.02)
    assert closed == [True]
    assert open_files() == before


def test_a_reader_that_stops_half_way_leaves_no_file():
    async def download() -> None:
        async with aclosing(stream_workbook([Sheet("K", COLUMNS, many(50))])) as parts:
            assert (await anext(parts)).startswith(b"PK")

    before = open_files()
    asyncio.run(download())
    assert open_files() == before
    wait_until_gone()


def test_downloads_wait_for_each_other():
    running: list[int] = []

    def rows() -> Iterator[Row]:
        running.append(len(children()))
        yield from many(20_000)

    async def download_all() -> None:
        async def one() -> None:
            async for _ in stream_workbook([Sheet("K", COLUMNS, rows())]):
                pass

        await asyncio.gather(*(one() for _ in range(5)))

    asyncio.run(download_all())
    assert len(running) == 5
    assert max(running) <= spreadsheets_writing.AT_ONCE


def test_a_portal_that_is_killed_takes_the_writer_along():
    program = (
        "import itertools, sys\n"
        "from io import BytesIO\n"
        "from portal_app.adapters.spreadsheets import Column, Sheet\n"
        "from portal_app.adapters.spreadsheets_writing import write_workbook\n"
        "rows = ((str(n),) for n in itertools.count())\n"
        "write_workbook(BytesIO(), [Sheet('K', [Column('A')], rows)],"
        " on_progress=lambda n: n == 1000 and print('begun', flush=True))\n"
    )
    command = [sys.executable, "-c", program]
    portal = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert portal.stdout is not None
    with portal:
        assert portal.stdout.readline() == b"begun\n"
        (writer,) = psutil.Process(portal.pid).children()
        portal.kill()
    psutil.wait_procs([writer], timeout=5)
    assert not writer.is_running()


async def longest_wait() -> float:
    """How long the event loop did not answer at worst, in seconds."""
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.002)
            worst = max(worst, time.perf_counter() - before - 0.002)

    watching = asyncio.create_task(watch())
    async for _ in stream_workbook([Sheet("K", COLUMNS, many(30_000))]):
        pass
    watching.cancel()
    return worst


def test_the_loop_answers_within_50_ms_while_rows_are_written():
    rounds = [asyncio.run(longest_wait()) for _ in range(3)]
    assert median(rounds) < 0.05, rounds


def test_memory_does_not_grow_with_the_rows():
    def peak(rows: int) -> tuple[int, int]:
        """The most memory of the portal and of the writer, in bytes."""
        portal, writer = [0], [0]

        def look(_: int) -> None:
            portal.append(psutil.Process().memory_info().rss)
            writer.append(children()[0].memory_info().rss)

        write_workbook(BytesIO(), [Sheet("K", COLUMNS, many(rows))], on_progress=look)
        return max(portal), max(writer)

    few, many_more = peak(5_000), peak(50_000)
    assert many_more[0] - few[0] < 5 * 2**20
    assert many_more[1] - few[1] < 5 * 2**20
    assert many_more[1] < 60 * 2**20
