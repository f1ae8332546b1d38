"""What the net could not narrow or judge is refused."""

import pytest
from sqlmodel import col, insert, select, text, update

from portal_app import unit_of_work
from portal_app.models import OrganisationCode, OrganisationLink, Person
from portal_app.permissions import Right
from portal_app.tenant_net import OutsideScope
from portal_app.unit_of_work import Operator, Work, use_case
from tests import factories
from tests.services.asking import asked_by_alice


def core_select(work: Work):
    return work.session.execute(select(OrganisationCode.__table__.c.code)).all()


def core_table_in_a_query_of_a_model(work: Work):
    table = OrganisationCode.__table__
    return work.session.execute(select(Person.id, table.c.code).join(table, table.c.id > 0)).all()


def core_update(work: Work):
    return work.session.execute(OrganisationCode.__table__.update().values(code="ZZZ"))


def core_insert(work: Work):
    return work.session.execute(
        OrganisationCode.__table__.insert().values(
            organisation_id=1, code="ZZZ", created_at=work.now
        )
    )


def core_alias(work: Work):
    other = OrganisationCode.__table__.alias()
    return work.session.execute(select(Person.id, other.c.code).join(other, other.c.id > 0)).all()


def core_subquery(work: Work):
    inside = select(OrganisationLink.__table__.c.person_id)
    return work.session.exec(select(Person.id).where(col(Person.id).in_(inside))).all()


def raw_sql(work: Work):
    return work.session.execute(text("SELECT code FROM organisation_code")).all()


def insert_of_what_was_selected(work: Work):
    chosen = select(OrganisationCode.code, Person.family_name, Person.name_sort, Person.created_at)
    columns = ["given_name", "family_name", "name_sort", "created_at"]
    work.session.execute(insert(Person).from_select(columns, chosen))


@pytest.mark.parametrize(
    "question",
    [
        core_select,
        core_table_in_a_query_of_a_model,
        core_alias,
        core_subquery,
        core_update,
        core_insert,
        raw_sql,
        insert_of_what_was_selected,
    ],
)
def test_a_statement_that_would_slip_past_is_refused(cast, run_as, question) -> None:
    with pytest.raises(OutsideScope):
        asked_by_alice(cast, run_as, question)


def new_row(work: Work, organisation_id: int):
    work.session.add(
        OrganisationCode(organisation_id=organisation_id, code="NEW", created_at=work.now)
    )


def bulk_insert(work: Work, organisation_id: int):
    row = {"organisation_id": organisation_id, "code": "NEW", "created_at": work.now}
    work.session.execute(insert(OrganisationCode), [row])


def moved_row(work: Work, organisation_id: int):
    own = work.session.exec(select(OrganisationCode)).one()
    own.organisation_id = organisation_id
    work.session.add(own)


def rows_moved_in_bulk(work: Work, organisation_id: int):
    work.session.exec(update(OrganisationCode).values(organisation_id=organisation_id))


def rows_moved_by_their_numbers(work: Work, organisation_id: int):
    own = work.session.exec(select(OrganisationCode)).one()
    work.session.execute(
        update(OrganisationCode), [{"id": own.id, "organisation_id": organisation_id}]
    )


def a_row_of_theirs_by_its_number(work: Work, _organisation_id: int):
    work.session.execute(update(OrganisationCode), [{"id": 2, "ended_at": work.now}])


def an_owner_given_beside(work: Work, organisation_id: int):
    work.session.execute(update(OrganisationCode), {"organisation_id": organisation_id})


@pytest.mark.parametrize(
    "write",
    [
        new_row,
        bulk_insert,
        moved_row,
        rows_moved_in_bulk,
        rows_moved_by_their_numbers,
        a_row_of_theirs_by_its_number,
        an_owner_given_beside,
    ],
)
def test_a_row_cannot_be_written_into_another_organisation(cast, run_as, write) -> None:
    with pytest.raises(OutsideScope):
        asked_by_alice(cast, run_as, lambda work: write(work, cast.jon.key))

    left = [(code.organisation_id, code.ended_at) for code in factories.all_of(OrganisationCode)]
    assert left == [(cast.vak.id, None), (cast.jon.id, None)]


def test_a_row_can_be_written_into_the_own_organisation(cast, run_as) -> None:
    asked_by_alice(cast, run_as, lambda work: new_row(work, cast.vak.key))

    assert [code.code for code in factories.all_of(OrganisationCode)] == ["VAK", "JON", "NEW"]


def test_the_operator_may_insert_in_bulk(cast) -> None:
    write = use_case(Right.CANDIDATES_IMPORT, writes=True)(bulk_insert)

    unit_of_work.run(write, Operator(), cast.jon.key)

    assert [code.code for code in factories.all_of(OrganisationCode)] == ["VAK", "JON", "NEW"]
