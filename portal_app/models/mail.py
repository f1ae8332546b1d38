"""The outbox: mails wait here, written in the transaction that causes them.

All its times are the machine's.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from portal_app.models.base import Record, word


class MailState(StrEnum):
    """Where a mail is on its way."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class OutboxMail(Record, table=True):
    """A mail to be sent, and what became of it."""

    __table_args__ = (
        Index("ix_outbox_mail_state_next_try_at", "state", "next_try_at"),
        Index("ix_outbox_mail_about", "about", "about_id"),
    )

    message_id: str = Field(max_length=120, unique=True)  # fixed, so that a server folds doubles
    cause: str | None = Field(
        default=None, max_length=120, unique=True
    )  # the same cause mails once
    to: str = Field(max_length=254)
    template: str = Field(max_length=60)
    locale: str = Field(max_length=2)
    values: str  # JSON of what the template mentions, without secrets
    secrets: str | None = None  # sealed JSON; erased once delivered
    about: str = Field(default="", max_length=40)  # 'invitation'
    about_id: int | None = None
    state: MailState = Field(default=MailState.WAITING, sa_column=word(MailState))
    tries: int = 0  # counts the one under way too
    created_at: datetime
    next_try_at: datetime
    give_up_at: datetime  # no try after this
    leased_until: datetime | None = None
    sent_at: datetime | None = None
    last_answer: str = Field(default="", max_length=300)  # of the mail server, without addresses
