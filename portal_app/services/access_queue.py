"""The companies whose access staff look after: nobody manages it, or a review is late."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, func, select
from sqlmodel.sql.expression import Select

from portal_app.actors import STANDING_GRANT, is_active_at
from portal_app.models import AccessReview, Grant, Organisation, ReviewItem
from portal_app.permissions import Right, Role
from portal_app.unit_of_work import Work, use_case

LOOKS_AFTER = (Role.MAIN_ACCESS_MANAGER, Role.TRUSTED_CONTACT, Role.ORGANISATION_MANAGER)
"""With one of these a company has somebody to turn to."""
TABS = ("without", "late")
"""The lists: nobody manages the access, or a review is late."""


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
    """One page of a list that staff look after, and how many there are in every list."""

    companies: tuple[Company, ...]
    counts: dict[str, int]


@use_case(Right.INVITATIONS_MANAGE)
def queue(work: Work, *, tab: str = TABS[0], page: int = 1, size: int = 25) -> Queue:
    """List the companies that people act for and nobody manages, or the late reviews."""
    alone, late = _alone(work), _late(work)
    now = {"now": work.now}
    counts = {
        name: work.session.exec(
            select(func.count()).select_from(wanted.subquery()), params=now
        ).one()
        for name, wanted in (("without", alone), ("late", late))
    }
    offset = (page - 1) * size
    if tab == "late":
        by_day = late.order_by(col(AccessReview.due_at), col(Organisation.id))
        found = work.session.exec(by_day.offset(offset).limit(size), params=now)
        companies = [_company(one, 0, review.due_at, left) for one, review, left in found]
    else:
        by_name = alone.order_by(col(Organisation.name_sort), col(Organisation.id))
        people = work.session.exec(by_name.offset(offset).limit(size), params=now)
        companies = [_company(one, number, None, 0) for one, number in people]
    return Queue(tuple(companies), counts)


def _alone(work: Work) -> Select[Organisation, int]:
    """Ask for the companies that nobody manages, with how many people act for each."""
    others = aliased(Grant)
    managed = exists().where(
        col(others.organisation_id) == Organisation.id,
        col(others.role).in_(LOOKS_AFTER),
        is_active_at(work.now, others),
    )
    people = func.count(func.distinct(Grant.person_id))
    return (
        select(Organisation, people)
        .join(Grant, and_(col(Grant.organisation_id) == Organisation.id, STANDING_GRANT))
        .where(col(Organisation.closed_at).is_(None), ~managed)
        .group_by(col(Organisation.id))
    )


def _late(work: Work) -> Select[Organisation, AccessReview, int]:
    """Ask for the reviews that are late, with how many roles each still asks about."""
    left = (
        select(func.count())
        .select_from(ReviewItem)
        .join(Grant, col(Grant.id) == ReviewItem.grant_id)
        .where(
            ReviewItem.review_id == AccessReview.id,
            col(ReviewItem.kept_at).is_(None),
            STANDING_GRANT,
        )
        .correlate(AccessReview)
        .scalar_subquery()
    )
    return (
        select(Organisation, AccessReview, left)
        .join(AccessReview, col(AccessReview.organisation_id) == Organisation.id)
        .where(
            col(Organisation.closed_at).is_(None),
            col(AccessReview.closed_at).is_(None),
            col(AccessReview.due_at) <= work.now,
        )
    )


def _company(one: Organisation, people: int, due_at: datetime | None, left: int) -> Company:
    return Company(one.key, one.name, one.number, one.unit, people, due_at, left)
