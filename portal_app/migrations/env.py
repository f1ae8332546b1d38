"""What alembic runs; see `portal_app.migrations`."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import portal_app.models  # noqa: F401  # pyright: ignore[reportUnusedImport]  # for the metadata
from portal_app.models.base import Word


def plainly(kind: str, thing: Any, _context: object) -> str | Literal[False]:  # noqa: ANN401
    """Write our own column types as what the database stores, so that old revisions stay true."""
    if kind == "type" and isinstance(thing, AutoString | Word):
        return f"sa.String(length={thing.length})" if thing.length else "sa.String()"
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


with context.config.attributes["engine"].begin() as connection:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        compare_type=True,
        render_item=plainly,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    context.run_migrations()
