"""The outbox: a mail has a cause, is sent by one worker, and is never forgotten."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import select

from portal_app.errors import NotAllowed, Text
from portal_app.models import MailState, OutboxMail
from portal_app.needs import Anyone, Trusted
from portal_app.services import outbox
from portal_app.services.outbox import ClaimedMail
from portal_app.unit_of_work import Job, Work, run, use_case

JOB, CODE = Job("test"), "482915"


@use_case(Anyone, writes=True)
def post_code(
    work: Work, *, cause: str | None = None, about: int | None = None, fails: bool = False
):
    number = outbox.post(
        work,
        to="jan@voorbeeld.example",
        template="verification_code",
        locale="nl",
        values={"purpose": "register", "minutes": 15},
        secrets={"code": CODE},
        about=("challenge", about),
        cause=cause,
    )
    if fails:
        raise NotAllowed
    return number


@use_case(Anyone, writes=True)
def post_exists(work: Work, *, about: int | None = None) -> int:
    return outbox.post(
        work,
        to="jan@voorbeeld.example",
        template="account_exists",
        locale="nl",
        values={},
        about=("invitation", about),
    )


@use_case(Trusted)
def mails(work: Work) -> list[OutboxMail]:
    return list(work.session.exec(select(OutboxMail).order_by(OutboxMail.id)))


@use_case(Trusted)
def statuses(work: Work, *, about: str, ids: list[int]):
    return outbox.statuses(work, about, ids)


def only_mail() -> OutboxMail:
    (mail,) = run(mails, JOB)
    return mail


def claim_one() -> ClaimedMail:
    (mail,) = run(outbox.claim, JOB)
    return mail


def test_a_mail_waits_with_its_secrets_sealed(database, run_as, now) -> None:
    run(post_code, JOB)
    mail = only_mail()
    assert (mail.state, mail.tries, mail.next_try_at) == (MailState.WAITING, 0, now)
    assert mail.message_id.endswith("@vakpoort.example>")
    assert CODE not in mail.model_dump_json()
    assert claim_one().read_values()["code"] == CODE


def test_a_mail_whose_cause_fails_was_never_written(database) -> None:
    with pytest.raises(NotAllowed):
        run(post_code, JOB, fails=True)
    assert run(mails, JOB) == []


def test_the_same_cause_mails_once(database) -> None:
    first = run(post_code, JOB, cause="challenge:1")
    assert run(post_code, JOB, cause="challenge:1") == first
    run(post_code, JOB, cause="challenge:2")
    run(post_code, JOB)
    run(post_code, JOB)
    assert len(run(mails, JOB)) == 4


def test_a_person_of_one_organisation_may_cause_a_mail(cast, run_as) -> None:
    number = run_as(cast.alice, post_code, cause="challenge:1")
    assert run_as(cast.alice, post_code, cause="challenge:1") == number
    assert only_mail().id == number


def test_one_cause_at_the_same_moment_mails_once(database) -> None:
    start, numbers = Barrier(8), []

    def post() -> None:
        start.wait()
        numbers.append(run(post_code, JOB, cause="challenge:1"))

    threads = [Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 1
    assert len(numbers) == 8
    assert only_mail().id == numbers[0]


@pytest.mark.parametrize(
    ("template", "values", "secrets"),
    [
        ("birthday", {}, {}),
        ("verification_code", {"purpose": "register"}, {"code": CODE}),
        ("verification_code", {"purpose": "register", "minutes": 15}, {}),
        ("verification_code", {"purpose": "register", "minutes": 15, "code": CODE}, {}),
    ],
)
def test_a_letter_that_cannot_be_written_fails_its_cause(
    database, template, values, secrets
) -> None:
    @use_case(Anyone, writes=True)
    def post_wrongly(work: Work) -> None:
        outbox.post(
            work, to="jan@voorbeeld.example", template=template, locale="nl",
            values=values, secrets=secrets,
        )  # fmt: skip

    with pytest.raises(ValueError, match="letter"):
        run(post_wrongly, JOB)


def test_only_the_portal_itself_may_take_mails(cast, run_as) -> None:
    for who in (cast.ada, cast.alice, cast.vic):
        with pytest.raises(NotAllowed):
            run_as(who, outbox.claim)


def test_a_claimed_mail_is_nobody_elses(database) -> None:
    for _ in range(3):
        run(post_exists, JOB)
    assert len(run(outbox.claim, JOB, at_most=2)) == 2
    assert len(run(outbox.claim, JOB)) == 1
    assert run(outbox.claim, JOB) == []


def test_workers_that_claim_at_the_same_moment_share_nothing(database) -> None:
    for _ in range(60):
        run(post_exists, JOB)
    start, claimed = Barrier(6), []

    def take() -> None:
        start.wait()
        while taken := run(outbox.claim, JOB, at_most=3):
            claimed.extend(mail.id for mail in taken)

    threads = [Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == [mail.id for mail in run(mails, JOB)]


def test_the_oldest_mail_goes_first(database, stopped_clock) -> None:
    first = run(post_exists, JOB)
    stopped_clock.advance(seconds=1)
    run(post_exists, JOB)
    assert [mail.id for mail in run(outbox.claim, JOB, at_most=1)] == [first]


def test_a_mail_whose_worker_died_is_sent_by_another(database, stopped_clock) -> None:
    run(post_exists, JOB)
    lost = claim_one()
    stopped_clock.advance(seconds=outbox.LEASE.total_seconds() - 1)
    assert run(outbox.claim, JOB) == []
    stopped_clock.advance(seconds=1)
    taken = claim_one()
    assert (taken.id, taken.message_id, taken.tries) == (lost.id, lost.message_id, 2)


def test_a_worker_whose_lease_ran_out_changes_nothing_any_more(database, stopped_clock) -> None:
    run(post_exists, JOB)
    late = claim_one()
    stopped_clock.advance(seconds=outbox.LEASE.total_seconds())
    taken = claim_one()
    assert not run(outbox.refused, JOB, mail=late, answer="550")
    assert not run(outbox.deferred, JOB, mail=late, answer="451")
    assert run(outbox.sent, JOB, mail=taken, answer="250")
    assert not run(outbox.refused, JOB, mail=late, answer="550")
    assert only_mail().state is MailState.SENT


def test_a_sent_mail_keeps_no_secret(database, now) -> None:
    run(post_code, JOB)
    assert run(outbox.sent, JOB, mail=claim_one(), answer="250 2.0.0")
    mail = only_mail()
    assert (mail.state, mail.sent_at, mail.secrets, mail.leased_until) == (
        MailState.SENT,
        now,
        None,
        None,
    )
    assert run(outbox.claim, JOB) == []


def test_a_refused_mail_has_failed_at_once_and_keeps_no_secret(database) -> None:
    run(post_code, JOB)
    run(outbox.refused, JOB, mail=claim_one(), answer="550 5.1.1")
    mail = only_mail()
    assert (mail.state, mail.secrets, mail.last_answer) == (MailState.FAILED, None, "550 5.1.1")
    assert run(outbox.claim, JOB) == []


def test_a_put_off_mail_is_tried_after_1_5_15_60_minutes_and_4_hours_up_to_a_day(
    database, stopped_clock
) -> None:
    posted = stopped_clock.at
    run(post_exists, JOB)
    tried_after: list[timedelta] = []
    while (mail := only_mail()).state is MailState.WAITING:
        stopped_clock.at = mail.next_try_at - timedelta(seconds=1)
        assert run(outbox.claim, JOB) == [] or not tried_after
        stopped_clock.at = mail.next_try_at
        tried_after.append(stopped_clock.at - posted)
        run(outbox.deferred, JOB, mail=claim_one(), answer="451 4.7.1")
    minutes = [after.total_seconds() / 60 for after in tried_after]
    assert minutes == [0, 1, 6, 21, 81, 321, 561, 801, 1041, 1281]
    assert (mail.state, mail.last_answer) == (MailState.FAILED, "451 4.7.1")


def test_a_code_that_has_expired_is_not_mailed_any_more(database, stopped_clock) -> None:
    run(post_code, JOB)
    for minutes in (1, 5):
        run(outbox.deferred, JOB, mail=claim_one(), answer="451")
        stopped_clock.advance(minutes=minutes)
    run(outbox.deferred, JOB, mail=claim_one(), answer="451")  # again after 15, at 21 minutes
    mail = only_mail()
    assert (mail.state, mail.secrets) == (MailState.FAILED, None)


def test_a_mail_that_was_put_back_was_not_tried(database) -> None:
    run(post_exists, JOB)
    run(outbox.released, JOB, mails=[claim_one()])
    assert only_mail().tries == 0
    assert claim_one().tries == 1


def test_values_wait_for_the_language_of_the_reader(database, now) -> None:
    @use_case(Anyone, writes=True)
    def post_unlinked(work: Work) -> None:
        outbox.post(
            work,
            to="jan@voorbeeld.example",
            template="candidate_unlinked",
            locale="fr",
            values={"name": "Jan", "company": Text("shell.title", {"n": 3}), "at": work.now},
        )

    run(post_unlinked, JOB)
    assert claim_one().read_values() == {
        "name": "Jan",
        "company": Text("shell.title", {"n": 3}),
        "at": now,
    }


def test_pages_see_how_far_the_last_mail_is(database, stopped_clock) -> None:
    run(post_exists, JOB, about=1)
    run(outbox.refused, JOB, mail=claim_one(), answer="550 5.1.1")
    run(post_exists, JOB, about=1)
    run(post_exists, JOB, about=2)
    run(post_code, JOB, about=1)  # about something else
    taken = {mail.id: mail for mail in run(outbox.claim, JOB)}
    run(outbox.deferred, JOB, mail=taken[2], answer="451")
    run(outbox.sent, JOB, mail=taken[3], answer="250")
    told = run(statuses, JOB, about="invitation", ids=[1, 2, 3])
    assert sorted(told) == [1, 2]
    assert told[1].is_delayed
    assert told[1].next_try_at == stopped_clock.at + timedelta(minutes=1)
    assert (told[2].state, told[2].is_delayed) == (MailState.SENT, False)


def test_workers_hear_of_a_new_mail_after_the_commit_only(database) -> None:
    heard: list[int] = []
    with outbox.listening(lambda: heard.append(len(run(mails, JOB)))):
        run(post_exists, JOB)
        assert heard == [1], "the mail can be read when the bell rings"
        with pytest.raises(NotAllowed):
            run(post_code, JOB, fails=True)
        assert heard == [1]
    run(post_exists, JOB)
    assert heard == [1]
