"""Applications to the fund, and what happened to each."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, literal_column
from sqlmodel import Field

from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.models.base import Record, folded_order, one_active, word

_OPEN = "finished_at IS NULL"
_FINISHED = "finished_at IS NOT NULL"


class Application(Record, table=True):
    """Something that was asked of the fund; `version` grows with everything that is done to it.

    Not owned by an organisation: the applicant may have none. Staff read it by the right of its
    kind, the applicant with a key that is derived from `number` and stands nowhere.
    """

    __table_args__ = (
        # Four eyes, whatever a page or a use case does: nothing comes of it without two members
        # of staff, who are not each other, nor the one whom it is about.
        CheckConstraint(
            "NOT needs_two OR state NOT IN ('approved', 'done') OR (person_id IS NOT NULL "
            "AND checked_by_id IS NOT NULL AND agreed_by_id IS NOT NULL)",
            name="two_for_what_needs_two",
        ),
        CheckConstraint("checked_by_id <> agreed_by_id", name="two_are_not_one"),
        CheckConstraint("person_id <> checked_by_id", name="not_checked_by_oneself"),
        CheckConstraint("person_id <> agreed_by_id", name="not_agreed_by_oneself"),
        CheckConstraint(
            "(finished_at IS NULL) = (state NOT IN ('done', 'refused', 'withdrawn'))",
            name="finished_has_a_day",
        ),
        one_active("uq_application_open", "fingerprint", while_=_OPEN),
        Index(
            "ix_application_open_due_at",
            "due_at",
            "id",
            sqlite_where=literal_column(_OPEN),
            postgresql_where=literal_column(_OPEN),
        ),
        Index(
            "ix_application_finished_at",
            "finished_at",
            "id",
            sqlite_where=literal_column(_FINISHED),
            postgresql_where=literal_column(_FINISHED),
        ),
        Index("ix_application_assignee_id", "assignee_id"),
        Index("ix_application_company_number", "company_number"),
        Index("ix_application_email", "email"),
        Index("ix_application_name_sort", "name_sort"),
        Index("ix_application_person_id", "person_id"),
    )

    number: str = Field(max_length=8, unique=True)  # to be quoted on the phone: A-7KQ2MX
    kind: ApplicationKind = Field(sa_column=word(ApplicationKind))
    state: ApplicationState = Field(sa_column=word(ApplicationState))
    version: int = 1
    needs_two: bool
    fingerprint: str = Field(max_length=64)  # of what was asked: twice the same is one
    name: str = Field(max_length=240)  # of the applicant, as lists show it
    name_sort: str = Field(sa_column=folded_order(260))
    email: str = Field(max_length=254)  # where the applicant is reached; casefolded, not proven
    company: str = Field(default="", max_length=160)  # for which something is asked, as typed
    company_number: str = Field(default="", max_length=10)  # digits only
    locale: str = Field(max_length=2)
    payload: str  # JSON of the model of its kind
    submitted_at: datetime
    due_at: datetime
    assignee_id: int | None = Field(default=None, foreign_key="person.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")  # whom it is about
    checked_by_id: int | None = Field(default=None, foreign_key="person.id")
    agreed_by_id: int | None = Field(default=None, foreign_key="person.id")
    confirm_until: datetime | None = None  # the applicant may do their part so long
    finished_at: datetime | None = None
    erased_at: datetime | None = None  # what it held of the applicant is gone


class ApplicationEvent(Record, table=True):
    """One thing that happened to an application. The database refuses to change a row.

    Only its notes can be emptied, when what is known of the applicant has been kept long enough.
    """

    __table_args__ = (Index("ix_application_event_application_id", "application_id"),)

    application_id: int = Field(foreign_key="application.id")
    from_state: ApplicationState | None = Field(
        default=None, sa_column=word(ApplicationState, nullable=True)
    )  # empty for the first
    to_state: ApplicationState = Field(sa_column=word(ApplicationState))
    by_id: int | None = Field(default=None, foreign_key="person.id")  # empty: the applicant
    at: datetime
    reason: str = Field(default="", max_length=32)  # or question, as the rules name it
    public_note: str = Field(default="", max_length=1000)  # the applicant reads it
    internal_note: str = Field(default="", max_length=1000)
