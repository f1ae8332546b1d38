"""What proves who somebody is beside a password: an app, passkeys, codes on paper.

All times here are the machine's, not the demo clock's.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from portal_app.models.base import Record, one_active, word


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
    secret: str  # sealed; empty once it is over
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


class PasskeyUse(StrEnum):
    """What a browser was asked to do with a passkey."""

    ADD = "add"
    PROVE = "prove"


class Passkey(Record, table=True):
    """A key pair that a device keeps for somebody; the portal has the public half (WebAuthn)."""

    __table_args__ = (Index("ix_passkey_person_id_ended_at", "person_id", "ended_at"),)

    person_id: int = Field(foreign_key="person.id")
    credential_id: str = Field(max_length=1400, unique=True)  # both in base64url
    public_key: str
    sign_count: int = Field(sa_type=BigInteger)  # by the device itself; some always say 0
    name: str = Field(max_length=80)
    made_at: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None


class PasskeyChallenge(Record, table=True):
    """What a device must sign, in the one browser that asked: once, and soon."""

    __table_args__ = (Index("ix_passkey_challenge_browser_session_id", "browser_session_id"),)

    browser_session_id: int = Field(foreign_key="browser_session.id")
    use: PasskeyUse = Field(sa_column=word(PasskeyUse))
    challenge: str = Field(max_length=64, unique=True)  # base64url
    expires_at: datetime
    used_at: datetime | None = None
