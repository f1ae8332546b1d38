"""Whether the database is of this version: asked at every start, so without alembic."""

from pathlib import Path

from sqlalchemy import Column, MetaData, String, Table, inspect, select

from portal_app import database

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))


def newest() -> str:
    """Return the newest revision; their files are numbered."""
    return max(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*.py"))


def is_current() -> bool:
    """Tell whether the portal's own database is at the newest revision."""
    with database.engine().connect() as connection:
        if not inspect(connection).has_table(_VERSION.name):
            return False
        return connection.execute(select(_VERSION.c.version_num)).scalar() == newest()
