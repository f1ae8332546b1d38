"""When reviews of access begin, and who is reminded of them: what the portal does by itself."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, exists
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select, update

from portal_app.actors import ACTIVE_GRANT, STANDING_GRANT, is_active_at
from portal_app.clock import BRUSSELS
from portal_app.errors import Text
from portal_app.models import AccessReview, Account, Grant, Organisation, Person, ReviewItem
from portal_app.names import name_of
from portal_app.needs import Trusted
from portal_app.permissions import APPOINTS, Right, Role
from portal_app.progress_rules import months_after
from portal_app.services import access_limits, outbox
from portal_app.services.access_list import MANAGERS
from portal_app.settings import settings
from portal_app.unit_of_work import Work, use_case

REVIEWED = APPOINTS[Role.MAIN_ACCESS_MANAGER]
"""The roles that a company gives itself; what the fund gave, the fund looks after."""
_AT_ONCE = 100
_BEFORE, _AGAIN = timedelta(days=14), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A review that waits to be signed off."""

    organisation_id: int
    due_at: datetime


def open_for(work: Work, organisation_id: int | None) -> OpenReview | None:
    """Return the review that the actor has to sign off first, of one organisation or of any."""
    wanted = [] if organisation_id is None else [AccessReview.organisation_id == organisation_id]
    found = work.session.exec(
        select(AccessReview)
        .where(*wanted, col(AccessReview.closed_at).is_(None))
        .order_by(col(AccessReview.due_at), col(AccessReview.id))
    )
    gives = Right.ACCESS_GIVE
    mine = (one for one in found if work.actor.holds(gives, one.organisation_id, ""))
    first = next(mine, None)
    return OpenReview(first.organisation_id, first.due_at) if first else None


@use_case(Trusted, writes=True)
def begin(work: Work) -> int:
    """Begin the reviews whose time has come, and tell the managers; return how many.

    A company's comes so many months after the last one, or after its first role. One without a
    manager waits until it has one. Doing so twice, or at once, begins nothing twice.
    """
    months = settings.access_review_months
    if not months:
        return 0
    long_ago = datetime.combine(months_after(work.today, -months), time(), BRUSSELS)
    found = work.session.exec(
        select(Grant.organisation_id)
        .join(Organisation, col(Organisation.id) == Grant.organisation_id)
        .where(
            col(Grant.role).in_(REVIEWED),
            STANDING_GRANT,
            col(Organisation.closed_at).is_(None),
            _has_manager(work),
            ~exists().where(
                col(AccessReview.organisation_id) == Grant.organisation_id,
                col(AccessReview.closed_at).is_(None) | (col(AccessReview.begun_at) > long_ago),
            ),
        )
        .group_by(col(Grant.organisation_id))
        .having(func.min(Grant.starts_at) <= long_ago)
        .order_by(func.min(Grant.starts_at))
        .limit(_AT_ONCE),
        params={"now": work.now},
    ).all()
    return sum(_begin(work, one) for one in found if one is not None)


@use_case(Trusted, writes=True)
def remind(work: Work) -> int:
    """Remind the managers of reviews that are still open: return of how many.

    Two weeks before the last day, on that day, and from then on every thirty days.
    """
    found = work.session.exec(
        select(AccessReview)
        .where(col(AccessReview.closed_at).is_(None), col(AccessReview.remind_at) <= work.now)
        .order_by(col(AccessReview.remind_at))
        .limit(_AT_ONCE)
    ).all()
    reminded = 0
    for review in found:
        won = work.session.exec(
            update(AccessReview)
            .where(
                col(AccessReview.id) == review.id,
                col(AccessReview.remind_at) == review.remind_at,
                col(AccessReview.closed_at).is_(None),
            )
            .values(remind_at=_next_reminder(work.now, review.due_at))
            .execution_options(synchronize_session=False)
        )
        if won.rowcount == 1:
            is_late = review.due_at <= work.now
            _tell(work, review, "late" if is_late else "reminder")
            reminded += 1
    return reminded


def _begin(work: Work, organisation_id: int) -> bool:
    if not access_limits.take(work, organisation_id) or not _managers(work, organisation_id):
        return False
    due_at = work.now + timedelta(days=settings.access_review_days)
    review = AccessReview(
        organisation_id=organisation_id,
        begun_at=work.now,
        due_at=due_at,
        remind_at=_next_reminder(work.now, due_at),
    )
    try:
        with work.session.begin_nested():
            work.session.add(review)
    except IntegrityError:  # the index of open ones: another process was first
        return False
    asked = work.session.exec(
        select(Grant.id).where(
            Grant.organisation_id == organisation_id, col(Grant.role).in_(REVIEWED), STANDING_GRANT
        ),
        params={"now": work.now},
    ).all()
    work.session.add_all(
        ReviewItem(organisation_id=organisation_id, review_id=review.key, grant_id=grant or 0)
        for grant in asked
    )
    work.note(
        "access_reviews.begun",
        about=("access_review", review.id),
        organisation_id=organisation_id,
        roles=len(asked),
    )
    _tell(work, review, "begun")
    return True


def _has_manager(work: Work) -> ColumnElement[bool]:
    managing = aliased(Grant)
    return exists().where(
        col(managing.organisation_id) == Organisation.id,
        col(managing.role).in_(MANAGERS),
        is_active_at(work.now, managing),
    )


def _next_reminder(now: datetime, due_at: datetime) -> datetime:
    return next((at for at in (due_at - _BEFORE, due_at) if at > now), now + _AGAIN)


def _managers(work: Work, organisation_id: int) -> list[tuple[Account, Person]]:
    return list(
        work.session.exec(
            select(Account, Person)
            .join(Person, col(Person.id) == Account.person_id)
            .join(Grant, col(Grant.person_id) == Person.id)
            .where(
                Grant.organisation_id == organisation_id,
                col(Grant.role).in_(MANAGERS),
                ACTIVE_GRANT,
            )
            .order_by(col(Grant.id)),
            params={"now": work.now},
        )
    )


def _tell(work: Work, review: AccessReview, why: str) -> None:
    company = work.session.get_one(Organisation, review.organisation_id).name
    for account, person in _managers(work, review.organisation_id):
        outbox.post(
            work,
            to=account.email,
            template="access_review",
            locale=account.locale,
            values={
                "name": name_of(person).full,
                "company": company,
                "why": Text(f"mails.access_review_{why}"),
                "due": review.due_at,
                "overview": f"/toegang?org={review.organisation_id}&tab=controle",
            },
            about=("access_review", review.id),
            cause=f"access-review-{review.id}-{account.person_id}-{work.now:%Y%m%d}",
        )
