"""Who manages the access of a company: initials for strangers, names for colleagues, a message."""

from datetime import timedelta

import pytest

from portal_app import clock
from portal_app.models import (
    Account,
    AuditEvent,
    BrowserSession,
    Organisation,
    OutboxMail,
    Owed,
    Person,
)
from portal_app.permissions import Role
from portal_app.services import who_manages
from portal_app.services.who_manages import Found, ManagerSight
from tests import factories
from tests.harness.cast import VIC, acting_as
from tests.services.applying import HERE, mails, said, secrets_of

MAIN, CO = Role.MAIN_ACCESS_MANAGER, Role.CO_MAIN_ACCESS_MANAGER
NUMBER = factories.NUMBERS[0]
WRITTEN = {
    "unit": "",
    "sender": "Kim Claes",
    "email": "kim@elders.example",
    "message": "Mag ik toegang?",
}


def manager(given: str, family: str, role: Role, company: Organisation, **more) -> Person:
    person = factories.make_person(
        given, family, infix=more.pop("infix", ""), email=f"{given.casefold()}@bedrijf.example"
    )
    factories.make_account(person)
    factories.make_grant(person, role, company, **more)
    return person


@pytest.fixture
def anna(cast) -> Person:
    """Main access manager of De Smet in Antwerp, beside Karel, who is co-."""
    manager("Karel", "Hout", CO, cast.de_smet)
    return manager("Anna", "Berg", MAIN, cast.de_smet, infix="van den")


def look_up(run_as, who=HERE, number=NUMBER, unit=None) -> Found:
    return run_as(who, who_manages.look_up, number=number, unit=unit)


def write_to(run_as, who=HERE, number=NUMBER, **changes) -> bool:
    return run_as(who, who_manages.write_to, number=number, **WRITTEN | changes)


def test_a_stranger_is_told_initials_and_roles_and_no_name_at_all(anna, cast, run_as):
    elsewhere = manager("Otto", "Elders", MAIN, cast.jon)

    told = [look_up(run_as, who) for who in (VIC, cast.charlie, elsewhere)]

    assert told == [Found((ManagerSight("A.B.", MAIN), ManagerSight("K.H.", CO)))] * 3
    assert anna.family_name not in repr(told)


def test_a_colleague_is_told_names_and_the_company(anna, cast, run_as):
    for colleague in (cast.bob, anna):
        told = look_up(run_as, colleague)
        assert [one.name for one in told.managers] == ["Anna van den Berg", "Karel Hout"]
        assert told.company == "Klimaatwerken De Smet"


def test_staff_who_see_the_access_of_companies_are_told_names_and_others_are_not(
    anna, cast, run_as
):
    examiner = factories.make_person("Eva", "Examen", email="eva@fonds.example")
    factories.make_account(examiner)
    factories.make_grant(examiner, Role.EXAMINER)

    assert look_up(run_as, cast.sam).managers[0].name == "Anna van den Berg"
    assert look_up(run_as, examiner).managers[0].name == "A.B."
    del anna


def test_whoever_is_no_colleague_any_more_or_owes_a_step_is_a_stranger(anna, cast, run_as):
    former = manager("Fien", "Vroeger", Role.USER, cast.de_smet, ended_at=clock.now())
    caller = acting_as(cast.bob)
    session = next(one for one in factories.all_of(BrowserSession) if one.person_id == cast.bob.key)
    session.owes = (Owed.FACTOR,)
    factories.write(session)

    assert look_up(run_as, former).company == ""
    assert look_up(run_as, caller).managers[0].name == "A.B."
    del anna


def test_nobody_to_name_is_one_answer_whatever_the_reason(cast, run_as):
    closed = factories.make_organisation(
        "Dicht", number=factories.NUMBERS[1], closed_at=clock.now()
    )
    manager("Dirk", "Dicht", MAIN, closed)
    late = factories.make_organisation("Later", number=factories.NUMBERS[2])
    manager("Lea", "Later", MAIN, late, starts_at=clock.now() + timedelta(days=1))
    blocked = factories.make_organisation("Weg", number=factories.NUMBERS[3])
    person = manager("Bart", "Weg", MAIN, blocked)
    account = next(one for one in factories.all_of(Account) if one.person_id == person.key)
    account.blocked_at = clock.now()
    factories.write(account)
    numbers = (cast.vak.number, NUMBER, *factories.NUMBERS[1:])  # the last one is unknown

    assert {look_up(run_as, number=number) for number in numbers} == {Found()}
    assert not any(write_to(run_as, number=number) for number in numbers)
    assert mails("access_message") == []
    assert [one for one in factories.all_of(AuditEvent) if "who_manages" in one.action] == []


def test_a_number_of_several_units_is_asked_again_with_one_of_them(anna, cast, run_as):
    limburg = factories.make_organisation("De Smet Limburg", unit="Limburg")
    manager("Lars", "Limburg", MAIN, limburg)
    factories.make_organisation("De Smet Luik", unit="Luik")  # that nobody manages

    assert look_up(run_as) == Found(units=("Antwerpen", "Limburg"))
    assert look_up(run_as, unit="Luik") == Found(units=("Antwerpen", "Limburg"))
    assert look_up(run_as, unit="Limburg").managers == (ManagerSight("L.L.", MAIN),)
    assert look_up(run_as, cast.bob, unit="Limburg").company == ""  # Bob's is that in Antwerp
    assert look_up(run_as, cast.bob, unit="Antwerpen").company == "Klimaatwerken De Smet"
    assert not write_to(run_as)
    assert write_to(run_as, unit="Limburg")
    assert [mail.to for mail in mails("access_message")] == ["lars@bedrijf.example"]
    del anna


def test_a_message_goes_to_all_who_manage_with_its_event_in_one_transaction(anna, cast, run_as):
    assert write_to(run_as)

    to_karel, to_anna = sorted(mails("access_message"), key=lambda mail: mail.to, reverse=True)
    assert (to_karel.to, to_anna.to) == ("karel@bedrijf.example", "anna@bedrijf.example")
    assert said(to_anna)["company"] == "Klimaatwerken De Smet"
    assert said(to_anna)["name"] == "Anna van den Berg"
    event = next(
        one for one in factories.all_of(AuditEvent) if one.action == "who_manages.written_to"
    )
    assert (event.organisation_id, event.actor, event.details) == (
        cast.de_smet.key,
        "visitor",
        '{"letters": 2}',
    )
    del anna


def test_what_a_stranger_wrote_waits_sealed_and_stands_nowhere_openly(anna, run_as):
    write_to(run_as)

    (mail, _) = mails("access_message")
    assert secrets_of(mail) == {
        "sender": "Kim Claes",
        "email": "kim@elders.example",
        "message": "Mag ik toegang?",
    }
    openly = repr([*factories.all_of(OutboxMail), *factories.all_of(AuditEvent)])
    assert not [word for word in WRITTEN.values() if word and word in openly]
    del anna
