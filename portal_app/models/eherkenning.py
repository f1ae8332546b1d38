"""Tries to prove with eHerkenning that somebody may represent a company, and the proofs."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from portal_app.eherkenning import Level, Outcome, SubjectKind
from portal_app.models.base import Record, word


class EherkenningProof(Record, table=True):
    """What a broker proved, as it was: the database itself refuses to change a row.

    Who acted is a pseudonym of the supplier's; it stands in the sealed token alone, and its
    digest tells whether it was somebody else than before.
    """

    __table_args__ = (Index("ix_eherkenning_proof_person_id", "person_id"),)

    person_id: int = Field(foreign_key="person.id")
    issuer: str = Field(max_length=254)
    subject_kind: SubjectKind = Field(sa_column=word(SubjectKind, length=64))
    subject: str = Field(max_length=9)
    branch: str = Field(default="", max_length=12)  # empty: the whole company
    acting_digest: str = Field(max_length=64)
    level: Level = Field(sa_column=word(Level, length=64))
    authenticated_at: datetime  # by the broker's clock
    proven_at: datetime  # by the machine's
    token: str  # the ID token as it came, sealed


class EherkenningTry(Record, table=True):
    """One go at proving a mandate, by one browser; times are the machine's.

    Its three secrets are derived from `reference` and stand nowhere.
    """

    __table_args__ = (
        Index("ix_eherkenning_try_browser_session_id", "browser_session_id"),
        Index("ix_eherkenning_try_person_id", "person_id"),
    )

    reference: str = Field(max_length=16, unique=True)
    browser_session_id: int = Field(foreign_key="browser_session.id")
    person_id: int = Field(foreign_key="person.id")
    started_at: datetime
    expires_at: datetime
    returned_at: datetime | None = None
    outcome: Outcome | None = Field(default=None, sa_column=word(Outcome, nullable=True))
    level: Level | None = Field(default=None, sa_column=word(Level, nullable=True, length=64))
    subject_kind: SubjectKind | None = Field(
        default=None, sa_column=word(SubjectKind, nullable=True, length=64)
    )
    subject: str = Field(default="", max_length=9)
    branch: str = Field(default="", max_length=12)
    proof_id: int | None = Field(default=None, foreign_key="eherkenning_proof.id")
