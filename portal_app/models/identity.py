"""People, how they sign in, and the browsers they use."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from portal_app.models.base import Record, folded_order, one_active, word, words


class Salutation(StrEnum):
    """How a letter begins (V-09)."""

    MR = "mr"
    MRS = "mrs"
    NEUTRAL = "neutral"


class TemporaryPurpose(StrEnum):
    """Why a temporary password was given; it decides how long it lives."""

    PROVIDED = "provided"
    RESET = "reset"
    ACTIVATION = "activation"


class ChallengePurpose(StrEnum):
    """What a verification code proves an address for."""

    REGISTER = "register"
    CHANGE = "change"
    RESET = "reset"


class ResetEnd(StrEnum):
    """Why a mailed temporary password is over."""

    REPLACED = "replaced"  # another was asked for
    WITHDRAWN = "withdrawn"  # its owner had not asked for it
    CHANGED = "changed"  # a password was chosen
    MOVED = "moved"  # the account has another address now


class Owed(StrEnum):
    """What a session owes before it opens anything else, in the order in which it is asked."""

    PROOF = "proof"  # the person has a second way to prove who they are
    PASSWORD = "password"  # noqa: S105  # the one that opened it was temporary
    ACTIVATION = "activation"  # a company account was made, and its person has not come yet
    FACTOR = "factor"  # a second way must be added


class Person(Record, table=True):
    """A human being, with or without an account."""

    __table_args__ = (Index("ix_person_name_sort", "name_sort"),)

    salutation: Salutation | None = Field(default=None, sa_column=word(Salutation, nullable=True))
    given_name: str = Field(max_length=100)
    infix: str = Field(default="", max_length=40)
    family_name: str = Field(max_length=100)
    birth_date: date | None = None
    email: str | None = Field(default=None, max_length=254, index=True)  # where to reach them
    phone: str | None = Field(default=None, max_length=32)
    name_sort: str = Field(sa_column=folded_order(260))  # folded: family name, given name, infix
    import_key: str | None = Field(default=None, max_length=64, unique=True)
    national_number_digest: str | None = Field(default=None, max_length=64, index=True)
    created_at: datetime
    grants_version: int = 1  # grows with every change of what the person may do


class Account(SQLModel, table=True):
    """How a person signs in."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    email: str = Field(max_length=254, unique=True)  # verified; casefolded; a login name
    username: str | None = Field(default=None, max_length=64)  # as the person writes it
    username_folded: str | None = Field(default=None, max_length=64, unique=True)
    locale: str = Field(default="nl", max_length=2)
    start_page: str = Field(default="", max_length=32)  # after signing in; empty: by role
    password_hash: str | None = Field(default=None, max_length=120)
    password_changed_at: datetime | None = None
    temporary_hash: str | None = Field(default=None, max_length=120)
    temporary_purpose: TemporaryPurpose | None = Field(
        default=None, sa_column=word(TemporaryPurpose, nullable=True)
    )
    temporary_expires_at: datetime | None = None
    blocked_at: datetime | None = None
    created_at: datetime

    @property
    def awaits_activation(self) -> bool:
        """Whether it is the account of a company and its person has not activated it."""
        return self.temporary_purpose is TemporaryPurpose.ACTIVATION


class BrowserSession(Record, table=True):
    """One browser: before somebody signed in (a pre-session), or signed in.

    The cookie is never stored, only its digest. Signing in ends the pre-session and starts
    a new row, which takes over the pending invitation.
    """

    __table_args__ = (Index("ix_browser_session_person_id_ended_at", "person_id", "ended_at"),)

    token_digest: str = Field(max_length=64, unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime  # machine's clock, as all of this table
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    ended_reason: str | None = Field(default=None, max_length=16)
    device: str = Field(default="", max_length=80)  # 'Chrome, Windows'
    owes: tuple[Owed, ...] = Field(default=(), sa_column=words(Owed))
    proven_at: datetime | None = None  # when the person last proved who they are
    pending_invitation_id: int | None = Field(default=None, foreign_key="invitation.id")
    goes_to_eherkenning: bool = False  # as soon as somebody is signed in
    draft: str = ""  # JSON: what was typed in registration, without secrets


class EmailChallenge(Record, table=True):
    """A verification code that was mailed to prove an address (M-22 ... M-29)."""

    __table_args__ = (
        CheckConstraint("tries_left >= 0", name="tries_left_not_negative"),
        Index("ix_email_challenge_browser_session_id_purpose", "browser_session_id", "purpose"),
        Index("ix_email_challenge_email_sent_at", "email", "sent_at"),
    )

    browser_session_id: int = Field(foreign_key="browser_session.id")
    purpose: ChallengePurpose = Field(sa_column=word(ChallengePurpose))
    email: str = Field(max_length=254)
    code_digest: str = Field(max_length=64)
    sent_at: datetime
    expires_at: datetime
    tries_left: int
    verified_at: datetime | None = None
    voided_at: datetime | None = None
    used_at: datetime | None = None


class PasswordReset(Record, table=True):
    """A temporary password that was mailed to whoever forgot their own (I-09 ... I-12).

    It stands beside the account's passwords and replaces none of them: a stranger who asks
    for one locks nobody out.
    """

    __table_args__ = (
        one_active(
            "uq_password_reset_open", "person_id", while_="used_at IS NULL AND ended_at IS NULL"
        ),
        Index("ix_password_reset_person_id_asked_at", "person_id", "asked_at"),
    )

    person_id: int = Field(foreign_key="person.id")
    password_digest: str = Field(max_length=64)
    withdrawal_digest: str = Field(max_length=64, unique=True)  # of the link 'Dit was ik niet'
    asked_at: datetime  # machine's clock, as `used_at` and `ended_at`
    expires_at: datetime  # the portal's clock, as of every temporary password
    used_at: datetime | None = None
    browser_session_id: int | None = Field(
        default=None, foreign_key="browser_session.id", index=True
    )  # which signed in with it
    ended_at: datetime | None = None
    ended_reason: ResetEnd | None = Field(default=None, sa_column=word(ResetEnd, nullable=True))
