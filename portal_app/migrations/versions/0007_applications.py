"""Applications with their events, and by what a national register number is known again.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op


revision = "0007"
down_revision = "0006"

_OPEN = sa.text("finished_at IS NULL")
_FINISHED = sa.text("finished_at IS NOT NULL")


def upgrade() -> None:
    """Go to this revision."""
    op.add_column(
        "person", sa.Column("national_number_digest", sa.String(length=64), nullable=True)
    )
    op.create_index(
        op.f("ix_person_national_number_digest"), "person", ["national_number_digest"]
    )
    folded = sa.String(length=260).with_variant(
        sa.String(length=260, collation="C"), "postgresql"
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("needs_two", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=240), nullable=False),
        sa.Column("name_sort", folded, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("company", sa.String(length=160), nullable=False),
        sa.Column("company_number", sa.String(length=10), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirm_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "NOT needs_two OR state NOT IN ('approved', 'done') OR (person_id IS NOT NULL "
            "AND checked_by_id IS NOT NULL AND agreed_by_id IS NOT NULL)",
            name=op.f("ck_application_two_for_what_needs_two"),
        ),
        sa.CheckConstraint(
            "checked_by_id <> agreed_by_id", name=op.f("ck_application_two_are_not_one")
        ),
        sa.CheckConstraint(
            "person_id <> checked_by_id", name=op.f("ck_application_not_checked_by_oneself")
        ),
        sa.CheckConstraint(
            "person_id <> agreed_by_id", name=op.f("ck_application_not_agreed_by_oneself")
        ),
        sa.CheckConstraint(
            "(finished_at IS NULL) = (state NOT IN ('done', 'refused'))",
            name=op.f("ck_application_finished_has_a_day"),
        ),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_application_{column}"))
            for column in ("assignee_id", "person_id", "checked_by_id", "agreed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("number", name=op.f("uq_application_number")),
    )
    op.create_index(
        "uq_application_open",
        "application",
        ["fingerprint"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "ix_application_open_due_at",
        "application",
        ["due_at", "id"],
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index(
        "ix_application_finished_at",
        "application",
        ["finished_at", "id"],
        sqlite_where=_FINISHED,
        postgresql_where=_FINISHED,
    )
    for column in ("assignee_id", "company_number", "email", "name_sort", "person_id"):
        op.create_index(f"ix_application_{column}", "application", [column])
    op.create_table(
        "application_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=32), nullable=True),
        sa.Column("to_state", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("public_note", sa.String(length=1000), nullable=False),
        sa.Column("internal_note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_event_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_application_event_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_event")),
    )
    op.create_index(
        "ix_application_event_application_id", "application_event", ["application_id"]
    )
    _refuse_changes_of_events()


def _refuse_changes_of_events() -> None:
    """Let nothing of an event change but its notes, which may only be emptied."""
    columns = ("id", "application_id", "from_state", "to_state", "by_id", "at", "reason")
    if op.get_context().dialect.name == "sqlite":
        changed = " OR ".join(f"NEW.{one} IS NOT OLD.{one}" for one in columns)
        op.execute(
            "CREATE TRIGGER application_event_stays BEFORE UPDATE ON application_event "
            f"WHEN {changed} OR NEW.public_note <> '' OR NEW.internal_note <> '' "
            "BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END"
        )
        op.execute(
            "CREATE TRIGGER application_event_is_kept BEFORE DELETE ON application_event "
            "BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END"
        )
        return
    changed = " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in columns)
    op.execute(
        "CREATE FUNCTION refuse_change_of_application_event() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'what happened is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER application_event_stays BEFORE UPDATE ON application_event FOR EACH ROW "
        f"WHEN ({changed} OR NEW.public_note <> '' OR NEW.internal_note <> '') "
        "EXECUTE FUNCTION refuse_change_of_application_event()"
    )
    op.execute(
        "CREATE TRIGGER application_event_is_kept BEFORE DELETE ON application_event "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_application_event()"
    )


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("application_event")
    op.drop_table("application")
    op.drop_index(op.f("ix_person_national_number_digest"), "person")
    op.drop_column("person", "national_number_digest")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change_of_application_event()")
