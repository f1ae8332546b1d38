"""`portal demo`: the demo world and who can sign in to it."""

import json
from argparse import ArgumentTypeError, Namespace

from portal_app.console.commands import Commands, add, prepare_database

MOST = 50_000


def add_to(commands: Commands) -> None:
    """Add the command."""
    command = add(
        commands,
        "demo",
        show,
        "load the demo world, unless that was done before, and print its logins",
    )
    command.add_argument(
        "--candidates",
        metavar="N",
        type=_number,
        default=0,
        help=f"let the largest organisation follow N more, generated candidates (up to {MOST})",
    )
    command.add_argument("--json", action="store_true", help="print the logins as JSON only")


def show(chosen: Namespace) -> None:
    """Load what is missing, and print what was done and who can sign in."""
    from portal_app.demo import larger, loading, logins, standing

    prepare_database()
    loaded = loading.load()
    added = larger.enlarge(chosen.candidates)
    if chosen.json:
        print(json.dumps(logins.as_objects(), ensure_ascii=False, indent=2))
        return
    print(standing.described(loaded_now=loaded))
    if chosen.candidates:
        print(f"{added} generated candidates were added.")
    print(logins.listed())


def _number(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or int(typed) > MOST:
        raise ArgumentTypeError(f"give a number from 0 to {MOST}")
    return int(typed)
