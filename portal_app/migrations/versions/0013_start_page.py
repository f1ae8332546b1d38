"""The page on which somebody chose to start.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Go to this revision."""
    op.add_column(
        "account",
        sa.Column("start_page", sa.String(length=32), nullable=False, server_default=""),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    with op.batch_alter_table("account") as account:
        account.drop_column("start_page")
