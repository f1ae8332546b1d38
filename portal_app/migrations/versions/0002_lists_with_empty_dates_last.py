"""An index for PostgreSQL: the last 'valid until' first, and what has none at the end.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go to this revision."""
    if op.get_context().dialect.name == "postgresql":
        op.create_index(
            "ix_progress_row_valid_until_last",
            "progress_row",
            ["organisation_id", sa.literal_column("valid_until DESC NULLS LAST"), "id"],
        )


def downgrade() -> None:
    """Go back to the revision before."""
    if op.get_context().dialect.name == "postgresql":
        op.drop_index("ix_progress_row_valid_until_last", "progress_row")
