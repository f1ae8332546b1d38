"""The order of the overview: in the database, in Python, and beside one of its rows."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Mapped
from sqlmodel import col, func, or_, tuple_

from portal_app.models import ProgressRow

Row = TypeVar("Row", bound=Any)


class Order(StrEnum):
    """By what the list can be sorted."""

    NAME = "name"
    VALID_UNTIL = "valid_until"
    REGISTERED = "registered"
    ACTIVITY = "activity"


_COLUMNS = {
    Order.NAME: "name_sort",
    Order.VALID_UNTIL: "valid_until",
    Order.REGISTERED: "registered_on",
    Order.ACTIVITY: "last_activity_on",
}


def ordering(
    order: Order, *, descending: bool, walks: bool = True, backwards: bool = False
) -> Sequence[ColumnElement[Any]]:
    """Return what to order by; what can be empty comes last, whichever way.

    With `walks` the database may walk the index that has this order until a page is full.
    Without, it finds everything in the wide index and sorts that: better when little matches.
    `backwards` begins at the end, to which it is nearer from there.
    """
    column, number = sorted_by(order), col(ProgressRow.id)
    if not walks:
        column = in_no_index(column)
    if backwards and order is Order.VALID_UNTIL:
        return ((column.asc() if descending else column.desc()).nulls_first(), number.desc())
    return by_columns(column, number, order, descending=descending is not backwards)


def by_columns(
    column: ColumnElement[Any] | Mapped[Any],
    number: ColumnElement[Any] | Mapped[Any],
    order: Order,
    *,
    descending: bool,
) -> Sequence[ColumnElement[Any]]:
    """Return what to order by, where the two columns of the order have other names."""
    if order is Order.VALID_UNTIL:
        return ((column.desc() if descending else column.asc()).nulls_last(), number.asc())
    return (column.desc(), number.desc()) if descending else (column.asc(), number.asc())


def sorted_by(order: Order) -> Mapped[Any]:
    """Return the column by which a list is sorted; ties go by number."""
    return col(getattr(ProgressRow, _COLUMNS[order]))


def in_order(rows: Iterable[Row], order: Order, *, descending: bool) -> list[Row]:
    """Put rows with a number and the column of the order in that order, as the database does."""
    if order is Order.VALID_UNTIL:
        by_number = sorted(rows, key=attrgetter("id"))
        lasting = [row for row in by_number if row.valid_until is None]
        ending = [row for row in by_number if row.valid_until is not None]
        ending.sort(key=attrgetter("valid_until"), reverse=descending)
        return ending + lasting
    return sorted(rows, key=attrgetter(_COLUMNS[order], "id"), reverse=descending)


def beside(
    row: ProgressRow, order: Order, *, descending: bool, following: bool
) -> tuple[ColumnElement[bool], Sequence[ColumnElement[Any]]]:
    """Return the condition and order that find the row after, or before, `row` in a list."""
    column, tie = sorted_by(order), col(ProgressRow.id)
    upwards = following is not descending
    if order is not Order.VALID_UNTIL:
        mine, theirs = tuple_(getattr(row, _COLUMNS[order]), row.id), tuple_(column, tie)
        condition = theirs > mine if upwards else theirs < mine
        return condition, ordering(order, descending=not upwards)
    tied = tie > row.id if following else tie < row.id
    # Empty ones are the tail of the list: before them comes everything that is not empty.
    if row.valid_until is None:
        condition = and_(column.is_(None), tied)
        if not following:
            condition = or_(condition, column.is_not(None))
    else:
        beyond = column > row.valid_until if upwards else column < row.valid_until
        condition = or_(beyond, and_(column == row.valid_until, tied))
        if following:
            condition = or_(condition, column.is_(None))
    empty_first = column.is_(None) if following else column.is_(None).desc()
    nearest = column.asc() if upwards else column.desc()
    return condition, (empty_first, nearest, tie.asc() if following else tie.desc())


def in_no_index(column: ColumnElement[Any] | Mapped[Any]) -> ColumnElement[Any]:
    """Name a column such that no index has it, and the wide one is read."""
    return func.coalesce(column, column)
