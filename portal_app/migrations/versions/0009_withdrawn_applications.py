"""An application that its applicant withdrew is finished too.

Revision: 0009, after 0008.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"

_NAME = "ck_application_finished_has_a_day"
_FINISHED = "(finished_at IS NULL) = (state NOT IN ('done', 'refused', 'withdrawn'))"
_FINISHED_BEFORE = "(finished_at IS NULL) = (state NOT IN ('done', 'refused'))"


def upgrade() -> None:
    """Go to this revision."""
    _finish_by(_FINISHED)


def _finish_by(condition: str) -> None:
    kept = _set_events_aside() if op.get_context().dialect.name == "sqlite" else ()
    with op.batch_alter_table("application") as batch_op:
        batch_op.drop_constraint(op.f(_NAME), type_="check")
        batch_op.create_check_constraint(op.f(_NAME), condition)
    for definition in kept:
        op.get_bind().exec_driver_sql(definition)
    if kept:
        op.execute("INSERT INTO application_event SELECT * FROM kept_event")
        op.execute("DROP TABLE kept_event")


def _set_events_aside() -> Sequence[str]:
    """Let the table go that refers to the one which SQLite makes anew; return what made it."""
    written = op.get_bind().execute(
        sa.text(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'application_event' "
            "AND sql IS NOT NULL ORDER BY type <> 'table'"
        )
    )
    definitions = written.scalars().all()
    op.execute("CREATE TEMPORARY TABLE kept_event AS SELECT * FROM application_event")
    op.execute("DROP TABLE application_event")
    return definitions


def downgrade() -> None:
    """Go back to the revision before; what was withdrawn counts as refused."""
    op.execute(
        "UPDATE application SET state = 'refused' WHERE state = 'withdrawn'"
    )
    _finish_by(_FINISHED_BEFORE)
