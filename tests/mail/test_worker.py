"""The worker: what waits in the outbox arrives, whatever happens to the server or to itself."""

import asyncio
import logging
import time

import pytest

from portal_app import worker
from portal_app.models import MailState
from portal_app.services import outbox
from portal_app.settings import settings
from portal_app.unit_of_work import run
from tests.mail.posting import CODE, JOB, mails, post
from tests.mail.scripted_server import KeptThenDropped, Script, serving
from tests.mail.working import at_work, go, states, until

pytestmark = pytest.mark.usefixtures("database", "looks_often")


class SlowScript(Script):
    """Thinks about every mail for a moment."""

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        """Take it, slowly."""
        await asyncio.sleep(0.2)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.both_databases
def test_what_waits_arrives_once_and_leaves_no_secret() -> None:
    script = Script()
    post("an", "bo", "co")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: states() == [MailState.SENT] * 3)

    go(scenario())
    assert script.recipients == [f"{name}@voorbeeld.example" for name in ("an", "bo", "co")]
    assert all(CODE.encode() in content for content in script.received)
    assert script.calls["CONNECT"] == 1
    assert {(mail.secrets, mail.tries, mail.last_answer) for mail in mails()} == {
        (None, 1, "250 2.0.0")
    }


def test_a_new_mail_is_sent_at_once(monkeypatch) -> None:
    monkeypatch.setattr(worker, "settings", settings)  # looks by itself after 2 s only
    took: list[float] = []

    async def scenario() -> None:
        script = Script()
        async with serving(script) as server, at_work(server):
            await asyncio.sleep(0.2)
            for name in ("an", "bo"):
                started = time.monotonic()
                await asyncio.to_thread(post, name)
                await until(lambda name=name: f"{name}@voorbeeld.example" in script.recipients)
                took.append(time.monotonic() - started)

    go(scenario())
    assert max(took) < 1.5


def test_a_mail_that_was_put_off_arrives_later(stopped_clock) -> None:
    script = Script({"RCPT": ["451 4.7.1 Greylisted"]})
    post("an")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: mails()[0].last_answer == "451 4.7.1")
            await asyncio.sleep(0.1)
            assert not script.received
            stopped_clock.advance(minutes=1)
            await until(lambda: states() == [MailState.SENT])

    go(scenario())
    assert len(script.received) == 1
    assert mails()[0].tries == 2


def test_a_refused_mail_fails_at_once_and_holds_up_nobody() -> None:
    script = Script({"RCPT": ["250 OK", "550 5.1.1 <bo@voorbeeld.example> unknown"]})
    post("an", "bo", "co")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: MailState.WAITING not in states())

    go(scenario())
    assert states() == [MailState.SENT, MailState.FAILED, MailState.SENT]
    assert mails()[1].secrets is None


def test_a_server_that_is_away_puts_off_one_mail_and_gets_all_when_it_is_back(
    stopped_clock, monkeypatch
) -> None:
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.05)
    script = Script()
    post("an", "bo", "co")

    async def scenario() -> None:
        async with serving(script) as server:
            pass
        async with at_work(server):
            await until(lambda: mails()[0].last_answer == "no connection")
            async with serving(script, port=server.port):
                await until(lambda: states()[1:] == [MailState.SENT] * 2)
                assert states()[0] is MailState.WAITING
                stopped_clock.advance(minutes=1)
                await until(lambda: states() == [MailState.SENT] * 3)

    go(scenario())
    assert len(script.received) == 3


def test_a_connection_lost_before_the_answer_repeats_the_same_message(stopped_clock) -> None:
    script = KeptThenDropped()
    post("an")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: bool(mails()[0].last_answer))
            stopped_clock.advance(minutes=1)
            await until(lambda: states() == [MailState.SENT])

    go(scenario())
    assert len(script.received) == 2
    assert all(mails()[0].message_id.encode() in content for content in script.received)


@pytest.mark.both_databases
def test_several_workers_send_each_mail_once() -> None:
    script = Script()
    names = [f"n{number}" for number in range(50)]
    post(*names)

    async def scenario() -> None:
        async with serving(script) as server, at_work(server), at_work(server), at_work(server):
            await until(lambda: set(states()) == {MailState.SENT})

    go(scenario())
    assert sorted(script.recipients) == sorted(f"{name}@voorbeeld.example" for name in names)


@pytest.mark.parametrize("how", ["told to stop", "cancelled"])
def test_a_worker_finishes_the_mail_under_way_and_puts_the_rest_back(how) -> None:
    script = SlowScript()
    post("an", "bo", "co")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server) as task:
            await until(lambda: script.calls["RCPT"] == 1)
            if how == "cancelled":
                task.cancel()
                await asyncio.wait([task])

    go(scenario())
    assert script.recipients == ["an@voorbeeld.example"]
    assert states() == [MailState.SENT, MailState.WAITING, MailState.WAITING]
    assert [mail.tries for mail in mails()] == [1, 0, 0]
    assert len(run(outbox.claim, JOB)) == 2, "another worker takes them at once"


def test_a_mail_that_cannot_be_written_holds_up_nobody(monkeypatch, caplog) -> None:
    written = worker.compose

    def compose(envelope, template, locale, values):
        if envelope.to.startswith("an@"):
            raise KeyError(values["code"])
        return written(envelope, template, locale, values)

    monkeypatch.setattr(worker, "compose", compose)
    script = Script()
    post("an", "bo")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: states() == [MailState.WAITING, MailState.SENT])
            await until(lambda: mails()[0].last_answer == "cannot be written")

    go(scenario())
    assert CODE not in caplog.text


def test_the_log_names_mails_by_number_only(caplog) -> None:
    caplog.set_level(logging.DEBUG, logger="portal_app")
    script = Script({"RCPT": ["550 5.1.1 <an@voorbeeld.example> unknown", "250 OK"]})
    post("an", "bo")

    async def scenario() -> None:
        async with serving(script) as server, at_work(server):
            await until(lambda: MailState.WAITING not in states())

    go(scenario())
    ours = [record.getMessage() for record in caplog.records if record.name == "portal_app.worker"]
    assert ours == [
        "Mail 1 (verification_code), try 1: never, 550 5.1.1",
        "Mail 2 (verification_code), try 1: taken, 250 2.0.0",
    ]
