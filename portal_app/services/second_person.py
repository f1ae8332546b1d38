"""Who counts as the second person for a company's bank account (decision 0034)."""

from datetime import timedelta

from sqlmodel import col, select

from portal_app.actors import ACTIVE_GRANT
from portal_app.models import BankAccount, Grant
from portal_app.permissions import ROLE_RIGHTS, STAFF_ROLES, Right, Role
from portal_app.unit_of_work import Work

EDITORS = (
    frozenset(role for role in Role if Right.ORGANISATION_EDIT in ROLE_RIGHTS[role]) - STAFF_ROLES
)
"""The roles of a company that change its data."""

SECOND_AFTER = timedelta(days=7)
"""For how long somebody had to be here before an account was entered, to be its second person:
so nobody appoints an accomplice for it."""


def is_second(work: Work, account: BankAccount, person_id: int) -> bool:
    """Tell whether somebody counts as the second person for an account.

    Of the company that is who held a role that changes its data `SECOND_AFTER` before.
    """
    if work.actor.is_staff and person_id == work.actor.person_id:
        return True
    found = work.session.exec(
        select(Grant.id).where(
            Grant.person_id == person_id,
            Grant.organisation_id == account.organisation_id,
            col(Grant.role).in_(EDITORS),
            col(Grant.starts_at) <= account.proposed_at - SECOND_AFTER,
            ACTIVE_GRANT,
        ),
        params={"now": work.now},
    ).first()
    return found is not None
