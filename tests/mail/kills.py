"""Kills those who cause and send mails, at random points, and counts what became of the mails."""

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from threading import Lock

from aiosmtpd.controller import Controller
from sqlalchemy import update
from sqlmodel import Session, col, func, select

from portal_app import database
from portal_app.models import AuditEvent, MailState, OutboxMail
from portal_app.tenant_net import EVERYWHERE
from tests.harness.databases import Database
from tests.harness.processes import clean_environment, free_port

VICTIM = Path(__file__).parent / "victim.py"
ACTION = "test.caused"
_TO = re.compile(r"n(\d+)@")
_MESSAGE_ID = re.compile(rb"Message-ID: (\S+)")


@dataclass
class Tally:
    """What became of the causes and their mails."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: set[int] = field(default_factory=set)
    caused: set[int] = field(default_factory=set)  # rows in the database
    received: dict[int, Counter[str]] = field(default_factory=dict)  # cause: Message-IDs
    still_waiting: int = 0
    with_secrets: int = 0

    @property
    def doubles(self) -> int:
        """How often a mail arrived once more."""
        return sum(sum(ids.values()) - 1 for ids in self.received.values())

    def __str__(self) -> str:
        return (
            f"{self.kills['cause']} kills of who causes, {self.kills['send']} of who sends; "
            f"{len(self.acknowledged)} acknowledged, {len(self.caused)} causes, "
            f"{len(self.received)} mails, {self.doubles} doubles"
        )


class Receiver:
    """Takes every mail, sometimes thinking for a moment before or after it has it."""

    def __init__(self, chance: random.Random) -> None:
        self.received: dict[int, Counter[str]] = {}
        self.moment = ""
        self._chance = chance
        self._lock = Lock()

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802  # aiosmtpd calls it
        """Count a mail."""
        await self._be("before it is taken")
        found = _MESSAGE_ID.search(envelope.content)
        assert found
        for to in envelope.rcpt_tos:
            cause = int(_TO.match(to)[1])
            with self._lock:
                self.received.setdefault(cause, Counter())[found[1].decode()] += 1
        await self._be("before it is answered")
        self.moment = "between mails"
        return "250 OK"

    async def _be(self, moment: str) -> None:
        self.moment = moment
        await asyncio.sleep(0.005 + self._chance.random() * 0.01)


def suffer(on: Database, folder: Path, *, kills: int, seed: int) -> Tally:
    """Cause and send mails through so many kills, then let what is left be sent."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311  # to be the same again
    receiver = Receiver(chance)
    controller = Controller(receiver, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings = {
        "PORTAL_DATABASE_URL": on.address,
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_SMTP_URL": f"smtp://127.0.0.1:{controller.port}?tls=none",
        "PORTAL_MAIL_POLL_SECONDS": "0.05",
    }
    said = folder / "acknowledged"
    try:
        with _victims(settings, said) as start:
            scene = _Scene(receiver, said, chance)
            _kill_again_and_again(kills, scene, tally, start)
            _wait_until_sent(seconds=60)
    finally:
        controller.stop()
    tally.acknowledged = {int(line) for line in said.read_text().splitlines()}
    tally.received = receiver.received
    with _database() as session:
        rows = session.exec(select(AuditEvent.about_id).where(AuditEvent.action == ACTION))
        tally.caused = {number for number in rows if number is not None}
        tally.still_waiting = _count_waiting(session)
        sealed = select(func.count()).where(col(OutboxMail.secrets).is_not(None))
        tally.with_secrets = session.exec(sealed).one()
    return tally


def judge(tally: Tally) -> None:
    """Fail when a promise about mails was broken."""
    assert tally.acknowledged, "something was acknowledged"
    assert tally.acknowledged <= tally.caused, "what was acknowledged is there"
    assert tally.caused <= tally.received.keys(), "every cause has its mail"
    assert tally.received.keys() <= tally.caused, "no mail without its cause"
    assert all(len(ids) == 1 for ids in tally.received.values()), "one Message-ID per mail"
    assert tally.doubles <= tally.kills["send"], "at most the mail under way is doubled by a kill"
    assert not tally.still_waiting
    assert not tally.with_secrets, "nothing secret is left"


def _kill_again_and_again(
    kills: int, scene: "_Scene", tally: Tally, start: Callable[[str], int]
) -> None:
    """Kill one of the two at a time; who sends is alive at the end, who causes is not."""
    alive = {what: start(what) for what in ("cause", "send")}
    for number in range(kills):
        what = "send" if number % 2 else "cause"
        scene.wait_for_the_moment_to_kill(what)
        _kill(alive[what])
        tally.kills[what] += 1
        if what == "send":
            _let_leases_run_out()
        alive[what] = start(what)
    scene.wait_until_at_work("cause")
    _kill(alive["cause"])


@dataclass
class _Scene:
    """Where the kills happen: at the tricky moments in turn, and at random ones."""

    receiver: Receiver
    said: Path
    chance: random.Random

    def __post_init__(self) -> None:
        self._moments = cycle(("before it is taken", "before it is answered", "any"))

    def wait_for_the_moment_to_kill(self, what: str) -> None:
        self.wait_until_at_work(what)
        moment = next(self._moments) if what == "send" else "any"
        if moment == "any":
            time.sleep(self.chance.random() * 0.3)
        else:
            _until(lambda: self.receiver.moment == moment)

    def wait_until_at_work(self, what: str) -> None:
        """Wait until a process that has just started gets something done."""
        before = self._done(what)
        _until(lambda: self._done(what) != before)

    def _done(self, what: str) -> int:
        if what == "send":
            return len(self.receiver.received)
        return self.said.stat().st_size if self.said.exists() else 0


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline, "nothing happens"
        time.sleep(0.001)


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    with suppress(ProcessLookupError):
        while True:
            os.kill(process, 0)
            time.sleep(0.002)


@contextmanager
def _victims(settings: dict[str, str], said: Path) -> Generator[Callable[[str], int]]:
    """Give a function that starts who causes, or who sends; end all when that is over."""
    complaints = said.with_suffix(".stderr")
    with complaints.open("wb") as errors:
        nursery = subprocess.Popen(
            [sys.executable, str(VICTIM), ACTION, str(said)],
            env=clean_environment(PYTHONPATH=str(VICTIM.parents[2]), **settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    started: list[int] = []

    def start(what: str) -> int:
        assert nursery.stdin
        assert nursery.stdout
        nursery.stdin.write(f"{what}\n")
        nursery.stdin.flush()
        started.append(int(nursery.stdout.readline()))
        return started[-1]

    try:
        yield start
    finally:
        for process in started:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        nursery.communicate(timeout=20)
    assert "Traceback" not in complaints.read_text(), complaints.read_text()


def _let_leases_run_out() -> None:
    """Let the five minutes pass after which a dead worker's mails are taken by another."""
    with _database() as session:
        session.exec(
            update(OutboxMail)
            .where(col(OutboxMail.state) == MailState.WAITING)
            .values(leased_until=None, next_try_at=OutboxMail.created_at)
        )
        session.commit()


def _wait_until_sent(*, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with _database() as session:
            if not _count_waiting(session):
                return
        time.sleep(0.1)


def _count_waiting(session: Session) -> int:
    waiting = col(OutboxMail.state) == MailState.WAITING
    return session.exec(select(func.count()).where(waiting)).one()


@contextmanager
def _database() -> Generator[Session]:
    with Session(database.engine()) as session:
        session.info["scope"] = EVERYWHERE
        yield session
