"""Makes processes that cause mails, or send them, until killed: `python victim.py ACTION FILE`.

For each line `cause` or `send` on stdin it forks one, which is ready at once, and answers
with its number. A cause is a row of the audit trail, written in the transaction that posts
its mail; every fourth one fails after posting; what was acknowledged is a line of FILE.
A program by itself: the package `tests` would replace its settings.
"""

import asyncio
import os
import signal
import sys
import time
from itertools import count

from portal_app import worker
from portal_app.needs import Anyone
from portal_app.services import outbox
from portal_app.unit_of_work import Job, Work, run, use_case


class CauseFailed(Exception):
    """The cause changed its mind after posting its mail."""


@use_case(Anyone, writes=True)
def cause(work: Work, *, number: int, action: str) -> None:
    work.note(action, about=("test", number))
    outbox.post(
        work,
        to=f"n{number}@voorbeeld.example",
        template="verification_code",
        locale="nl",
        values={"purpose": "register", "minutes": 15},
        secrets={"code": "482915"},
        about=("test", number),
        cause=f"test:{number}",
    )
    if number % 4 == 0:
        raise CauseFailed


def cause_without_end(action: str, file: str) -> None:
    acknowledged = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number in count(int(time.time() * 1000) % 1_000_000_000):
        try:
            run(cause, Job("test"), number=number, action=action)
        except CauseFailed:
            continue
        os.write(acknowledged, f"{number}\n".encode())  # a kill cannot take it back
        time.sleep(0.02)


def main(action: str, file: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried at once
    for line in sys.stdin:
        child = os.fork()
        if child:
            print(child, flush=True)  # noqa: T201  # the answer
        elif line.strip() == "cause":
            cause_without_end(action, file)
        else:
            asyncio.run(worker.work_until_told_to_stop())
            os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
