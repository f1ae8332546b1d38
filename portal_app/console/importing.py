"""`portal import candidates FILE`: bring candidates in from a spreadsheet."""

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from portal_app.console.commands import LOCALES, Commands, Mistake, add, group, prepare_database

if TYPE_CHECKING:
    from portal_app.reading_candidate_cells import Mistake as MistakeInFile


def add_to(commands: Commands) -> None:
    """Add the command."""
    imports = group(commands, "import", "bring in what stands in a file")
    command = add(
        imports,
        "candidates",
        import_candidates,
        "import candidates from an .xlsx or .csv file: all of them, or none when anything is wrong",
    )
    command.add_argument("file", metavar="FILE", type=Path)
    command.add_argument(
        "--dry-run", action="store_true", help="say what would happen, and change nothing"
    )
    command.add_argument(
        "--locale", choices=LOCALES, default="en", help="the language of the report"
    )


def import_candidates(chosen: Namespace) -> None:
    """Import the file and say what was done.

    Raises:
        Mistake: the file has mistakes; it lists them, each with its row and column.
    """
    from portal_app.languages import say
    from portal_app.services.candidate_import import import_file
    from portal_app.unit_of_work import Operator

    if not chosen.file.is_file():
        raise Mistake(f"There is no file {chosen.file}.")
    prepare_database()
    report = import_file(Operator(), chosen.file, dry_run=chosen.dry_run)
    if report.mistakes:
        raise Mistake(_told(report.mistakes, chosen.locale))
    key = "candidate_import.tried" if chosen.dry_run else "candidate_import.done"
    print(
        say(
            key,
            chosen.locale,
            new=report.new,
            updated=report.updated,
            unchanged=report.unchanged,
        )
    )


def _told(mistakes: "Sequence[MistakeInFile]", locale: str) -> str:
    from portal_app.languages import say, say_many

    lines = [
        say(
            "candidate_import.in_column" if one.row is None else "candidate_import.in_row",
            locale,
            row=one.row or 0,
            column=one.column,
            mistake=one.text,
        )
        for one in mistakes
    ]
    return "\n".join([*lines, say_many("candidate_import.refused", len(mistakes), locale)])
