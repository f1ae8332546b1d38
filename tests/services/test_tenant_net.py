"""Whatever a use case asks, rows of another organisation do not exist."""

import pytest
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, exists, func, select, union_all, update

from portal_app import database as portal_database
from portal_app import unit_of_work
from portal_app.models import Organisation, OrganisationCode, OrganisationLink, Person
from portal_app.permissions import Right
from portal_app.tenant_net import OutsideScope
from portal_app.unit_of_work import Operator, Work, use_case
from tests import factories
from tests.services.asking import asked_by_alice


@pytest.fixture
def candidates(cast):
    """A candidate of VAK, one of JON, and one of nobody."""
    ours, theirs, nobodys = (factories.make_person(name) for name in ("Onze", "Hun", "Niemands"))
    factories.make_link(ours, cast.vak)
    factories.make_link(theirs, cast.jon)
    return ours, theirs, nobodys


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


def test_a_session_without_a_scope_may_ask_nothing(database) -> None:
    with Session(portal_database.engine()) as session, pytest.raises(OutsideScope):
        session.exec(select(Person)).all()


def test_a_session_without_a_scope_may_write_nothing(cast) -> None:
    with Session(portal_database.engine()) as session:
        session.add(
            OrganisationCode(
                organisation_id=cast.vak.key, code="NEW", created_at=factories.LONG_AGO
            )
        )
        with pytest.raises(OutsideScope):
            session.flush()


def test_the_operator_sees_every_organisation(cast) -> None:
    assert unit_of_work.run(use_case(Right.CANDIDATES_SEE)(codes), Operator()) == ["JON", "VAK"]


def test_staff_see_every_organisation(cast, run_as) -> None:
    assert run_as(cast.sam, use_case(Right.CANDIDATES_SEE)(codes)) == ["JON", "VAK"]
