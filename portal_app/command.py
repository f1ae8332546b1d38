"""The console of the portal: `portal --help`.

A mistake ends with one sentence and exit code 2.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from portal_app.errors import CannotStart

_MISTAKE = 2

# What a command needs is imported when it runs: `portal --help` needs no settings, and a wrong
# setting is said in one sentence.


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, without the usage above it."""

    def error(self, message: str) -> NoReturn:
        self.exit(_MISTAKE, f"{message[:1].upper()}{message[1:]}; `{self.prog} --help` explains.\n")


def main(words: Sequence[str] | None = None) -> int:
    """Carry out the command that was typed and return the exit code."""
    chosen = _parser().parse_args(words)
    try:
        chosen.carry_out(chosen)
    except CannotStart as mistake:
        print(mistake, file=sys.stderr)
        return _MISTAKE
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="portal",
        description="Run the portal. Settings come from PORTAL_… variables and `.env`.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(
        name: str, carry_out: Callable[[argparse.Namespace], None], purpose: str
    ) -> argparse.ArgumentParser:
        command = commands.add_parser(
            name, help=purpose, description=f"{purpose[:1].upper()}{purpose[1:]}."
        )
        command.set_defaults(carry_out=carry_out)
        return command

    add("serve", _serve, "serve the portal; in demo mode set up first what is missing")
    add("dev", _develop, "serve the portal to developers: an edited file is in the browser at once")
    add("build", _build, "build the pages, unless those of these sources are there")
    add("worker", _work, "send what waits in the outbox, in a process apart from `portal serve`")
    add("migrate", _migrate, "bring the database to the newest revision")
    return parser


def _serve(_: argparse.Namespace) -> None:
    from portal_app.hosting import building, serving

    serving.refuse_if_taken()
    _check_mail()
    _prepare_database()
    if building.is_stale():
        print("Building the pages; this takes about ten seconds.", flush=True)
        building.build_if_needed()
    print(serving.welcome(), flush=True)
    serving.serve()


def _develop(_: argparse.Namespace) -> None:
    from portal_app.hosting import developing, serving

    serving.refuse_if_taken()
    _check_mail()
    _prepare_database()
    print(serving.welcome(), flush=True)
    developing.develop()


def _build(_: argparse.Namespace) -> None:
    from portal_app.hosting import building

    print(
        "Built." if building.build_if_needed() else "The pages are those of these sources already."
    )


def _work(_: argparse.Namespace) -> None:
    import asyncio

    from portal_app import database, worker
    from portal_app.gate import logs

    database.check()
    logs.set_up()
    asyncio.run(worker.work_until_told_to_stop())


def _migrate(_: argparse.Namespace) -> None:
    from portal_app import database, migrations

    database.check()
    migrations.upgrade()


def _check_mail() -> None:
    from portal_app import worker

    worker.check_settings()


def _prepare_database() -> None:
    """Set the database up in demo mode; in production that is `portal migrate`."""
    from portal_app import database, migrations
    from portal_app.settings import settings

    database.check()
    if settings.is_demo:
        migrations.upgrade()
    # The workers are forked from here, and a connection must not be shared between processes.
    database.engine().dispose()


if __name__ == "__main__":
    sys.exit(main())
