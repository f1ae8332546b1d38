"""eHerkenning: tries and proofs, one main access manager, and the legal person's number.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"

_ONE_MAIN = sa.text("ended_at IS NULL AND role = 'main_access_manager'")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "eherkenning_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=254), nullable=False),
        sa.Column("subject_kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=9), nullable=False),
        sa.Column("branch", sa.String(length=12), nullable=False),
        sa.Column("acting_digest", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=64), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_eherkenning_proof_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eherkenning_proof")),
    )
    op.create_index("ix_eherkenning_proof_person_id", "eherkenning_proof", ["person_id"])
    op.create_table(
        "eherkenning_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("browser_session_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("level", sa.String(length=64), nullable=True),
        sa.Column("subject_kind", sa.String(length=64), nullable=True),
        sa.Column("subject", sa.String(length=9), nullable=False),
        sa.Column("branch", sa.String(length=12), nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["browser_session_id"],
            ["browser_session.id"],
            name=op.f("fk_eherkenning_try_browser_session_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_eherkenning_try_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["eherkenning_proof.id"], name=op.f("fk_eherkenning_try_proof_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eherkenning_try")),
        sa.UniqueConstraint("reference", name=op.f("uq_eherkenning_try_reference")),
    )
    op.create_index(
        "ix_eherkenning_try_browser_session_id", "eherkenning_try", ["browser_session_id"]
    )
    op.create_index("ix_eherkenning_try_person_id", "eherkenning_try", ["person_id"])
    op.create_index(
        "uq_access_grant_one_main_access_manager",
        "access_grant",
        ["organisation_id"],
        unique=True,
        sqlite_where=_ONE_MAIN,
        postgresql_where=_ONE_MAIN,
    )
    op.add_column(
        "organisation", sa.Column("rsin", sa.String(length=9), nullable=False, server_default="")
    )
    op.add_column(
        "browser_session",
        sa.Column("goes_to_eherkenning", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _refuse_changes_of_proofs()


def _refuse_changes_of_proofs() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER eherkenning_proof_stays BEFORE UPDATE ON eherkenning_proof "
            "BEGIN SELECT RAISE(ABORT, 'a proof is never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION refuse_change_of_proof() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a proof is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER eherkenning_proof_stays BEFORE UPDATE ON eherkenning_proof "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_proof()"
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_column("browser_session", "goes_to_eherkenning")
    op.drop_column("organisation", "rsin")
    op.drop_index("uq_access_grant_one_main_access_manager", "access_grant")
    op.drop_table("eherkenning_try")
    op.drop_table("eherkenning_proof")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_proof()")
