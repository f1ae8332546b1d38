"""What every table is made of.

SQLModel does not check `ge` or `max_length` on tables: an invariant that matters is a
constraint here and a sentence in the use case. Enumerations are stored as short text, so
that both databases and every migration read the same.
"""

import re
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, String, TypeDecorator, literal_column
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


class Record(SQLModel):
    """A row with a number of its own."""

    id: int | None = Field(default=None, primary_key=True)

    @declared_attr.directive
    def __tablename__(  # pyright: ignore[reportIncompatibleVariableOverride, reportIncompatibleMethodOverride]  # SQLAlchemy's own way to name tables
        cls,  # noqa: N805
    ) -> str:
        """Name the table after the class: `CodeBatch` is `code_batch`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @property
    def key(self) -> int:
        """The number of a row that was written; reading it before that is a mistake."""
        if self.id is None:
            message = f"{type(self).__name__} was not written yet"
            raise RuntimeError(message)
        return self.id


class OwnedByOrganisation(SQLModel):
    """A row that belongs to one organisation: the net of the one door narrows it."""

    organisation_id: int = Field(foreign_key="organisation.id")


class Word(TypeDecorator[StrEnum]):
    """A member of a `StrEnum`, stored as its value."""

    impl = String
    cache_ok = True

    def __init__(self, members: type[StrEnum], length: int = 32) -> None:
        super().__init__(length)
        self.members = members
        self.length = length
        self._by_value = {member.value: member for member in members}

    def process_bind_param(self, value: StrEnum | None, dialect: object) -> str | None:  # noqa: ARG002
        """Refuse a word that is not a member."""
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: object) -> StrEnum | None:  # noqa: ARG002
        """Give the member back."""
        return None if value is None else self._by_value[value]


class Words(TypeDecorator[tuple[StrEnum, ...]]):
    """Members of a `StrEnum` in their own order, stored as their values with spaces between."""

    impl = String
    cache_ok = True

    def __init__(self, members: type[StrEnum], length: int) -> None:
        super().__init__(length)
        self.members = members
        self.length = length

    def process_bind_param(self, value: tuple[StrEnum, ...] | None, dialect: object) -> str:  # noqa: ARG002
        """Put the members in order; refuse a word that is none."""
        given = {self.members(one) for one in value or ()}
        return " ".join(one.value for one in self.members if one in given)

    def process_result_value(self, value: str | None, dialect: object) -> tuple[StrEnum, ...]:  # noqa: ARG002
        """Give the members back."""
        return tuple(self.members(one) for one in (value or "").split())


def word(members: type[StrEnum], *, nullable: bool = False, length: int = 32) -> Column[Any]:
    """Make the column of a `StrEnum`."""
    return Column(Word(members, length), nullable=nullable)


def words(members: type[StrEnum], *, length: int = 64) -> Column[Any]:
    """Make the column of several members of a `StrEnum`."""
    return Column(Words(members, length), nullable=False)


def folded_order(length: int) -> Column[Any]:
    """Make the column of a folded sort key: plain ASCII, so both databases order it alike."""
    kind = String(length).with_variant(String(length, collation="C"), "postgresql")
    return Column(kind, nullable=False)


def one_active(name: str, *columns: str, while_: str) -> Index:
    """Make a unique index over the rows for which `while_` holds, on both databases."""
    return Index(
        name,
        *columns,
        unique=True,
        sqlite_where=literal_column(while_),
        postgresql_where=literal_column(while_),
    )
