"""The process that turns rows into an .xlsx file; `spreadsheets_writing` starts it.

It reads pickles from its standard input: first the sheets, then batches of rows, and None
at the end of each sheet. It writes the file into its standard output, which must be a real
file. When the input ends early, whoever wanted the file is gone, and so it stops.

It is run by its path and imports nothing of the portal, so that it starts at once and holds
no secret: the writer is the only library in it.
"""

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

import rustpy_xlsxwriter

FORMATS = {"date": "dd-mm-yyyy", "moment": "dd-mm-yyyy hh:mm"}
OUTPUT = "/dev/fd/1"  # a path, because the writer keeps the whole file in memory otherwise

Described = tuple[str, list[str], list[str], list[float]]  # name, titles, kinds, widths


class RowsReader(pickle.Unpickler):
    """Reads what the portal hands over: plain values and dates, nothing that runs."""

    def find_class(self, module_name: str, global_name: str) -> type:
        """Give the classes that may come, and refuse every other."""
        known = {
            ("builtins", "str"): str,
            ("datetime", "date"): date,
            ("datetime", "datetime"): datetime,
        }
        if (module_name, global_name) not in known:
            raise pickle.UnpicklingError(global_name)
        return known[module_name, global_name]


def main() -> None:
    """Write one workbook."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches us through the portal
    os.nice(5)  # people who click go before people who download
    try:
        write(sys.stdin.buffer)
    except Exception as wrong:  # noqa: BLE001  # its message may hold somebody's data
        sys.exit(type(wrong).__name__)


def write(source: BinaryIO) -> None:
    """Write the sheets that `source` describes."""
    sheets: list[Described] = RowsReader(source).load()
    rustpy_xlsxwriter.write_worksheets(  # pyright: ignore[reportUnknownMemberType]  # its stub has a bare PathLike
        [(name, records(source, titles)) for name, titles, _, _ in sheets],
        OUTPUT,
        freeze_panes={"general": {"row": 1, "col": 0}},
        autofilter={"general": True},
        bold_headers=True,
        column_formats={name: formats(titles, kinds) for name, titles, kinds, _ in sheets},
        column_widths={name: widths for name, _, _, widths in sheets},
    )


def formats(titles: list[str], kinds: list[str]) -> dict[str, rustpy_xlsxwriter.Format]:
    """Make the formats of the columns that are shown as a date."""
    return {
        title: rustpy_xlsxwriter.Format().set_num_format(FORMATS[kind])
        for title, kind in zip(titles, kinds, strict=True)
        if kind in FORMATS
    }


def records(source: BinaryIO, titles: list[str]) -> Iterator[dict[str, Any]]:
    """Read the rows of one sheet; without any, one empty row, which the header needs."""
    empty = True
    while (batch := RowsReader(source).load()) is not None:
        for row in batch:
            empty = False
            yield dict(zip(titles, row, strict=True))
    if empty:
        yield dict.fromkeys(titles)


if __name__ == "__main__":
    main()
