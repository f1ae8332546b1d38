"""Organisations, and who may do what for them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from portal_app.models.base import OwnedByOrganisation, Record, folded_order, one_active, word
from portal_app.permissions import Role
from portal_app.suspension import SuspensionReason

_WAITING = "activated_at IS NULL AND withdrawn_at IS NULL"


class TradeRegister(StrEnum):
    """The public register that gives out the organisation's number."""

    KBO = "kbo"  # Belgian enterprise number, 10 digits
    KVK = "kvk"  # Dutch chamber of commerce, 8 digits


class Basis(StrEnum):
    """On what a grant rests (X-12)."""

    INVITATION = "invitation"
    EHERKENNING = "eherkenning"  # `basis_id` is the proof
    APPOINTMENT = "appointment"  # `basis_id` is the grant of whoever appointed
    STAFF = "staff"
    COMPANY_ACCOUNT = "company_account"  # that staff made; `basis_id` is its row
    APPLICATION = "application"  # `basis_id` is the application
    IMPORT = "import"
    DEMO = "demo"


class Organisation(Record, table=True):
    """A company or office: number × unit, so the same number in another province is another one."""

    __table_args__ = (
        UniqueConstraint("trade_register", "number", "unit"),
        Index("ix_organisation_name_sort", "name_sort"),
    )

    trade_register: TradeRegister = Field(sa_column=word(TradeRegister))
    number: str = Field(max_length=10)  # digits only
    unit: str = Field(default="", max_length=32)  # province (BE) or branch number (NL)
    rsin: str = Field(default="", max_length=9)  # (NL) by which a broker may name a legal person
    name: str = Field(max_length=160)
    name_sort: str = Field(sa_column=folded_order(260))  # `names.company_sort` of it
    street: str = Field(default="", max_length=160)
    postal_code: str = Field(default="", max_length=12)
    town: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=32)
    email: str = Field(default="", max_length=254)
    website: str = Field(default="", max_length=200)
    created_at: datetime
    closed_at: datetime | None = None
    access_version: int = 1  # goes up with every change of who may do what here


class OrganisationCapacity(Record, OwnedByOrganisation, table=True):
    """A capacity of the brand that is, or was, switched on for an organisation."""

    __table_args__ = (
        one_active(
            "uq_organisation_capacity_active",
            "organisation_id",
            "capacity",
            while_="ended_at IS NULL",
        ),
    )

    capacity: str = Field(max_length=32)
    activated_at: datetime
    activated_by_id: int | None = Field(default=None, foreign_key="person.id")
    activated_reason: str = Field(default="", max_length=400)
    parameters: str = "{}"  # JSON of what its managers set
    ended_at: datetime | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_reason: str = Field(default="", max_length=400)


class OrganisationCode(Record, OwnedByOrganisation, table=True):
    """The three letters with which candidates say for whom they come (V-13)."""

    __table_args__ = (
        CheckConstraint("length(code) = 3 AND code = upper(code)", name="three_capitals"),
        Index("ix_organisation_code_organisation_id", "organisation_id"),
    )

    code: str = Field(max_length=3, unique=True)
    created_at: datetime
    ended_at: datetime | None = None


class OrganisationCodeRoute(Record, OwnedByOrganisation, table=True):
    """A route for which an organisation code is active (V-18)."""

    __table_args__ = (
        one_active(
            "uq_organisation_code_route_active",
            "organisation_code_id",
            "route_id",
            while_="ended_at IS NULL",
        ),
    )

    organisation_code_id: int = Field(foreign_key="organisation_code.id")
    route_id: int = Field(foreign_key="route.id")
    activated_at: datetime
    ended_at: datetime | None = None


class Grant(Record, table=True):
    """What a person may do: a role, for an organisation or for the fund, on a basis.

    Not owned: a person reads their own grants over all organisations. `organisation_id`
    is empty for the fund's own people. A grant never goes away, it ends.
    """

    __tablename__ = "access_grant"  # pyright: ignore[reportAssignmentType]  # GRANT is SQL's
    __table_args__ = (
        one_active(
            "uq_access_grant_active_in_organisation",
            "person_id",
            "organisation_id",
            "role",
            "capacity",
            while_="ended_at IS NULL AND organisation_id IS NOT NULL",
        ),
        one_active(
            "uq_access_grant_active_of_staff",
            "person_id",
            "role",
            while_="ended_at IS NULL AND organisation_id IS NULL",
        ),
        one_active(
            "uq_access_grant_one_main_access_manager",
            "organisation_id",
            while_="ended_at IS NULL AND role = 'main_access_manager'",
        ),
        Index("ix_access_grant_organisation_id", "organisation_id"),
    )

    person_id: int = Field(foreign_key="person.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")
    capacity: str = Field(default="", max_length=32)  # empty: the organisation as a whole
    role: Role = Field(sa_column=word(Role))
    basis: Basis = Field(sa_column=word(Basis))
    basis_id: int | None = None  # the row of `basis`, such as the invitation
    granted_at: datetime
    granted_by_id: int | None = Field(default=None, foreign_key="person.id")
    starts_at: datetime
    until: datetime | None = None
    suspended_at: datetime | None = None  # while it opens nothing; the trail tells by whom
    suspended_why: SuspensionReason | None = Field(
        default=None, sa_column=word(SuspensionReason, nullable=True)
    )
    suspended_by_fund: bool = False  # which then resumes it too
    ended_at: datetime | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    ended_reason: str = Field(default="", max_length=400)


class Invitation(Record, OwnedByOrganisation, table=True):
    """An invitation to become something for an organisation; its code is never stored.

    The code is derived from the master key and `public_id`, so that a resend carries the
    same one; `code_digest` finds it back.
    """

    __table_args__ = (
        CheckConstraint("redeemed_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        Index("ix_invitation_created_at", "created_at"),
        Index("ix_invitation_email", "email"),
        Index("ix_invitation_organisation_id", "organisation_id"),
    )

    public_id: str = Field(max_length=6, unique=True)
    code_digest: str = Field(max_length=64, unique=True)
    role: Role = Field(sa_column=word(Role))
    capacity: str = Field(default="", max_length=32)  # empty: the organisation as a whole
    until: datetime | None = None  # the end of what is given
    appointing_grant_id: int | None = Field(default=None, foreign_key="access_grant.id")
    email: str = Field(max_length=254)  # casefolded
    given_name: str = Field(default="", max_length=100)
    infix: str = Field(default="", max_length=40)
    family_name: str = Field(default="", max_length=100)
    locale: str = Field(default="nl", max_length=2)
    created_at: datetime
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    expires_at: datetime
    sent_at: datetime | None = None  # the last time a mail was put in the outbox
    sends: int = 0
    opened_at: datetime | None = None
    redeemed_at: datetime | None = None
    redeemed_by_id: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = None
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")


class CompanyAccount(Record, OwnedByOrganisation, table=True):
    """An account that staff made for whoever will manage the access of a company (S-03, S-17).

    It gives nothing until its person has activated it; the codes to do so are with the account.
    """

    __table_args__ = (
        CheckConstraint("activated_at IS NULL OR withdrawn_at IS NULL", name="one_end"),
        one_active("uq_company_account_waiting", "organisation_id", while_=_WAITING),
        Index("ix_company_account_made_at", "made_at", "id"),
    )

    person_id: int = Field(foreign_key="person.id", unique=True)
    made_at: datetime
    made_by_id: int | None = Field(default=None, foreign_key="person.id")
    issued_at: datetime  # when the codes that work now were made
    issues: int = 1
    activated_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by_id: int | None = Field(default=None, foreign_key="person.id")
