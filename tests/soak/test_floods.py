"""Floods: people work on, what they cost comes back, and nothing personal is written down."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from portal_app.demo import larger, loading, logins
from portal_app.models import EmailChallenge, Invitation
from tests import factories
from tests.harness import figures, mailbox, server
from tests.harness.databases import MIGRATED, SqliteSource, Template
from tests.harness.mailbox import Mailbox
from tests.harness.server import Portal
from tests.soak import flooder, weighing
from tests.soak.browsing import HttpBrowser
from tests.soak.working import Worked, working

SECONDS = float(os.environ.get("SOAK_FLOOD_SECONDS", "20"))
LONGEST = 15.0  # seconds that somebody waits at most, on processors shared with the flood
SETTLES_WITHIN = 45.0  # seconds: the gate gives a slow request 30
MEMORY_MAY_GROW = 200.0  # MiB: 64 KiB for each of 1,800 sockets waits for the next ones
AGAIN_MAY_GROW = 50.0  # MiB: what 200 closed tabs showed is kept for two minutes
FILES_MAY_GROW = 50  # a pool of sixteen connections, each with its file and its log
PART = "Floods"
STARTED = "Its mails arrive at"
MANAGER = "sanne.veldhuis@vakmanschap-demo.example"


def lay_a_large_world() -> None:
    loading.load()
    larger.enlarge(3000)


LARGE_WORLD = Template("large world", MIGRATED, lay_a_large_world)


@pytest.fixture(scope="module")
def mails() -> Iterator[Mailbox]:
    with mailbox.running() as box:
        yield box


@pytest.fixture(scope="module")
def portal(
    sqlite_source: SqliteSource, mails: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """A portal with its usual limits, as an operator starts it."""
    with (
        sqlite_source.lend(LARGE_WORLD) as lent,
        server.running(
            tmp_path_factory.mktemp("flooded"),
            database_url=lent.address,
            PORTAL_SMTP_URL=mails.address,
            PORTAL_BCRYPT_COST="12",
            PORTAL_NOW="",  # the demo world is of today
        ) as made,
    ):
        worked, _ = endure(made, None, "127.0.1.250", seconds=10)
        assert not worked.troubles
        figures.write(PART, "no flood", **worked.told())
        yield made


@pytest.mark.soak
@pytest.mark.parametrize("kind", flooder.KINDS)
def test_people_work_on_while_somebody_floods(portal: Portal, mails: Mailbox, kind: str) -> None:
    number = [*flooder.KINDS].index(kind)
    before, invitations = weighing.weigh(portal), factories.all_of(Invitation)
    with weighing.watching(portal) as most:
        worked, came = endure(portal, kind, f"127.0.1.{number + 1}", seconds=SECONDS)
    after = weighing.settled(
        portal,
        lambda now: (
            now.files <= before.files + FILES_MAY_GROW
            and now.memory <= before.memory + MEMORY_MAY_GROW / 2
        ),
        seconds=SETTLES_WITHIN,
    )
    figures.write(
        PART,
        kind.replace("_", " "),
        **worked.told(),
        memory_before_MiB=round(before.memory),
        at_most=round(most.memory),
        after=round(after.memory),
        files_before=before.files,
        files_at_most=most.files,
        files_after=after.files,
        flood="; ".join(f"{number}x {what}" for what, number in came),
    )
    assert not worked.troubles, worked.troubles
    assert max(worked.sign_ins + worked.overviews) < LONGEST
    assert after.files <= before.files + FILES_MAY_GROW
    assert after.memory <= before.memory + MEMORY_MAY_GROW
    assert sum(number for _, number in came) > 20, "there was a flood"
    assert_nothing_was_won(mails, invitations)
    assert_nobody_is_in_the_log(portal)


@pytest.mark.soak
def test_sockets_that_come_again_need_no_more_memory(portal: Portal) -> None:
    before = weighing.weigh(portal)
    with weighing.watching(portal) as most:
        worked, _ = endure(portal, "many_sockets", "127.0.1.99", seconds=SECONDS)
    after = weighing.settled(
        portal,
        lambda now: now.memory <= before.memory + AGAIN_MAY_GROW / 2,
        seconds=SETTLES_WITHIN,
    )
    figures.write(
        PART,
        "many sockets again",
        **worked.told(),
        memory_before_MiB=round(before.memory),
        at_most=round(most.memory),
        after=round(after.memory),
        files_before=before.files,
        files_at_most=most.files,
        files_after=after.files,
    )
    assert not worked.troubles, worked.troubles
    assert after.memory <= before.memory + AGAIN_MAY_GROW


def endure(
    portal: Portal, kind: str | None, address: str, *, seconds: float
) -> tuple[Worked, list[tuple[str, int]]]:
    """Let somebody work while the flood comes; return what both came to."""
    with working(portal.origin, MANAGER, logins.logins()[0].password, address=address) as worked:
        if kind is None:
            came = "[]"
            time.sleep(seconds)
        else:
            flood = subprocess.run(
                [sys.executable, flooder.__file__, kind, portal.origin, str(seconds), *ask(portal)],
                capture_output=True,
                text=True,
                check=False,
                timeout=seconds + 60,
            )
            assert flood.returncode == 0, flood.stderr[-3000:]
            came = flood.stdout
    return worked, json.loads(came)


def ask(portal: Portal) -> list[str]:
    """Return the cookie of a colleague, who floods with what he may do."""
    with HttpBrowser(portal.origin, address="127.0.1.251") as browser:
        browser.open("/aanmelden")
        said = browser.post(
            "/formulieren/aanmelden", login=MANAGER, password=logins.logins()[0].password
        )
        assert said.is_taken
        return [browser.cookie]


def assert_nothing_was_won(mails: Mailbox, invitations: list[Invitation]) -> None:
    now = {one.key: (one.redeemed_at, one.opened_at) for one in factories.all_of(Invitation)}
    assert now == {one.key: (one.redeemed_at, one.opened_at) for one in invitations}
    assert not [one for one in factories.all_of(EmailChallenge) if one.verified_at]
    assert len(mails.to(flooder.VICTIM)) <= 5  # an hour, by the settings


def assert_nobody_is_in_the_log(portal: Portal) -> None:
    _, _, log = portal.said().partition(STARTED)  # before that stand the logins of the demo
    secrets = (
        flooder.CANARY,
        "127.66.",
        "127.0.1.",
        "veldhuis",
        "@",
        "7VP775",
        "Cookie",
        "portal=",
    )
    assert not [secret for secret in secrets if secret in log]
    assert "reference " not in log, "nothing unforeseen happened"
    assert len(log) < 100_000, "a flood does not fill the disk"
