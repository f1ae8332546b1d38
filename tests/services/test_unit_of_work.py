"""The one door: who comes in, how far they may go, and what is kept."""

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from sqlmodel import select

from portal_app import unit_of_work
from portal_app.errors import NotAllowed, NotFound, NotSignedIn, Refused, Text
from portal_app.models import AuditEvent, Organisation, OrganisationCode, Owed, Person
from portal_app.needs import Anyone, SignedIn
from portal_app.permissions import Right, Role
from portal_app.tenant_net import OutsideScope
from portal_app.unit_of_work import Browser, Job, Operator, Work, use_case
from tests import factories
from tests.harness.cast import VIC, acting_as


@use_case(Right.CANDIDATES_SEE)
def codes(work: Work) -> list[str]:
    return sorted(work.session.exec(select(OrganisationCode.code)))


@use_case(Right.ORGANISATION_SEE)
def companies(work: Work) -> list[str]:
    return sorted(work.session.exec(select(Organisation.name)))


@use_case(Anyone)
def who(work: Work) -> str:
    return work.actor.kind


@use_case(SignedIn)
def own_number(work: Work) -> int:
    return work.person_id


@use_case(SignedIn, writes=True)
def rename(work: Work, *, to: str) -> None:
    person = work.session.get_one(Person, work.person_id)
    person.given_name = to
    work.session.add(person)


# --- who comes in ---------------------------------------------------------------------


def test_a_person_is_known_by_the_key_of_the_browser(cast, run_as) -> None:
    assert run_as(cast.alice, own_number) == cast.alice.id


def test_a_visitor_is_nobody(cast, run_as) -> None:
    assert run_as(VIC, who) == "visitor"
    with pytest.raises(NotSignedIn):
        run_as(VIC, own_number)


def test_a_visitor_is_asked_to_sign_in_before_any_right_is_looked_at(cast, run_as) -> None:
    with pytest.raises(NotSignedIn):
        run_as(VIC, codes)


@pytest.mark.parametrize("caller", [Job("outbox"), Operator()])
def test_the_portal_itself_and_its_operator_are_no_person(database, caller) -> None:
    assert unit_of_work.run(who, caller) in {"job", "operator"}
    with pytest.raises(NotSignedIn):
        unit_of_work.run(own_number, caller)


@pytest.mark.parametrize(
    ("of", "minutes", "still"),
    [("alice", 30, True), ("alice", 31, False), ("sam", 15, True), ("sam", 16, False)],
)
def test_an_idle_session_is_nobodys(cast, stopped_clock, of, minutes, still) -> None:
    caller = acting_as(getattr(cast, of))

    stopped_clock.advance(minutes=minutes)

    assert (unit_of_work.run(who, caller) == "person") is still


def test_a_session_ends_at_its_time_however_busy_it_is(cast, stopped_clock) -> None:
    over_at = stopped_clock.at + timedelta(minutes=5)
    caller = Browser(factories.sign_in(cast.alice, expires_at=over_at))

    stopped_clock.advance(minutes=4, seconds=59)
    assert unit_of_work.run(who, caller) == "person"
    stopped_clock.advance(seconds=1)
    assert unit_of_work.run(who, caller) == "visitor"


def test_an_ended_session_is_nobodys(cast, now) -> None:
    caller = Browser(factories.sign_in(cast.alice, ended_at=now))

    assert unit_of_work.run(who, caller) == "visitor"


def test_a_temporary_password_opens_nothing_that_needs_a_right(cast) -> None:
    caller = Browser(factories.sign_in(cast.alice, owes=(Owed.PASSWORD,)))

    assert unit_of_work.run(who, caller) == "person"
    with pytest.raises(NotAllowed):
        unit_of_work.run(codes, caller)


# --- how far --------------------------------------------------------------------------


def test_a_right_that_is_not_held_opens_nothing(cast, run_as) -> None:
    with pytest.raises(NotAllowed):
        run_as(cast.bob, codes)


@pytest.mark.parametrize(
    "when",
    [
        {"starts_at": factories.NOW + timedelta(seconds=1)},
        {"until": factories.NOW},
        {"ended_at": factories.NOW - timedelta(days=1)},
    ],
    ids=["still to start", "over", "ended"],
)
def test_a_grant_that_does_not_hold_now_opens_nothing(cast, run_as, when) -> None:
    person = factories.make_person("Greet")
    factories.make_grant(person, Role.ORGANISATION_MANAGER, cast.vak, **when)

    with pytest.raises(NotAllowed):
        run_as(person, codes)


@pytest.mark.parametrize(
    "when", [{"starts_at": factories.NOW}, {"until": factories.NOW + timedelta(seconds=1)}]
)
def test_a_grant_holds_from_its_first_moment_to_its_last(cast, run_as, when) -> None:
    person = factories.make_person("Greet")
    factories.make_grant(person, Role.ORGANISATION_MANAGER, cast.vak, **when)

    assert run_as(person, codes) == ["VAK"]


def test_a_person_of_two_organisations_sees_each_as_far_as_its_role_goes(cast, run_as) -> None:
    assert run_as(cast.dora, codes) == ["VAK"]
    assert run_as(cast.dora, companies) == ["Klimaatwerken De Smet"]


def test_a_manager_of_two_organisations_sees_both_until_one_is_chosen(cast, run_as) -> None:
    factories.make_grant(cast.alice, Role.ORGANISATION_MANAGER, cast.jon)

    assert run_as(cast.alice, codes) == ["JON", "VAK"]
    assert run_as(acting_as(cast.alice, cast.jon), codes) == ["JON"]


def test_another_organisation_does_not_exist(cast, run_as) -> None:
    with pytest.raises(NotFound):
        run_as(acting_as(cast.alice, cast.jon), codes)


def test_an_organisation_that_does_not_exist_is_answered_like_that_of_another(cast, run_as) -> None:
    unknown = Browser(factories.sign_in(cast.alice), organisation=999_999)

    with pytest.raises(NotFound):
        run_as(unknown, codes)


def test_staff_see_everything_or_the_organisation_they_chose(cast, run_as) -> None:
    assert run_as(cast.sam, codes) == ["JON", "VAK"]
    assert run_as(acting_as(cast.sam, cast.jon), codes) == ["JON"]


def test_one_use_case_inside_another_sees_what_both_may_see(cast, run_as) -> None:
    @use_case(Right.CANDIDATES_SEE)
    def outer(work: Work) -> tuple[list[str], list[str], list[str]]:
        own = list(work.session.exec(select(Organisation.name)))
        return own, companies(work), list(work.session.exec(select(Organisation.name)))

    assert run_as(cast.dora, outer) == (["Vakmanschap Demo"], [], ["Vakmanschap Demo"])


def test_a_use_case_for_anyone_inside_another_sees_no_more_than_that_one(cast, run_as) -> None:
    @use_case(Anyone)
    def all_codes(work: Work) -> list[str]:
        return sorted(work.session.exec(select(OrganisationCode.code)))

    @use_case(Right.CANDIDATES_SEE)
    def outer(work: Work) -> list[str]:
        return all_codes(work)

    assert run_as(acting_as(cast.sam, cast.jon), outer) == ["JON"]


def test_a_code_lets_its_holder_into_one_organisation_for_a_while(cast, run_as) -> None:
    @use_case(SignedIn, writes=True)
    def join(work: Work) -> tuple[list[str], list[str]]:
        with work.enter(cast.jon.key):
            inside = sorted(work.session.exec(select(OrganisationCode.code)))
        return inside, sorted(work.session.exec(select(OrganisationCode.code)))

    assert run_as(cast.alice, join) == (["JON", "VAK"], ["VAK"])


def test_what_is_written_is_judged_by_the_scope_in_which_it_was_written(cast, run_as) -> None:
    @use_case(SignedIn, writes=True)
    def slip(work: Work) -> None:
        work.session.add(
            OrganisationCode(organisation_id=cast.jon.key, code="NEW", created_at=work.now)
        )
        with work.enter(cast.jon.key):
            work.session.flush()

    @use_case(SignedIn, writes=True)
    def leave_behind(work: Work) -> None:
        with work.enter(cast.jon.key):
            work.session.add(
                OrganisationCode(organisation_id=cast.jon.key, code="NEW", created_at=work.now)
            )

    run_as(cast.alice, leave_behind)
    assert [code.code for code in factories.all_of(OrganisationCode)] == ["VAK", "JON", "NEW"]
    with pytest.raises(OutsideScope):
        run_as(cast.alice, slip)


# --- what is kept ---------------------------------------------------------------------


def test_what_a_use_case_wrote_is_kept(cast, run_as) -> None:
    run_as(cast.alice, rename, to="Aline")

    assert factories.all_of(Person)[0].given_name == "Aline"


def test_nothing_of_a_use_case_that_raised_is_kept(cast, run_as) -> None:
    @use_case(SignedIn, writes=True)
    def change_one_s_mind(work: Work) -> None:
        rename(work, to="Aline")
        work.note("people.renamed")
        raise NotFound

    with pytest.raises(NotFound):
        run_as(cast.alice, change_one_s_mind)
    assert factories.all_of(Person)[0].given_name == "Alice"
    assert factories.all_of(AuditEvent) == []


def test_a_refusal_that_is_a_value_keeps_what_was_noted(cast, run_as) -> None:
    @use_case(SignedIn, writes=True)
    def refuse(work: Work) -> Refused:
        work.note("codes.refused", about=("code", 7), organisation_id=cast.vak.id, tries=3)
        return Refused(Text("codes.wrong"), "code")

    assert run_as(cast.alice, refuse) == Refused(Text("codes.wrong"), "code")
    [noted] = factories.all_of(AuditEvent)
    assert (noted.actor, noted.actor_id, noted.action) == ("person", cast.alice.id, "codes.refused")
    assert (noted.about, noted.about_id, noted.organisation_id) == ("code", 7, cast.vak.id)
    assert json.loads(noted.details) == {"tries": 3}


@pytest.mark.parametrize(("fails", "followed"), [(False, ["rung"]), (True, [])])
def test_what_follows_a_commit_happens_only_after_it(cast, run_as, fails, followed) -> None:
    bell: list[str] = []

    @use_case(SignedIn, writes=True)
    def plan(work: Work) -> None:
        work.after_commit.append(lambda: bell.append("rung"))
        assert bell == []
        if fails:
            raise NotAllowed

    with pytest.raises(NotAllowed) if fails else nullcontext():
        run_as(cast.alice, plan)

    assert bell == followed
