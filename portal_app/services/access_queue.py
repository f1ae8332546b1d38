"""The companies whose access staff look after: nobody manages it, or a review is late."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, or_, select

from portal_app.actors import ACTIVE_GRANT
from portal_app.models import AccessReview, Grant, Organisation, ReviewItem
from portal_app.permissions import Right, Role
from portal_app.unit_of_work import Work, use_case

LOOKS_AFTER = (Role.MAIN_ACCESS_MANAGER, Role.TRUSTED_CONTACT, Role.ORGANISATION_MANAGER)
"""With one of these a company has somebody to turn to."""
AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Company:
    """A company in the queue."""

    organisation_id: int
    name: str
    number: str
    unit: str
    people: int  # who hold a role now
    due_at: datetime | None  # of the review that is late
    left: int  # roles that it still asks about


@dataclass(frozen=True, slots=True)
class Queue:
    """What staff look after; of a longer list the first ones, and how many there are."""

    without_manager: tuple[Company, ...]
    without_manager_total: int
    late: tuple[Company, ...]
    late_total: int


@use_case(Right.INVITATIONS_MANAGE)
def queue(work: Work) -> Queue:
    """List the companies that people act for and nobody manages, and the late reviews."""
    others = aliased(Grant)
    managed = exists().where(
        col(others.organisation_id) == Organisation.id,
        col(others.role).in_(LOOKS_AFTER),
        col(others.ended_at).is_(None),
        col(others.starts_at) <= work.now,
        or_(col(others.until).is_(None), col(others.until) > work.now),
    )
    people = func.count(func.distinct(Grant.person_id))
    alone = (
        select(Organisation, people)
        .join(Grant, and_(col(Grant.organisation_id) == Organisation.id, ACTIVE_GRANT))
        .where(col(Organisation.closed_at).is_(None), ~managed)
        .group_by(col(Organisation.id))
    )
    left = (
        select(func.count())
        .select_from(ReviewItem)
        .join(Grant, col(Grant.id) == ReviewItem.grant_id)
        .where(
            ReviewItem.review_id == AccessReview.id,
            col(ReviewItem.kept_at).is_(None),
            ACTIVE_GRANT,
        )
        .correlate(AccessReview)
        .scalar_subquery()
    )
    late = (
        select(Organisation, AccessReview, left)
        .join(AccessReview, col(AccessReview.organisation_id) == Organisation.id)
        .where(
            col(Organisation.closed_at).is_(None),
            col(AccessReview.closed_at).is_(None),
            col(AccessReview.due_at) <= work.now,
        )
    )
    now = {"now": work.now}
    first_alone = alone.order_by(col(Organisation.name), col(Organisation.id)).limit(AT_MOST)
    first_late = late.order_by(col(AccessReview.due_at), col(Organisation.id)).limit(AT_MOST)
    return Queue(
        tuple(
            _company(one, number, None, 0)
            for one, number in work.session.exec(first_alone, params=now)
        ),
        work.session.exec(select(func.count()).select_from(alone.subquery()), params=now).one(),
        tuple(
            _company(one, 0, review.due_at, number)
            for one, review, number in work.session.exec(first_late, params=now)
        ),
        work.session.exec(select(func.count()).select_from(late.subquery()), params=now).one(),
    )


def _company(one: Organisation, people: int, due_at: datetime | None, left: int) -> Company:
    return Company(one.key, one.name, one.number, one.unit, people, due_at, left)
