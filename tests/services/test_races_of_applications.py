"""Applications, many at once: one is kept, one move is made, and nothing counts twice."""

from collections import Counter

import pytest

from portal_app.adapters import secret_keys
from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.errors import Invalid
from portal_app.mails.letters import read_values
from portal_app.models import (
    Application,
    ApplicationEvent,
    AuditEvent,
    Organisation,
    OutboxMail,
    Person,
)
from portal_app.permissions import Role
from portal_app.services import (
    access_applications,
    address_applications,
    application_handling,
    capacities,
    identity_checks,
)
from portal_app.services.access_applications import AskedAccess
from portal_app.services.address_applications import AskedAddress
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once

CROWD = 20
CHANGED = AskedAddress(
    ApplicationKind.ADDRESS_CHANGED,
    "Alice",
    "Jansen",
    "a.jansen@thuis.example",
    "nl",
    new_email="alice@nieuw.example",
)


def browsers() -> list[Browser]:
    return [Browser(f"{number:064d}") for number in range(CROWD)]


def staff(number: int = CROWD, role: Role = Role.SERVICE_DESK) -> list[Browser]:
    """Sign so many members of staff in."""
    signed_in = []
    for at in range(number):
        person = factories.make_person(f"Sam{at}", email=f"sam{at}@fonds.example")
        factories.make_account(person)
        factories.make_grant(person, role)
        signed_in.append(Browser(factories.sign_in(person)))
    return signed_in


def attempt(use_case, caller: Browser, **arguments) -> str:
    try:
        run(use_case, caller, **arguments)
    except Invalid as refusal:
        (why,) = refusal.fields.values()
        return why.key
    return "done"


def mails(template: str) -> list[OutboxMail]:
    return [mail for mail in factories.all_of(OutboxMail) if mail.template == template]


def state() -> ApplicationState:
    (one,) = factories.all_of(Application)
    return one.state


def moved_to(to: ApplicationState) -> int:
    return sum(event.to_state is to for event in factories.all_of(ApplicationEvent))


def test_the_same_application_sent_twenty_times_at_once_is_one(database) -> None:
    numbers = all_at_once(
        [lambda one=one: run(address_applications.ask, one, asked=CHANGED) for one in browsers()]
    )

    assert len(set(numbers)) == 1
    assert len(factories.all_of(Application)) == 1
    assert len(factories.all_of(ApplicationEvent)) == 1
    assert len(mails("application_received")) == 1
    del database


def test_one_of_twenty_takes_an_application(cast) -> None:
    number = run(address_applications.ask, Browser("v" * 64), asked=CHANGED)

    given = all_at_once(
        [
            lambda one=one: attempt(application_handling.take, one, number=number, version=1)
            for one in staff()
        ]
    )

    assert Counter(given) == {"done": 1, "errors.application_moved_on": CROWD - 1}
    assert moved_to(ApplicationState.IN_PROGRESS) == 1
    del cast


def test_one_of_twenty_agrees_and_one_letter_goes_out(cast) -> None:
    number = run(address_applications.ask, Browser("v" * 64), asked=CHANGED)
    first, *others = staff()
    run(application_handling.take, first, number=number, version=1)
    run(
        identity_checks.check,
        first,
        number=number,
        version=2,
        person_id=cast.alice.key,
        how="Gebeld.",
    )

    given = all_at_once(
        [
            lambda one=one: attempt(identity_checks.agree, one, number=number, version=3)
            for one in others
        ]
    )

    assert Counter(given) == {"done": 1, "errors.application_moved_on": CROWD - 2}
    assert len(mails("address_confirm")) == len(mails("address_will_change")) == 1
    key = read_values(secret_keys.open_sealed("outbox", mails("address_confirm")[0].secrets or ""))[
        "confirmation"
    ]

    confirmed = all_at_once(
        [lambda one=one: run(address_applications.confirm, one, key=key) for one in browsers()]
    )

    assert confirmed == [None] * CROWD
    assert state() is ApplicationState.DONE
    assert len(mails("email_changed")) == len(mails("address_confirmed")) == 1
    changes = [one for one in factories.all_of(AuditEvent) if "address_changed" in one.action]
    assert len([one for one in changes if one.action == "profile.address_changed"]) == 1


@pytest.mark.parametrize("round_of", range(5))
def test_who_agrees_while_another_sends_it_back_ends_in_one_of_two_ways(cast, round_of) -> None:
    number = run(address_applications.ask, Browser("v" * 64), asked=CHANGED)
    first, second, third = staff(3)
    run(application_handling.take, first, number=number, version=1)
    checking = {"number": number, "person_id": cast.alice.key, "how": "Gebeld."}
    run(identity_checks.check, first, version=2, **checking)
    seen = {"number": number, "version": 3}

    agreed, sent_back = all_at_once(
        [
            lambda: attempt(identity_checks.agree, second, **seen),
            lambda: attempt(identity_checks.disagree, third, why="Nee.", **seen),
        ]
    )

    assert {agreed, sent_back} == {"done", "errors.application_moved_on"}
    assert len(mails("address_confirm")) == (agreed == "done")
    expected = ApplicationState.APPROVED if agreed == "done" else ApplicationState.IN_PROGRESS
    assert state() is expected
    del round_of


@pytest.mark.parametrize("round_of", range(3))
def test_access_is_granted_and_a_capacity_ends_one_at_a_time(cast, round_of) -> None:
    for person in (cast.bob, cast.dora, cast.charlie):
        _asks_for_access(person)
    numbers = [one.number for one in factories.all_of(Application)]
    signed_in = staff(len(numbers), Role.STAFF)
    for one, number in zip(signed_in, numbers, strict=True):
        run(application_handling.take, one, number=number, version=1)
    ada = acting_as(cast.ada)
    about = {"organisation_id": cast.vak.key, "capacity": factories.CANDIDATE_FOLLOWING}
    listed = run(capacities.what_ends, ada, **about)

    *given, ended = all_at_once(
        [
            *(
                lambda one=one, number=number: attempt(
                    access_applications.grant,
                    one,
                    number=number,
                    version=2,
                    role=Role.TRUSTED_CONTACT,
                )
                for one, number in zip(signed_in, numbers, strict=True)
            ),
            lambda: attempt(capacities.end, ada, reason="Klaar.", version=listed.version, **about),
        ]
    )

    assert given == ["done"] * len(numbers)
    changes = [
        one.action
        for one in factories.all_of(AuditEvent)
        if one.action in {"grants.given", "capacities.ended"}
    ]
    is_first = changes[0] == "capacities.ended"
    assert ended == ("done" if is_first else "capacities.wrong_changed")
    vak = next(one for one in factories.all_of(Organisation) if one.id == cast.vak.id)
    assert vak.access_version == listed.version + len(changes)
    del round_of


def _asks_for_access(person: Person) -> None:
    asked = AskedAccess(
        OrganisationNumber.dutch("90004701", ""),
        *("Vakmanschap Demo", "Dorpsstraat 1", "1234 AB", "Hilversum"),
        *(person.given_name, person.family_name, "planner", person.email, "+3225550100", "", "nl"),
    )
    run(access_applications.ask, Browser(f"{person.key:064d}"), asked=asked)
