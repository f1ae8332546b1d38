"""Every way a database can come to be leads to the same tables, and keeps what it holds."""

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from portal_app import migrations, revision
from portal_app.brand import brand
from portal_app.models import Organisation, OrganisationCapacity
from tests import factories
from tests.harness import cast as the_cast

# SQLite cannot tell what an index of expressions is made of; those are PostgreSQL's.
pytestmark = pytest.mark.filterwarnings(
    "ignore:autogenerate skipping metadata-specified expression-based"
)


def rows_by_table(engine: Engine) -> dict[str, int]:
    """Count what every table holds."""
    with engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in SQLModel.metadata.tables
            if inspect(engine).has_table(name)
        }


def test_the_models_and_the_revisions_agree(database) -> None:
    command.check(migrations.configuration(database.engine))


def test_an_empty_database_gets_every_table(empty_database) -> None:
    migrations.upgrade()

    made = set(inspect(empty_database.engine).get_table_names())
    assert made == {*SQLModel.metadata.tables, "alembic_version"}


def test_upgrading_twice_changes_nothing_more(empty_database) -> None:
    migrations.upgrade()
    the_cast.assemble()
    before = rows_by_table(empty_database.engine)

    migrations.upgrade()

    assert rows_by_table(empty_database.engine) == before


def test_there_is_one_line_of_revisions() -> None:
    script = ScriptDirectory.from_config(migrations.configuration())

    assert script.get_heads() == [revision.newest()]
    assert len(script.get_bases()) == 1


def test_the_sixth_revision_gives_every_organisation_its_standard_capacity(empty_database) -> None:
    migrations.upgrade(revision="0005")
    at = "2026-03-02 08:00:00"
    with empty_database.engine.begin() as connection:
        for number in ("90004701", "90004702"):
            connection.exec_driver_sql(
                "INSERT INTO organisation (trade_register, number, unit, rsin, name, street, "
                "postal_code, town, phone, email, created_at) "
                f"VALUES ('kvk', '{number}', '', '', 'Bedrijf', '', '', '', '', '', '{at}')"
            )
        connection.exec_driver_sql(
            "INSERT INTO organisation_capacity (organisation_id, capacity, activated_at) "
            f"VALUES (1, 'employer', '{at}'), (1, 'candidate_following', '{at}')"
        )

    migrations.upgrade()

    standard = brand.standard_capacity.code
    held = [(one.organisation_id, one.capacity) for one in factories.all_of(OrganisationCapacity)]
    assert sorted(held) == [(1, "candidate_following"), (1, standard), (2, standard)]
    assert {one.access_version for one in factories.all_of(Organisation)} == {1}


def test_the_twelfth_revision_switches_on_what_carries_the_roles_that_are_there(
    empty_database,
) -> None:
    migrations.upgrade(revision="0011")
    at = "2026-03-02 08:00:00"
    with empty_database.engine.begin() as connection:
        for number in (1, 2, 3):
            connection.exec_driver_sql(
                "INSERT INTO organisation (id, trade_register, number, unit, rsin, name, street, "
                "postal_code, town, phone, email, created_at) "
                f"VALUES ({number}, 'kvk', '9000470{number}', '', '', 'B', '', '', '', '', '', "
                f"'{at}')"
            )
            connection.exec_driver_sql(
                "INSERT INTO person (id, given_name, infix, family_name, name_sort, created_at, "
                f"grants_version) VALUES ({number}, 'A', '', 'B', '', '{at}', 1)"
            )
        for number, role in enumerate(
            ("organisation_manager", "trusted_contact", "main_access_manager"), start=1
        ):
            connection.exec_driver_sql(
                "INSERT INTO access_grant (person_id, organisation_id, capacity, role, basis, "
                "granted_at, starts_at, ended_reason) "
                f"VALUES ({number}, {number}, '', '{role}', 'staff', '{at}', '{at}', '')"
            )
        connection.exec_driver_sql(
            "INSERT INTO organisation_capacity (organisation_id, capacity, activated_at, "
            f"ended_at) VALUES (3, 'candidate_following', '{at}', '{at}')"
        )

    migrations.upgrade()

    held = [
        (one.organisation_id, one.capacity, one.ended_at is None)
        for one in factories.all_of(OrganisationCapacity)
    ]
    assert sorted(held) == [(1, "candidate_following", True), (3, "candidate_following", False)]


def test_going_all_the_way_back_leaves_nothing(empty_database) -> None:
    migrations.upgrade()
    the_cast.assemble()

    migrations.downgrade("base")

    assert set(inspect(empty_database.engine).get_table_names()) <= {"alembic_version"}
