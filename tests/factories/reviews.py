"""Reviews of access, as if the portal had begun them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from portal_app.models import AccessReview, Grant, Organisation, Person, ReviewItem
from tests.factories.writing import write
from tests.harness.stopped_clock import NOW


def make_review(
    organisation: Organisation,
    grants: Sequence[Grant],
    *,
    kept_by: Person | None = None,
    begun_at: datetime = NOW,
) -> AccessReview:
    """Make an open review of these roles, all of them kept by somebody when one is named."""
    review = write(
        AccessReview(
            organisation_id=organisation.key,
            begun_at=begun_at,
            due_at=begun_at + timedelta(days=30),
            remind_at=begun_at + timedelta(days=16),
        )
    )
    for grant in grants:
        write(
            ReviewItem(
                organisation_id=organisation.key,
                review_id=review.key,
                grant_id=grant.key,
                kept_at=begun_at if kept_by else None,
                kept_by_id=kept_by.key if kept_by else None,
            )
        )
    return review
