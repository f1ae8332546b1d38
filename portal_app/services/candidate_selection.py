"""Finding a page of the overview: which rows, in which order, and how many there are.

Which rows they are comes from an index alone; only those of the page are read whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, bindparam, label
from sqlalchemy import select as sa_select
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.models import Organisation, ProgressRow
from portal_app.services.candidate_filters import CandidateFilter, Conditions, conditions_of
from portal_app.services.candidate_order import (
    Order,
    by_columns,
    in_order,
    ordering,
    sorted_by,
)
from portal_app.services.routes import RouteSteps
from portal_app.unit_of_work import Work

COUNTED_UP_TO = 10_000
"""Over all organisations (staff) counting stops here; inside one it is always exact."""
SORTED_UP_TO = 1_000
"""Up to this many matches are sorted; of more, an index is walked until the page is full."""
TAKEN_UP_TO = 100
"""Up to this many matches of a keyword are taken and counted in one go."""

_KEPT = 500
_COLUMNS: tuple[Any, ...] = (  # making an object of every row is a tenth of what a page costs
    *(
        getattr(ProgressRow, name)
        for name in (
            *("id", "enrolment_id", "link_id", "organisation_id", "route_id", "display_name"),
            *("email", "steps", "status", "next_position", "next_on", "next_place"),
            *("next_percent", "done_on", "valid_until", "registered_on"),
            *("name_sort", "last_activity_on"),
        )
    ),
    label("organisation", col(Organisation.name)),
)
_BY_NUMBER = (
    sa_select(*_COLUMNS)
    .join(Organisation, col(Organisation.id) == ProgressRow.organisation_id)
    .where(col(ProgressRow.id).in_(bindparam("ids", expanding=True)))
)

HashableRoutes = tuple[tuple[int, RouteSteps], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What decides which candidates are listed, and in which order."""

    wanted: CandidateFilter
    routes: HashableRoutes
    today: date
    order: Order
    descending: bool

    def conditions(self) -> Conditions:
        """Turn the filter into conditions."""
        return conditions_of(self.wanted, dict(self.routes), self.today)


@dataclass(frozen=True, slots=True)
class Found:
    """The rows of a page in order; each has the columns of the projection and `organisation`."""

    rows: Sequence[Any]
    total: int
    is_exact: bool
    page: int  # the one that was asked for, or the last one there is


def find(work: Work, chosen: Selection, page: int, size: int) -> Found:
    """Find a page, which counts from 1."""
    if chosen.wanted.words and (found := _by_keyword(work, chosen, page, size)):
        return found
    walks = _walks_whatever_matches(work, chosen)
    if page == 1 and walks and isinstance(work.scope, frozenset):
        rows = _read(work, chosen, _page(chosen, walks=True, counts=True), first=0, size=size)
        return Found(rows, rows[0].total if rows else 0, is_exact=True, page=1)
    total, is_exact = _count(work, chosen)
    if total == 0:
        return Found((), 0, is_exact, 1)
    page = _within(page, total, size)
    first, size = (page - 1) * size, min(size, total - (page - 1) * size)
    walks = walks or first <= SORTED_UP_TO < total
    after = total - first - size
    backwards = is_exact and after < first
    asked = _page(chosen, walks=walks, backwards=backwards)
    rows = _read(work, chosen, asked, first=after if backwards else first, size=size)
    return Found(rows, total, is_exact, page)


def _by_keyword(work: Work, chosen: Selection, page: int, size: int) -> Found | None:
    """Find a page of what keywords match, or nothing where another way is shorter.

    A keyword is looked for in the whole index of an organisation, so that finding and counting
    are one: it takes as long as all the rest together.
    """
    if not isinstance(work.scope, frozenset):
        return None  # it would be read to its end for the order
    if chosen.order is Order.NAME:
        return _if_few(work, chosen, page, size)
    rows = _read(work, chosen, _sorted_matches(chosen), first=(page - 1) * size, size=size)
    if not rows and page > 1:
        return None  # past the end
    return Found(rows, rows[0].total if rows else 0, is_exact=True, page=page)


def _if_few(work: Work, chosen: Selection, page: int, size: int) -> Found | None:
    asked = {"at_most": TAKEN_UP_TO + 1}
    matches = work.session.exec(_matches(chosen), params=asked).all()
    if len(matches) > TAKEN_UP_TO:
        return None
    page = _within(page, len(matches), size)
    ordered = matches[::-1] if chosen.descending else matches
    ids = ordered[(page - 1) * size : page * size]
    rows = _read(work, chosen, _BY_NUMBER, ids=ids) if ids else ()
    return Found(rows, len(matches), is_exact=True, page=page)


def _read(work: Work, chosen: Selection, asked: Any, **at: object) -> Sequence[Any]:  # noqa: ANN401  # SQLAlchemy's own
    # Asked to put them in order, SQLite walks a whole organisation for the order of 25 rows.
    rows = work.session.execute(asked, at)  # pyright: ignore[reportDeprecated]
    return in_order(rows, chosen.order, descending=chosen.descending)


def _within(page: int, total: int, size: int) -> int:
    return max(1, min(page, -(-total // size)))


def _walks_whatever_matches(work: Work, chosen: Selection) -> bool:
    """Tell whether walking an ordered index always fills a page sooner than sorting does."""
    wanted = chosen.wanted
    inside_one = isinstance(work.scope, frozenset) or wanted.organisation_id is not None
    if inside_one and chosen.order is Order.NAME:
        return True  # the wide index has this order itself
    return replace(wanted, organisation_id=None) == CandidateFilter()


def _count(work: Work, chosen: Selection) -> tuple[int, bool]:
    if isinstance(work.scope, frozenset):
        return work.session.exec(_number(chosen)).one(), True
    number = work.session.exec(_number(chosen, up_to=COUNTED_UP_TO + 1)).one()
    return min(number, COUNTED_UP_TO), number <= COUNTED_UP_TO


# People ask the same again and again. Making a statement takes as long as running it, so the
# last ones are kept; they hold no scope, for the net narrows each time.


@lru_cache(maxsize=_KEPT)
def _number(chosen: Selection, up_to: int | None = None) -> SelectOfScalar[int]:
    conditions = chosen.conditions()
    if up_to is None:
        return select(func.count()).select_from(ProgressRow).where(*conditions)
    first = select(ProgressRow.id).where(*conditions).limit(up_to).subquery()
    return select(func.count()).select_from(first)


@lru_cache(maxsize=_KEPT)
def _matches(chosen: Selection) -> SelectOfScalar[Any]:
    return (
        select(col(ProgressRow.id))
        .where(*chosen.conditions())
        .order_by(*ordering(Order.NAME, descending=False))
        .limit(bindparam("at_most", type_=Integer))
    )


@lru_cache(maxsize=_KEPT)
def _page(  # noqa: ANN202  # SQLAlchemy's own
    chosen: Selection, *, walks: bool, counts: bool = False, backwards: bool = False
):
    # Counting beside every row would make each match wait for all; this counts once.
    total: list[Any] = [_number(chosen).scalar_subquery().label("total")] if counts else []
    order = ordering(chosen.order, descending=chosen.descending, walks=walks, backwards=backwards)
    found: Any = sa_select(col(ProgressRow.id), *total).where(*chosen.conditions()).order_by(*order)
    return _whole_rows(found, *(["total"] if counts else []))


@lru_cache(maxsize=_KEPT)
def _sorted_matches(chosen: Selection) -> Any:  # noqa: ANN401  # idem
    found = sa_select(col(ProgressRow.id), label("sorted_by", sorted_by(chosen.order)))
    matches = found.where(*chosen.conditions()).cte("matches")
    order = by_columns(
        matches.c.sorted_by, matches.c.id, chosen.order, descending=chosen.descending
    )
    total = sa_select(func.count()).select_from(matches).scalar_subquery().label("total")
    return _whole_rows(sa_select(matches.c.id, total).order_by(*order), "total")


def _whole_rows(found: Any, *more: str) -> Any:  # noqa: ANN401  # idem
    """Read the rows on the page of a statement that finds numbers; and more of its columns."""
    page = (
        found.offset(bindparam("first", type_=Integer))
        .limit(bindparam("size", type_=Integer))
        .subquery("page")
    )
    return (
        sa_select(*_COLUMNS, *(page.c[name] for name in more))
        .select_from(page)
        .join(ProgressRow, col(ProgressRow.id) == page.c.id)
        .join(Organisation, col(Organisation.id) == ProgressRow.organisation_id)
    )
