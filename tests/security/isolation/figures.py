"""Figures for docs/soak.md, written beside the run that measured them."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

_FOLDER = Path(__file__).parents[3] / ".soak"


def write(what: str, **numbers: float | str) -> None:
    """Write down what a run came to, with the machine and the day."""
    _FOLDER.mkdir(exist_ok=True)
    made = {
        "what": what,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        **numbers,
    }
    name = "".join(letter if letter.isalnum() else "-" for letter in what)
    (_FOLDER / f"{name}.json").write_text(json.dumps(made, indent=2) + "\n", "utf-8")
    print(", ".join(f"{key}: {value}" for key, value in made.items()))  # noqa: T201
