"""A hundred kills of the portal while people register and mail goes out: nothing told is undone."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import psutil
import pytest
from sqlmodel import Session, col, func, select, update

from portal_app import clock, database
from portal_app.models import (
    Account,
    EmailChallenge,
    Grant,
    Invitation,
    MailState,
    OutboxMail,
    Person,
)
from portal_app.services.outbox import LEASE
from portal_app.tenant_net import EVERYWHERE
from tests import factories
from tests.harness import figures, mailbox, server
from tests.harness.mailbox import Mailbox
from tests.harness.server import Portal
from tests.harness.sockets import cookie_of
from tests.security.isolation.portal_there import UNHURRIED
from tests.soak.browsing import HttpBrowser
from tests.soak.registering import Crowd, Ledger, Registered

KILLS = int(os.environ.get("SOAK_REGISTRATION_KILLS", "100"))
SEED = int(os.environ.get("SOAK_SEED", "2026"))
AT_A_TIME = 4
KNOBS = {
    **UNHURRIED,
    "PORTAL_VERIFICATION_RESEND_SECONDS": "1",
    "PORTAL_VERIFICATION_SENDS_PER_HOUR": "60",
    "PORTAL_MAIL_POLL_SECONDS": "0.2",
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
        finally:
            crowd.finish()
        wait_until_sent(seconds=60)
        still_inside = [one for one in crowd.ledger.people if is_inside(portal, one)]
        said = portal.said()
    people = crowd.ledger.people
    interrupted = [one for one in people if one.interruptions]
    received = Counter(str(mail["Message-ID"]) for _, mail in mails.everything())
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
    assert not crowd.ledger.troubles, "\n".join(["", *crowd.ledger.troubles[:10]])
    assert all(one.is_done for one in people), "whoever began could finish"
    assert len(interrupted) > KILLS / 4, "the kills met somebody"
    assert [one.email for one in still_inside] == [one.email for one in people if one.is_inside], (
        "whoever was told to be inside still is"
    )
    assert "voorbeeld.example" not in said
    judge_the_people(people)
    judge_the_mails(mails, received)
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


def let_leases_of_the_dead_run_out() -> None:
    """Let the minutes pass after which the mails of a dead worker are taken by another.

    Whoever is alive sends what it claimed within the second.
    """
    claimed_before = clock.real_now() + LEASE - timedelta(seconds=1)
    with Session(database.engine()) as session:
        session.info["scope"] = EVERYWHERE
        session.exec(
            update(OutboxMail)
            .where(
                col(OutboxMail.state) == MailState.WAITING,
                col(OutboxMail.leased_until) < claimed_before,
            )
            .values(leased_until=None, next_try_at=OutboxMail.created_at)
        )
        session.commit()


def wait_until_sent(*, seconds: float) -> None:
    """Wait until the outbox is empty."""
    deadline = time.monotonic() + seconds
    waiting = select(func.count()).where(col(OutboxMail.state) == MailState.WAITING)
    while time.monotonic() < deadline:
        let_leases_of_the_dead_run_out()
        with Session(database.engine()) as session:
            session.info["scope"] = EVERYWHERE
            if not session.exec(waiting).one():
                return
        time.sleep(0.2)
    raise AssertionError("mails still wait")


def is_inside(portal: Portal, person: Registered) -> bool:
    """Tell whether the cookie that somebody was given still opens the portal."""
    if not person.acknowledged_cookie:
        return False
    session = next(
        part for part in person.acknowledged_cookie.split("; ") if part.startswith("portal=")
    )
    with HttpBrowser(portal.origin, cookie=session) as browser:
        return browser.open("/") == "/"


def judge_the_people(people: list[Registered]) -> None:
    """Fail when something that was acknowledged is gone, or happened twice."""
    invitations = {one.email: one for one in factories.all_of(Invitation)}
    accounts = {one.email: one for one in factories.all_of(Account)}
    persons = Counter(one.email for one in factories.all_of(Person))
    grants = Counter(one.basis_id for one in factories.all_of(Grant) if one.basis == "invitation")
    challenges = Counter(one.email for one in factories.all_of(EmailChallenge))
    proven = {one.email for one in factories.all_of(EmailChallenge) if one.verified_at}
    for one in people:
        invitation, account = invitations[one.email], accounts[one.email]
        assert invitation.redeemed_by_id == account.person_id, one
        assert grants[invitation.id] == 1, f"{one}: {grants[invitation.id]} grants"
        assert persons[one.email] == 1, one
        assert challenges[one.email] >= one.codes_sent, one
        assert one.email in proven, one
    assert len(invitations) == len(people), "each was invited once"


def judge_the_mails(mails: Mailbox, received: Counter[str]) -> None:
    """Fail when a mail has no cause, or a cause no mail."""
    outbox = {one.message_id: one for one in factories.all_of(OutboxMail)}
    assert received.keys() == outbox.keys(), "every mail was caused, and every caused mail came"
    assert all(one.state is MailState.SENT and one.secrets is None for one in outbox.values())
    for to, mail in mails.everything():
        assert outbox[str(mail["Message-ID"])].to == to
    about = Counter((one.about, one.about_id) for one in outbox.values())
    causes = {("invitation", one.id): one.email for one in factories.all_of(Invitation)}
    causes |= {("email_challenge", one.id): one.email for one in factories.all_of(EmailChallenge)}
    assert about.keys() == causes.keys(), "one mail for each cause, and none without"
    assert set(about.values()) == {1}
    for one in outbox.values():
        assert causes[one.about, one.about_id] == one.to
