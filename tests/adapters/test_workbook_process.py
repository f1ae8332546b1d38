"""The process that writes a workbook: it ends with the download, and the portal with it at ease."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from statistics import median

import openpyxl
import psutil
import pytest

from portal_app.adapters import spreadsheets_writing
from portal_app.adapters.spreadsheets import Column, ColumnKind, Row, Sheet
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


def many(count: int) -> Iterator[Row]:
    for number in range(count):
        yield (f"Naam {number}", date(2026, 3, 2), datetime(2026, 3, 2, 9, tzinfo=UTC), number)


others: list[psutil.Process] = []


@pytest.fixture(autouse=True)
def _others() -> None:
    """Tell the servers of other tests, which go on, from what a test here starts."""
    others[:] = psutil.Process().children()


def children() -> list[psutil.Process]:
    """Every process that was started since the test began."""
    return [one for one in psutil.Process().children() if one not in others]


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
