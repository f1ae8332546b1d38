"""A hundred kills of the portal while people register and mail goes out: nothing told is undone."""

import os
import random
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field

import psutil
import pytest

from tests.harness import figures, mailbox, server
from tests.harness.server import Portal
from tests.harness.sockets import cookie_of
from tests.security.isolation.portal_there import UNHURRIED
from tests.soak.judging import judge, let_leases_of_the_dead_run_out
from tests.soak.registering import Crowd, Ledger

KILLS = int(os.environ.get("SOAK_REGISTRATION_KILLS", "100"))
SEED = int(os.environ.get("SOAK_SEED", "2026"))
AT_A_TIME = 4
KNOBS = {
    **UNHURRIED,
    "PORTAL_VERIFICATION_RESEND_SECONDS": "1",
    "PORTAL_VERIFICATION_SENDS_PER_HOUR": "60",
    "PORTAL_MAIL_POLL_SECONDS": "0.2",
    # One member of staff invites everybody, more in five minutes than anybody does by hand.
    "PORTAL_LIMITS": '{"form": {"attempts": 10000, "attempts_per_address": 100000}}',
}


@dataclass
class Toll:
    """What the kills did."""

    of_everything: int = 0
    of_one_worker: int = 0
    seconds_away: list[float] = field(default_factory=list)


@pytest.mark.soak
@pytest.mark.both_databases
@pytest.mark.covers("M-16")
def test_no_kill_undoes_what_a_registration_was_told(database, cast, tmp_path, request) -> None:
    redis = request.getfixturevalue("redis_url") if database.kind == "postgresql" else ""
    chance, toll, began = random.Random(SEED), Toll(), time.monotonic()  # noqa: S311  # repeatable
    with (
        mailbox.running() as mails,
        server.running(
            tmp_path,
            database_url=database.address,
            redis_url=redis,
            PORTAL_SMTP_URL=mails.address,
            **KNOBS,
        ) as portal,
    ):
        mails.thinks = 0.01
        crowd = Crowd(portal.origin, mails, cookie_of(cast.sam), at_a_time=AT_A_TIME)
        try:
            for number in range(KILLS):
                kill_at_a_random_moment(portal, crowd.ledger, chance, toll, only_one=number % 2 > 0)
            time.sleep(1.5)
            let_leases_of_the_dead_run_out()
        finally:
            crowd.finish()
        assert not crowd.ledger.troubles, "\n".join(["", *crowd.ledger.troubles[:10]])
        received = judge(crowd.ledger.people, mails, portal)
    people = crowd.ledger.people
    interrupted = [one for one in people if one.interruptions]
    figures.write(
        "Kills during registration",
        database.kind,
        seed=SEED,
        kills=toll.of_everything,
        of_one_of_two_workers=toll.of_one_worker,
        acknowledged=crowd.ledger.acknowledged(),
        people=len(people),
        interrupted=len(interrupted),
        finished=sum(one.is_done for one in people),
        mails=len(received),
        sent_twice=sum(received.values()) - len(received),
        longest_away_seconds=max(toll.seconds_away),
        minutes=(time.monotonic() - began) / 60,
    )
    assert len(interrupted) > KILLS / 4, "the kills met somebody"
    assert sum(received.values()) - len(received) <= KILLS, "at most the mail under way is doubled"


def kill_at_a_random_moment(
    portal: Portal, ledger: Ledger, chance: random.Random, toll: Toll, *, only_one: bool
) -> None:
    """Wait until people get on, and kill everything, or one worker where there are several."""
    seen, deadline = ledger.progress, time.monotonic() + 60
    while ledger.progress == seen:
        assert time.monotonic() < deadline, f"nobody gets on: {ledger.troubles}"
        time.sleep(0.005)
    time.sleep(chance.random() * 0.8)
    assert portal.process
    workers = workers_of(portal)
    if only_one and len(workers) > 1:
        chance.choice(workers).send_signal(signal.SIGKILL)
        toll.of_one_worker += 1
    else:
        killed_at = time.monotonic()
        portal.kill()
        portal.start()
        toll.of_everything += 1
        toll.seconds_away.append(time.monotonic() - killed_at)
    let_leases_of_the_dead_run_out()


def workers_of(portal: Portal) -> list[psutil.Process]:
    """Return the processes that serve, beside the one that watches over them."""
    assert portal.process
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(portal.process.pid).children()
    return []
