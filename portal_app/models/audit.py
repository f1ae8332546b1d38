"""The audit trail: who did what, on what, for which organisation, and when."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from portal_app.models.base import Record


class AuditEvent(Record, table=True):
    """One thing that happened. Rows are added, never changed; `digest` chains them."""

    __table_args__ = (
        Index("ix_audit_event_organisation_id_at", "organisation_id", "at"),
        Index("ix_audit_event_about", "about", "about_id"),
    )

    at: datetime
    actor: str = Field(max_length=16)  # person, visitor, job, operator
    actor_id: int | None = None  # of the person
    organisation_id: int | None = None
    action: str = Field(max_length=60)  # 'invitations.redeemed'
    about: str = Field(default="", max_length=40)
    about_id: int | None = None
    details: str = "{}"  # JSON; no secrets, no addresses
