"""Rules of the tables."""

import pytest
from sqlalchemy import Column, Integer
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

import portal_app.models  # noqa: F401  # so that the metadata knows every table
from portal_app.models.base import OwnedByOrganisation
from portal_app.tenant_net import _OWNED

TABLES = SQLModel.metadata.sorted_tables
COLUMNS = [column for table in TABLES for column in table.columns]
NOT_OWNED = {
    "access_grant": "a person reads its own grants over all organisations",
    "audit_event": "tells of what happened anywhere; read by staff",
}
LOOSE = {
    "access_grant.basis_id": "of the table that `basis` names",
    "audit_event.about_id": "of the table that `about` names",
    "audit_event.actor_id": "the trail outlives what it tells of",
    "audit_event.organisation_id": "the trail outlives what it tells of",
    "invitation.public_id": "the part of the code that people see",
    "passkey.credential_id": "what a device knows a passkey by",
    "outbox_mail.about_id": "of the table that `about` names",
    "outbox_mail.message_id": "what mail servers know the mail by",
}


def columns_that_end_in(*endings: str) -> list[Column]:
    return [column for column in COLUMNS if column.name.endswith(endings)]


@pytest.mark.parametrize("column", columns_that_end_in("_at"), ids=str)
def test_a_moment_is_stored_in_utc(column: Column) -> None:
    assert isinstance(column.type, UTCDateTime), f"{column} ends in _at: make it a datetime."


@pytest.mark.parametrize("column", [c for c in COLUMNS if isinstance(c.type, UTCDateTime)], ids=str)
def test_a_moment_is_called_so(column: Column) -> None:
    words = ("_at", "at", "until", "_until")
    assert column.name.endswith(words), f"{column} is a moment: let its name end in _at."


def test_money_is_whole_cents() -> None:
    odd = [one for one in columns_that_end_in("_cents") if not isinstance(one.type, Integer)]
    assert not odd, f"What ends in _cents is an int: {odd}"


@pytest.mark.parametrize("column", columns_that_end_in("_id"), ids=str)
def test_a_reference_is_kept_by_the_database(column: Column) -> None:
    assert column.foreign_keys or str(column) in LOOSE, (
        f"{column} names a row: give it a foreign_key, or list it as LOOSE with the reason."
    )


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_what_belongs_to_an_organisation_is_in_the_net(table) -> None:
    if "organisation_id" in table.columns and table.name not in NOT_OWNED:
        assert table in _OWNED, f"{table}: derive its model from OwnedByOrganisation."


def test_the_net_knows_every_owned_model() -> None:
    models = {model.__table__ for model in OwnedByOrganisation.__subclasses__()}

    assert models < set(_OWNED)


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_a_table_says_what_it_is(table) -> None:
    [model] = [
        mapper.class_ for mapper in SQLModel._sa_registry.mappers if mapper.local_table is table
    ]
    assert model.__doc__, f"Give {model.__name__} a sentence that says what a row is."
