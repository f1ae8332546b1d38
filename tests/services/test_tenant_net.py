"""Whatever a use case asks, rows of another organisation do not exist."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, exists, func, insert, select, text, union_all, update

from portal_app import database as portal_database
from portal_app import unit_of_work
from portal_app.models import Organisation, OrganisationCode, OrganisationLink, Person
from portal_app.permissions import Right
from portal_app.tenant_net import OutsideScope
from portal_app.unit_of_work import Operator, Work, use_case
from tests import factories

pytestmark = pytest.mark.covers("X-02")
LINKED_AT = factories.LONG_AGO


@pytest.fixture
def candidates(cast):
    """A candidate of VAK, one of JON, and one of nobody."""
    ours, theirs, nobodys = (factories.make_person(name) for name in ("Onze", "Hun", "Niemands"))
    factories.make_link(ours, cast.vak)
    factories.make_link(theirs, cast.jon)
    return ours, theirs, nobodys


def asked_by_alice(cast, run_as, question: Callable[[Work], object]) -> object:
    """Let Alice of VAK ask something; whatever `question` gives is the answer."""
    return run_as(cast.alice, use_case(Right.CANDIDATES_SEE, writes=True)(question))


def codes(work: Work):
    return sorted(work.session.exec(select(OrganisationCode.code)))


def whole_rows(work: Work):
    return [row.code for row in work.session.exec(select(OrganisationCode))]


def joined_from_a_free_table(work: Work):
    chosen = (
        select(OrganisationCode.code).select_from(Person).join(OrganisationCode, col(Person.id) > 0)
    )
    return sorted(set(work.session.exec(chosen)))


def joined_from_an_owned_table(work: Work):
    return list(work.session.exec(select(OrganisationCode.code).join(Organisation)))


def aliased_table(work: Work):
    other = aliased(OrganisationCode)
    return list(work.session.exec(select(other.code)))


def in_a_union(work: Work):
    both = union_all(select(OrganisationCode.code), select(OrganisationCode.code))
    return sorted({row[0] for row in work.session.execute(both)})


def in_a_common_table(work: Work):
    common = select(OrganisationCode.code).cte()
    return list(work.session.exec(select(common.c.code)))


def in_a_subquery(work: Work):
    inner = select(OrganisationCode.code).subquery()
    return list(work.session.exec(select(inner.c.code)))


def as_a_scalar(work: Work):
    most = select(func.min(OrganisationCode.code)).scalar_subquery()
    return [work.session.exec(select(most)).one()]


@pytest.mark.parametrize(
    "question",
    [
        codes,
        whole_rows,
        joined_from_a_free_table,
        joined_from_an_owned_table,
        aliased_table,
        in_a_union,
        in_a_common_table,
        in_a_subquery,
        as_a_scalar,
    ],
)
def test_a_query_finds_the_rows_of_the_own_organisation_only(cast, run_as, question) -> None:
    assert asked_by_alice(cast, run_as, question) == ["VAK"]


def test_an_outer_join_leaves_out_what_another_organisation_holds(cast, run_as, candidates) -> None:
    def links_of_candidates(work: Work):
        chosen = (
            select(Person.given_name, OrganisationLink.organisation_id)
            .join(OrganisationLink, col(OrganisationLink.person_id) == Person.id, isouter=True)
            .where(col(Person.id).in_([person.id for person in candidates]))
            .order_by(col(Person.id))
        )
        return [tuple(row) for row in work.session.exec(chosen)]

    assert asked_by_alice(cast, run_as, links_of_candidates) == [
        ("Onze", cast.vak.id),
        ("Hun", None),
        ("Niemands", None),
    ]


def test_an_exists_looks_within_the_own_organisation_only(cast, run_as, candidates) -> None:
    def linked(work: Work):
        holds = exists().where(col(OrganisationLink.person_id) == Person.id)
        return list(work.session.exec(select(Person.given_name).where(holds)))

    assert asked_by_alice(cast, run_as, linked) == ["Onze"]


def test_a_subquery_of_an_in_looks_within_the_own_organisation_only(
    cast, run_as, candidates
) -> None:
    def linked(work: Work):
        inside = select(OrganisationLink.person_id)
        return list(work.session.exec(select(Person.given_name).where(col(Person.id).in_(inside))))

    assert asked_by_alice(cast, run_as, linked) == ["Onze"]


def test_a_count_counts_the_own_rows_only(cast, run_as, candidates) -> None:
    def number(work: Work):
        return work.session.exec(select(func.count()).select_from(OrganisationLink)).one()

    assert asked_by_alice(cast, run_as, number) == 1


def test_a_row_of_another_organisation_cannot_be_had_by_its_number(cast, run_as) -> None:
    def theirs(work: Work):
        return (
            work.session.get(Organisation, cast.jon.id),
            work.session.get(Organisation, cast.vak.id).name,
        )

    assert asked_by_alice(cast, run_as, theirs) == (None, "Vakmanschap Demo")


def test_a_bulk_update_changes_the_own_rows_only(cast, run_as) -> None:
    def end_all(work: Work):
        return work.session.exec(update(OrganisationCode).values(ended_at=work.now)).rowcount

    assert asked_by_alice(cast, run_as, end_all) == 1
    ended = {code.code for code in factories.all_of(OrganisationCode) if code.ended_at}
    assert ended == {"VAK"}


def test_a_bulk_delete_removes_the_own_rows_only(cast, run_as) -> None:
    def remove_all(work: Work):
        return work.session.exec(delete(OrganisationCode)).rowcount

    assert asked_by_alice(cast, run_as, remove_all) == 1
    assert [code.code for code in factories.all_of(OrganisationCode)] == ["JON"]


def test_a_bulk_update_of_a_free_table_looks_within_the_own_organisation_only(
    cast, run_as, candidates
) -> None:
    def call_all(work: Work):
        inside = select(OrganisationLink.person_id)
        changed = update(Person).where(col(Person.id).in_(inside)).values(phone="+32")
        return work.session.exec(changed).rowcount

    assert asked_by_alice(cast, run_as, call_all) == 1
    called = [person.given_name for person in factories.all_of(Person) if person.phone]
    assert called == ["Onze"]


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


def test_a_session_without_a_scope_may_ask_nothing(database) -> None:
    with Session(portal_database.engine()) as session, pytest.raises(OutsideScope):
        session.exec(select(Person)).all()


def test_a_session_without_a_scope_may_write_nothing(cast) -> None:
    with Session(portal_database.engine()) as session:
        session.add(
            OrganisationCode(organisation_id=cast.vak.key, code="NEW", created_at=LINKED_AT)
        )
        with pytest.raises(OutsideScope):
            session.flush()


def test_the_operator_sees_every_organisation(cast) -> None:
    assert unit_of_work.run(use_case(Right.CANDIDATES_SEE)(codes), Operator()) == ["JON", "VAK"]


def test_staff_see_every_organisation(cast, run_as) -> None:
    assert run_as(cast.sam, use_case(Right.CANDIDATES_SEE)(codes)) == ["JON", "VAK"]


def test_the_operator_may_insert_in_bulk(cast) -> None:
    write = use_case(Right.CANDIDATES_IMPORT, writes=True)(bulk_insert)

    unit_of_work.run(write, Operator(), cast.jon.key)

    assert [code.code for code in factories.all_of(OrganisationCode)] == ["VAK", "JON", "NEW"]
