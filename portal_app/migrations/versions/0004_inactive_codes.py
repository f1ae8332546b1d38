"""A payment code that was used says by whom, and an inactive one since when.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"

_USED = sa.CheckConstraint(
    "(state = 'used') = (used_at IS NOT NULL)", name="ck_payment_code_used_when_used_at"
)  # SQLite makes the table anew, and alembic does not see the checks of the old one
_CHECKS = {
    "ck_payment_code_used_by_somebody": "(used_at IS NULL) = (used_by_id IS NULL)",
    "ck_payment_code_inactive_when_inactive_at": (
        "state = 'used' OR (state = 'inactive') = (inactive_at IS NOT NULL)"
    ),
}


def upgrade() -> None:
    """Go to this revision."""
    code = sa.table(
        "payment_code",
        sa.column("state", sa.String),
        sa.column("created_at", sa.DateTime(timezone=True)),
        sa.column("inactive_at", sa.DateTime(timezone=True)),
    )
    # Nothing asked for the moment before; that of making the code is the one that is known.
    op.execute(
        code.update()
        .where(code.c.state == "inactive", code.c.inactive_at.is_(None))
        .values(inactive_at=code.c.created_at)
    )
    with op.batch_alter_table("payment_code", table_args=[_USED]) as batch_op:
        for name, condition in _CHECKS.items():
            batch_op.create_check_constraint(op.f(name), condition)


def downgrade() -> None:
    """Go back to the revision before."""
    if op.get_context().dialect.name == "sqlite":
        with op.batch_alter_table("payment_code", recreate="always", table_args=[_USED]):
            return
    for name in _CHECKS:
        op.drop_constraint(op.f(name), "payment_code", type_="check")
