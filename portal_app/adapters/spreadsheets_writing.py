"""Writing .xlsx files of any size: flat memory, in a process of its own.

The writer is fast because it never lets go of the interpreter: in a thread it would stop
every other reader for a quarter of a second at a time. So it works in a process, which gets
its rows in batches through a pipe and fills a file without a name. Nothing of that outlives
us: a pipe that breaks ends the process, and the system forgets the file.
"""

import asyncio
import io
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any, BinaryIO

from portal_app.adapters.spreadsheets import Cell, Row, Sheet, tidy_names, tidy_titles
from portal_app.clock import BRUSSELS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 2  # workbooks written at the same time; who comes later waits

_PROGRAM = Path(__file__).with_name("workbook_process.py")
_BATCH = 200  # rows; few enough to hold the interpreter for a few milliseconds only
_CHUNK = 256 * 1024  # bytes
_BREATH = 0.0005  # seconds between two batches
_FIRST_YEAR = 1900  # Excel knows no earlier dates
_LONGEST_TEXT = 32_767  # nor longer texts in a cell

Progress = Callable[[int], object]

_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="workbook")


class WorkbookFailed(RuntimeError):
    """The process that writes the workbook gave up; the message names the kind of error."""


def write_workbook(
    target: Path | BinaryIO, sheets: Sequence[Sheet], *, on_progress: Progress | None = None
) -> None:
    """Write an .xlsx file; `on_progress` hears how many rows went into it.

    Raises:
        WorkbookFailed: it could not be written, for example because a sheet has more rows
            than Excel can show. `target` is then left as it was.
    """
    writing = _Writing()
    with writing.file:
        writing.run(sheets, on_progress)
        with target.open("wb") if isinstance(target, Path) else nullcontext(target) as out:
            shutil.copyfileobj(writing.file, out, _CHUNK)


async def stream_workbook(
    sheets: Sequence[Sheet], *, on_progress: Progress | None = None
) -> AsyncGenerator[bytes]:
    """Give the bytes of an .xlsx file; the first come when its last row is in.

    The rows are taken in one thread from the first to the last, never in the event loop;
    `on_progress` is called in the loop. Close the iterator (`contextlib.aclosing`) or cancel
    the task, and the process and its file are gone.

    Raises:
        WorkbookFailed: before the first byte, so that an answer can still say so.
    """
    loop = asyncio.get_running_loop()
    writing = _Writing()

    def report(rows: int) -> None:
        if on_progress:
            loop.call_soon_threadsafe(on_progress, rows)
        # A thread that writes to a pipe all the time takes the interpreter back before the
        # loop wakes up: without this the loop waited for up to a third of a second.
        time.sleep(_BREATH)

    job = _threads.submit(writing.run, sheets, report)
    try:
        await asyncio.wrap_future(job)
        while chunk := await asyncio.to_thread(writing.file.read, _CHUNK):
            yield chunk
    finally:
        writing.cancel()
        job.add_done_callback(lambda _: writing.file.close())


class _Writing:
    """One workbook on its way: the process that makes it, and the file that it fills."""

    def __init__(self) -> None:
        self.file: BinaryIO = TemporaryFile()  # noqa: SIM115  # closed by whoever reads it
        self._process: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False
        self._starting = Lock()

    def run(self, sheets: Sequence[Sheet], on_progress: Progress | None) -> None:
        """Hand over every row and wait for the file; blocks."""
        with self._start() as process:
            try:
                _hand_over(process.stdin, sheets, on_progress or (lambda _: None))
            except BrokenPipeError:
                process.wait()  # it gave up; it says why below
            except BaseException:
                process.kill()
                raise
            _, last_words = process.communicate()
        if process.returncode != 0:
            raise WorkbookFailed(last_words.decode("ascii", "replace").strip() or "killed")

    def cancel(self) -> None:
        """End the process, from any thread and at any time."""
        with self._starting:
            self._is_cancelled = True
            if self._process:
                self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._is_cancelled:
                raise WorkbookFailed("cancelled")
            # -P: the folder of the program holds modules of ours that it must not find
            self._process = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-P", str(_PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=self.file,
                stderr=subprocess.PIPE,
            )
            return self._process


def _hand_over(pipe: IO[bytes] | None, sheets: Sequence[Sheet], on_progress: Progress) -> None:
    assert pipe is not None  # noqa: S101  # it was asked for
    names = tidy_names(sheet.name for sheet in sheets)
    described = [_described(name, sheet) for name, sheet in zip(names, sheets, strict=True)]
    pipe.write(_packed(described))
    written = 0
    for sheet in sheets:
        with closing(_batches(sheet.rows)) as batches:
            for batch in batches:
                pipe.write(_packed_rows(batch))
                written += len(batch)
                on_progress(written)
        pipe.write(_packed(None))
    pipe.flush()


def _described(name: str, sheet: Sheet) -> tuple[str, list[str], list[str], list[float]]:
    return (
        name,
        list(tidy_titles(column.title for column in sheet.columns)),
        [column.kind.value for column in sheet.columns],
        [column.width for column in sheet.columns],
    )


def _batches(rows: Iterable[Row]) -> Generator[list[Row]]:
    """Take rows by the handful; closing this closes the rows in the thread that read them."""
    iterator = iter(rows)
    try:
        while batch := list(islice(iterator, _BATCH)):
            yield batch
    finally:
        if isinstance(iterator, Generator):
            iterator.close()


def _packed_rows(rows: list[Row]) -> memoryview:
    packed = _packed(rows)
    if len(packed) > _LONGEST_TEXT:  # only then can one of its texts be too long
        packed = _packed([tuple(map(_cut, row)) for row in rows])
    return packed


def _cut(value: Cell) -> Cell:
    return value[:_LONGEST_TEXT] if isinstance(value, str) else value


def _packed(message: object) -> memoryview:
    buffer = io.BytesIO()
    _PlainPickler(buffer, pickle.HIGHEST_PROTOCOL).dump(message)
    return buffer.getbuffer()


class _PlainPickler(pickle.Pickler):
    """Sends values that mean the same without the portal, and that Excel can show."""

    def reducer_override(self, value: object, /) -> Any:  # noqa: ANN401  # as pickle has it
        """Make an enumeration plain text, and put a moment in local time."""
        match value:
            case str():
                return str, (str.__str__(value),)
            case datetime() if value.tzinfo:
                return self.reducer_override(value.astimezone(BRUSSELS).replace(tzinfo=None))
            case date() if value.year < _FIRST_YEAR:
                return str, (f"{value:%d-%m-%Y}",)
            case datetime() | date():
                return value.__reduce_ex__(pickle.HIGHEST_PROTOCOL)
            case _:
                return NotImplemented
