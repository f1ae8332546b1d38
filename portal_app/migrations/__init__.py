"""How the database came to be what it is: alembic, run by `portal migrate`.

Types are compared and SQLite is changed in batches, so that both databases stay equal.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from portal_app import database


def configuration(engine: Engine | None = None) -> Config:
    """Return alembic's configuration, for the portal's own database unless `engine` is given."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    made.attributes["engine"] = engine or database.engine()
    return made


def upgrade(engine: Engine | None = None, revision: str = "head") -> None:
    """Bring the database to `revision`; nothing happens when it is there already."""
    command.upgrade(configuration(engine), revision)


def downgrade(revision: str, engine: Engine | None = None) -> None:
    """Bring the database back to `revision` ('base' is empty)."""
    command.downgrade(configuration(engine), revision)
