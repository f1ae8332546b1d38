"""What carries the roles that companies have is switched on, because from now on it counts.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

from portal_app.brand import brand


revision = "0012"
down_revision = "0011"

_MANAGING = ("main_access_manager", "co_main_access_manager")
_HELD_BY = {  # as the table of rights was at this revision
    "overview": (
        *_MANAGING,
        "organisation_manager",
        "location_manager",
        "registration_manager",
    ),
    "payment_codes": (*_MANAGING, "organisation_manager"),
    "enrolments": (*_MANAGING, "trusted_contact"),
    "subsidies": (*_MANAGING, "trusted_contact"),
}


def upgrade() -> None:
    """Go to this revision."""
    for module, roles in _HELD_BY.items():
        # Which capacity carries it is for the fund to say, so its brand is asked.
        bundling = [one for one in brand.capacities if module in one.modules]
        able = [one.code for one in bundling if not one.needs_fund]
        if able and not any(one.standard for one in bundling):
            _switch_on(able[0], [one.code for one in bundling], roles)


def _switch_on(capacity: str, bundling: list[str], roles: tuple[str, ...]) -> None:
    # What a company had on and ended stays ended.
    op.execute(
        sa.text(
            "INSERT INTO organisation_capacity (organisation_id, capacity, activated_at, "
            "activated_reason, parameters, ended_reason) "
            "SELECT id, :capacity, CURRENT_TIMESTAMP, 'carries a role', '{}', '' "
            "FROM organisation WHERE EXISTS (SELECT 1 FROM access_grant AS held "
            "WHERE held.organisation_id = organisation.id AND held.ended_at IS NULL "
            "AND held.role IN :roles) "
            "AND NOT EXISTS (SELECT 1 FROM organisation_capacity AS had "
            "WHERE had.organisation_id = organisation.id AND had.capacity IN :bundling)"
        ).bindparams(
            sa.bindparam("capacity", capacity),
            sa.bindparam("roles", roles, expanding=True),
            sa.bindparam("bundling", bundling, expanding=True),
        )
    )


def downgrade() -> None:
    """Go back to the revision before; what is on stays on."""
