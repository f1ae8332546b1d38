"""What a company says of itself: its site, who changed what last, and its bank accounts.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op


revision = "0016"
down_revision = "0015"

_ACTIVE = "confirmed_at IS NOT NULL AND ended_at IS NULL"
_WAITING = "confirmed_at IS NULL AND ended_at IS NULL"


def upgrade() -> None:
    """Go to this revision."""
    op.add_column(
        "organisation",
        sa.Column("website", sa.String(length=200), nullable=False, server_default=""),
    )
    op.create_table(
        "company_change",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("by_fund", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_company_change_changed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_company_change_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_change")),
        sa.UniqueConstraint(
            "organisation_id", "part", "version", name=op.f("uq_company_change_organisation_id_part_version")
        ),
    )
    op.create_table(
        "bank_account",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("iban", sa.String(length=34), nullable=False),
        sa.Column("holder", sa.String(length=160), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("by_fund", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_why", sa.String(length=32), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_why <> ''", name=op.f("ck_bank_account_ended_for_a_reason")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_bank_account_{column}")
            )
            for column, table in (
                ("organisation_id", "organisation"),
                ("proposed_by_id", "person"),
                ("confirmed_by_id", "person"),
                ("ended_by_id", "person"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_account")),
    )
    op.create_index("ix_bank_account_organisation_id", "bank_account", ["organisation_id"])
    for name, while_ in (("active", _ACTIVE), ("waiting", _WAITING)):
        op.create_index(
            f"uq_bank_account_{name}",
            "bank_account",
            ["organisation_id"],
            unique=True,
            sqlite_where=sa.text(while_),
            postgresql_where=sa.text(while_),
        )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("bank_account")
    op.drop_table("company_change")
    op.drop_column("organisation", "website")
