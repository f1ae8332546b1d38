"""A role or a capacity that somebody asks for their own company: staff give it, once."""

import pytest

from portal_app.applications import ApplicationKind, ApplicationState, CapacityPayload, RolePayload
from portal_app.errors import Invalid, NotAllowed, NotFound, Text
from portal_app.models import Application, AuditEvent, Basis, Grant, OrganisationCapacity
from portal_app.permissions import Role
from portal_app.services import (
    application_handling,
    application_queue,
    applications,
    capacities,
    company_applications,
    company_outcomes,
    grants,
)
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.factories.people import TRAINING_PROVIDER
from tests.harness.crowd import all_at_once
from tests.services.applying import application, desk, mails, said, secrets_of, version

WANTED = Role.ORGANISATION_MANAGER


def ask_role(cast, run_as, who=None, role=WANTED, why="Ik volg onze monteurs op.") -> str:
    return run_as(
        who or cast.bob,
        company_applications.ask_role,
        organisation_id=cast.de_smet.key,
        role=role,
        why=why,
    )


def ask_capacity(cast, run_as, who=None, why="Wij geven cursussen.") -> str:
    return run_as(
        who or cast.bob,
        company_applications.ask_capacity,
        organisation_id=cast.de_smet.key,
        capacity=TRAINING_PROVIDER,
        why=why,
    )


def take(cast, run_as, number: str, who=None) -> None:
    run_as(who or cast.sam, application_handling.take, number=number, version=1)


def decide(cast, run_as, use_case, number: str, who=None) -> None:
    run_as(who or cast.sam, use_case, number=number, version=version())


def told(refusal) -> Text:
    (why,) = refusal.value.fields.values()
    return why


def on(cast) -> list[str]:
    return [
        one.capacity
        for one in factories.all_of(OrganisationCapacity)
        if one.organisation_id == cast.de_smet.key and one.ended_at is None
    ]


@pytest.mark.covers("I-03")
def test_a_role_that_was_asked_is_given_with_the_application_as_its_basis(cast, run_as):
    number = ask_role(cast, run_as)
    assert [mail.to for mail in mails("application_received")] == ["bob@voorbeeld.example"]
    take(cast, run_as, number)

    decide(cast, run_as, company_outcomes.give, number)

    grant = factories.all_of(Grant)[-1]
    assert (grant.person_id, grant.organisation_id, grant.role) == (
        cast.bob.key,
        cast.de_smet.key,
        WANTED,
    )
    assert (grant.basis, grant.basis_id) == (Basis.APPLICATION, application().key)
    assert application().state is ApplicationState.DONE
    (letter,) = mails("access_given")
    assert said(letter)["company"] == "Klimaatwerken De Smet"
    assert "timeline" in secrets_of(letter)
    trail = [one.action for one in factories.all_of(AuditEvent)]
    assert trail.count("grants.given") == 1
    assert trail.count("applications.submitted") == 1


def test_a_capacity_that_was_asked_is_switched_on_and_names_the_application(cast, run_as):
    number = ask_capacity(cast, run_as)
    take(cast, run_as, number)

    decide(cast, run_as, company_outcomes.switch_on, number)

    assert TRAINING_PROVIDER in on(cast)
    made = factories.all_of(OrganisationCapacity)[-1]
    assert (made.activated_reason, made.activated_by_id) == (number, cast.sam.key)
    letter = mails("application_moved")[-1]
    assert said(letter)["what"] == Text(
        "applications.own_capacity_on",
        {"capacity": "Opleidingsverstrekker", "company": "Klimaatwerken De Smet"},
    )


def test_asking_twice_keeps_one_however_it_is_put(cast, run_as):
    first = ask_role(cast, run_as)
    assert ask_role(cast, run_as, why="Nog eens.") == first
    other = ask_role(cast, run_as, role=Role.LOCATION_MANAGER)
    capacity = ask_capacity(cast, run_as)
    assert ask_capacity(cast, run_as, why="Nog eens.") == capacity
    assert len({first, other, capacity}) == len(factories.all_of(Application)) == 3
    assert len(mails("application_received")) == 3


def test_what_was_decided_can_be_asked_anew(cast, run_as):
    number = ask_role(cast, run_as)
    take(cast, run_as, number)
    refusing = {"number": number, "version": 2, "reason": "other_manager", "note": ""}
    run_as(cast.sam, application_handling.refuse, **refusing)
    (letter,) = mails("application_refused")
    assert said(letter)["reason"] == Text("applications.reason_other_manager")
    assert letter.locale == "nl"

    assert ask_role(cast, run_as) != number


def test_only_what_is_not_held_or_on_can_be_asked(cast, run_as):
    offered = run_as(cast.bob, company_applications.roles_to_ask, organisation_id=cast.de_smet.key)
    assert Role.TRUSTED_CONTACT not in offered.roles
    assert WANTED in offered.roles
    for role in (Role.TRUSTED_CONTACT, Role.MAIN_ACCESS_MANAGER, Role.STAFF):
        with pytest.raises(Invalid):
            ask_role(cast, run_as, role=role)
    found = run_as(
        cast.bob, company_applications.capacities_to_ask, organisation_id=cast.de_smet.key
    )
    assert found.capacities == (factories.CANDIDATE_FOLLOWING, TRAINING_PROVIDER)
    main = factories.make_person("Marc", "Baas", email="marc@voorbeeld.example")
    factories.make_account(main)
    factories.make_grant(main, Role.MAIN_ACCESS_MANAGER, cast.de_smet)
    found = run_as(main, company_applications.capacities_to_ask, organisation_id=cast.de_smet.key)
    assert found.capacities == (TRAINING_PROVIDER,)  # the other one they switch on themselves


def test_a_company_of_others_does_not_exist(cast, run_as):
    for who in (cast.alice, cast.sam):
        with pytest.raises(NotFound):
            ask_role(cast, run_as, who)
    for who in (cast.alice, cast.sam):
        with pytest.raises((NotFound, NotAllowed)):
            ask_capacity(cast, run_as, who)
    with pytest.raises(NotAllowed):  # the candidates' manager of the same company
        run_as(
            cast.alice,
            company_applications.ask_capacity,
            organisation_id=cast.vak.key,
            capacity=TRAINING_PROVIDER,
            why="x",
        )
    assert factories.all_of(Application) == []


def test_the_service_desk_neither_sees_nor_decides_them(cast, run_as):
    numbers = ask_role(cast, run_as), ask_capacity(cast, run_as)
    sonja = desk()
    assert run_as(sonja, application_queue.overview).total == 0
    for number in numbers:
        with pytest.raises(NotFound):
            take(cast, run_as, number, sonja)
        with pytest.raises(NotFound):
            run_as(sonja, company_outcomes.evidence, number=number)
    found = run_as(cast.sam, application_queue.overview, kind="role")
    assert [row.kind for row in found.rows] == [ApplicationKind.ROLE]


def test_the_evidence_tells_who_asks_and_what_is_there(cast, run_as):
    number = ask_role(cast, run_as)
    seen = run_as(cast.sam, company_outcomes.evidence, number=number)
    assert (seen.company, seen.is_open) == ("Klimaatwerken De Smet", True)
    assert seen.held == (Role.TRUSTED_CONTACT,)
    assert not seen.is_there_already
    assert not seen.is_oneself
    assert seen.managers == ()
    factories.make_grant(cast.bob, WANTED, cast.de_smet)
    again = run_as(cast.sam, company_outcomes.evidence, number=number)
    assert again.is_there_already
    assert [one.name for one in again.managers] == ["Bob De Smet"]


def test_what_cannot_be_given_leaves_all_as_it_was(cast, run_as):
    number = ask_role(cast, run_as)
    take(cast, run_as, number)
    own = factories.make_grant(cast.bob, WANTED, cast.de_smet)
    with pytest.raises(Invalid) as refusal:
        decide(cast, run_as, company_outcomes.give, number)
    assert told(refusal) == Text("invitations.wrong_has_role")
    held = [one for one in factories.all_of(Grant) if one.person_id == cast.bob.key]
    for one in held:
        run_as(cast.sam, grants.end, grant_id=one.key, reason="weg")
    with pytest.raises(Invalid) as refusal:
        decide(cast, run_as, company_outcomes.give, number)
    assert told(refusal) == Text("applications.wrong_left_company")
    assert application().state is ApplicationState.IN_PROGRESS
    assert mails("access_given") == []
    del own


def test_a_capacity_that_came_on_meanwhile_is_not_switched_on_again(cast, run_as):
    number = ask_capacity(cast, run_as)
    take(cast, run_as, number)
    run_as(
        cast.ada,
        capacities.approve,
        organisation_id=cast.de_smet.key,
        capacity=TRAINING_PROVIDER,
        reason="",
    )
    with pytest.raises(Invalid) as refusal:
        decide(cast, run_as, company_outcomes.switch_on, number)
    assert told(refusal) == Text("errors.application_capacity_on")
    assert application().state is ApplicationState.IN_PROGRESS


def test_nobody_decides_what_they_asked_themselves(cast, run_as):
    factories.make_grant(cast.sam, Role.TRUSTED_CONTACT, cast.de_smet)
    number = ask_role(cast, run_as, cast.sam)
    take(cast, run_as, number)
    with pytest.raises(Invalid) as refusal:
        decide(cast, run_as, company_outcomes.give, number)
    assert told(refusal) == Text("applications.wrong_own")
    decide(cast, run_as, company_outcomes.give, number, cast.ada)
    assert application().agreed_by_id == cast.ada.key


def test_each_kind_is_decided_by_its_own_way_alone(cast, run_as):
    number = ask_role(cast, run_as)
    take(cast, run_as, number)
    with pytest.raises(NotFound):
        decide(cast, run_as, company_outcomes.switch_on, number)
    capacity = ask_capacity(cast, run_as)
    take(cast, run_as, capacity)
    with pytest.raises(NotFound):
        decide(cast, run_as, company_outcomes.give, capacity)


def test_what_was_asked_is_kept_as_it_was_and_read_back(cast, run_as):
    ask_role(cast, run_as)
    role = applications.payload_of(application())
    assert isinstance(role, RolePayload)
    assert (role.role, role.why) == (WANTED, "Ik volg onze monteurs op.")
    ask_capacity(cast, run_as)
    capacity = applications.payload_of(application())
    assert isinstance(capacity, CapacityPayload)
    assert capacity.capacity == TRAINING_PROVIDER


@pytest.mark.parametrize("use_case", [company_outcomes.give, company_outcomes.switch_on])
def test_of_twenty_who_decide_at_once_one_gives(cast, run_as, acting_as, use_case):
    is_role = use_case is company_outcomes.give
    number = ask_role(cast, run_as) if is_role else ask_capacity(cast, run_as)
    take(cast, run_as, number)
    callers = [acting_as(cast.sam if at % 2 else cast.ada) for at in range(20)]

    def attempt(caller: Browser) -> str:
        try:
            run(use_case, caller, number=number, version=2)
        except Invalid as refusal:
            return next(iter(refusal.fields.values())).key
        return "done"

    given = all_at_once([lambda one=one: attempt(one) for one in callers])

    assert sorted(given) == ["done", *["errors.application_moved_on"] * 19]
    held = [one.role for one in factories.all_of(Grant) if one.person_id == cast.bob.key]
    assert held.count(WANTED) == int(is_role)
    assert on(cast).count(TRAINING_PROVIDER) == int(not is_role)


def test_of_twenty_who_ask_the_same_at_once_one_is_kept(cast, acting_as):
    callers = [acting_as(cast.bob) for _ in range(20)]
    asking = {"organisation_id": cast.de_smet.key, "role": WANTED, "why": "x"}
    numbers = all_at_once(
        [lambda one=one: run(company_applications.ask_role, one, **asking) for one in callers]
    )
    assert len(set(numbers)) == len(factories.all_of(Application)) == 1
    assert len(mails("application_received")) == 1
