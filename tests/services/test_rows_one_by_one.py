"""A use case that gives rows one by one keeps its right, its scope and its transaction."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from portal_app.errors import NotAllowed, NotSignedIn
from portal_app.models import OrganisationCode
from portal_app.permissions import Right
from portal_app.unit_of_work import Work, run_through, use_case
from tests.harness.cast import VIC, acting_as


@use_case(Right.CANDIDATES_SEE)
def codes_one_by_one(work: Work) -> Iterator[tuple[str, int]]:
    for code in work.session.exec(select(OrganisationCode.code)).all():
        # Asked again between two rows: still inside the scope.
        yield code, len(work.session.exec(select(OrganisationCode)).all())


def test_rows_are_given_inside_the_scope_until_the_last(cast) -> None:
    rows = run_through(codes_one_by_one, acting_as(cast.alice))

    assert list(rows) == [("VAK", 1)]


def test_rows_are_refused_before_the_first(cast) -> None:
    with pytest.raises(NotAllowed):
        next(run_through(codes_one_by_one, acting_as(cast.bob)))
    with pytest.raises(NotSignedIn):
        next(run_through(codes_one_by_one, acting_as(VIC)))


def test_whoever_wants_no_more_rows_ends_the_transaction(cast, database) -> None:
    rows = run_through(codes_one_by_one, acting_as(cast.sam))
    next(rows)
    in_use = database.engine.pool.checkedout()

    rows.close()

    assert database.engine.pool.checkedout() == in_use - 1
