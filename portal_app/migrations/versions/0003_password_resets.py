"""Temporary passwords that are mailed to whoever forgot their own.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"

_OPEN = "used_at IS NULL AND ended_at IS NULL"


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_digest", sa.String(length=64), nullable=False),
        sa.Column("withdrawal_digest", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("browser_session_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_password_reset_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["browser_session_id"],
            ["browser_session.id"],
            name=op.f("fk_password_reset_browser_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("withdrawal_digest", name=op.f("uq_password_reset_withdrawal_digest")),
    )
    op.create_index(
        "ix_password_reset_person_id_asked_at", "password_reset", ["person_id", "asked_at"]
    )
    op.create_index(
        op.f("ix_password_reset_browser_session_id"), "password_reset", ["browser_session_id"]
    )
    op.create_index(
        "uq_password_reset_open",
        "password_reset",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("password_reset")
