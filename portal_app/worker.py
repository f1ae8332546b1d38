"""Sends what waits in the outbox: a task of the portal's process, or a process apart.

Any number of workers may run at once. Nothing here, nor in its log, names an address or
says what is in a mail: a mail is known by its number in the outbox.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError

from portal_app import clock
from portal_app.adapters import mail_catcher, smtp
from portal_app.adapters.smtp import Delivery, MailConnection, Verdict
from portal_app.database import in_thread
from portal_app.mails.compose import Envelope, compose
from portal_app.services import outbox
from portal_app.services.outbox import ClaimedMail
from portal_app.settings import settings
from portal_app.unit_of_work import Job, run

T = TypeVar("T")

AT_ONCE = 20  # mails claimed together
LONGEST_PAUSE = 60.0  # seconds, while the mail server or the database does not answer
_JOB = Job("mail")
_log = logging.getLogger(__name__)

_Written = tuple[ClaimedMail, bytes | None]


async def run_worker(stop: asyncio.Event, *, connection: MailConnection | None = None) -> None:
    """Send mails until `stop` is set; the mail under way is finished first.

    Raises:
        WrongSetting: `PORTAL_SMTP_URL` is wrong.
    """
    courier = _Courier(stop, connection or MailConnection(smtp.configured_server()))
    loop = asyncio.get_running_loop()

    def ring() -> None:
        with suppress(RuntimeError):  # the loop has just ended: the next start sends it
            loop.call_soon_threadsafe(courier.bell.set)

    with outbox.listening(ring):
        await courier.work()


def check_settings() -> None:
    """Find out before the start what would keep mails from being sent.

    Raises:
        WrongSetting: `PORTAL_SMTP_URL` is wrong, or another program has the catcher's port.
    """
    smtp.configured_server()
    if settings.is_demo and not settings.smtp_url:
        mail_catcher.refuse_if_taken()


async def work_until_told_to_stop() -> None:
    """Be a process apart: send mails until SIGTERM or Ctrl+C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run_worker(stop)


class _Courier:
    def __init__(self, stop: asyncio.Event, connection: MailConnection) -> None:
        self.bell = asyncio.Event()
        self._stop = stop
        self._connection = connection
        self._pause = 0.0
        self._owed: list[Callable[[], object]] = []

    async def work(self) -> None:
        stopping = asyncio.create_task(self._ring_at_stop())
        try:
            while not self._stop.is_set():
                self.bell.clear()
                try:
                    has_more = await self._round()
                except Exception as trouble:  # noqa: BLE001  # mail must go on; the log says what
                    _log.error("The outbox cannot be worked: %s", _where(trouble))
                    has_more = False
                    self._pause_longer()
                if not has_more:
                    await self._wait()
        finally:
            stopping.cancel()
            await self._connection.close()

    async def _round(self) -> bool:
        """Send what is due; tell whether there may be more."""
        await self._write_down()
        until = outbox.next_lease()
        try:
            untried = await in_thread(_take, until)
        except DBAPIError:  # perhaps it was done, and only the answer is lost
            self._owed.append(lambda: run(outbox.unclaimed, _JOB, until=until))
            raise
        may_be_more = len(untried) == AT_ONCE
        try:
            while untried and not self._stop.is_set() and not _is_late(untried[0][0]):
                verdict = await _to_the_end(self._send(*untried.pop(0)))
                if verdict is Verdict.UNREACHABLE:
                    self._pause_longer()
                    return False
        finally:
            await self._put_back(untried)
        self._pause = 0.0
        return may_be_more

    async def _send(self, mail: ClaimedMail, content: bytes | None) -> Verdict:
        if content is None:  # a mistake of ours: a mended portal may still send it in time
            await in_thread(run, outbox.deferred, _JOB, mail=mail, answer="cannot be written")
            return Verdict.LATER
        delivery = await self._connection.deliver(
            sender=settings.mail_from, to=mail.to, content=content
        )
        await self._write_down(partial(_settle, mail, delivery))
        level = logging.INFO if delivery.verdict is Verdict.TAKEN else logging.WARNING
        _log.log(
            level,
            "Mail %d (%s), try %d: %s, %s",
            mail.id,
            mail.template,
            mail.tries,
            delivery.verdict,
            delivery.answer,
        )
        return delivery.verdict

    async def _put_back(self, untried: list[_Written]) -> None:
        if untried:
            mails = [mail for mail, _ in untried]
            await self._write_down(lambda: run(outbox.released, _JOB, mails=mails))

    async def _write_down(self, *became: Callable[[], object]) -> None:
        """Write down what became of mails, and what a database that was away still misses.

        Without it they would wait until their lease runs out, and some would go out twice.
        """
        self._owed += became
        while self._owed:
            try:
                await in_thread(self._owed[0])
            except DBAPIError:
                raise
            except Exception:
                del self._owed[0]  # a mistake of ours stays one: the lease runs out
                raise
            del self._owed[0]

    async def _wait(self) -> None:
        """Wait for a new mail of this process, or look again after a while."""
        wake = self._stop if self._pause else self.bell  # in a pause a new mail changes nothing
        with suppress(TimeoutError):
            await asyncio.wait_for(wake.wait(), self._pause or settings.mail_poll_seconds)
        await self._connection.close_when_idle()

    def _pause_longer(self) -> None:
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or 1.0)

    async def _ring_at_stop(self) -> None:
        await self._stop.wait()
        self.bell.set()


def _take(until: datetime) -> list[_Written]:
    """Claim mails and write them out, in one visit to a thread."""
    claimed = run(outbox.claim, _JOB, at_most=AT_ONCE, until=until)
    return [(mail, _write(mail)) for mail in claimed]


def _write(mail: ClaimedMail) -> bytes | None:
    try:
        envelope = Envelope(mail.to, mail.message_id, mail.created_at)
        return bytes(compose(envelope, mail.template, mail.locale, mail.read_values()))
    except Exception as trouble:  # noqa: BLE001  # one bad mail must not hold up the others
        _log.error("Mail %d (%s) cannot be written: %s", mail.id, mail.template, _where(trouble))
        return None


def _is_late(mail: ClaimedMail) -> bool:
    """Tell whether the lease may run out before the mail is sent."""
    return (mail.leased_until - clock.real_now()).total_seconds() < smtp.MAIL_SECONDS


def _settle(mail: ClaimedMail, delivery: Delivery) -> None:
    match delivery.verdict:
        case Verdict.TAKEN:
            run(outbox.sent, _JOB, mail=mail, answer=delivery.answer)
        case Verdict.NEVER:
            run(outbox.refused, _JOB, mail=mail, answer=delivery.answer)
        case Verdict.LATER | Verdict.UNREACHABLE:
            run(outbox.deferred, _JOB, mail=mail, answer=delivery.answer)


async def _to_the_end(under_way: Coroutine[Any, Any, T]) -> T:
    """Finish a mail even when this task is cancelled meanwhile: half-sent mails go out twice."""
    task = asyncio.ensure_future(under_way)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def _where(trouble: Exception) -> str:
    """Name a mistake by its kind and its place: its message may quote what nobody should read."""
    trace = trouble.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(trouble).__name__} at {place}"
