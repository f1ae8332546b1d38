"""Prepaid codes with which a candidate is enrolled, in batches."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from portal_app.models.base import OwnedByOrganisation, Record, word


class CodeState(StrEnum):
    """What a code can still be used for. `EXPIRED` is derived, never stored."""

    USABLE = "usable"
    USED = "used"
    INACTIVE = "inactive"


class CodeBatch(Record, OwnedByOrganisation, table=True):
    """Codes that were made together: they share contact person, reference and profile."""

    __table_args__ = (
        Index("ix_code_batch_organisation_id_created_at", "organisation_id", "created_at"),
    )

    number: str = Field(max_length=6, unique=True)  # shown as '#3K2R1S'
    organisation_code_id: int | None = Field(default=None, foreign_key="organisation_code.id")
    contact_person_id: int | None = Field(default=None, foreign_key="person.id")
    profile_id: int = Field(foreign_key="profile.id")
    reference: str = Field(default="", max_length=80)
    created_at: datetime
    expires_at: datetime | None = None


class PaymentCode(Record, OwnedByOrganisation, table=True):
    """A right, paid in advance, to enrol one candidate."""

    __table_args__ = (
        # What was used keeps when and by whom, also when it is made inactive afterwards: its
        # state stays `USED`, so that it is never free again.
        CheckConstraint("(state = 'used') = (used_at IS NOT NULL)", name="used_when_used_at"),
        CheckConstraint("(used_at IS NULL) = (used_by_id IS NULL)", name="used_by_somebody"),
        CheckConstraint(
            "state = 'used' OR (state = 'inactive') = (inactive_at IS NOT NULL)",
            name="inactive_when_inactive_at",
        ),
        # Wide on purpose: codes are found, by keyword too, in the index alone.
        Index(
            "ix_payment_code_wide",
            "organisation_id",
            "created_at",
            "batch_id",
            "id",
            "state",
            "profile_id",
            "used_at",
            "code",
            "search",
        ),
        Index("ix_payment_code_state", "organisation_id", "state", "created_at", "id"),
        Index("ix_payment_code_profile", "organisation_id", "profile_id", "created_at", "id"),
        Index("ix_payment_code_organisation_id_id", "organisation_id", "id"),
        Index("ix_payment_code_organisation_id_batch_id", "organisation_id", "batch_id", "state"),
        Index("ix_payment_code_batch_id", "batch_id"),
        Index("ix_payment_code_used_by_id", "used_by_id"),
    )

    batch_id: int = Field(foreign_key="code_batch.id")
    profile_id: int = Field(foreign_key="profile.id")
    code: str = Field(max_length=19, unique=True)  # 'EXZA-8F5E-XG5W-U22J'
    state: CodeState = Field(default=CodeState.USABLE, sa_column=word(CodeState))
    created_at: datetime  # of the batch, repeated for sorting and filtering
    used_at: datetime | None = None
    used_by_id: int | None = Field(default=None, foreign_key="person.id")
    enrolment_id: int | None = Field(default=None, foreign_key="enrolment.id")
    inactive_at: datetime | None = None
    inactive_by_id: int | None = Field(default=None, foreign_key="person.id")
    inactive_reason: str = Field(default="", max_length=400)
    search: str = Field(
        max_length=500
    )  # folded: code with and without dashes, reference, batch, user
