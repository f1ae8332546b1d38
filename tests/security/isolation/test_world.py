"""The world is worth asking about: nothing in it is without a sentinel."""

from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from portal_app import database
from tests.security.isolation.stamping import LEFT, is_text
from tests.security.isolation.written import World

CATALOGUE = {"route", "profile", "step"}


def rows_of(table: Any) -> list[dict[str, Any]]:
    with database.engine().connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_every_text_of_both_organisations_holds_a_sentinel(world: World):
    stamped = {(stamp.owner, stamp.column) for stamp in world.ledger.stamps}
    empty = [
        f"{column.table.name}.{column.name} of {owner}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if is_text(column) and str(column) not in LEFT
        for owner in ("north", "south")
        if (owner, str(column)) not in stamped
    ]
    assert not empty, f"Write a row with it in tests/security/isolation/world.py: {empty}"


def test_what_is_left_without_a_sentinel_is_there():
    columns = {str(column) for table in SQLModel.metadata.sorted_tables for column in table.columns}
    assert not LEFT.keys() - columns


def test_no_row_of_an_organisation_holds_a_word_of_another(world: World):
    north = world.organisation("north")
    foreign = {
        f"{table.name}.{name}: {stamp}"
        for table in SQLModel.metadata.sorted_tables
        if "organisation_id" in table.columns
        for row in rows_of(table)
        if row["organisation_id"] == north
        for name, value in row.items()
        for stamp in world.ledger.found_in(str(value)).values()
        if stamp.owner == "south"
    }
    assert not foreign
