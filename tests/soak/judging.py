"""Judges registrations and mails afterwards, by the database and the mailbox."""

import time
from collections import Counter
from datetime import timedelta

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
from tests.harness.mailbox import Mailbox
from tests.harness.server import Portal
from tests.soak.browsing import HttpBrowser
from tests.soak.registering import Registered


def judge(people: list[Registered], mails: Mailbox, portal: Portal) -> Counter[str]:
    """Fail when a promise was broken; return how often each mail came, by its Message-ID.

    Call it while the portal runs and nobody registers any more.
    """
    wait_until_sent(seconds=60)
    assert all(one.is_done for one in people), "whoever began could finish"
    for one in people:
        assert not one.acknowledged_cookie or is_inside(portal, one), f"{one} is outside again"
    assert "voorbeeld.example" not in portal.said()
    received = Counter(str(mail["Message-ID"]) for _, mail in mails.everything())
    judge_the_people(people)
    judge_the_mails(mails, received)
    return received


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
