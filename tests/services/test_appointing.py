"""Appointing and ending whoever manages access: who may, where, and how many."""

from datetime import timedelta

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound
from portal_app.mails import letters
from portal_app.models import AuditEvent, Basis, Grant, Invitation, OutboxMail
from portal_app.permissions import APPOINTS, Role
from portal_app.services import appointing, invitations
from portal_app.services.invitations import Sight
from portal_app.settings import settings
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import CANDIDATE_FOLLOWING, EMPLOYER
from tests.harness.cast import acting_as
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER, accept, appoint, held

ROLES = (MAIN, CO_MAIN, LOCAL, CO_LOCAL, USER)


def place_of(role: Role) -> str:
    return "" if role in (MAIN, CO_MAIN) else EMPLOYER


@pytest.mark.covers("S-11", "S-12", "X-12")
@pytest.mark.parametrize("role", [CO_MAIN, LOCAL, CO_LOCAL, USER])
def test_whoever_was_appointed_accepts_with_the_code_in_the_mail(cast, hanna, now, role) -> None:
    leo = managing.somebody("Leo")

    code = appoint(hanna, cast.vak, leo, role)
    assert ("Leo", role, place_of(role)) not in held(cast.vak)
    assert isinstance(accept(leo, code), Sight)

    assert held(cast.vak) == [("Hanna", MAIN, ""), ("Leo", role, place_of(role))]
    by, given = managing.grant_of(hanna, MAIN), managing.grant_of(leo, role)
    assert (given.basis, given.basis_id) == (Basis.APPOINTMENT, by.key)
    assert (given.granted_by_id, given.starts_at, given.until) == (leo.key, now, None)
    (invitation,) = factories.all_of(Invitation)
    assert (invitation.appointing_grant_id, invitation.redeemed_by_id) == (by.key, leo.key)


@pytest.mark.covers("S-14", "S-15", "S-18")
@pytest.mark.parametrize("giver", ROLES, ids=str)
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_a_role_is_given_from_above_and_never_from_below(cast, giver, role) -> None:
    boss = managing.holder("Boss", giver, cast.vak, place_of(giver))
    leo = managing.somebody("Leo")

    if role in APPOINTS.get(giver, ()):
        assert isinstance(accept(leo, appoint(boss, cast.vak, leo, role)), Sight)
        assert ("Leo", role, place_of(role)) in held(cast.vak)
    else:
        with pytest.raises((Invalid, NotFound, NotAllowed)):
            appoint(boss, cast.vak, leo, role)
        assert factories.all_of(Invitation) == []


@pytest.mark.covers("S-18")
@pytest.mark.parametrize("ender", ROLES, ids=str)
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_a_role_is_ended_from_above_and_never_from_below(cast, run_as, ender, role) -> None:
    leo = managing.holder("Leo", role, cast.vak, place_of(role))
    boss = managing.holder("Boss", ender, cast.vak, place_of(ender)) if ender != role else leo
    grant = managing.grant_of(leo, role)

    if role in APPOINTS.get(ender, ()):
        run_as(boss, appointing.end, grant_id=grant.key)
        assert ("Leo", role, place_of(role)) not in held(cast.vak)
        assert managing.mailed("access_ended") == [leo.email]
    else:
        with pytest.raises((Invalid, NotFound, NotAllowed)):
            run_as(boss, appointing.end, grant_id=grant.key)
        assert ("Leo", role, place_of(role)) in held(cast.vak)


@pytest.mark.covers("S-18")
@pytest.mark.parametrize("role", [CO_LOCAL, USER])
def test_an_access_manager_acts_in_the_own_capacity_alone(cast, run_as, role) -> None:
    leo = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER)
    uma = managing.holder("Uma", USER, cast.vak, CANDIDATE_FOLLOWING)

    for elsewhere in (CANDIDATE_FOLLOWING, ""):
        with pytest.raises(NotFound):
            appoint(leo, cast.vak, managing.somebody(f"Nora{elsewhere}"), role, capacity=elsewhere)
    with pytest.raises(NotFound):
        run_as(leo, appointing.end, grant_id=managing.grant_of(uma, USER).key)

    assert ("Uma", USER, CANDIDATE_FOLLOWING) in held(cast.vak)


def test_another_organisation_does_not_exist(cast, hanna, run_as) -> None:
    other = managing.holder("Otto", LOCAL, cast.jon, EMPLOYER)
    nora = managing.somebody("Nora")
    appoint(other, cast.jon, nora, USER)
    (invitation,) = factories.all_of(Invitation)

    with pytest.raises(NotFound):
        appoint(hanna, cast.jon, nora, CO_MAIN)
    with pytest.raises(NotFound):
        run_as(hanna, appointing.end, grant_id=managing.grant_of(other, LOCAL).key)
    for act in (appointing.withdraw, appointing.send_again):
        with pytest.raises(NotFound):
            run_as(hanna, act, invitation_id=invitation.key)


def test_nobody_is_appointed_in_a_capacity_that_is_not_on(cast, run_as) -> None:
    hanna = managing.holder("Hanna", MAIN, cast.de_smet)

    with pytest.raises(Invalid, match="wrong_capacity"):
        appoint(hanna, cast.de_smet, managing.somebody("Leo"), LOCAL, capacity=CANDIDATE_FOLLOWING)


def test_what_rests_on_a_role_that_ended_is_taken_back(cast, hanna, run_as) -> None:
    leo, uma = managing.holder("Leo", LOCAL, cast.vak, EMPLOYER), managing.somebody("Uma")
    code = appoint(leo, cast.vak, uma, USER)

    run_as(hanna, appointing.end, grant_id=managing.grant_of(leo, LOCAL).key)

    assert accept(uma, code).why.key == "invitations.wrong_withdrawn"
    assert held(cast.vak) == [("Hanna", MAIN, "")]


def test_an_appointment_by_a_stand_in_whose_days_are_over_gives_nothing(
    cast, now, stopped_clock
) -> None:
    leo = managing.somebody("Leo")
    factories.make_grant(leo, LOCAL, cast.vak, capacity=EMPLOYER, until=now + timedelta(days=2))
    uma = managing.somebody("Uma")
    code = appoint(leo, cast.vak, uma, USER)
    stopped_clock.advance(days=2)

    assert accept(uma, code).why.key == "invitations.wrong_appointer_gone"


def test_nobody_accepts_what_they_gave_themselves(cast, hanna) -> None:
    code = appoint(hanna, cast.vak, managing.somebody("Leo"), CO_MAIN)

    assert accept(hanna, code).why.key == "invitations.wrong_own_appointment"
    assert held(cast.vak) == [("Hanna", MAIN, "")]


def test_whoever_appointed_is_led_to_the_page_of_their_company(cast, hanna, stopped_clock) -> None:
    leo, nora = managing.somebody("Leo"), managing.somebody("Nora")
    accept(nora, appoint(hanna, cast.vak, leo, USER))
    code = appoint(hanna, cast.vak, leo, CO_MAIN)
    stopped_clock.advance(days=settings.invitation_days)
    run(invitations.ask_for_another, acting_as(leo), code=code)

    told = [one for one in factories.all_of(OutboxMail) if one.to == hanna.email]
    assert [one.template for one in told] == ["invitation_redeemed", "invitation_asked"]
    for one in told:
        overview = letters.read_values(one.values)["overview"]
        assert overview == f"/toegang?org={cast.vak.key}&tab=uitnodigingen"


def test_somebody_is_appointed_to_the_same_role_once(cast, hanna) -> None:
    leo = managing.somebody("Leo")
    code = appoint(hanna, cast.vak, leo, USER)
    with pytest.raises(Invalid, match="wrong_waits_already"):
        appoint(hanna, cast.vak, leo, USER)
    accept(leo, code)

    with pytest.raises(Invalid, match="wrong_holds_already"):
        appoint(hanna, cast.vak, leo, USER)


def test_a_stand_in_has_a_last_day(cast, hanna, now, stopped_clock, run_as) -> None:
    leo, until = managing.somebody("Leo"), now + timedelta(days=30)

    accept(leo, appoint(hanna, cast.vak, leo, CO_MAIN, until=until))
    assert managing.grant_of(leo, CO_MAIN).until == until
    stopped_clock.advance(days=30)

    with pytest.raises(NotAllowed):
        appoint(leo, cast.vak, managing.somebody("Uma"), USER)
    accept(leo, appoint(hanna, cast.vak, leo, CO_MAIN))
    assert managing.grant_of(leo, CO_MAIN).until is None
    (ran_out,) = [one for one in factories.all_of(Grant) if one.ended_at]
    assert (ran_out.ended_at, ran_out.ended_reason) == (until, "until")


def test_an_appointment_is_of_no_use_after_its_last_day(cast, hanna, now, stopped_clock) -> None:
    leo = managing.somebody("Leo")
    code = appoint(hanna, cast.vak, leo, CO_MAIN, until=now + timedelta(days=2))
    stopped_clock.advance(days=2)

    assert accept(leo, code).why.key == "invitations.wrong_expired"
    (invitation,) = factories.all_of(Invitation)
    with pytest.raises(Invalid, match="wrong_until"):
        run(appointing.send_again, acting_as(hanna), invitation_id=invitation.key)


def test_a_last_day_lies_ahead(cast, hanna, now) -> None:
    with pytest.raises(Invalid, match="wrong_until"):
        appoint(hanna, cast.vak, managing.somebody("Leo"), CO_MAIN, until=now)


@pytest.mark.covers("S-18")
def test_the_last_main_access_manager_cannot_leave(cast, hanna, run_as) -> None:
    with pytest.raises(Invalid, match="wrong_last"):
        run_as(hanna, appointing.leave, grant_id=managing.grant_of(hanna, MAIN).key)

    assert held(cast.vak) == [("Hanna", MAIN, "")]


def test_anybody_else_leaves_a_role_of_their_own_and_of_nobody_else(cast, hanna, run_as) -> None:
    leo = managing.holder("Leo", CO_MAIN, cast.vak)
    uma = managing.holder("Uma", USER, cast.vak, EMPLOYER)

    with pytest.raises(NotFound):
        run_as(leo, appointing.leave, grant_id=managing.grant_of(uma, USER).key)
    run_as(leo, appointing.leave, grant_id=managing.grant_of(leo, CO_MAIN).key)

    assert held(cast.vak) == [("Hanna", MAIN, ""), ("Uma", USER, EMPLOYER)]


def test_the_fund_appoints_the_first_main_access_manager(cast, run_as) -> None:
    leo = managing.somebody("Leo")

    accept(leo, appoint(cast.ada, cast.vak, leo, MAIN))
    with pytest.raises(Invalid, match="wrong_place_taken"):
        appoint(cast.ada, cast.vak, managing.somebody("Nora"), MAIN)
    with pytest.raises(NotAllowed):
        appoint(cast.sam, cast.vak, managing.somebody("Tom"), CO_MAIN)

    assert held(cast.vak) == [("Leo", MAIN, "")]


def test_every_change_of_access_leaves_a_trace(cast, hanna, run_as) -> None:
    leo = managing.somebody("Leo")
    accept(leo, appoint(hanna, cast.vak, leo, CO_MAIN))
    run_as(hanna, appointing.end, grant_id=managing.grant_of(leo, CO_MAIN).key)

    trail = [
        (one.action, one.actor_id)
        for one in factories.all_of(AuditEvent)
        if one.organisation_id == cast.vak.key
    ]
    assert trail == [
        ("invitations.made", hanna.key),
        ("grants.given", leo.key),
        ("invitations.redeemed", leo.key),
        ("grants.ended", hanna.key),
    ]
