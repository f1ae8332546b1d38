"""The overview finds exactly the candidates that are asked for."""

from datetime import date

import pytest

from portal_app.models import EnrolmentStatus, Result, StepKind
from portal_app.permissions import Role
from portal_app.services import (
    candidate_page,
    candidate_record,
    candidate_selection,
    candidates,
    insights,
)
from portal_app.services.candidate_filters import Attention, CandidateFilter, Standing
from portal_app.services.candidate_order import Order
from tests import factories
from tests.factories.following import follow, in_days, rebuild

PASSED, FAILED, PLANNED, BUSY = Result.PASSED, Result.FAILED, Result.PLANNED, Result.BUSY
ALL_PASSED = (PASSED, PASSED, PASSED, PASSED)


@pytest.fixture
def routes(database):
    """Two routes: one of four steps, and one of three that ends without an exam."""
    return (
        factories.make_route(),
        factories.make_route(
            "Warmtepomp",
            code="WP",
            steps=(StepKind.REGISTRATION, StepKind.E_LEARNING, StepKind.CERTIFICATE),
        ),
    )


@pytest.fixture
def followed(cast, routes):
    """Nine candidates of VAK who stand differently, and one of JON."""
    co, pump = routes
    follow(cast.vak, co, "Aerts", PASSED, registered_on=in_days(-200))
    follow(cast.vak, co, "Bakker", PASSED, FAILED, on={1: in_days(-5)}, reference="PLOEG 7")
    follow(cast.vak, co, "Claes", PASSED, PASSED, PLANNED, on={2: in_days(10)})
    follow(cast.vak, co, "Demir", *ALL_PASSED, valid_until=in_days(30))
    follow(cast.vak, co, "Evers", *ALL_PASSED, valid_until=in_days(-1))
    follow(cast.vak, co, "Faber", *ALL_PASSED, valid_until=in_days(400))
    follow(cast.vak, pump, "Güneş", PASSED, BUSY, on={1: in_days(-2)})
    follow(cast.vak, pump, "Haddad", PASSED, PLANNED, on={1: in_days(60)})
    follow(cast.vak, co, "O'Neil_50%", PASSED, PASSED, on={1: in_days(-3)}, given_name="Zoë")
    follow(cast.jon, co, "Vreemd", PASSED, FAILED)


def found(cast, run_as, wanted: CandidateFilter, **how):
    answer = run_as(cast.alice, candidates.overview, wanted=wanted, **how)
    assert answer.total == len(answer.rows) or how.get("size"), "the count is of the same rows"
    return [row.name.split(",")[0] for row in answer.rows]


EVERYBODY = [
    "Aerts", "Bakker", "Claes", "Demir", "Evers", "Faber", "Güneş", "Haddad", "O'Neil_50%",
]  # fmt: skip


@pytest.mark.covers("V-20", "V-36")
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (CandidateFilter(), EVERYBODY),
        (CandidateFilter(words="aerts"), ["Aerts"]),
        (CandidateFilter(words="zoe o'neil"), ["O'Neil_50%"]),
        (CandidateFilter(words="gunes NOOR"), ["Güneş"]),
        (CandidateFilter(words="ploeg"), ["Bakker"]),
        (CandidateFilter(words="bakker@voorbeeld.example"), ["Bakker"]),
        (CandidateFilter(words="0%"), ["O'Neil_50%"]),
        (CandidateFilter(words="l_5"), ["O'Neil_50%"]),
        (CandidateFilter(words="aer_s"), []),
        (CandidateFilter(words="vreemd"), []),
        (CandidateFilter(route="WP"), ["Güneş", "Haddad"]),
        (CandidateFilter(route="no-such-route"), []),
        (CandidateFilter(status=EnrolmentStatus.STARTED), ["Aerts", "Güneş", "O'Neil_50%"]),
        (CandidateFilter(status=EnrolmentStatus.RESIT), ["Bakker"]),
        (CandidateFilter(status=EnrolmentStatus.BOOKED), ["Claes", "Haddad"]),
        (CandidateFilter(status=EnrolmentStatus.DONE), ["Demir", "Faber"]),
        (CandidateFilter(status=EnrolmentStatus.EXPIRED), ["Evers"]),
        (CandidateFilter(status=EnrolmentStatus.STOPPED), []),
        (CandidateFilter(step=StepKind.THEORY_TEST), ["Aerts", "Bakker"]),
        (CandidateFilter(step=StepKind.E_LEARNING), ["Güneş", "Haddad"]),
        (CandidateFilter(step=StepKind.PORTFOLIO), []),
        (CandidateFilter(stands=(StepKind.THEORY_TEST, Standing.FAILED)), ["Bakker"]),
        (CandidateFilter(stands=(StepKind.THEORY_TEST, Standing.IDLE)), ["Aerts"]),
        (CandidateFilter(stands=(StepKind.E_LEARNING, Standing.UNDER_WAY)), ["Güneş", "Haddad"]),
        (CandidateFilter(stands=(StepKind.CERTIFICATE, Standing.PASSED)),
         ["Demir", "Evers", "Faber"]),
        (CandidateFilter(registered_to=in_days(-200)), ["Aerts"]),
        (CandidateFilter(registered_from=in_days(-200), registered_to=in_days(-200)), ["Aerts"]),
        (CandidateFilter(registered_to=in_days(-201)), []),
        (CandidateFilter(valid_before=in_days(30)), ["Evers"]),
        (CandidateFilter(valid_before=in_days(31)), ["Demir", "Evers"]),
        (CandidateFilter(expires=(in_days(0), in_days(30))), []),
        (CandidateFilter(expires=(in_days(30), in_days(31))), ["Demir"]),
        (CandidateFilter(attention=Attention.RESIT), ["Bakker"]),
        (CandidateFilter(attention=Attention.EXPIRES), ["Demir"]),
        (CandidateFilter(attention=Attention.EXAM), ["Claes"]),
        (CandidateFilter(attention=Attention.STALLED), ["Aerts"]),
        (CandidateFilter(needs_attention=True), ["Aerts", "Bakker", "Claes", "Demir"]),
        (CandidateFilter(words="noor", route="WP", status=EnrolmentStatus.BOOKED), ["Haddad"]),
        (CandidateFilter(route="WP", needs_attention=True), []),
    ],
)  # fmt: skip
def test_a_filter_finds_exactly_those_it_describes(cast, run_as, followed, wanted, names):
    assert found(cast, run_as, wanted) == names


def test_another_organisation_finds_its_own(cast, run_as, followed):
    answer = run_as(cast.charlie, candidates.overview, wanted=CandidateFilter())
    assert [row.name for row in answer.rows] == ["Vreemd, Noor"]


def test_an_organisation_that_is_not_ones_own_filters_everything_away(cast, run_as, followed):
    assert found(cast, run_as, CandidateFilter(organisation_id=cast.jon.key)) == []


@pytest.mark.covers("V-20")
def test_pages_together_are_the_whole_list_once(cast, run_as, followed):
    pages = [
        run_as(cast.alice, candidates.overview, wanted=CandidateFilter(), page=page, size=4)
        for page in (1, 2, 3)
    ]
    names = [row.name.split(",")[0] for page in pages for row in page.rows]
    assert names == EVERYBODY
    assert {page.total for page in pages} == {9}


def test_a_page_past_the_end_is_the_last_one(cast, run_as, followed):
    answer = run_as(cast.alice, candidates.overview, wanted=CandidateFilter(), page=99, size=4)
    assert (answer.page, len(answer.rows)) == (3, 1)


ORDERS = [(order, down) for order in Order for down in (False, True)]


@pytest.mark.parametrize(("order", "descending"), ORDERS)
@pytest.mark.parametrize("at_once", [100, 3], ids=["few", "many"])
def test_pages_of_a_keyword_together_are_what_it_finds_once(
    cast, run_as, followed, monkeypatch, order, descending, at_once
):
    monkeypatch.setattr(candidate_selection, "TAKEN_UP_TO", at_once)

    def page(number, size):
        wanted = CandidateFilter(words="noor")
        how = {"order": order, "descending": descending, "page": number, "size": size}
        return run_as(cast.alice, candidates.overview, wanted=wanted, **how)

    whole, pages = page(1, 100), [page(number, 2) for number in range(1, 5)]
    past = page(99, 2)
    last = -(-whole.total // 2)

    assert [row.link_id for one in pages[:last] for row in one.rows] == [
        row.link_id for row in whole.rows
    ]
    assert {one.total for one in (*pages, past)} == {len(whole.rows)}
    assert (past.page, past.rows) == (last, pages[last - 1].rows)


@pytest.mark.parametrize(("order", "descending"), ORDERS)
def test_neighbours_walk_the_list_in_its_own_order(cast, run_as, followed, order, descending):
    how = {"order": order, "descending": descending}
    listed = run_as(cast.alice, candidates.overview, wanted=CandidateFilter(), **how).rows
    asked = [
        run_as(
            cast.alice,
            candidate_record.neighbours,
            enrolment_id=row.enrolment_id,
            organisation_id=row.organisation_id,
            wanted=CandidateFilter(),
            **how,
        )
        for row in listed
    ]
    numbers = [row.enrolment_id for row in listed]
    assert [before and before.enrolment_id for before, _ in asked] == [None, *numbers[:-1]]
    assert [after and after.enrolment_id for _, after in asked] == [*numbers[1:], None]


@pytest.mark.parametrize("descending", [False, True])
def test_what_has_no_end_of_validity_comes_last(cast, run_as, followed, descending):
    names = found(cast, run_as, CandidateFilter(), order=Order.VALID_UNTIL, descending=descending)
    known = ["Evers", "Demir", "Faber"]
    assert names[:3] == (known[::-1] if descending else known)


@pytest.mark.covers("V-22", "V-36")
def test_a_pass_after_a_fail_is_green_and_both_attempts_stay(cast, run_as, routes):
    enrolment, link = follow(cast.vak, routes[0], "Maes", PASSED, FAILED)
    factories.make_attempt(
        enrolment, factories.steps_of(routes[0])[1], PASSED, number=2, on=in_days(-1)
    )
    rebuild(link.person_id)

    record = run_as(cast.alice, candidate_record.record, enrolment_id=enrolment.key)

    assert [state.value for state in record.row.states] == ["passed", "passed", "idle", "idle"]
    assert [one.result for one in record.steps[1].tries] == [FAILED, PASSED]


@pytest.mark.covers("V-20")
def test_each_figure_is_the_number_of_those_that_its_filter_finds(cast, run_as, followed):
    frame = run_as(cast.alice, candidate_page.frame)
    for one, number in frame.insights.attention.items():
        assert len(found(cast, run_as, CandidateFilter(attention=one))) == number, one
    for step in frame.insights.steps:
        for standing, number in (
            (Standing.PASSED, step.passed),
            (Standing.FAILED, step.failed),
            (Standing.UNDER_WAY, step.under_way),
            (Standing.IDLE, step.idle),
        ):
            wanted = CandidateFilter(route=frame.insights.route, stands=(step.kind, standing))
            assert len(found(cast, run_as, wanted)) == number, (step.kind, standing)
    assert frame.needing_attention == 4
    assert [(tab.code, tab.number) for tab in frame.tabs] == [("vakmanschap-co", 7), ("WP", 2)]


def test_a_month_counts_what_still_runs_out_in_it(cast, run_as, followed):
    months = run_as(cast.alice, insights.insights).months
    assert months[0].first_day == date(2026, 3, 1)
    assert {month.first_day.month: month.number for month in months if month.number} == {4: 1}


def test_the_tips_of_a_page_tell_of_the_attempt_that_decides(cast, run_as, followed):
    page = run_as(cast.alice, candidate_page.page, wanted=CandidateFilter(words="bakker"))
    (row,) = page.found.rows
    assert page.last_tries[row.enrolment_id][1].on == in_days(-5)


def test_who_may_only_look_is_told_so(cast, run_as, followed):
    examiner = factories.make_person("Eva", "Examens", email="eva@voorbeeld.example")
    factories.make_account(examiner)
    factories.make_grant(examiner, Role.REGISTRATION_MANAGER, cast.vak)
    frame = run_as(examiner, candidate_page.frame)
    assert (frame.may_unlink, frame.may_export) == (False, False)
