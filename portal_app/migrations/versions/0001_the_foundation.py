"""The foundation.

Revision: 0001, after None.
"""

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "audit_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_about", ["about", "about_id"], unique=False)
        batch_op.create_index(
            "ix_audit_event_organisation_id_at", ["organisation_id", "at"], unique=False
        )

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("trade_register", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("street", sa.String(length=160), nullable=False),
        sa.Column("postal_code", sa.String(length=12), nullable=False),
        sa.Column("town", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint(
            "trade_register",
            "number",
            "unit",
            name=op.f("uq_organisation_trade_register_number_unit"),
        ),
    )
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=True),
        sa.Column("to", sa.String(length=254), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("values", sa.String(), nullable=False),
        sa.Column("secrets", sa.String(), nullable=True),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("give_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_answer", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint("cause", name=op.f("uq_outbox_mail_cause")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outbox_mail_message_id")),
    )
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_mail_about", ["about", "about_id"], unique=False)
        batch_op.create_index(
            "ix_outbox_mail_state_next_try_at", ["state", "next_try_at"], unique=False
        )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("salutation", sa.String(length=32), nullable=True),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("infix", sa.String(length=40), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column(
            "name_sort",
            sa.String(length=260).with_variant(sa.String(length=260, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("import_key", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grants_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("import_key", name=op.f("uq_person_import_key")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_email"), ["email"], unique=False)
        batch_op.create_index("ix_person_name_sort", ["name_sort"], unique=False)

    op.create_table(
        "route",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("validity_months", sa.Integer(), nullable=True),
        sa.Column("quality_scheme_url", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_route")),
        sa.UniqueConstraint("code", name=op.f("uq_route_code")),
    )
    op.create_table(
        "access_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("basis_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_access_grant_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["person.id"], name=op.f("fk_access_grant_granted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_access_grant_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_access_grant_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_grant")),
    )
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.create_index("ix_access_grant_organisation_id", ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_access_grant_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_access_grant_active_in_organisation",
            ["person_id", "organisation_id", "role", "capacity"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND organisation_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND organisation_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_access_grant_active_of_staff",
            ["person_id", "role"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
        )

    op.create_table(
        "account",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("username", sa.String(length=64), nullable=True),
        sa.Column("username_folded", sa.String(length=64), nullable=True),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("password_hash", sa.String(length=120), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("temporary_hash", sa.String(length=120), nullable=True),
        sa.Column("temporary_purpose", sa.String(length=32), nullable=True),
        sa.Column("temporary_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("username_folded", name=op.f("uq_account_username_folded")),
    )
    op.create_table(
        "invitation",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=6), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("infix", sa.String(length=40), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("locale", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sends", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redeemed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redeemed_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "redeemed_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_invitation_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_invitation_created_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["redeemed_by_id"], ["person.id"], name=op.f("fk_invitation_redeemed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_invitation_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_invitation_code_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index("ix_invitation_created_at", ["created_at"], unique=False)
        batch_op.create_index("ix_invitation_email", ["email"], unique=False)
        batch_op.create_index("ix_invitation_organisation_id", ["organisation_id"], unique=False)

    op.create_table(
        "organisation_capacity",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=32), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("activated_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activated_by_id"],
            ["person.id"],
            name=op.f("fk_organisation_capacity_activated_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_organisation_capacity_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_capacity_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_capacity")),
    )
    with op.batch_alter_table("organisation_capacity", schema=None) as batch_op:
        batch_op.create_index(
            "uq_organisation_capacity_active",
            ["organisation_id", "capacity"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "organisation_code",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "length(code) = 3 AND code = upper(code)",
            name=op.f("ck_organisation_code_three_capitals"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_code_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_code")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code_code")),
    )
    with op.batch_alter_table("organisation_code", schema=None) as batch_op:
        batch_op.create_index(
            "ix_organisation_code_organisation_id", ["organisation_id"], unique=False
        )

    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_profile_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("route_id", "name", name=op.f("uq_profile_route_id_name")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_step_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("route_id", "position", name=op.f("uq_step_route_id_position")),
    )
    op.create_table(
        "browser_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(length=16), nullable=True),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("pending_invitation_id", sa.Integer(), nullable=True),
        sa.Column("draft", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pending_invitation_id"],
            ["invitation.id"],
            name=op.f("fk_browser_session_pending_invitation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_browser_session_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_browser_session_token_digest")),
    )
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.create_index(
            "ix_browser_session_person_id_ended_at", ["person_id", "ended_at"], unique=False
        )

    op.create_table(
        "code_batch",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=6), nullable=False),
        sa.Column("organisation_code_id", sa.Integer(), nullable=True),
        sa.Column("contact_person_id", sa.Integer(), nullable=True),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_person_id"], ["person.id"], name=op.f("fk_code_batch_contact_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_code_id"],
            ["organisation_code.id"],
            name=op.f("fk_code_batch_organisation_code_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_code_batch_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_code_batch_profile_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_code_batch_number")),
    )
    with op.batch_alter_table("code_batch", schema=None) as batch_op:
        batch_op.create_index(
            "ix_code_batch_organisation_id_created_at",
            ["organisation_id", "created_at"],
            unique=False,
        )

    op.create_table(
        "enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_enrolment_profile_id")
        ),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_enrolment_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("import_key", name=op.f("uq_enrolment_import_key")),
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index("ix_enrolment_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "uq_enrolment_active",
            ["person_id", "profile_id"],
            unique=True,
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )

    op.create_table(
        "organisation_code_route",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_code_id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_code_id"],
            ["organisation_code.id"],
            name=op.f("fk_organisation_code_route_organisation_code_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_code_route_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["route_id"], ["route.id"], name=op.f("fk_organisation_code_route_route_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_code_route")),
    )
    with op.batch_alter_table("organisation_code_route", schema=None) as batch_op:
        batch_op.create_index(
            "uq_organisation_code_route_active",
            ["organisation_code_id", "route_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "organisation_link",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("via", sa.String(length=32), nullable=False),
        sa.Column("organisation_code_id", sa.Integer(), nullable=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(length=400), nullable=False),
        sa.Column("restores_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_organisation_link_ended_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["linked_by_id"], ["person.id"], name=op.f("fk_organisation_link_linked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_code_id"],
            ["organisation_code.id"],
            name=op.f("fk_organisation_link_organisation_code_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_link_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_organisation_link_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["restores_id"], ["organisation_link.id"], name=op.f("fk_organisation_link_restores_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_link")),
    )
    with op.batch_alter_table("organisation_link", schema=None) as batch_op:
        batch_op.create_index(
            "ix_organisation_link_organisation_id_ended_at",
            ["organisation_id", "ended_at"],
            unique=False,
        )
        batch_op.create_index("ix_organisation_link_organisation_id_id", ["organisation_id", "id"], unique=False)
        batch_op.create_index("ix_organisation_link_restores_id", ["restores_id"], unique=False)
        batch_op.create_index(
            "uq_organisation_link_active",
            ["person_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attempt_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_attempt_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint(
            "enrolment_id", "step_id", "number", name=op.f("uq_attempt_enrolment_id_step_id_number")
        ),
    )
    op.create_table(
        "email_challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("browser_session_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "tries_left >= 0", name=op.f("ck_email_challenge_tries_left_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["browser_session_id"],
            ["browser_session.id"],
            name=op.f("fk_email_challenge_browser_session_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_challenge")),
    )
    with op.batch_alter_table("email_challenge", schema=None) as batch_op:
        batch_op.create_index(
            "ix_email_challenge_browser_session_id_purpose",
            ["browser_session_id", "purpose"],
            unique=False,
        )
        batch_op.create_index(
            "ix_email_challenge_email_sent_at", ["email", "sent_at"], unique=False
        )

    op.create_table(
        "payment_code",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=19), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("inactive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inactive_by_id", sa.Integer(), nullable=True),
        sa.Column("inactive_reason", sa.String(length=400), nullable=False),
        sa.Column("search", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(state = 'used') = (used_at IS NOT NULL)",
            name=op.f("ck_payment_code_used_when_used_at"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["code_batch.id"], name=op.f("fk_payment_code_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_payment_code_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["inactive_by_id"], ["person.id"], name=op.f("fk_payment_code_inactive_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_payment_code_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profile.id"], name=op.f("fk_payment_code_profile_id")
        ),
        sa.ForeignKeyConstraint(
            ["used_by_id"], ["person.id"], name=op.f("fk_payment_code_used_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_code")),
        sa.UniqueConstraint("code", name=op.f("uq_payment_code_code")),
    )
    with op.batch_alter_table("payment_code", schema=None) as batch_op:
        batch_op.create_index("ix_payment_code_batch_id", ["batch_id"], unique=False)
        batch_op.create_index(
            "ix_payment_code_profile",
            ["organisation_id", "profile_id", "created_at", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_payment_code_state", ["organisation_id", "state", "created_at", "id"], unique=False
        )
        batch_op.create_index("ix_payment_code_used_by_id", ["used_by_id"], unique=False)
        batch_op.create_index(
            "ix_payment_code_wide",
            [
                "organisation_id",
                "created_at",
                "batch_id",
                "id",
                "state",
                "profile_id",
                "used_at",
                "code",
                "search",
            ],
            unique=False,
        )
        batch_op.create_index("ix_payment_code_organisation_id_id", ["organisation_id", "id"], unique=False)
        batch_op.create_index("ix_payment_code_organisation_id_batch_id", ["organisation_id", "batch_id", "state"], unique=False)

    op.create_table(
        "progress_row",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("route_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("next_position", sa.Integer(), nullable=True),
        sa.Column("next_state", sa.String(length=32), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("next_place", sa.String(length=80), nullable=False),
        sa.Column("next_percent", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("last_activity_on", sa.Date(), nullable=False),
        sa.Column(
            "name_sort",
            sa.String(length=260).with_variant(sa.String(length=260, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("display_name", sa.String(length=260), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("search", sa.String(length=700), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_progress_row_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["organisation_link.id"], name=op.f("fk_progress_row_link_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_progress_row_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_progress_row_person_id")
        ),
        sa.ForeignKeyConstraint(["route_id"], ["route.id"], name=op.f("fk_progress_row_route_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_row")),
        sa.UniqueConstraint(
            "organisation_id",
            "enrolment_id",
            name=op.f("uq_progress_row_organisation_id_enrolment_id"),
        ),
    )
    with op.batch_alter_table("progress_row", schema=None) as batch_op:
        batch_op.create_index(
            "ix_progress_row_activity", ["organisation_id", "last_activity_on", "id"], unique=False
        )
        batch_op.create_index("ix_progress_row_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index(
            "ix_progress_row_every_activity", ["last_activity_on", "id"], unique=False
        )
        batch_op.create_index("ix_progress_row_every_name", ["name_sort", "id"], unique=False)
        batch_op.create_index(
            "ix_progress_row_every_registered", ["registered_on", "id"], unique=False
        )
        batch_op.create_index("ix_progress_row_next_on", ["organisation_id", "next_on", "next_state", "status", "route_id"], unique=False)
        batch_op.create_index("ix_progress_row_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "ix_progress_row_registered", ["organisation_id", "registered_on", "id"], unique=False
        )
        batch_op.create_index("ix_progress_row_status", ["organisation_id", "status", "last_activity_on", "route_id", "next_on", "next_state"], unique=False)
        batch_op.create_index(
            "ix_progress_row_steps", ["organisation_id", "route_id", "steps"], unique=False
        )
        batch_op.create_index(
            "ix_progress_row_valid_until",
            ["organisation_id", "valid_until", "status", "route_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_progress_row_wide",
            [
                "organisation_id",
                "name_sort",
                "id",
                "status",
                "route_id",
                "next_position",
                "next_state",
                "next_on",
                "registered_on",
                "valid_until",
                "last_activity_on",
                "steps",
                "search",
            ],
            unique=False,
        )
        batch_op.create_index("ix_progress_row_organisation_id_id", ["organisation_id", "id"], unique=False)



def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("progress_row", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_row_organisation_id_id")
        batch_op.drop_index("ix_progress_row_wide")
        batch_op.drop_index("ix_progress_row_valid_until")
        batch_op.drop_index("ix_progress_row_steps")
        batch_op.drop_index("ix_progress_row_status")
        batch_op.drop_index("ix_progress_row_registered")
        batch_op.drop_index("ix_progress_row_person_id")
        batch_op.drop_index("ix_progress_row_next_on")
        batch_op.drop_index("ix_progress_row_every_registered")
        batch_op.drop_index("ix_progress_row_every_name")
        batch_op.drop_index("ix_progress_row_every_activity")
        batch_op.drop_index("ix_progress_row_enrolment_id")
        batch_op.drop_index("ix_progress_row_activity")

    op.drop_table("progress_row")
    with op.batch_alter_table("payment_code", schema=None) as batch_op:
        batch_op.drop_index("ix_payment_code_organisation_id_batch_id")
        batch_op.drop_index("ix_payment_code_organisation_id_id")
        batch_op.drop_index("ix_payment_code_wide")
        batch_op.drop_index("ix_payment_code_used_by_id")
        batch_op.drop_index("ix_payment_code_state")
        batch_op.drop_index("ix_payment_code_profile")
        batch_op.drop_index("ix_payment_code_batch_id")

    op.drop_table("payment_code")
    with op.batch_alter_table("email_challenge", schema=None) as batch_op:
        batch_op.drop_index("ix_email_challenge_email_sent_at")
        batch_op.drop_index("ix_email_challenge_browser_session_id_purpose")

    op.drop_table("email_challenge")
    op.drop_table("attempt")
    with op.batch_alter_table("organisation_link", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_organisation_link_active",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_organisation_link_restores_id")
        batch_op.drop_index("ix_organisation_link_organisation_id_id")
        batch_op.drop_index("ix_organisation_link_organisation_id_ended_at")

    op.drop_table("organisation_link")
    with op.batch_alter_table("organisation_code_route", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_organisation_code_route_active",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("organisation_code_route")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrolment_active",
            sqlite_where=sa.text("stopped_at IS NULL"),
            postgresql_where=sa.text("stopped_at IS NULL"),
        )
        batch_op.drop_index("ix_enrolment_person_id")

    op.drop_table("enrolment")
    with op.batch_alter_table("code_batch", schema=None) as batch_op:
        batch_op.drop_index("ix_code_batch_organisation_id_created_at")

    op.drop_table("code_batch")
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.drop_index("ix_browser_session_person_id_ended_at")

    op.drop_table("browser_session")
    op.drop_table("step")
    op.drop_table("profile")
    with op.batch_alter_table("organisation_code", schema=None) as batch_op:
        batch_op.drop_index("ix_organisation_code_organisation_id")

    op.drop_table("organisation_code")
    with op.batch_alter_table("organisation_capacity", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_organisation_capacity_active",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("organisation_capacity")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_invitation_organisation_id")
        batch_op.drop_index("ix_invitation_email")
        batch_op.drop_index("ix_invitation_created_at")

    op.drop_table("invitation")
    op.drop_table("account")
    with op.batch_alter_table("access_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_access_grant_active_of_staff",
            sqlite_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND organisation_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_access_grant_active_in_organisation",
            sqlite_where=sa.text("ended_at IS NULL AND organisation_id IS NOT NULL"),
            postgresql_where=sa.text("ended_at IS NULL AND organisation_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_access_grant_person_id"))
        batch_op.drop_index("ix_access_grant_organisation_id")

    op.drop_table("access_grant")
    op.drop_table("route")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_name_sort")
        batch_op.drop_index(batch_op.f("ix_person_email"))

    op.drop_table("person")
    with op.batch_alter_table("outbox_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_mail_state_next_try_at")
        batch_op.drop_index("ix_outbox_mail_about")

    op.drop_table("outbox_mail")
    op.drop_table("organisation")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_organisation_id_at")
        batch_op.drop_index("ix_audit_event_about")

    op.drop_table("audit_event")
