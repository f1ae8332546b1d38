"""What proves who somebody is beside a password: an app, passkeys, codes on paper.

All times here are the machine's, not the demo clock's.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from portal_app.models.base import Record, one_active


class AuthenticatorApp(Record, table=True):
    """An app that shows another code every half minute, for one secret (TOTP).

    It waits until a code shows that the secret has arrived. A code works once: `last_step` is
    the half minute of the last one that was used.
    """

    __table_args__ = (
        one_active(
            "uq_authenticator_app_in_use",
            "person_id",
            while_="confirmed_at IS NOT NULL AND ended_at IS NULL",
        ),
        one_active(
            "uq_authenticator_app_waiting",
            "person_id",
            while_="confirmed_at IS NULL AND ended_at IS NULL",
        ),
    )

    person_id: int = Field(foreign_key="person.id")
    secret: str  # sealed
    begun_at: datetime
    confirmed_at: datetime | None = None
    last_step: int = 0
    used_at: datetime | None = None
    ended_at: datetime | None = None


class RecoveryCode(Record, table=True):
    """One of the codes on paper that open the account once each when the rest is lost."""

    __table_args__ = (Index("ix_recovery_code_person_id_ended_at", "person_id", "ended_at"),)

    person_id: int = Field(foreign_key="person.id")
    digest: str = Field(max_length=64, unique=True)
    made_at: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None  # when others took the place of the whole sheet
