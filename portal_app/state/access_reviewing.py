"""The tab of a company's access where its review is answered, role by role, and signed off."""

from dataclasses import dataclass

from portal_app.errors import Text
from portal_app.gate.handlers import Audience, handler
from portal_app.services import access_reviews
from portal_app.services.access_reviews import Answer, Item, Review
from portal_app.state.access_part import AccessPart


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A role that a review asks about; moments in ISO form, empty when there is none."""

    item: int
    grant: int
    name: str  # as in a list
    spoken: str
    role_key: str
    capacity: str
    until: str
    answer_key: str
    answered_at: str
    answered_by: str
    is_open: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class EarlierReview:
    """A review that was signed off."""

    begun_at: str
    closed_at: str
    closed_by: str
    href: str  # of its file


class AccessReviewing(AccessPart, mixin=True):
    """Mixed into the state of the page: its review."""

    review: int = 0  # that is open; 0: none
    review_begun_at: str = ""
    review_due_at: str = ""
    review_is_late: bool = False
    review_left: int = 0
    review_may_close: bool = False
    review_href: str = ""
    review_lines: list[ReviewLine] = []
    earlier_reviews: list[EarlierReview] = []

    @handler(Audience.SIGNED_IN)
    async def keep_role(self, item: int, name: str) -> None:
        """Let somebody keep the role that is asked about."""
        await self._do(Text("access.done_keep", {"name": name}), access_reviews.keep, item_id=item)

    @handler(Audience.SIGNED_IN)
    async def close_review(self) -> None:
        """Sign the review off."""
        await self._do(Text("access.done_close"), access_reviews.close, review_id=self.review)

    def _show_reviews(self, organisation_id: int, found: tuple[Review, ...]) -> None:
        current = next((one for one in found if one.closed_at is None), None)
        self.review = current.id if current else 0
        self.review_begun_at = current.begun_at.isoformat() if current else ""
        self.review_due_at = current.due_at.isoformat() if current else ""
        self.review_is_late = bool(current and current.is_late)
        self.review_left = current.left if current else 0
        self.review_may_close = bool(current and current.may_close)
        self.review_href = _href(organisation_id, current.id) if current else ""
        self.review_lines = [_line(one) for one in current.items] if current else []
        self.earlier_reviews = [
            EarlierReview(
                one.begun_at.isoformat(),
                one.closed_at.isoformat(),
                one.closed_by,
                _href(organisation_id, one.id),
            )
            for one in found
            if one.closed_at is not None
        ]


def _href(organisation_id: int, review: int) -> str:
    return f"/downloads/toegang.xlsx?org={organisation_id}&tab=controle&nr={review}"


def _line(one: Item) -> ReviewLine:
    return ReviewLine(
        one.item_id,
        one.grant_id,
        one.name,
        one.spoken,
        f"roles.{one.role.value}",
        one.capacity,
        one.until.isoformat() if one.until else "",
        f"access.answer_{one.answer.value}",
        one.answered_at.isoformat() if one.answered_at else "",
        one.answered_by,
        one.answer is Answer.OPEN,
        one.may_answer,
    )
