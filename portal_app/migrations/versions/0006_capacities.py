"""Capacities of the brand, who appoints whom, and the standard capacity for every organisation.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

from portal_app.brand import brand


revision = "0006"
down_revision = "0005"

_REASONS = ("activated_reason", "ended_reason")


def upgrade() -> None:
    """Go to this revision."""
    for name in _REASONS:
        op.add_column(
            "organisation_capacity",
            sa.Column(name, sa.String(length=400), nullable=False, server_default=""),
        )
    op.add_column(
        "organisation_capacity",
        sa.Column("parameters", sa.String(), nullable=False, server_default="{}"),
    )
    op.add_column(
        "organisation",
        sa.Column("access_version", sa.Integer(), nullable=False, server_default="1"),
    )
    op.add_column(
        "invitation",
        sa.Column("capacity", sa.String(length=32), nullable=False, server_default=""),
    )
    op.add_column("invitation", sa.Column("until", sa.DateTime(timezone=True), nullable=True))
    # Written out: SQLite takes a reference only with the column, alembic only by itself.
    op.execute(
        "ALTER TABLE invitation ADD COLUMN appointing_grant_id INTEGER "
        "CONSTRAINT fk_invitation_appointing_grant_id REFERENCES access_grant (id)"
    )
    _give_the_standard_capacity()
    # Until now these roles were given for the whole organisation, which they may no longer be.
    op.execute(
        sa.text(
            "UPDATE access_grant SET capacity = :standard WHERE capacity = '' "
            "AND role IN ('access_manager', 'co_access_manager')"
        ).bindparams(standard=brand.standard_capacity.code)
    )


def _give_the_standard_capacity() -> None:
    # Which one is standard is for the fund to say, so its brand is asked.
    op.execute(
        sa.text(
            "INSERT INTO organisation_capacity (organisation_id, capacity, activated_at, "
            "activated_reason, parameters, ended_reason) "
            "SELECT id, :standard, created_at, '', '{}', '' FROM organisation "
            "WHERE NOT EXISTS (SELECT 1 FROM organisation_capacity AS held "
            "WHERE held.organisation_id = organisation.id "
            "AND held.capacity = :standard AND held.ended_at IS NULL)"
        ).bindparams(standard=brand.standard_capacity.code)
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("invitation", "appointing_grant_id")
    op.drop_column("invitation", "until")
    op.drop_column("invitation", "capacity")
    op.drop_column("organisation", "access_version")
    for name in ("parameters", *_REASONS):
        op.drop_column("organisation_capacity", name)
