"""Routes with their steps, and how far candidates are."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, Index, UniqueConstraint, literal_column
from sqlmodel import Field

from portal_app.models.base import OwnedByOrganisation, Record, folded_order, one_active, word


class StepKind(StrEnum):
    """What is done in a step; it gives the step its name and explanation."""

    REGISTRATION = "registration"
    PAYMENT = "payment"
    SELF_TEST = "self_test"
    E_LEARNING = "e_learning"
    THEORY_TEST = "theory_test"
    PRACTICAL_EXAM = "practical_exam"
    PORTFOLIO = "portfolio"
    ASSESSMENT = "assessment"
    ATTENDANCE = "attendance"
    CERTIFICATE = "certificate"


class Result(StrEnum):
    """How an attempt ended, or that it is still to come."""

    PLANNED = "planned"
    BUSY = "busy"
    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"
    EXEMPT = "exempt"


class StepState(StrEnum):
    """How a step stands for a candidate: shape, colour and name of its icon (V-22).

    Derived from the attempts, never typed in. The order is the packed value (3 bits).
    """

    IDLE = "idle"
    BOOKED = "booked"
    BUSY = "busy"
    PASSED = "passed"
    FAILED = "failed"
    EXEMPT = "exempt"
    EXPIRED = "expired"


class EnrolmentStatus(StrEnum):
    """How an enrolment stands as a whole; the Status filter."""

    STARTED = "started"  # on the way, nothing wrong
    BOOKED = "booked"  # the next step has a date
    RESIT = "resit"  # a step was not passed: a resit is needed
    DONE = "done"
    EXPIRED = "expired"
    STOPPED = "stopped"


class LinkedVia(StrEnum):
    """How a candidate came to be linked to an organisation (V-14 ... V-16)."""

    WEBSITE = "website"
    REGISTRATION_MANAGER = "registration_manager"
    PAYMENT_CODE = "payment_code"
    IMPORT = "import"


class Route(Record, table=True):
    """A way to proven competence: steps in order."""

    code: str = Field(max_length=24, unique=True)
    name: str = Field(max_length=120)
    position: int = 0
    validity_months: int | None = None
    quality_scheme_url: str = Field(default="", max_length=300)  # V-04


class Profile(Record, table=True):
    """A variant of a route for which somebody is enrolled."""

    __table_args__ = (UniqueConstraint("route_id", "name"),)

    route_id: int = Field(foreign_key="route.id")
    name: str = Field(max_length=120)


class Step(Record, table=True):
    """One step of a route."""

    __table_args__ = (UniqueConstraint("route_id", "position"),)

    route_id: int = Field(foreign_key="route.id")
    position: int  # from 0
    kind: StepKind = Field(sa_column=word(StepKind))
    name: str = Field(default="", max_length=80)  # empty: the name of the kind
    max_attempts: int | None = None


class OrganisationLink(Record, OwnedByOrganisation, table=True):
    """That an organisation may follow a candidate; it ends, it is never deleted (X-20)."""

    __table_args__ = (
        one_active(
            "uq_organisation_link_active", "person_id", "organisation_id", while_="ended_at IS NULL"
        ),
        Index("ix_organisation_link_organisation_id_ended_at", "organisation_id", "ended_at"),
        Index("ix_organisation_link_organisation_id_id", "organisation_id", "id"),
        Index("ix_organisation_link_restores_id", "restores_id"),
    )

    person_id: int = Field(foreign_key="person.id")
    via: LinkedVia = Field(sa_column=word(LinkedVia))
    organisation_code_id: int | None = Field(default=None, foreign_key="organisation_code.id")
    linked_at: datetime
    linked_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_at: datetime | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_reason: str = Field(default="", max_length=400)
    restores_id: int | None = Field(default=None, foreign_key="organisation_link.id")


class Enrolment(Record, table=True):
    """A candidate on a route, in a profile. Read through the organisation's links only."""

    __table_args__ = (
        one_active("uq_enrolment_active", "person_id", "profile_id", while_="stopped_at IS NULL"),
        Index("ix_enrolment_person_id", "person_id"),
    )

    person_id: int = Field(foreign_key="person.id")
    route_id: int = Field(foreign_key="route.id")
    profile_id: int = Field(foreign_key="profile.id")
    reference: str = Field(default="", max_length=80)
    registered_on: date
    valid_until: date | None = None
    stopped_at: datetime | None = None
    import_key: str | None = Field(default=None, max_length=64, unique=True)


class Attempt(Record, table=True):
    """One go at a step. A correction is a new row that supersedes the old one."""

    __table_args__ = (UniqueConstraint("enrolment_id", "step_id", "number"),)

    enrolment_id: int = Field(foreign_key="enrolment.id")
    step_id: int = Field(foreign_key="step.id")
    number: int  # from 1
    result: Result = Field(sa_column=word(Result))
    on: date | None = None  # the day it is planned for, or was taken
    place: str = Field(default="", max_length=80)
    percent: int | None = None  # how far, while busy: 0 to 100
    recorded_at: datetime
    superseded: bool = False


class ProgressRow(Record, OwnedByOrganisation, table=True):
    """What the overview shows and filters: one row per active link × enrolment.

    A projection, rebuilt in the transaction that changes its sources
    (`services.progress.rebuild`); attempts and links stay the truth.
    """

    __table_args__ = (
        UniqueConstraint("organisation_id", "enrolment_id"),
        # Wide on purpose: it holds all that can be filtered on, so that the rows of a page
        # are found in the index alone, in the order of names.
        Index(
            "ix_progress_row_wide",
            "organisation_id",
            "name_sort",
            "id",
            "status",
            "route_id",
            "next_position",
            "next_state",
            "next_on",
            "registered_on",
            "valid_until",
            "last_activity_on",
            "steps",
            "search",
        ),
        # The rows of a page by their numbers, and how many there are.
        Index("ix_progress_row_organisation_id_id", "organisation_id", "id"),
        # The tabs, the bars, and what asks for attention.
        Index("ix_progress_row_steps", "organisation_id", "route_id", "steps"),
        Index(
            "ix_progress_row_status",
            "organisation_id",
            "status",
            "last_activity_on",
            "route_id",
            "next_on",
            "next_state",
        ),
        Index(
            "ix_progress_row_next_on",
            "organisation_id",
            "next_on",
            "next_state",
            "status",
            "route_id",
        ),
        # The other orders, and ranges of days.
        Index(
            "ix_progress_row_valid_until", "organisation_id", "valid_until", "status", "route_id"
        ),
        Index(  # PostgreSQL reads an index backwards with what is empty first
            "ix_progress_row_valid_until_last",
            "organisation_id",
            literal_column("valid_until DESC NULLS LAST", Date),
            "id",
        ).ddl_if(dialect="postgresql"),
        Index("ix_progress_row_registered", "organisation_id", "registered_on", "id"),
        Index("ix_progress_row_activity", "organisation_id", "last_activity_on", "id"),
        # The orders of staff, who see every organisation.
        Index("ix_progress_row_every_name", "name_sort", "id"),
        Index("ix_progress_row_every_registered", "registered_on", "id"),
        Index("ix_progress_row_every_activity", "last_activity_on", "id"),
        Index("ix_progress_row_enrolment_id", "enrolment_id"),
        Index("ix_progress_row_person_id", "person_id"),
    )

    link_id: int = Field(foreign_key="organisation_link.id")
    enrolment_id: int = Field(foreign_key="enrolment.id")
    person_id: int = Field(foreign_key="person.id")
    route_id: int = Field(foreign_key="route.id")
    status: EnrolmentStatus = Field(sa_column=word(EnrolmentStatus))
    steps: int  # the states of the route's steps, 3 bits each, first step lowest
    next_position: int | None = None  # the step to do next; empty when done
    next_state: StepState | None = Field(default=None, sa_column=word(StepState, nullable=True))
    next_on: date | None = None
    next_place: str = Field(default="", max_length=80)
    next_percent: int | None = None
    done_on: date | None = None
    valid_until: date | None = None
    registered_on: date
    last_activity_on: date
    name_sort: str = Field(sa_column=folded_order(260))
    display_name: str = Field(max_length=260)  # 'Berg, Jan van den'
    email: str = Field(default="", max_length=254)
    reference: str = Field(default="", max_length=80)
    search: str = Field(max_length=700)  # folded: name, e-mail, reference, payment code
