"""The yearly review of who may do what for a company: kept, changed or ended, role by role.

It begins by itself and ends when a manager signs it off. Only keeping is written down here; what
was changed or ended is read from the grant itself, so no other use case has to know of reviews.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import col, select, update

from portal_app.actors import STANDING_GRANT
from portal_app.errors import Invalid, NotFound, Text
from portal_app.models import AccessReview, Grant, Organisation, Person, ReviewItem
from portal_app.names import PersonName, name_of
from portal_app.needs import ProvenLately
from portal_app.permissions import Right, Role
from portal_app.services import access_limits
from portal_app.services.role_changes import CHANGED
from portal_app.unit_of_work import Work, use_case


class Answer(StrEnum):
    """What became of a role in a review."""

    OPEN = "open"
    KEPT = "kept"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Item:
    """A role that is asked about."""

    item_id: int
    grant_id: int
    name: str  # as in a list
    spoken: str
    role: Role
    capacity: str
    since: datetime
    until: datetime | None
    answer: Answer
    answered_at: datetime | None
    answered_by: str  # empty when it ended by itself
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A review with all that it asks."""

    id: int
    begun_at: datetime
    due_at: datetime
    closed_at: datetime | None
    closed_by: str
    is_late: bool
    items: tuple[Item, ...]
    may_close: bool

    @property
    def left(self) -> int:
        """How many roles were not answered yet."""
        return sum(one.answer is Answer.OPEN for one in self.items)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A review as it is handed out: of which organisation, to whom and when."""

    organisation: str
    review: Review
    by: str
    at: datetime


@use_case(Right.ACCESS_SEE)
def reviews(work: Work, *, organisation_id: int) -> tuple[Review, ...] | None:
    """Return the reviews of an organisation, the last one first; None for who sees but a part.

    Raises:
        NotFound: no such organisation in scope.
    """
    if organisation_id not in work.scope:
        raise NotFound
    if not work.holds(organisation_id, ""):
        return None
    found = work.session.exec(
        select(AccessReview)
        .where(AccessReview.organisation_id == organisation_id)
        .order_by(col(AccessReview.begun_at).desc(), col(AccessReview.id).desc())
    ).all()
    return tuple(_told(work, one) for one in found)


@use_case(ProvenLately(Right.ACCESS_SEE, by_staff=True), writes=True)
def evidence(work: Work, *, review_id: int) -> Evidence:
    """Hand a review out as it stands now.

    Raises:
        NotFound: no such review in scope.
    """
    review = work.session.exec(select(AccessReview).where(AccessReview.id == review_id)).first()
    if review is None or not work.holds(review.organisation_id, ""):
        raise NotFound
    work.note(
        "access_reviews.exported",
        about=("access_review", review.id),
        organisation_id=review.organisation_id,
    )
    return Evidence(
        work.session.get_one(Organisation, review.organisation_id).name,
        _told(work, review),
        name_of(work.session.get_one(Person, work.person_id)).full,
        work.now,
    )


@use_case(Right.ACCESS_GIVE, writes=True)
def keep(work: Work, *, item_id: int) -> None:
    """Write down that somebody keeps a role; a second time changes nothing.

    Raises:
        NotFound: no such role in an open review in scope, or it has ended.
        Invalid: it is one's own, or not theirs to give.
    """
    review, item = _taken(work, item_id)
    grant = work.session.exec(
        select(Grant).where(Grant.id == item.grant_id, STANDING_GRANT), params={"now": work.now}
    ).first()
    if grant is None:
        raise NotFound
    if not _may_answer(work, grant):
        raise Invalid({"": Text("access.wrong_to_keep")})
    kept = work.session.exec(
        update(ReviewItem)
        .where(col(ReviewItem.id) == item.id, col(ReviewItem.kept_at).is_(None))
        .values(kept_at=work.now, kept_by_id=work.actor.person_id)
        .execution_options(synchronize_session=False)
    )
    if kept.rowcount == 1:
        work.note(
            "access_reviews.kept",
            about=("grant", grant.id),
            organisation_id=review.organisation_id,
            role=grant.role.value,
            capacity=grant.capacity,
        )


@use_case(Right.ACCESS_GIVE, writes=True)
def close(work: Work, *, review_id: int) -> None:
    """Sign a review off of which every role was answered.

    Raises:
        NotFound: no such open review in scope.
        Invalid: something was not answered yet.
    """
    review = _open(work, review_id)
    told = _told(work, review)
    if told.left:
        raise Invalid({"": Text("access.wrong_review_open")})
    review.closed_at, review.closed_by_id = work.now, work.person_id
    work.session.add(review)
    counts = {
        answer.value: sum(one.answer is answer for one in told.items)
        for answer in (Answer.KEPT, Answer.CHANGED, Answer.ENDED)
    }
    work.note(
        "access_reviews.closed",
        about=("access_review", review.id),
        organisation_id=review.organisation_id,
        **counts,
    )


def _taken(work: Work, item_id: int) -> tuple[AccessReview, ReviewItem]:
    """Take the organisation of an open review, and return it with one of its roles."""
    review_id = work.session.exec(
        select(ReviewItem.review_id).where(ReviewItem.id == item_id)
    ).first()
    if review_id is None:
        raise NotFound
    review = _open(work, review_id)
    return review, work.session.get_one(ReviewItem, item_id)


def _open(work: Work, review_id: int) -> AccessReview:
    organisation_id = work.session.exec(
        select(AccessReview.organisation_id).where(AccessReview.id == review_id)
    ).first()
    if organisation_id is None or not access_limits.take(work, organisation_id):
        raise NotFound
    review = work.session.exec(
        select(AccessReview).where(
            AccessReview.id == review_id, col(AccessReview.closed_at).is_(None)
        )
    ).first()
    if review is None or not work.holds(organisation_id, ""):
        raise NotFound
    return review


def _told(work: Work, review: AccessReview) -> Review:
    found = work.session.exec(
        select(ReviewItem, Grant, Person)
        .join(Grant, col(Grant.id) == ReviewItem.grant_id)
        .join(Person, col(Person.id) == Grant.person_id)
        .where(ReviewItem.review_id == review.id)
        .order_by(Person.name_sort, col(ReviewItem.id))
    ).all()
    names = _names(work, review, [(item, grant) for item, grant, _ in found])
    is_open = review.closed_at is None
    items = tuple(
        _item(work, review, item, grant, name_of(person), names) for item, grant, person in found
    )
    return Review(
        review.key,
        review.begun_at,
        review.due_at,
        review.closed_at,
        names.get(review.closed_by_id, ""),
        is_open and review.due_at <= work.now,
        items,
        is_open and work.actor.holds(Right.ACCESS_GIVE, review.organisation_id, ""),
    )


def _item(  # what a line says
    work: Work,
    review: AccessReview,
    item: ReviewItem,
    grant: Grant,
    name: PersonName,
    names: Mapping[int | None, str],
) -> Item:
    """Tell what became of a role by when the review was signed off, or by now."""
    judged = review.closed_at or work.now
    ended, ended_by = grant.ended_at, grant.ended_by_id
    if grant.until is not None and grant.until <= judged and (ended is None or ended > grant.until):
        ended, ended_by = grant.until, None  # a stand-in's last day came
    if ended is not None and ended <= judged:
        is_changed = grant.ended_reason == CHANGED and ended_by is not None
        answer, at, by = Answer.CHANGED if is_changed else Answer.ENDED, ended, ended_by
    elif item.kept_at is not None:
        answer, at, by = Answer.KEPT, item.kept_at, item.kept_by_id
    else:
        answer, at, by = Answer.OPEN, None, None
    may = answer is Answer.OPEN and review.closed_at is None and _may_answer(work, grant)
    return Item(
        item.key,
        grant.key,
        name.listed,
        name.full,
        grant.role,
        grant.capacity,
        grant.starts_at,
        grant.until,
        answer,
        at,
        names.get(by, ""),
        may,
    )


def _may_answer(work: Work, grant: Grant) -> bool:
    is_theirs = grant.role in work.actor.appoints(grant.organisation_id or 0, grant.capacity)
    return is_theirs and grant.person_id != work.actor.person_id


def _names(
    work: Work, review: AccessReview, found: Sequence[tuple[ReviewItem, Grant]]
) -> Mapping[int | None, str]:
    ids = {review.closed_by_id}
    for item, grant in found:
        ids |= {item.kept_by_id, grant.ended_by_id}
    people = work.session.exec(select(Person).where(col(Person.id).in_(ids - {None})))
    return {one.id: name_of(one).full for one in people}
