"""Roles that open nothing for a while.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"

_COLUMNS = ("suspended_by_fund", "suspended_why", "suspended_at")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column(
        "access_grant", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column("access_grant", sa.Column("suspended_why", sa.String(length=32), nullable=True))
    op.add_column(
        "access_grant",
        sa.Column("suspended_by_fund", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    """Go back to the revision before; what was suspended has ended, so that it opens nothing."""
    op.execute(
        "UPDATE access_grant SET ended_at = suspended_at, ended_reason = 'suspended'"
        " WHERE suspended_at IS NOT NULL AND ended_at IS NULL"
    )
    for column in _COLUMNS:
        op.drop_column("access_grant", column)
