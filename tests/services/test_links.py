"""'Ontkoppel kandidaat' ends the organisation's sight and nothing else, and can be undone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound
from portal_app.models import (
    Attempt,
    AuditEvent,
    Enrolment,
    OrganisationLink,
    OutboxMail,
    Person,
    Result,
)
from portal_app.permissions import Role
from portal_app.services import candidates, links, own_activity
from portal_app.services.candidate_filters import CandidateFilter
from portal_app.settings import settings
from portal_app.unit_of_work import run
from tests import factories
from tests.factories.following import follow, rebuild

AT_ONCE = 50


@pytest.fixture
def route(database):
    return factories.make_route()


def names(cast, run_as, who=None):
    answer = run_as(who or cast.alice, candidates.overview, wanted=CandidateFilter())
    return [row.name for row in answer.rows]


def person_of(enrolment):
    return next(one for one in factories.all_of(Person) if one.id == enrolment.person_id)


@pytest.mark.covers("V-20", "V-23")
def test_unlinking_ends_the_link_and_touches_nothing_else(cast, run_as, route, now):
    _, link = follow(cast.vak, route, "Maes", Result.PASSED)
    before = (factories.all_of(Enrolment), factories.all_of(Attempt))

    assert run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="left") == ("Noor Maes",)

    assert names(cast, run_as) == []
    (ended,) = factories.all_of(OrganisationLink)
    assert (ended.ended_at, ended.ended_by_id, ended.ended_reason) == (now, cast.alice.key, "left")
    assert (factories.all_of(Enrolment), factories.all_of(Attempt)) == before


@pytest.mark.covers("V-20")
def test_the_candidate_is_told_and_the_trail_knows(cast, run_as, route):
    _, link = follow(cast.vak, route, "Maes")
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="left")
    (mail,) = factories.all_of(OutboxMail)
    assert mail.to == "noor.maes@voorbeeld.example"
    (noted,) = [one for one in factories.all_of(AuditEvent) if one.action == "links.ended"]
    assert (noted.actor_id, noted.organisation_id, noted.about_id) == (
        cast.alice.key,
        cast.vak.key,
        link.key,
    )


@pytest.mark.covers("V-20", "V-36")
def test_a_candidate_hears_of_both_and_sees_it_in_the_own_account(cast, run_as, route):
    enrolment, link = follow(cast.vak, route, "Maes")
    factories.make_account(person_of(enrolment))
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="mistake")
    run_as(cast.alice, links.restore, link_ids=(link.key,))

    assert [one.template for one in factories.all_of(OutboxMail)] == [
        "candidate_unlinked",
        "candidate_linked_again",
    ]
    assert [one.action for one in run_as(person_of(enrolment), own_activity.lately)] == [
        "candidates.linked_again",
        "candidates.unlinked",
    ]


@pytest.mark.covers("V-20")
def test_staff_see_who_was_unlinked_by_whom_and_why(cast, run_as, route):
    _, link = follow(cast.vak, route, "Maes")
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="left")

    (seen,) = run_as(cast.sam, links.unlinked).rows
    assert (seen.name, seen.organisation) == ("Maes, Noor", "Vakmanschap Demo")
    assert (seen.ended_by, seen.reason) == ("Jansen, Alice", "left")


@pytest.mark.covers("V-36")
def test_another_organisation_keeps_following(cast, run_as, route):
    enrolment, link = follow(cast.vak, route, "Maes", Result.PASSED)
    person = person_of(enrolment)
    factories.make_link(person, cast.jon)
    rebuild(person.key)
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="left")
    assert names(cast, run_as, cast.charlie) == ["Maes, Noor"]


@pytest.mark.covers("V-36")
def test_a_restored_link_is_a_new_one_and_shows_the_candidate_again(cast, run_as, route):
    _, link = follow(cast.vak, route, "Maes", Result.PASSED)
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="mistake")
    assert run_as(cast.alice, links.restore, link_ids=(link.key,)) == ("Noor Maes",)

    assert names(cast, run_as) == ["Maes, Noor"]
    old, again = factories.all_of(OrganisationLink)
    assert (again.restores_id, again.ended_at, old.ended_reason) == (old.id, None, "mistake")
    assert run_as(cast.alice, links.unlinked).total == 0


def test_several_go_together_or_not_at_all(cast, run_as, route):
    keys = [follow(cast.vak, route, name)[1].key for name in ("Maes", "Claes", "Bakker")]
    _, theirs = follow(cast.jon, route, "Vreemd")

    with pytest.raises(NotFound):
        run_as(cast.alice, links.unlink, link_ids=(*keys, theirs.key), reason="left")
    assert len(names(cast, run_as)) == 3

    ended = run_as(cast.alice, links.unlink, link_ids=tuple(keys), reason="left")
    assert sorted(ended) == ["Noor Bakker", "Noor Claes", "Noor Maes"]
    assert run_as(cast.alice, links.unlinked).total == 3
    assert names(cast, run_as, cast.charlie) == ["Vreemd, Noor"]


@pytest.mark.parametrize("link_ids", [(), tuple(range(1, 102))])
def test_none_and_more_than_a_page_are_refused(cast, run_as, route, link_ids):
    with pytest.raises(Invalid):
        run_as(cast.alice, links.unlink, link_ids=link_ids, reason="left")


def test_without_a_reason_nothing_ends(cast, run_as, route):
    _, link = follow(cast.vak, route, "Maes")
    with pytest.raises(Invalid) as refused:
        run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="  ")
    assert refused.value.fields["reason"].key == "candidates.reason_empty"
    assert names(cast, run_as) == ["Maes, Noor"]


def test_the_question_names_only_what_is_ones_own(cast, run_as, route):
    _, ours = follow(cast.vak, route, "Maes")
    _, theirs = follow(cast.jon, route, "Vreemd")
    (named,) = run_as(cast.alice, links.to_unlink, link_ids=(ours.key,))
    assert (named.name, named.organisation) == ("Noor Maes", "Vakmanschap Demo")
    with pytest.raises(NotFound):
        run_as(cast.alice, links.to_unlink, link_ids=(ours.key, theirs.key))


def test_who_may_only_look_unlinks_nobody(cast, run_as, route):
    _, link = follow(cast.vak, route, "Maes")
    looker = factories.make_person("Robin", "Kijker", email="robin@voorbeeld.example")
    factories.make_account(looker)
    factories.make_grant(looker, Role.REGISTRATION_MANAGER, cast.vak)
    for use_case, more in ((links.unlink, {"reason": "left"}), (links.restore, {})):
        with pytest.raises(NotAllowed):
            run_as(looker, use_case, link_ids=(link.key,), **more)


@pytest.mark.covers("V-36")
def test_after_thirty_days_a_link_stays_ended(cast, run_as, route, stopped_clock):
    _, link = follow(cast.vak, route, "Maes")
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="left")
    stopped_clock.advance(days=settings.unlink_undo_days)
    assert run_as(cast.alice, links.unlinked).rows[0].can_be_undone
    stopped_clock.advance(seconds=1)
    assert not run_as(cast.alice, links.unlinked).rows[0].can_be_undone
    with pytest.raises(NotFound):
        run_as(cast.alice, links.restore, link_ids=(link.key,))


def test_a_candidate_linked_anew_meanwhile_is_not_linked_twice(cast, run_as, route):
    enrolment, link = follow(cast.vak, route, "Maes")
    run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="left")
    person = person_of(enrolment)
    factories.make_link(person, cast.vak)
    with pytest.raises(NotFound):
        run_as(cast.alice, links.restore, link_ids=(link.key,))


@pytest.mark.parametrize("what", ["unlink", "restore"])
def test_fifty_at_once_succeed_once(cast, acting_as, run_as, route, what):
    _, link = follow(cast.vak, route, "Maes")
    if what == "restore":
        run_as(cast.alice, links.unlink, link_ids=(link.key,), reason="left")
    callers = [acting_as(cast.alice) for _ in range(AT_ONCE)]
    start = Barrier(AT_ONCE)

    def once(caller) -> bool:
        start.wait()
        try:
            if what == "unlink":
                run(links.unlink, caller, link_ids=(link.key,), reason="left")
            else:
                run(links.restore, caller, link_ids=(link.key,))
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert sum(threads.map(once, callers)) == 1
    active = [one for one in factories.all_of(OrganisationLink) if one.ended_at is None]
    assert len(active) == (what == "restore")


def test_what_was_ended_is_listed_last_first(cast, run_as, route, stopped_clock):
    for name in ("Maes", "Claes"):
        _, link = follow(cast.vak, route, name)
        run_as(cast.alice, links.unlink, link_ids=(link.key,), reason=f"other: {name}")
        stopped_clock.advance(minutes=5)
    listed = run_as(cast.alice, links.unlinked, size=1)
    assert (listed.total, [one.name for one in listed.rows]) == (2, ["Claes, Noor"])
    assert listed.rows[0].ended_by == "Jansen, Alice"
    assert listed.rows[0].undo_until == listed.rows[0].ended_at + timedelta(
        days=settings.unlink_undo_days
    )
    assert run_as(cast.alice, links.unlinked, page=9, size=1).page == 2
