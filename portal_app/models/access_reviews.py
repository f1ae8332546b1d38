"""The yearly question who may still do what for an organisation, and what was answered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import OwnedByOrganisation, Record, one_active


class AccessReview(Record, OwnedByOrganisation, table=True):
    """A review of an organisation's access, open until somebody signs it off."""

    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        one_active("uq_access_review_open", "organisation_id", while_="closed_at IS NULL"),
        Index("ix_access_review_organisation_id", "organisation_id"),
        Index("ix_access_review_closed_at_due_at", "closed_at", "due_at"),
    )

    begun_at: datetime
    due_at: datetime
    remind_at: datetime  # when the managers are reminded next
    closed_at: datetime | None = None
    closed_by_id: int | None = Field(default=None, foreign_key="person.id")


class ReviewItem(Record, OwnedByOrganisation, table=True):
    """A role that a review asks about: it is kept here, and changed or ended where it stands."""

    __table_args__ = (UniqueConstraint("review_id", "grant_id"),)

    review_id: int = Field(foreign_key="access_review.id")
    grant_id: int = Field(foreign_key="access_grant.id")
    kept_at: datetime | None = None
    kept_by_id: int | None = Field(default=None, foreign_key="person.id")
