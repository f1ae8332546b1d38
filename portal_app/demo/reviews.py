"""The yearly review of who has access, under way at a company of the demo world."""

from collections.abc import Mapping

from sqlmodel import col, select

from portal_app.brand import Module, offers
from portal_app.demo.acting import ago, on_behalf
from portal_app.demo.world import world
from portal_app.models import Grant, ReviewItem
from portal_app.services import access_review_rounds, access_reviews
from portal_app.unit_of_work import Work


def lay_reviews(work: Work, people: Mapping[str, int]) -> None:
    """Begin the reviews whose time has come, and answer what was answered since."""
    if not offers(Module.ACCESS):
        return
    reviews = world().reviews
    then = ago(work, reviews.begun_days_ago)
    access_review_rounds.begin(then)
    kept = select(ReviewItem.id).join(Grant, col(Grant.id) == ReviewItem.grant_id)
    for email in reviews.kept:
        for item_id in work.session.exec(kept.where(Grant.person_id == people[email])):
            access_reviews.keep(on_behalf(then, people[reviews.answered_by]), item_id=item_id or 0)
