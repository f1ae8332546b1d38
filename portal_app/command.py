"""The console of the portal: `portal --help`.

A mistake ends with one sentence and exit code 2.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NoReturn

from portal_app.console import demo, importing, inviting, staff
from portal_app.console.commands import Mistake, add, prepare_database
from portal_app.errors import CannotStart, Invalid

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
    except (CannotStart, Mistake) as mistake:
        print(mistake, file=sys.stderr)
        return _MISTAKE
    except Invalid as mistake:
        print("\n".join(_sentences(mistake)), file=sys.stderr)
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

    add(commands, "serve", _serve, "serve the portal; in demo mode set up first what is missing")
    add(
        commands,
        "dev",
        _develop,
        "serve the portal to developers: an edited file is in the browser at once",
    )
    add(commands, "build", _build, "build the pages, unless those of these sources are there")
    add(
        commands,
        "worker",
        _work,
        "send what waits in the outbox, in a process apart from `portal serve`",
    )
    add(commands, "migrate", _migrate, "bring the database to the newest revision")
    for console in (demo, importing, inviting, staff):
        console.add_to(commands)
    return parser


def _sentences(invalid: Invalid) -> list[str]:
    from portal_app.languages import say

    return [say(text, "en") for text in invalid.fields.values()]


def _serve(_: argparse.Namespace) -> None:
    from portal_app.hosting import building, serving

    serving.refuse_if_taken()
    _check_neighbours()
    said = _prepare_to_serve()
    if building.is_stale():
        print("Building the pages; this takes about ten seconds.", flush=True)
        building.build_if_needed()
    with _demo_neighbours():
        print(said + serving.welcome(), flush=True)
        serving.serve()


def _develop(_: argparse.Namespace) -> None:
    from portal_app.hosting import developing, serving

    serving.refuse_if_taken()
    _check_neighbours()
    said = _prepare_to_serve()
    with _demo_neighbours():
        print(said + serving.welcome(), flush=True)
        developing.develop()


def _build(_: argparse.Namespace) -> None:
    from portal_app.hosting import building

    print(
        "Built." if building.build_if_needed() else "The pages are those of these sources already."
    )


def _work(_: argparse.Namespace) -> None:
    import asyncio

    from portal_app import worker
    from portal_app.adapters import secret_keys
    from portal_app.gate import logs

    secret_keys.check()
    prepare_database()
    logs.set_up()
    asyncio.run(worker.work_until_told_to_stop())


def _migrate(_: argparse.Namespace) -> None:
    from portal_app import database, migrations

    database.check()
    migrations.upgrade()


def _check_neighbours() -> None:
    from portal_app import database, worker
    from portal_app.adapters import secret_keys, shared_memory

    database.make_data_folder()
    worker.check_settings()
    secret_keys.check()
    shared_memory.check()


def _prepare_to_serve() -> str:
    """Set up what is missing, and return what the demo has to say; in production nothing."""
    from portal_app import database
    from portal_app.settings import settings

    prepare_database()
    said = _prepare_demo() if settings.is_demo else ""
    # The workers are forked from here, and a connection must not be shared between processes.
    database.engine().dispose()
    return said


def _demo_neighbours() -> AbstractContextManager[None]:
    """Have what demo mode plays beside the portal, as long as it serves."""
    from portal_app.settings import settings

    if not settings.is_demo:
        return nullcontext()
    from portal_app.demo import broker

    return broker.running()


def _prepare_demo() -> str:
    """Load the demo world where nothing is yet; say what is there, but nothing of other worlds."""
    from portal_app.demo import logins, standing

    if standing.is_there():
        done = standing.described(loaded_now=False)
    elif standing.has_place():
        from portal_app.demo import loading  # reads spreadsheets: not for every start

        done = standing.described(loaded_now=loading.load())
    else:
        return ""
    return f"{done}\n{logins.listed()}\n"


if __name__ == "__main__":
    sys.exit(main())
