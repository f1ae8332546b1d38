"""Payment codes made inactive and active again, before and after somebody used them."""

import json
from collections import Counter
from dataclasses import dataclass

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound, Refused, Text
from portal_app.models import AuditEvent, CodeBatch, CodeState, Enrolment, PaymentCode, Person
from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeStatus
from portal_app.services import inactive_codes, payment_codes, redeeming
from portal_app.services.inactive_codes import Switched
from portal_app.services.redeeming import Redeemed
from portal_app.unit_of_work import run
from tests import factories
from tests.harness.cast import Cast, acting_as
from tests.harness.crowd import all_at_once

CODE = "EXZA-8F5E-XG5W-U22J"
OTHER = "E2ZA-8HG6-PH5W-SUSJ"
WHY = "Dubbel besteld"


@dataclass(frozen=True)
class Scene:
    """A batch of VAK with two codes, and Jan, who may use one."""

    cast: Cast
    batch: CodeBatch
    jan: Person
    profile: int


@pytest.fixture
def scene(cast) -> Scene:
    route = factories.make_route(profiles=("Vakmanschap CO",))
    (craft,) = factories.profiles_of(route)
    batch = factories.make_batch(cast.vak, craft, number="3K2R1S")
    for code in (CODE, OTHER):
        factories.make_code(batch, code=code)
    jan = factories.make_person("Jan", "Berg", infix="van den")
    factories.make_account(jan)
    return Scene(cast, batch, jan, craft.key)


@pytest.fixture
def staff(scene, run_as):
    """`staff(use_case, **arguments)`: let Sam of the fund do it."""
    return lambda use_case, **arguments: run_as(scene.cast.sam, use_case, **arguments)


@pytest.fixture
def redeem(scene, run_as):
    """`redeem()`: let Jan use the code."""
    return lambda: run_as(scene.jan, redeeming.redeem, code=CODE, profile_id=scene.profile)


def the_code(code: str = CODE) -> PaymentCode:
    return next(one for one in factories.all_of(PaymentCode) if one.code == code)


def written(action: str) -> list[AuditEvent]:
    return [one for one in factories.all_of(AuditEvent) if one.action == action]


@pytest.mark.covers("V-26")
def test_an_inactive_code_says_who_why_and_when_and_opens_nothing(scene, staff, redeem, now):
    done = staff(inactive_codes.make_inactive, code_id=the_code().key, reason=f" {WHY} ")

    code = the_code()
    assert done == Switched(CODE, "")
    assert (code.state, code.inactive_at, code.inactive_by_id, code.inactive_reason) == (
        CodeState.INACTIVE,
        now,
        scene.cast.sam.key,
        WHY,
    )
    assert redeem() == Refused(Text("payment_codes.wrong_inactive"), "code")
    assert factories.all_of(Enrolment) == []
    (event,) = written("payment_codes.made_inactive")
    assert (event.actor_id, event.organisation_id, event.about_id) == (
        scene.cast.sam.key,
        scene.cast.vak.key,
        code.key,
    )
    assert json.loads(event.details) == {"reason": WHY, "was_used": False}


@pytest.mark.covers("V-36")
def test_a_code_made_inactive_after_use_keeps_its_use(scene, staff, redeem, run_as, now):
    enrolled = redeem()

    done = staff(inactive_codes.make_inactive, code_id=the_code().key, reason=WHY)

    code = the_code()
    assert done == Switched(CODE, "Jan van den Berg")
    assert (code.state, code.used_at, code.used_by_id, code.enrolment_id) == (
        CodeState.USED,
        now,
        scene.jan.key,
        enrolled.enrolment_id,
    )
    assert redeem() == Refused(Text("payment_codes.wrong_used_by_you"), "code")
    used = CodeListing(CodeFilter(status=CodeStatus.USED))
    (row,) = run_as(scene.cast.alice, payment_codes.overview, listing=used).rows
    assert (row.status, row.used_by, row.used_at) == (CodeStatus.USED, "Berg, Jan van den", now)
    assert (row.inactive_at, row.inactive_reason) == (now, WHY)
    assert len(factories.all_of(Enrolment)) == 1  # the candidate goes on


@pytest.mark.covers("V-36")
def test_a_used_code_is_not_free_again_when_it_is_active_again(staff, redeem):
    redeem()
    staff(inactive_codes.make_inactive, code_id=the_code().key, reason=WHY)

    done = staff(inactive_codes.make_active, code_id=the_code().key)

    code = the_code()
    assert done == Switched(CODE, "Jan van den Berg")
    assert (code.state, code.inactive_at, code.inactive_reason) == (CodeState.USED, None, "")
    assert redeem() == Refused(Text("payment_codes.wrong_used_by_you"), "code")


@pytest.mark.covers("V-26")
def test_an_unused_code_that_is_active_again_can_be_used(staff, redeem):
    staff(inactive_codes.make_inactive, code_id=the_code().key, reason=WHY)

    assert staff(inactive_codes.make_active, code_id=the_code().key) == Switched(CODE, "")

    assert the_code().inactive_by_id is None
    assert isinstance(redeem(), Redeemed)
    assert len(written("payment_codes.made_active")) == 1


def test_what_is_so_already_is_not_done_again(staff):
    code = the_code().key
    with pytest.raises(NotFound):
        staff(inactive_codes.make_active, code_id=code)
    staff(inactive_codes.make_inactive, code_id=code, reason=WHY)

    with pytest.raises(NotFound):
        staff(inactive_codes.make_inactive, code_id=code, reason="Anders")
    assert the_code().inactive_reason == WHY


@pytest.mark.covers("V-26", "V-36")
def test_of_a_batch_what_nobody_used_becomes_inactive(scene, staff, redeem):
    redeem()

    done = staff(inactive_codes.make_batch_inactive, number="3K2R1S", reason=WHY)

    assert done.count == 1
    assert (the_code().state, the_code().inactive_at) == (CodeState.USED, None)
    assert the_code(OTHER).state is CodeState.INACTIVE
    assert len(written("payment_codes.made_inactive")) == 1
    for number in ("3K2R1S", "ZZZZZZ"):  # nothing is left of the one, and the other is unknown
        with pytest.raises(NotFound):
            staff(inactive_codes.make_batch_inactive, number=number, reason=WHY)


@pytest.mark.covers("V-26")
def test_of_a_batch_one_press_is_taken_back_and_nothing_else(scene, staff, stopped_clock):
    staff(inactive_codes.make_inactive, code_id=the_code().key, reason="Kwijt")
    stopped_clock.advance(minutes=1)
    done = staff(inactive_codes.make_batch_inactive, number="3K2R1S", reason=WHY)
    press = {"number": done.number, "made_at": done.made_at}

    assert staff(inactive_codes.undo_batch_inactive, **press) == 1

    assert (the_code().state, the_code().inactive_reason) == (CodeState.INACTIVE, "Kwijt")
    other = the_code(OTHER)
    assert (other.state, other.inactive_at, other.inactive_by_id, other.inactive_reason) == (
        CodeState.USABLE,
        None,
        None,
        "",
    )
    (event,) = written("payment_codes.made_active")
    assert (event.actor_id, event.about_id) == (scene.cast.sam.key, other.key)
    with pytest.raises(NotFound):  # a second time there is nothing left of it
        staff(inactive_codes.undo_batch_inactive, **press)


@pytest.mark.covers("V-26")
def test_what_became_inactive_anew_is_not_taken_back(staff, stopped_clock):
    done = staff(inactive_codes.make_batch_inactive, number="3K2R1S", reason=WHY)
    for act, more in (
        (inactive_codes.make_active, {}),
        (inactive_codes.make_inactive, {"reason": "Gestolen"}),
    ):
        stopped_clock.advance(minutes=1)
        staff(act, code_id=the_code().key, **more)

    count = staff(inactive_codes.undo_batch_inactive, number=done.number, made_at=done.made_at)

    assert count == 1
    assert (the_code().state, the_code().inactive_reason) == (CodeState.INACTIVE, "Gestolen")
    assert the_code(OTHER).state is CodeState.USABLE


def test_one_press_taken_back_by_many_at_once_is_taken_back_once(scene, staff):
    done = staff(inactive_codes.make_batch_inactive, number="3K2R1S", reason=WHY)
    sam = acting_as(scene.cast.sam)

    given = all_at_once(
        [
            lambda: run(
                inactive_codes.undo_batch_inactive, sam, number=done.number, made_at=done.made_at
            )
        ]
        * 6
    )

    assert [one for one in given if not isinstance(one, NotFound)] == [2]
    assert len(written("payment_codes.made_active")) == 2
    assert {one.state for one in factories.all_of(PaymentCode)} == {CodeState.USABLE}


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        (" ", Text("payment_codes.reason_empty")),
        ("x" * 401, Text("payment_codes.reason_long", {"most": 400})),
    ],
)
def test_a_reason_is_asked_for(staff, reason, why):
    for use_case, what in (
        (inactive_codes.make_inactive, {"code_id": the_code().key}),
        (inactive_codes.make_batch_inactive, {"number": "3K2R1S"}),
    ):
        with pytest.raises(Invalid) as wrong:
            staff(use_case, **what, reason=reason)
        assert wrong.value.fields == {"reason": why}
    assert the_code().state is CodeState.USABLE


def test_an_organisation_does_not_do_it_itself(scene, run_as):
    with pytest.raises(NotAllowed):
        run_as(scene.cast.alice, inactive_codes.make_inactive, code_id=the_code().key, reason=WHY)


@pytest.mark.covers("V-36")
def test_using_a_code_and_making_it_inactive_at_once_comes_to_one_story(scene):
    code_id = the_code().key
    people = [factories.make_person(f"Persoon {n}") for n in range(10)]
    for person in people:
        factories.make_account(person)
    users = [acting_as(person) for person in people]
    sam = acting_as(scene.cast.sam)
    users_first = [
        lambda one=one: run(redeeming.redeem, one, code=CODE, profile_id=scene.profile)
        for one in users
    ]
    staff_too = [lambda: run(inactive_codes.make_inactive, sam, code_id=code_id, reason=WHY)] * len(
        users
    )

    given = all_at_once([act for pair in zip(users_first, staff_too, strict=True) for act in pair])

    code = the_code()
    (switched,) = [one for one in given if isinstance(one, Switched)]
    redeemed = [one for one in given if isinstance(one, Redeemed)]
    refusals = Counter(one.why.key for one in given if isinstance(one, Refused))
    assert sum(isinstance(one, NotFound) for one in given) == len(users) - 1
    assert code.inactive_at is not None
    if redeemed:  # somebody was first: used, and inactive since
        assert len(redeemed) == len(factories.all_of(Enrolment)) == 1
        assert code.state is CodeState.USED
        assert code.used_by_id in {person.key for person in people}
        assert switched.used_by.startswith("Persoon")
        assert refusals == {"payment_codes.wrong_used": len(users) - 1}
    else:  # staff were first: nobody used it, and everybody hears why
        assert factories.all_of(Enrolment) == []
        assert (code.state, code.used_by_id, switched.used_by) == (CodeState.INACTIVE, None, "")
        assert refusals == {"payment_codes.wrong_inactive": len(users)}
