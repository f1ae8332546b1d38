"""What the portal leans on goes away and comes back: it says so, and recovers by itself."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus

import httpx
import pytest

from portal_app.languages import LOCALES, say
from tests.harness import cast as the_cast
from tests.harness import figures, mailbox, postgres, server, sockets, valkey
from tests.harness.cast import CAST, Cast
from tests.harness.databases import PostgresSource
from tests.harness.mailbox import Mailbox
from tests.harness.postgres import PostgresServer
from tests.harness.server import Portal
from tests.harness.sockets import Tab
from tests.harness.valkey import ValkeyServer
from tests.soak.judging import judge
from tests.soak.registering import Crowd, Ledger
from tests.soak.test_registration_kills import KNOBS

RESTARTS = int(os.environ.get("SOAK_RESTARTS", "6"))
AWAY = 1.5  # seconds
BACK_WITHIN = 20.0  # seconds after what was away answers again
PART = "Restarts under load"


@dataclass
class Stage:
    """A portal of two workers, and the two servers that it leans on."""

    portal: Portal
    database: PostgresServer
    memory: ValkeyServer
    mails: Mailbox
    cast: Cast


@pytest.fixture
def stage(tmp_path) -> Iterator[Stage]:
    with (
        postgres.running(keeps_its_word=True) as database,
        valkey.running() as memory,
        mailbox.running() as mails,
        PostgresSource(database).lend(CAST) as lent,
        server.running(
            tmp_path,
            database_url=lent.address,
            redis_url=memory.address(),
            PORTAL_SMTP_URL=mails.address,
            **KNOBS,
        ) as portal,
    ):
        yield Stage(portal, database, memory, mails, the_cast.present())
        lent.engine.dispose()


@pytest.mark.soak
@pytest.mark.parametrize("what", ["database", "memory"])
def test_the_portal_recovers_from_a_restart_by_itself(stage: Stage, what: str) -> None:
    away: PostgresServer | ValkeyServer = getattr(stage, what)
    session = sockets.cookie_of(stage.cast.alice)
    answers: Counter[str] = Counter()
    recovered: list[float] = []
    process = stage.portal.process
    with registering(stage) as ledger:
        for number in range(RESTARTS):
            wait_for_progress(ledger)
            away.stop(signal.SIGQUIT if number % 2 and what == "database" else signal.SIGINT)
            until = time.monotonic() + AWAY
            while time.monotonic() < until:
                answers[look(stage.portal, session)] += 1
            away.start()
            recovered.append(seconds_until(lambda: works(stage.portal, session)))
            wait_for_progress(ledger)
    assert not ledger.troubles, "\n".join(["", *ledger.troubles[:10]])
    received = judge(ledger.people, stage.mails, stage.portal)
    figures.write(
        PART,
        {"database": "PostgreSQL", "memory": "Valkey"}[what],
        restarts=RESTARTS,
        acknowledged=ledger.acknowledged(),
        people=len(ledger.people),
        mails=len(received),
        sent_twice=sum(received.values()) - len(received),
        failed_requests=len(ledger.failures),
        pages_meanwhile="; ".join(f"{n}x {said}" for said, n in answers.items()),
        longest_to_recover_seconds=max(recovered),
    )
    odd = [one for one in ledger.failures if not says_so(one)]
    assert not odd, odd[:5]
    assert answers.keys() <= {"200", "a sentence with a reference"}, answers
    if what == "database":
        assert answers["a sentence with a reference"], "it was away"
    assert max(recovered) < BACK_WITHIN
    assert stage.portal.process is process
    assert process
    assert process.poll() is None, "nobody started the portal again"


@contextmanager
def registering(stage: Stage) -> Iterator[Ledger]:
    """Let people register meanwhile; whoever has begun finishes."""
    staff = sockets.cookie_of(stage.cast.sam)
    crowd = Crowd(stage.portal.origin, stage.mails, staff, at_a_time=3)
    try:
        yield crowd.ledger
    finally:
        crowd.finish()


def wait_for_progress(ledger: Ledger) -> None:
    before = ledger.progress
    seconds_until(lambda: ledger.progress > before + 5)


def seconds_until(is_so: Callable[[], bool]) -> float:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() < began + 90, "it does not recover"
        time.sleep(0.05)
    return time.monotonic() - began


def look(portal: Portal, session: str) -> str:
    """Open the home page as somebody who is signed in; say what came."""
    headers = {"Cookie": session, "Accept": "text/html", "Accept-Language": "en"}
    answer = httpx.get(f"{portal.origin}/", headers=headers, timeout=20)
    is_failure = answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR and says_so(answer.text)
    return "a sentence with a reference" if is_failure else str(answer.status_code)


def says_so(answer: str) -> bool:
    """Tell whether an answer, to a form or as a page, is the sentence with its reference."""
    sentences = (say("errors.failed_reference", locale, reference="") for locale in LOCALES)
    return "errors.failed_reference" in answer or any(
        sentence.partition(".")[0] in answer for sentence in sentences
    )


def works(portal: Portal, session: str) -> bool:
    """Tell whether pages, tabs and health are as they were, for the same session."""
    if httpx.get(f"{portal.origin}/health", timeout=20).status_code != 200:
        return False
    if look(portal, session) != "200":
        return False
    with suppress(OSError), Tab(portal.origin, cookie=session) as tab:
        tab.knock()
        return bool(tab.collect_until("Alice", longest=10))
    return False
