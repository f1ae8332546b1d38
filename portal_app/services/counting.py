"""Counting a list in every one of its tabs, in one statement."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, FromClause, func
from sqlalchemy import select as sa_select
from sqlmodel import SQLModel

from portal_app.unit_of_work import Work

Tab = TypeVar("Tab", bound=str)


def count_tabs(
    work: Work,
    rows: FromClause | type[SQLModel],
    wanted: Sequence[ColumnElement[bool]],
    tabs: Mapping[Tab, Sequence[ColumnElement[bool]]],
) -> dict[Tab, int]:
    """Count the rows that are wanted, by what those of each tab meet.

    `rows` is a table, or tables that are joined; none of the joins may repeat a row.
    """
    each = (func.count().filter(*met) for met in tabs.values())
    asked = sa_select(*each).select_from(rows).where(*wanted)
    counts = work.session.execute(asked).one()  # pyright: ignore[reportDeprecated]
    return dict(zip(tabs, counts, strict=True))
