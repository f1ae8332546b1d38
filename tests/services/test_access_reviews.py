"""The yearly review: when it begins, what is answered, who signs it off, and what staff see."""

from datetime import timedelta
from functools import partial

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound
from portal_app.models import AccessReview, AuditEvent, OutboxMail, Person
from portal_app.permissions import Role
from portal_app.services import (
    access_queue,
    access_review_rounds,
    access_reviews,
    appointing,
    home,
    role_changes,
)
from portal_app.services.access_reviews import Answer, Review
from portal_app.settings import settings
from portal_app.unit_of_work import Job, run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_MAIN, LOCAL, MAIN, USER

JOB = Job("test")
DAYS = timedelta(days=settings.access_review_days)


def begin() -> int:
    return run(access_review_rounds.begin, JOB)


def remind() -> int:
    return run(access_review_rounds.remind, JOB)


def review_of(by, organisation) -> Review:
    """Return the last review of an organisation, as somebody sees it."""
    found = run(access_reviews.reviews, acting_as(by), organisation_id=organisation.key)
    assert found
    return found[0]


def item_of(review: Review, name: str) -> int:
    (found,) = [one.item_id for one in review.items if one.name == name]
    return found


def answers(by, organisation) -> dict[str, Answer]:
    return {one.name: one.answer for one in review_of(by, organisation).items}


def mails() -> list[tuple[str, str]]:
    """Return to whom letters about a review went, and why."""
    return [
        (one.to, one.values.partition("mails.access_review_")[2].partition('"')[0])
        for one in factories.all_of(OutboxMail)
        if one.template == "access_review"
    ]


@pytest.fixture
def hanna(cast, stopped_clock):
    """The main access manager of VAK, a year later."""
    stopped_clock.advance(days=366)
    return managing.holder("Hanna", MAIN, cast.vak)


@pytest.fixture
def company(cast, hanna):
    """Three people whom Hanna looks after."""
    managing.holder("Cor", CO_MAIN, cast.vak)
    managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    managing.holder("Uma", USER, cast.vak, CANDIDATE_FOLLOWING)
    return cast.vak


@pytest.mark.covers("S-18")
def test_a_review_begins_once_and_asks_about_every_role_the_company_gave(company, hanna) -> None:
    assert begin() == 1
    assert begin() == 0

    seen = review_of(hanna, company)
    assert [(one.name, one.role, one.answer) for one in seen.items] == [
        ("Nieuw, Cor", CO_MAIN, Answer.OPEN),
        ("Nieuw, Leo", LOCAL, Answer.OPEN),
        ("Nieuw, Uma", USER, Answer.OPEN),
    ]
    assert (seen.due_at - seen.begun_at, seen.left, seen.may_close) == (DAYS, 3, True)
    assert mails() == [("hanna@nieuw.example", "begun"), ("cor@nieuw.example", "begun")]


def test_the_first_page_asks_whoever_signs_it_off_and_nobody_else(company, hanna, cast) -> None:
    begin()
    due = factories.all_of(AccessReview)[0].due_at

    asked = run(home.figures, acting_as(hanna)).review
    assert asked
    assert (asked.organisation_id, asked.due_at) == (company.key, due)
    here = run(home.figures, acting_as(hanna), organisation_id=company.key)
    assert here.review == asked
    leo = next(one for one in factories.all_of(Person) if one.given_name == "Leo")
    for other in (leo, cast.alice, cast.bob, cast.sam):
        assert run(home.figures, acting_as(other)).review is None


def test_of_many_processes_one_begins_it(company) -> None:
    outcomes = all_at_once([begin] * 4)

    assert outcomes.count(1) == 1
    assert outcomes.count(0) == 3
    assert len(factories.all_of(AccessReview)) == 1
    assert len(mails()) == 2
    del company


def test_a_company_that_is_new_or_has_no_manager_is_not_asked(cast, stopped_clock) -> None:
    hanna = managing.somebody("Hanna")
    factories.make_grant(hanna, MAIN, cast.vak)
    fresh = managing.somebody("Leo")
    factories.make_grant(
        fresh, USER, cast.vak, capacity=EMPLOYER, starts_at=stopped_clock.at - timedelta(days=364)
    )
    managing.holder("Uma", USER, cast.jon, EMPLOYER)

    assert begin() == 0

    stopped_clock.advance(days=3)
    assert begin() == 1
    assert [one.organisation_id for one in factories.all_of(AccessReview)] == [cast.vak.key]


def test_an_operator_sets_how_often(company, monkeypatch) -> None:
    never = settings.model_copy(update={"access_review_months": 0})
    monkeypatch.setattr(access_review_rounds, "settings", never)
    assert begin() == 0

    rarely = settings.model_copy(update={"access_review_months": 600})
    monkeypatch.setattr(access_review_rounds, "settings", rarely)
    assert begin() == 0
    del company


def test_a_role_is_kept_changed_and_ended_and_the_review_signed_off(
    company, hanna, run_as, stopped_clock
) -> None:
    begin()
    seen = review_of(hanna, company)

    run_as(hanna, access_reviews.keep, item_id=item_of(seen, "Nieuw, Cor"))
    run_as(hanna, access_reviews.keep, item_id=item_of(seen, "Nieuw, Cor"))
    leo = next(one.grant_id for one in seen.items if one.name == "Nieuw, Leo")
    run_as(hanna, role_changes.change, grant_id=leo, role=USER, capacity=EMPLOYER)
    with pytest.raises(Invalid) as refused:
        run_as(hanna, access_reviews.close, review_id=seen.id)
    assert refused.value.fields[""].key == "access.wrong_review_open"
    uma = next(one.grant_id for one in seen.items if one.name == "Nieuw, Uma")
    run_as(hanna, appointing.end, grant_id=uma)

    assert answers(hanna, company) == {
        "Nieuw, Cor": Answer.KEPT,
        "Nieuw, Leo": Answer.CHANGED,
        "Nieuw, Uma": Answer.ENDED,
    }
    run_as(hanna, access_reviews.close, review_id=seen.id)
    closed = review_of(hanna, company)
    assert (closed.closed_by, closed.closed_at) == ("Hanna Nieuw", stopped_clock.at)
    assert {one.answered_by for one in closed.items} == {"Hanna Nieuw"}
    told = [one.action for one in factories.all_of(AuditEvent) if "review" in one.action]
    assert told == ["access_reviews.begun", "access_reviews.kept", "access_reviews.closed"]
    with pytest.raises(NotFound):
        run_as(hanna, access_reviews.close, review_id=seen.id)

    stopped_clock.advance(days=300)
    assert begin() == 0
    stopped_clock.advance(days=67)  # there is a 29th of February in between
    assert begin() == 1


def test_what_happens_after_a_review_does_not_change_what_it_says(
    company, hanna, run_as, stopped_clock
) -> None:
    begin()
    seen = review_of(hanna, company)
    for one in seen.items:
        run_as(hanna, access_reviews.keep, item_id=one.item_id)
    run_as(hanna, access_reviews.close, review_id=seen.id)

    stopped_clock.advance(minutes=5)
    run_as(hanna, appointing.end, grant_id=seen.items[1].grant_id)

    assert set(answers(hanna, company).values()) == {Answer.KEPT}


def test_a_stand_in_whose_last_day_came_needs_no_answer(cast, hanna, stopped_clock) -> None:
    managing.holder("Uma", USER, cast.vak, EMPLOYER)
    sten = managing.somebody("Sten")
    until = stopped_clock.at + timedelta(days=5)
    factories.make_grant(sten, LOCAL, cast.vak, capacity=EMPLOYER, until=until)
    begin()
    assert answers(hanna, cast.vak)["Nieuw, Sten"] is Answer.OPEN

    stopped_clock.advance(days=6)

    review = review_of(hanna, cast.vak)
    (ended,) = [one for one in review.items if one.name == "Nieuw, Sten"]
    assert (ended.answer, ended.answered_at, ended.answered_by) == (Answer.ENDED, until, "")


def test_nobody_answers_for_themselves_or_for_whoever_stands_above(
    cast, company, hanna, run_as
) -> None:
    begin()
    seen = review_of(hanna, company)
    people = {one.given_name: one for one in factories.all_of(Person)}
    cor, leo = people["Cor"], people["Leo"]
    elly = managing.holder("Elly", MAIN, cast.jon)

    with pytest.raises(Invalid):
        run_as(cor, access_reviews.keep, item_id=item_of(seen, "Nieuw, Cor"))
    with pytest.raises(NotFound):
        run_as(leo, access_reviews.keep, item_id=item_of(seen, "Nieuw, Uma"))
    with pytest.raises(NotFound):
        run_as(leo, access_reviews.close, review_id=seen.id)
    with pytest.raises(NotFound):
        run_as(elly, access_reviews.keep, item_id=item_of(seen, "Nieuw, Uma"))
    with pytest.raises(NotAllowed):
        run_as(cast.sam, access_reviews.keep, item_id=item_of(seen, "Nieuw, Uma"))
    assert run_as(leo, access_reviews.reviews, organisation_id=company.key) is None
    with pytest.raises(NotFound):
        run_as(elly, access_reviews.reviews, organisation_id=company.key)
    run_as(cor, access_reviews.keep, item_id=item_of(seen, "Nieuw, Leo"))
    assert answers(hanna, company)["Nieuw, Leo"] is Answer.KEPT


def test_of_two_who_sign_it_off_at_once_one_does(cast, hanna) -> None:
    managing.holder("Uma", USER, cast.vak, EMPLOYER)
    begin()
    seen = review_of(hanna, cast.vak)
    run(access_reviews.keep, acting_as(hanna), item_id=seen.items[0].item_id)

    outcomes = all_at_once(
        [partial(run, access_reviews.close, acting_as(hanna), review_id=seen.id)] * 2
    )

    assert sum(isinstance(one, NotFound) for one in outcomes) == 1


def test_managers_are_reminded_until_it_is_signed_off(company, stopped_clock) -> None:
    begin()
    assert remind() == 0
    for days, why in ((DAYS.days - 14, "reminder"), (14, "late"), (30, "late")):
        stopped_clock.advance(days=days)
        assert remind() == 1
        assert remind() == 0
        assert mails()[-2:] == [("hanna@nieuw.example", why), ("cor@nieuw.example", why)]
    stopped_clock.advance(days=30)
    assert sorted(map(str, all_at_once([remind] * 3))) == ["0", "0", "1"]
    del company


def test_staff_see_what_is_late_and_who_has_nobody(
    cast, company, hanna, run_as, stopped_clock
) -> None:
    alone = factories.make_organisation("Zonder Beheer", unit="Gent")
    managing.holder("Ada", LOCAL, alone, EMPLOYER)
    managing.holder("Bea", USER, alone, EMPLOYER)
    begin()
    seen = review_of(hanna, company)
    run_as(hanna, access_reviews.keep, item_id=item_of(seen, "Nieuw, Uma"))
    assert run_as(cast.sam, access_queue.queue, tab="late").companies == ()

    stopped_clock.advance(days=DAYS.days)

    late = run_as(cast.sam, access_queue.queue, tab="late")
    assert [(one.name, one.left) for one in late.companies] == [(company.name, 2)]
    without = run_as(cast.sam, access_queue.queue)
    assert ("Zonder Beheer", 2) in [(one.name, one.people) for one in without.companies]
    assert company.name not in [one.name for one in without.companies]
    assert without.counts == late.counts == {"without": len(without.companies), "late": 1}
    factories.make_grant(managing.somebody("Cleo"), Role.TRUSTED_CONTACT, alone)
    names = [one.name for one in run_as(cast.sam, access_queue.queue).companies]
    assert "Zonder Beheer" not in names
    with pytest.raises(NotAllowed):
        run_as(hanna, access_queue.queue)
