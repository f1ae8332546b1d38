"""Figures for docs/soak.md: kept in files beside the run that measured them, and shown at its end.

A part of the soak is one table; each `write` adds a row to it.
"""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

_FOLDER = Path(__file__).parents[2] / ".soak"
_tables: dict[str, dict[str, dict[str, str]]] = {}

Figure = float | str


def write(part: str, row: str, **numbers: Figure) -> None:
    """Write down what `row` of a part came to, with the machine and the day."""
    _FOLDER.mkdir(exist_ok=True)
    made = {
        "part": part,
        "row": row,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        **numbers,
    }
    name = "".join(letter if letter.isalnum() else "-" for letter in f"{part} {row}")
    (_FOLDER / f"{name}.json").write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    told = {key.replace("_", " "): _shown(number) for key, number in numbers.items()}
    _tables.setdefault(part, {})[row] = told


def tables() -> str:
    """Return everything written in this run as tables of Markdown, one for each part."""
    return "\n\n".join(f"{part}\n\n{_table(rows)}" for part, rows in _tables.items())


def _table(rows: dict[str, dict[str, str]]) -> str:
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    lines = [["", *columns], ["---"] * (len(columns) + 1)]
    lines += [[name, *(row.get(column, "") for column in columns)] for name, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(number: Figure) -> str:
    return f"{number:.3g}" if isinstance(number, float) and number < 1000 else str(number)
