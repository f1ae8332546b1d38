"""What the name of an organisation sorts by, and an index that leads to it.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

from portal_app.names import company_sort


revision = "0015"
down_revision = "0014"

_INDEX = "ix_organisation_name_sort"


def upgrade() -> None:
    """Go to this revision."""
    kind = sa.String(length=260).with_variant(
        sa.String(length=260, collation="C"), "postgresql"
    )
    op.add_column(
        "organisation", sa.Column("name_sort", kind, nullable=False, server_default="")
    )
    connection = op.get_bind()
    named = connection.execute(sa.text("SELECT id, name FROM organisation")).all()
    if named:
        connection.execute(
            sa.text("UPDATE organisation SET name_sort = :name_sort WHERE id = :id"),
            [{"id": one.id, "name_sort": company_sort(one.name)} for one in named],
        )
    op.create_index(_INDEX, "organisation", ["name_sort"])


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_index(_INDEX, "organisation")
    op.drop_column("organisation", "name_sort")
