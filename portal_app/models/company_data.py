"""What a company says of itself: who changed which part of it last, and its bank accounts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import OwnedByOrganisation, Record, one_active, word


class CompanyPart(StrEnum):
    """A part of a company's data that is changed at once."""

    NAME = "name"
    ADDRESS = "address"
    CONTACT = "contact"
    BANK_ACCOUNT = "bank_account"


class CompanyChange(Record, OwnedByOrganisation, table=True):
    """That a part was changed. Two who saw the same version cannot both make the next."""

    __table_args__ = (UniqueConstraint("organisation_id", "part", "version"),)

    part: CompanyPart = Field(sa_column=word(CompanyPart))
    version: int  # from 1, without gaps
    changed_at: datetime
    changed_by_id: int | None = Field(default=None, foreign_key="person.id")
    by_fund: bool = False


class BankAccount(Record, OwnedByOrganisation, table=True):
    """An account that was proposed, then confirmed, then ended; or ended before that."""

    __table_args__ = (
        CheckConstraint("ended_at IS NULL OR ended_why <> ''", name="ended_for_a_reason"),
        one_active(
            "uq_bank_account_active",
            "organisation_id",
            while_="confirmed_at IS NOT NULL AND ended_at IS NULL",
        ),
        one_active(
            "uq_bank_account_waiting",
            "organisation_id",
            while_="confirmed_at IS NULL AND ended_at IS NULL",
        ),
        Index("ix_bank_account_organisation_id", "organisation_id"),
    )

    iban: str = Field(max_length=34)  # without spaces
    holder: str = Field(max_length=160)
    proposed_at: datetime
    proposed_by_id: int | None = Field(default=None, foreign_key="person.id")
    by_fund: bool = False  # who proposed it
    confirmed_at: datetime | None = None
    confirmed_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_why: str = Field(default="", max_length=32)  # replaced, refused, withdrawn
