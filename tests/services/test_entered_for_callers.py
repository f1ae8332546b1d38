"""What is asked with an account is entered for a caller whom the phone desk established."""

import pytest

from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import Invalid, NotAllowed, NotFound, Text
from portal_app.models import Application, ApplicationEvent, AuditEvent, Grant
from portal_app.permissions import Role
from portal_app.services import (
    application_handling,
    application_record,
    company_outcomes,
    entered_applications,
    identity_checks,
    phone_callers,
)
from tests import factories
from tests.factories.people import TRAINING_PROVIDER
from tests.services.applying import ALICE, NUMBER, application, checked, desk, mails, version

PHONE = "+3225550100"
WANTED = Role.ORGANISATION_MANAGER


@pytest.fixture
def sonja(cast, run_as):
    """Somebody of the service desk has Bob and Alice on the phone, and knows that it is them."""
    person = desk()
    for who in (cast.alice, cast.bob):
        words = frozenset({"email", "company"})
        run_as(person, phone_callers.establish, person_id=who.key, asked=words)
    return person


def role(cast, **changes) -> dict:
    usual = {"organisation_id": cast.de_smet.key, "role": WANTED, "why": "Ik volg hen op."}
    return {"person_id": cast.bob.key} | usual | changes


def capacity(cast, **changes) -> dict:
    usual = {"organisation_id": cast.de_smet.key, "capacity": TRAINING_PROVIDER, "why": "Cursus."}
    return {"person_id": cast.bob.key} | usual | changes


def lost(cast, **changes) -> dict:
    return {"person_id": cast.alice.key, "phone": PHONE, "national_number": NUMBER} | changes


def test_a_role_is_entered_by_the_desk_and_given_by_whoever_gives_roles(cast, run_as, sonja):
    number = run_as(sonja, entered_applications.enter_role, **role(cast))

    kept = application()
    assert (kept.kind, kept.person_id) == (ApplicationKind.ROLE, cast.bob.key)
    assert [one.to for one in mails("application_received")] == ["bob@voorbeeld.example"]
    assert [one.by_id for one in factories.all_of(ApplicationEvent)] == [sonja.key]
    trail = [one for one in factories.all_of(AuditEvent) if one.action == "applications.entered"]
    assert [one.actor_id for one in trail] == [sonja.key]
    with pytest.raises(NotFound):
        run_as(sonja, application_record.record, number=number)
    shown = run_as(cast.sam, application_record.record, number=number)
    assert [one.by for one in shown.events] == ["Sonja Maas"]

    run_as(cast.sam, application_handling.take, number=number, version=1)
    run_as(cast.sam, company_outcomes.give, number=number, version=version())
    grant = factories.all_of(Grant)[-1]
    assert (grant.person_id, grant.role) == (cast.bob.key, WANTED)


def test_a_capacity_is_entered_for_whoever_may_ask_it_and_no_one_else(cast, run_as, sonja):
    run_as(sonja, entered_applications.enter_capacity, **capacity(cast))
    assert (application().kind, application().person_id) == (
        ApplicationKind.CAPACITY,
        cast.bob.key,
    )
    with pytest.raises(NotFound):
        run_as(
            sonja,
            entered_applications.enter_capacity,
            **capacity(cast, person_id=cast.alice.key),
        )
    with pytest.raises(NotFound):
        run_as(sonja, entered_applications.enter_role, **role(cast, person_id=cast.alice.key))
    for wrong in (Role.SERVICE_DESK, Role.MAIN_ACCESS_MANAGER):
        with pytest.raises(Invalid):
            run_as(sonja, entered_applications.enter_role, **role(cast, role=wrong))
    assert len(factories.all_of(Application)) == 1


def test_a_lost_second_step_still_takes_two_and_is_mailed_to_the_known_address(cast, run_as, sonja):
    factories.make_passkey(cast.alice)
    number = run_as(sonja, entered_applications.enter_lost_factor, **lost(cast))

    assert (application().kind, application().needs_two) == (ApplicationKind.LOST_FACTOR, True)
    assert [one.to for one in mails("lost_factor_received")] == [ALICE]
    assert NUMBER not in repr(factories.all_of(Application))
    checked(cast, run_as, number)
    with pytest.raises(Invalid):
        run_as(cast.sam, identity_checks.agree, number=number, version=version())
    run_as(sonja, identity_checks.agree, number=number, version=version())
    assert application().state is ApplicationState.DONE


def test_whoever_entered_a_lost_second_step_is_never_both_of_the_two(cast, run_as, sonja):
    factories.make_passkey(cast.alice)
    number = run_as(sonja, entered_applications.enter_lost_factor, **lost(cast))
    run_as(sonja, application_handling.take, number=number, version=1)
    about = {"person_id": cast.alice.key, "how": "Teruggebeld."}
    run_as(sonja, identity_checks.check, number=number, version=version(), **about)
    with pytest.raises(Invalid) as refusal:
        run_as(sonja, identity_checks.agree, number=number, version=version())
    assert refusal.value.fields == {"": Text("errors.application_same_person")}


def test_without_a_second_step_none_is_lost(cast, run_as, sonja):
    with pytest.raises(Invalid) as refusal:
        run_as(sonja, entered_applications.enter_lost_factor, **lost(cast))
    assert refusal.value.fields == {"": Text("errors.application_caller_no_factor")}
    assert not factories.all_of(Application)


def test_nothing_is_entered_for_a_caller_who_was_not_established(cast, run_as, sonja):
    factories.make_passkey(cast.alice)
    other = desk("Saar")
    for use_case, asked in (
        (entered_applications.enter_role, role(cast)),
        (entered_applications.enter_capacity, capacity(cast)),
        (entered_applications.enter_lost_factor, lost(cast)),
    ):
        for who in (other, cast.sam):
            with pytest.raises(Invalid) as refusal:
                run_as(who, use_case, **asked)
            assert refusal.value.fields == {"": Text("phone_desk.wrong_not_established")}
        for who in (cast.alice, cast.bob):
            with pytest.raises(NotAllowed):
                run_as(who, use_case, **asked)
    assert not factories.all_of(Application)


def test_what_is_offered_is_what_the_caller_could_ask(cast, run_as, sonja):
    factories.make_passkey(cast.alice)
    alice = run_as(sonja, entered_applications.start, person_id=cast.alice.key)
    bob = run_as(sonja, entered_applications.start, person_id=cast.bob.key)

    assert ApplicationKind.LOST_FACTOR in alice.kinds
    assert ApplicationKind.LOST_FACTOR not in bob.kinds
    assert {ApplicationKind.ROLE, ApplicationKind.CAPACITY} <= set(bob.kinds)
    (at,) = [one for one in bob.companies if one.id == cast.de_smet.key]
    assert WANTED in at.roles
    assert TRAINING_PROVIDER in at.capacities
    unknown = run_as(cast.sam, entered_applications.start, person_id=cast.bob.key)
    assert (unknown.companies, ApplicationKind.ROLE in unknown.kinds) == ((), False)
