"""A worker whose database goes away: nothing is lost, sent twice or kept waiting."""

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from portal_app import worker
from portal_app.models import MailState, OutboxMail
from portal_app.needs import Trusted
from portal_app.services import outbox
from portal_app.unit_of_work import Work, use_case
from tests import factories
from tests.mail.posting import post
from tests.mail.scripted_server import Script, serving
from tests.mail.working import at_work, go, states, until

pytestmark = pytest.mark.usefixtures("database", "looks_often")


def test_a_database_that_is_away_for_a_moment_does_not_end_the_worker(monkeypatch, caplog) -> None:
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.01)
    failures = iter([OperationalError("SELECT an@voorbeeld.example", {}, Exception("gone"))] * 2)
    taken = worker._take

    def take(until):
        for failure in failures:
            raise failure
        return taken(until)

    monkeypatch.setattr(worker, "_take", take)
    post("an")

    async def scenario() -> None:
        async with serving(Script()) as server, at_work(server):
            await until(lambda: states() == [MailState.SENT])

    go(scenario())
    assert caplog.text.count("OperationalError") == 2
    assert "voorbeeld.example" not in caplog.text


@pytest.mark.both_databases
def test_a_claim_whose_answer_was_lost_keeps_no_mail_waiting(monkeypatch) -> None:
    script, answers, taken = Script(), iter((False, True)), worker._take
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.05)
    post("an", "bo")

    def take(until):
        claimed = taken(until)
        if not next(answers, True):
            assert len(claimed) == 2
            raise OperationalError("COMMIT", {}, Exception("the database went away"))
        return claimed

    monkeypatch.setattr(worker, "_take", take)

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: states() == [MailState.SENT] * 2)

    go(scenario())

    assert script.recipients == ["an@voorbeeld.example", "bo@voorbeeld.example"]
    assert {mail.tries for mail in factories.all_of(OutboxMail)} == {1}


@pytest.mark.both_databases
def test_mails_claimed_when_the_database_goes_away_go_out_once_and_without_waiting(
    monkeypatch,
) -> None:
    script, genuine, failures = Script(), outbox.sent, iter((True, True, False))
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.05)

    @use_case(Trusted, writes=True)
    def away_for_a_moment(work: Work, **what: Any) -> bool:
        if next(failures, False):
            raise OperationalError("statement", {}, Exception("the database is away"))
        return genuine(work, **what)

    monkeypatch.setattr(outbox, "sent", away_for_a_moment)
    post("an", "bo", "co")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: states() == [MailState.SENT] * 3)

    go(scenario())

    assert script.recipients == [f"{name}@voorbeeld.example" for name in ("an", "bo", "co")]
