"""What every command of the console shares."""

import argparse
from collections.abc import Callable
from typing import Protocol

LOCALES = ("nl", "fr", "en", "de")


class Mistake(Exception):
    """What was asked cannot be done; the message says what to change."""


class Commands(Protocol):
    """The commands to which another is added (of argparse, which gives them no public name)."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:  # noqa: A002  # its word
        """Add a command."""
        ...


def add(
    commands: Commands, name: str, carry_out: Callable[[argparse.Namespace], None], purpose: str
) -> argparse.ArgumentParser:
    """Add a command and return its parser, for its arguments."""
    sentence = f"{purpose[:1].upper()}{purpose[1:]}."
    parser = commands.add_parser(name, help=purpose, description=sentence)
    parser.set_defaults(carry_out=carry_out)
    return parser


def group(commands: Commands, name: str, purpose: str) -> Commands:
    """Add a word that only starts commands, such as `staff` of `staff add`."""
    sentence = f"{purpose[:1].upper()}{purpose[1:]}."
    parser = commands.add_parser(name, help=purpose, description=sentence)
    return parser.add_subparsers(title="commands", metavar="COMMAND", required=True)


def prepare_database() -> None:
    """Bring the database to this version in demo mode; elsewhere an operator does that.

    Raises:
        CannotStart: it does not answer, or `portal migrate` was not run.
    """
    from portal_app import database, revision
    from portal_app.errors import CannotStart
    from portal_app.settings import settings

    database.check()
    if revision.is_current():
        return
    if not settings.is_demo:
        raise CannotStart("The database is not of this version: run `portal migrate` first.")
    from portal_app import migrations

    migrations.upgrade()
