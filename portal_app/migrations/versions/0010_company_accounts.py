"""Company accounts that staff make, and that wait to be activated.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"

_WAITING = sa.text("activated_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "company_account",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issues", sa.Integer(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "activated_at IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_company_account_one_end"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_company_account_organisation_id"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_company_account_{column}")
            )
            for column in ("person_id", "made_by_id", "withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_account")),
        sa.UniqueConstraint("person_id", name=op.f("uq_company_account_person_id")),
    )
    op.create_index(
        "uq_company_account_waiting",
        "company_account",
        ["organisation_id"],
        unique=True,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index("ix_company_account_made_at", "company_account", ["made_at", "id"])


def downgrade() -> None:
    """Go back to the revision before; what was not activated must be made anew."""
    op.execute(
        "UPDATE browser_session SET ended_at = CURRENT_TIMESTAMP, ended_reason = 'expired' "
        "WHERE owes LIKE '%activation%' AND ended_at IS NULL"
    )
    op.execute(
        "UPDATE account SET temporary_hash = NULL, temporary_purpose = NULL, "
        "temporary_expires_at = NULL WHERE temporary_purpose = 'activation'"
    )
    op.drop_table("company_account")
