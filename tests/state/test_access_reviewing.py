"""The tab on which a review is answered, and the queue of staff, without a browser."""

import pytest

from portal_app.state.access import AccessState
from portal_app.state.access_queue import AccessQueueState
from tests import factories
from tests.factories import EMPLOYER, LONG_AGO
from tests.services import managing
from tests.services.managing import LOCAL, MAIN, USER

PAGE = "/toegang?tab=controle"


@pytest.fixture
def asked(cast, hanna):
    """A review of VAK that asks about Leo and Uma."""
    del hanna
    people = (
        (managing.holder("Leo", LOCAL, cast.vak, EMPLOYER), LOCAL),
        (
            managing.holder("Uma", USER, cast.vak, EMPLOYER),
            USER,
        ),
    )
    return factories.make_review(cast.vak, [managing.grant_of(*one) for one in people])


def test_roles_are_kept_and_ended_until_the_review_can_be_signed_off(open_state, hanna, asked):
    page = open_state(AccessState, hanna, PAGE)
    leo, uma = page.state.review_lines
    assert (page.state.review, page.state.review_left, page.state.review_may_close) == (
        asked.key,
        2,
        True,
    )
    assert [tab.count for tab in page.state.tabs][-1] == 2

    page.do(page.state.close_review())
    assert page.state.refused.key == "access.wrong_review_open"
    page.do(page.state.keep_role(leo.item, leo.name))
    assert page.state.said.key == "access.done_keep"
    page.do(page.state.ask_end(uma.grant))
    page.do(page.state.confirm())
    assert [one.answer_key for one in page.state.review_lines] == [
        "access.answer_kept",
        "access.answer_ended",
    ]
    page.do(page.state.close_review())

    assert (page.state.said.key, page.state.review) == ("access.done_close", 0)
    assert [one.closed_by for one in page.state.earlier_reviews] == ["Hanna Nieuw"]
    page.do(page.state.keep_role(leo.item, leo.name))
    assert page.state.refused.key == "access.gone"


def test_whoever_acts_in_one_capacity_sees_no_review(open_state, cast, asked):
    del asked
    lou = managing.holder("Lou", LOCAL, cast.vak, "candidate_following")

    state = open_state(AccessState, lou, PAGE).state

    assert (state.review, len(state.tabs)) == (0, 3)


def test_staff_see_the_queue_and_nobody_else(open_state, cast, hanna):
    factories.make_review(cast.vak, [managing.grant_of(hanna, MAIN)], begun_at=LONG_AGO)

    state = open_state(AccessQueueState, cast.sam, "/beheer/toegang?tab=te-laat").state

    assert [(one.name, one.left) for one in state.lines] == [(cast.vak.name, 1)]
    assert state.lines[0].href == f"/toegang?org={cast.vak.key}&tab=controle"
    assert open_state(AccessQueueState, hanna, "/beheer/toegang").state.is_refused
