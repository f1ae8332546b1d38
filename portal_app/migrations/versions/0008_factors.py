"""Second factors: apps, passkeys and recovery codes, and what a session still owes.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"

_WAITING = sa.text("confirmed_at IS NULL AND ended_at IS NULL")
_IN_USE = sa.text("confirmed_at IS NOT NULL AND ended_at IS NULL")


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "authenticator_app",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_authenticator_app_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator_app")),
    )
    for name, while_ in (("in_use", _IN_USE), ("waiting", _WAITING)):
        op.create_index(
            f"uq_authenticator_app_{name}",
            "authenticator_app",
            ["person_id"],
            unique=True,
            sqlite_where=while_,
            postgresql_where=while_,
        )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_recovery_code_digest")),
    )
    op.create_index(
        "ix_recovery_code_person_id_ended_at", "recovery_code", ["person_id", "ended_at"]
    )
    _passkeys()
    op.add_column(
        "browser_session", sa.Column("owes", sa.String(64), nullable=False, server_default="")
    )
    op.add_column(
        "browser_session", sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute("UPDATE browser_session SET owes = 'password' WHERE must_change_password")
    op.drop_column("browser_session", "must_change_password")


def _passkeys() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_passkey_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index("ix_passkey_person_id_ended_at", "passkey", ["person_id", "ended_at"])
    op.create_table(
        "passkey_challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("browser_session_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(length=32), nullable=False),
        sa.Column("challenge", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["browser_session_id"],
            ["browser_session.id"],
            name=op.f("fk_passkey_challenge_browser_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey_challenge")),
        sa.UniqueConstraint("challenge", name=op.f("uq_passkey_challenge_challenge")),
    )
    op.create_index(
        "ix_passkey_challenge_browser_session_id", "passkey_challenge", ["browser_session_id"]
    )


def downgrade() -> None:
    """Go back to the revision before; who owed something must sign in again."""
    op.add_column(
        "browser_session",
        sa.Column("must_change_password", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.execute(
        "UPDATE browser_session SET must_change_password = true "
        "WHERE owes = 'password'"
    )
    op.execute(
        "UPDATE browser_session SET ended_at = CURRENT_TIMESTAMP, ended_reason = 'expired' "
        "WHERE owes NOT IN ('', 'password') AND ended_at IS NULL"
    )
    op.drop_column("browser_session", "proven_at")
    op.drop_column("browser_session", "owes")
    op.drop_table("passkey_challenge")
    op.drop_table("passkey")
    op.drop_table("recovery_code")
    op.drop_table("authenticator_app")
