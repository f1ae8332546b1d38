"""The outbox: a mail waits in the transaction that causes it until a server has taken it.

At least once: a mail is marked after the server's answer, so a crash between the two sends
it again, under the same Message-ID. Times are the machine's, as in every protocol.
"""

import json
from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow, token_hex

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, or_, select, update

from portal_app import clock
from portal_app.adapters import secret_keys
from portal_app.mails import letters
from portal_app.mails.letters import Value
from portal_app.models import MailState, OutboxMail
from portal_app.needs import Trusted
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
GIVE_UP_AFTER = timedelta(hours=24)
LEASE = timedelta(minutes=5)
_SEALED_FOR = "outbox"

_listeners: set[Callable[[], None]] = set()


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that this worker alone may send, until `leased_until`.

    `tries` counts this one too, and tells a worker whose lease ran out from the next.
    """

    id: int
    message_id: str
    to: str
    template: str
    locale: str
    values: str
    secrets: str | None
    created_at: datetime
    tries: int
    leased_until: datetime

    def read_values(self) -> dict[str, Value]:
        """Return what the letter mentions, its secrets opened."""
        sealed = secret_keys.open_sealed(_SEALED_FOR, self.secrets) if self.secrets else "{}"
        return letters.read_values(self.values) | letters.read_values(sealed)


@dataclass(frozen=True, slots=True)
class MailStatus:
    """How far the last mail about something is."""

    state: MailState
    tries: int
    posted_at: datetime
    next_try_at: datetime
    sent_at: datetime | None
    answer: str

    @property
    def is_delayed(self) -> bool:
        """Whether a server put it off, and it is tried again."""
        return self.state is MailState.WAITING and bool(self.answer)


def post(
    work: Work,
    *,
    to: str,
    template: str,
    locale: str,
    values: Mapping[str, Value],
    secrets: Mapping[str, str] | None = None,
    about: tuple[str, int | None] = ("", None),
    cause: str | None = None,
) -> int:
    """Write a mail in the transaction of `work`; return its number.

    The same `cause` mails once: a second time the first mail's number is returned.

    Raises:
        ValueError: the letter does not exist, or its values are not complete.
    """
    useful = letters.checked(template, values, secrets or {}).useful_for(values)
    now = work.real_now
    row = {
        "message_id": f"<{token_hex(16)}@{settings.mail_from.rpartition('@')[2]}>",
        "cause": cause,
        "to": to,
        "template": template,
        "locale": locale,
        "values": letters.write_values(values),
        "secrets": _sealed(secrets),
        "about": about[0],
        "about_id": about[1],
        "state": MailState.WAITING,
        "tries": 0,
        "created_at": now,
        "next_try_at": now,
        "give_up_at": now + min(useful or GIVE_UP_AFTER, GIVE_UP_AFTER),
        "last_answer": "",
    }
    posted = _insert_once(work, row)
    work.after_commit.append(_wake_workers)
    return posted


def statuses(work: Work, about: str, ids: Collection[int]) -> dict[int, MailStatus]:
    """Tell how far the last mail about each thing is, by its number; without mail, nothing."""
    if not ids:
        return {}
    found = work.session.exec(
        select(OutboxMail)
        .where(OutboxMail.about == about, col(OutboxMail.about_id).in_(ids))
        .order_by(col(OutboxMail.id))
    )
    return {
        mail.about_id: MailStatus(
            mail.state,
            mail.tries,
            mail.created_at,
            mail.next_try_at,
            mail.sent_at,
            mail.last_answer,
        )
        for mail in found
        if mail.about_id is not None
    }


def next_lease() -> datetime:
    """Return until when a claim of this moment lasts; no two claims have the same."""
    return clock.real_now() + LEASE + timedelta(microseconds=randbelow(1_000_000))


@use_case(Trusted, writes=True)
def claim(work: Work, *, at_most: int = 20, until: datetime | None = None) -> list[ClaimedMail]:
    """Take mails that are due, oldest first, so that no other worker sends them meanwhile.

    With `until`, from `next_lease`, a claim whose answer never came can be taken back.
    """
    now = work.real_now
    due = (
        select(col(OutboxMail.id))
        .where(
            OutboxMail.state == MailState.WAITING,
            OutboxMail.next_try_at <= now,
            or_(col(OutboxMail.leased_until).is_(None), col(OutboxMail.leased_until) <= now),
        )
        .order_by(col(OutboxMail.next_try_at), col(OutboxMail.id))
        .limit(at_most)
        .with_for_update(skip_locked=True)  # SQLite has no rows to lock: one writer at a time
        .cte("due")
    )
    taken = work.session.exec(
        update(OutboxMail)
        .where(col(OutboxMail.id).in_(select(due.c.id)))
        .values(tries=OutboxMail.tries + 1, leased_until=until or now + LEASE)
        .returning(OutboxMail)
        .execution_options(synchronize_session=False)
    ).scalars()
    return sorted((_claimed(mail) for mail in taken), key=lambda mail: mail.id)


@use_case(Trusted, writes=True)
def sent(work: Work, *, mail: ClaimedMail, answer: str) -> bool:
    """Remember that a server took a mail; its secrets are erased."""
    return _settle(
        work,
        mail,
        state=MailState.SENT,
        sent_at=work.real_now,
        secrets=None,
        last_answer=answer,
    )


@use_case(Trusted, writes=True)
def deferred(work: Work, *, mail: ClaimedMail, answer: str) -> bool:
    """Try a mail again later; when that would be too late, it has failed."""
    again_at = work.real_now + BACK_OFF[min(mail.tries, len(BACK_OFF)) - 1]
    row = work.session.get(OutboxMail, mail.id)
    if row is None or again_at > row.give_up_at:
        return refused(work, mail=mail, answer=answer)
    return _settle(work, mail, next_try_at=again_at, last_answer=answer)


@use_case(Trusted, writes=True)
def refused(work: Work, *, mail: ClaimedMail, answer: str) -> bool:
    """Give a mail up; its secrets are erased."""
    return _settle(work, mail, state=MailState.FAILED, secrets=None, last_answer=answer)


@use_case(Trusted, writes=True)
def released(work: Work, *, mails: Collection[ClaimedMail]) -> None:
    """Put mails back that were claimed but not tried."""
    for mail in mails:
        _settle(work, mail, tries=mail.tries - 1)


@use_case(Trusted, writes=True)
def unclaimed(work: Work, *, until: datetime) -> None:
    """Put back whatever a claim took whose answer never came: nobody knows of those mails."""
    work.session.exec(
        update(OutboxMail)
        .where(col(OutboxMail.state) == MailState.WAITING, col(OutboxMail.leased_until) == until)
        .values(leased_until=None, tries=OutboxMail.tries - 1)
        .execution_options(synchronize_session=False)
    )


@contextmanager
def listening(wake: Callable[[], None]) -> Generator[None]:
    """Have `wake` called, from any thread, after a transaction of this process posted a mail."""
    _listeners.add(wake)
    try:
        yield
    finally:
        _listeners.discard(wake)


def _wake_workers() -> None:
    for wake in tuple(_listeners):
        wake()


def _sealed(secrets: Mapping[str, str] | None) -> str | None:
    if not secrets:
        return None
    return secret_keys.seal(_SEALED_FOR, json.dumps(dict(secrets), ensure_ascii=False))


def _insert_once(work: Work, row: Mapping[str, object]) -> int:
    # A savepoint would do too, but not inside the IMMEDIATE transactions of SQLite.
    is_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = (sqlite if is_sqlite else postgresql).insert(OutboxMail)
    statement = insert.values(row).on_conflict_do_nothing(index_elements=["cause"])
    made = work.session.exec(statement.returning(col(OutboxMail.id))).scalar()
    if made is None:
        made = work.session.exec(
            select(OutboxMail.id).where(OutboxMail.cause == row["cause"])
        ).one()
    if made is None:
        message = "a written mail has a number"
        raise RuntimeError(message)
    return made


def _claimed(mail: OutboxMail) -> ClaimedMail:
    if mail.leased_until is None:
        message = "a claimed mail has a lease"
        raise RuntimeError(message)
    return ClaimedMail(
        mail.key,
        mail.message_id,
        mail.to,
        mail.template,
        mail.locale,
        mail.values,
        mail.secrets,
        mail.created_at,
        mail.tries,
        mail.leased_until,
    )


def _settle(work: Work, mail: ClaimedMail, **changes: object) -> bool:
    """End the claim with `changes`; `False` when it was no longer this worker's."""
    still_ours: tuple[ColumnElement[bool], ...] = (
        col(OutboxMail.id) == mail.id,
        col(OutboxMail.state) == MailState.WAITING,
        col(OutboxMail.tries) == mail.tries,
    )
    changed = work.session.exec(
        update(OutboxMail).where(*still_ours).values(leased_until=None, **changes)
    )
    return bool(changed.rowcount)
