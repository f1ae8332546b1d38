"""The figures around the overview are those of the lists to which they lead."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from portal_app.models import EnrolmentStatus, Organisation, ProgressRow, StepState
from portal_app.services import candidate_selection, candidates, insights
from portal_app.services.candidate_filters import Attention, CandidateFilter
from portal_app.services.candidate_order import Order
from tests import factories
from tests.harness.cast import Cast
from tests.harness.stopped_clock import NOW

TODAY = NOW.date()
DAYS = (TODAY - timedelta(days=100), TODAY - timedelta(days=1), TODAY + timedelta(days=7))


@pytest.fixture
def every_kind(cast: Cast) -> None:
    """Candidates of every status, with and without an exam, here and next door."""
    route = factories.make_route()
    for organisation in (cast.vak, cast.jon):
        for status, exam, active in product(EnrolmentStatus, (None, *DAYS), DAYS[:2]):
            _candidate(organisation, route, status, exam, active)


@pytest.mark.covers("V-13")
@pytest.mark.usefixtures("every_kind")
def test_a_tab_counts_what_its_list_holds(cast: Cast, run_as: Callable[..., Any]) -> None:
    listed = run_as(
        cast.alice, candidates.overview, wanted=CandidateFilter(needs_attention=True), size=100
    )

    assert run_as(cast.alice, candidates.needing_attention) == listed.total == len(listed.rows) > 0


@pytest.mark.usefixtures("every_kind")
@pytest.mark.parametrize("attention", Attention)
def test_a_figure_counts_what_its_list_holds(
    attention: Attention, cast: Cast, run_as: Callable[..., Any]
) -> None:
    figures = run_as(cast.alice, insights.insights)
    listed = run_as(cast.alice, candidates.overview, wanted=CandidateFilter(attention=attention))

    assert figures.attention[attention] == listed.total > 0


@pytest.mark.usefixtures("every_kind")
@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
def test_a_list_has_one_order_however_it_is_found(
    order: Order,
    descending: bool,  # noqa: FBT001  # a parameter of the test
    cast: Cast,
    run_as: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def rows() -> list[int]:
        found = run_as(
            cast.alice,
            candidates.overview,
            wanted=CandidateFilter(words="peeters"),
            order=order,
            descending=descending,
            size=100,
        )
        return [row.enrolment_id for row in found.rows]

    by_keyword = rows()
    monkeypatch.setattr(candidate_selection, "_by_keyword", lambda *_: None)
    sorted_after = rows()
    monkeypatch.setattr(candidate_selection, "SORTED_UP_TO", 0)
    walked = rows()

    assert by_keyword == sorted_after == walked
    assert len(walked) > 0


def _candidate(
    organisation: Organisation,
    route: Any,
    status: EnrolmentStatus,
    exam: date | None,
    active: date,
) -> None:
    person = factories.make_person()
    enrolment = factories.make_enrolment(person, route)
    link = factories.make_link(person, organisation)
    is_done = status is EnrolmentStatus.DONE
    factories.write(
        ProgressRow(
            organisation_id=organisation.key,
            link_id=link.key,
            enrolment_id=enrolment.key,
            person_id=person.key,
            route_id=route.key,
            status=status,
            steps=0,
            next_position=None if is_done else 1,
            next_state=None if is_done else StepState.BOOKED if exam else StepState.IDLE,
            next_on=None if is_done else exam,
            valid_until=exam if is_done else None,
            registered_on=active,
            last_activity_on=active,
            name_sort=person.name_sort,
            display_name="Peeters, Jan",
            search="jan peeters",
        )
    )
