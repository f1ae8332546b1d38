"""'Mijn aanvragen': one's own applications, and nobody else's."""

import pytest

from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import NotFound, NotSignedIn, Refused, Text
from portal_app.models import ApplicationEvent
from portal_app.permissions import Role
from portal_app.services import (
    application_handling,
    company_applications,
    own_applications,
)
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.crowd import all_at_once
from tests.services.applying import ALICE, application, ask, checked, mails, version


def asked_by_bob(cast, run_as, role=Role.ORGANISATION_MANAGER) -> str:
    return run_as(
        cast.bob,
        company_applications.ask_role,
        organisation_id=cast.de_smet.key,
        role=role,
        why="Nodig.",
    )


def numbers(run_as, who, **page) -> list[str]:
    return [row.number for row in run_as(who, own_applications.listed, **page).rows]


def test_the_list_has_the_newest_first_and_only_ones_own(cast, run_as):
    first = asked_by_bob(cast, run_as)
    second = asked_by_bob(cast, run_as, Role.LOCATION_MANAGER)
    ask(run_as, email=ALICE)

    assert numbers(run_as, cast.bob) == [second, first]
    assert numbers(run_as, cast.bob, page=2, size=1) == [first]
    assert run_as(cast.bob, own_applications.listed, page=2, size=1).total == 2
    assert numbers(run_as, cast.charlie) == []


def test_what_was_asked_from_ones_own_address_is_ones_own(cast, run_as):
    number = ask(run_as, email=ALICE)
    assert numbers(run_as, cast.alice) == [number]
    assert run_as(cast.alice, own_applications.one, number=number).number == number


def test_what_a_stranger_asks_in_ones_name_is_not_shown(cast, run_as):
    number = ask(run_as)  # from another address
    checked(cast, run_as, number)
    assert application().person_id == cast.alice.key

    assert numbers(run_as, cast.alice) == []
    for use_case, more in (
        (own_applications.one, {}),
        (own_applications.answer, {"text": "x"}),
        (own_applications.withdraw, {}),
    ):
        with pytest.raises(NotFound):
            run_as(cast.alice, use_case, number=number, **more)


def test_another_persons_application_does_not_exist(cast, run_as):
    number = asked_by_bob(cast, run_as)
    for who in (cast.charlie, cast.sam):
        with pytest.raises(NotFound):
            run_as(who, own_applications.withdraw, number=number)
    with pytest.raises(NotSignedIn):
        run(own_applications.listed, Browser("v" * 64))
    assert application().state is ApplicationState.SUBMITTED


def test_that_a_first_colleague_looked_is_not_told(cast, run_as):
    number = ask(run_as, email=ALICE)
    checked(cast, run_as, number)
    (row,) = run_as(cast.alice, own_applications.listed).rows
    assert row.state is ApplicationState.IN_PROGRESS
    assert row.due_at is not None


def test_an_answer_goes_back_to_whoever_has_it_in_hand(cast, run_as):
    number = asked_by_bob(cast, run_as)
    run_as(cast.sam, application_handling.take, number=number, version=1)
    asking = {"number": number, "question": "call", "note": ""}
    run_as(cast.sam, application_handling.ask_for_more, version=version(), **asking)
    seen = run_as(cast.bob, own_applications.one, number=number)
    assert seen.may_answer

    assert run_as(cast.bob, own_applications.answer, number=number, text="Morgen.") is None

    assert application().state is ApplicationState.IN_PROGRESS
    assert application().assignee_id == cast.sam.key
    assert factories.all_of(ApplicationEvent)[-1].public_note == "Morgen."
    assert factories.all_of(ApplicationEvent)[-1].by_id is None  # the applicant
    again = run_as(cast.bob, own_applications.answer, number=number, text="Nog eens.")
    assert again == Refused(Text("errors.application_not_waiting"))


def test_of_twenty_who_withdraw_at_once_one_is_told_of(cast, run_as, acting_as):
    number = asked_by_bob(cast, run_as)
    callers = [acting_as(cast.bob) for _ in range(20)]

    given = all_at_once(
        [lambda one=one: run(own_applications.withdraw, one, number=number) for one in callers]
    )

    assert given == [None] * 20
    assert application().state is ApplicationState.WITHDRAWN
    assert len(mails("application_moved")) == 1


def test_what_is_known_of_a_finished_one_is_its_number_and_kind(cast, run_as):
    made = factories.make_application(
        ApplicationState.DONE,
        ApplicationKind.LOST_FACTOR,
        person=cast.bob,
        checked_by=cast.sam,
        agreed_by=cast.ada,
        email="",
    )
    (row,) = run_as(cast.bob, own_applications.listed).rows
    assert (row.number, row.kind, row.due_at) == (made.number, ApplicationKind.LOST_FACTOR, None)
