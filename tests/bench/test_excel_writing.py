"""What a process of its own costs, beside the bare writer on the same rows."""

import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROUNDS = 7
ROWS = 50_000
MOST = 1.3  # times the CPU of the bare writer
MOST_MEMORY = 40 * 2**10  # KiB that the portal may grow by

SHARED = f"""
import itertools, resource, sys
from datetime import date, datetime
from io import BytesIO

def rows():
    day, moment = date(2026, 3, 2), datetime(2026, 3, 2, 9, 5)
    for n in range({ROWS}):
        yield (f"Veldkamp {{n}}", "van den", "Noor", f"noor{{n}}@vak.example", day, "VAK",
               "Betaalcode", moment, "Vakmanschap CO", "1e Monteur", "Behaald", "Gepland",
               day if n % 3 else None, "Zwolle", n)

def report(before=0):
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(sum(use.ru_utime + use.ru_stime for use in uses) - before, uses[0].ru_maxrss)
"""
BARE = (
    SHARED
    + """
import rustpy_xlsxwriter as writer
titles = [f"C{n}" for n in range(15)]
day = writer.Format().set_num_format("dd-mm-yyyy")
moment = writer.Format().set_num_format("dd-mm-yyyy hh:mm")
writer.write_worksheets(
    [("K", (dict(zip(titles, row)) for row in rows()))], sys.argv[1],
    freeze_panes={"general": {"row": 1, "col": 0}}, autofilter={"general": True},
    bold_headers=True, column_widths={"K": [18.0] * 15},
    column_formats={"K": {"C4": day, "C7": moment, "C12": day}},
)
report()
"""
)
OURS = (
    SHARED
    + """
from pathlib import Path
from portal_app.adapters.spreadsheets import Column, ColumnKind, Sheet
from portal_app.adapters.spreadsheets_writing import write_workbook
kinds = {4: ColumnKind.DATE, 7: ColumnKind.MOMENT, 12: ColumnKind.DATE, 14: ColumnKind.NUMBER}
columns = [Column(f"C{n}", kinds.get(n, ColumnKind.TEXT)) for n in range(15)]
started = resource.getrusage(resource.RUSAGE_SELF)
grown_from = started.ru_maxrss
write_workbook(Path(sys.argv[1]), [Sheet("K", columns, rows())])
report(started.ru_utime + started.ru_stime)
print(grown_from)
"""
)


def measured(program: str, target: Path) -> list[float]:
    command = [sys.executable, "-c", program, str(target)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(word) for word in answer.stdout.split()]


@pytest.mark.bench
def test_a_workbook_costs_little_more_than_the_bare_writer(tmp_path: Path):
    rounds = [
        (measured(BARE, tmp_path / "bare.xlsx"), measured(OURS, tmp_path / "ours.xlsx"))
        for _ in range(ROUNDS)
    ]
    ratio = median(ours[0] / bare[0] for bare, ours in rounds)
    growth = max(ours[1] - ours[2] for _, ours in rounds)
    print(f"CPU {ratio:.2f} × the bare writer, portal + {growth / 2**10:.0f} MB")  # noqa: T201
    assert ratio <= MOST
    assert growth <= MOST_MEMORY
