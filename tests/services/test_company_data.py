"""What a company says of itself: who sees it, who changes it, and two at the same time."""

from functools import partial

import pytest

from portal_app.errors import Invalid, NotAllowed, NotFound
from portal_app.models import AuditEvent, CompanyChange, CompanyPart, Organisation
from portal_app.permissions import Role
from portal_app.services import company_data
from portal_app.services.company_data import (
    CompanyAddress,
    CompanyContact,
    CompanyData,
    CompanyName,
)
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import EMPLOYER
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_LOCAL, CO_MAIN, LOCAL, MAIN, USER

ADDRESS = CompanyAddress("Kabelkaai 23", "9000", "Gent")
CONTACT = CompanyContact("+3290000005", "info@voorbeeld.example", "https://voorbeeld.example")


def change(who, organisation, wanted, version: int = 0) -> bool:
    """Let somebody change a part of which they saw `version`."""
    return run(
        company_data.change,
        acting_as(who),
        organisation_id=organisation.key,
        wanted=wanted,
        version=version,
    )


def seen_by(who, organisation) -> CompanyData:
    """Return what somebody sees."""
    return run(company_data.overview, acting_as(who), organisation_id=organisation.key)


@pytest.mark.covers("M-01", "M-02")
@pytest.mark.parametrize("wanted", [CompanyName("De Smet Klimaat bv"), ADDRESS, CONTACT])
def test_the_trusted_contact_keeps_the_data_of_the_company_up_to_date(cast, wanted) -> None:
    assert change(cast.bob, cast.de_smet, wanted)

    seen = seen_by(cast.dora, cast.de_smet)
    assert wanted in (seen.name, seen.address, seen.contact)
    ((part, last),) = seen.changes.items()
    assert (last.version, last.by, last.is_own) == (1, "Bob De Smet", False)
    assert seen_by(cast.bob, cast.de_smet).changes[part].is_own
    (event,) = [one for one in factories.all_of(AuditEvent) if one.action == "company_data.changed"]
    assert (event.actor_id, event.organisation_id) == (cast.bob.key, cast.de_smet.key)
    assert event.details == f'{{"part": "{part.value}"}}'


@pytest.mark.parametrize("role", [MAIN, CO_MAIN])
def test_whoever_manages_the_whole_company_changes_it_too(cast, role) -> None:
    boss = managing.holder("Boss", role, cast.de_smet)

    assert change(boss, cast.de_smet, ADDRESS)


@pytest.mark.parametrize("role", [LOCAL, CO_LOCAL, USER])
def test_whoever_acts_in_one_capacity_looks_and_changes_nothing(cast, role) -> None:
    uma = managing.holder("Uma", role, cast.de_smet, EMPLOYER)

    assert not seen_by(uma, cast.de_smet).may_edit
    with pytest.raises(NotAllowed):
        change(uma, cast.de_smet, ADDRESS)
    assert factories.all_of(CompanyChange) == []


@pytest.mark.parametrize("role", [Role.SERVICE_DESK, Role.AUDITOR])
def test_the_desk_and_the_auditor_look_and_change_nothing(cast, role) -> None:
    dirk = managing.somebody("Dirk")
    factories.make_grant(dirk, role)

    assert not seen_by(dirk, cast.de_smet).may_edit
    with pytest.raises(NotAllowed):
        change(dirk, cast.de_smet, ADDRESS)


def test_what_the_fund_changes_is_said_to_be_of_the_fund(cast) -> None:
    change(cast.sam, cast.de_smet, ADDRESS)

    last = seen_by(cast.bob, cast.de_smet).changes[CompanyPart.ADDRESS]
    assert last.by == "", "the company does not read who of the fund did"
    assert seen_by(cast.ada, cast.de_smet).changes[CompanyPart.ADDRESS].by == "Sam Willems"


def test_another_company_does_not_exist(cast) -> None:
    with pytest.raises(NotFound):
        seen_by(cast.bob, cast.vak)
    with pytest.raises(NotFound):
        change(cast.bob, cast.vak, ADDRESS)
    with pytest.raises(NotAllowed):
        seen_by(cast.alice, cast.vak)  # who follows candidates is no contact of the company


def test_a_company_that_is_closed_stays_as_it_is(cast) -> None:
    cast.de_smet.closed_at = factories.NOW
    factories.rewrite(cast.de_smet)

    with pytest.raises(NotFound):
        change(cast.bob, cast.de_smet, ADDRESS)


def test_what_somebody_else_saved_is_not_overwritten_unseen(cast) -> None:
    change(cast.bob, cast.de_smet, ADDRESS)

    with pytest.raises(Invalid) as refused:
        change(cast.dora, cast.de_smet, CompanyAddress("Mijnlaan 15", "3500", "Hasselt"))

    assert refused.value.fields[""].key == "company_data.wrong_changed"
    assert seen_by(cast.bob, cast.de_smet).address == ADDRESS
    assert change(cast.dora, cast.de_smet, CompanyAddress("Mijnlaan 15", "3500", "Hasselt"), 1)


def test_another_part_may_have_changed_meanwhile(cast) -> None:
    change(cast.bob, cast.de_smet, ADDRESS)

    assert change(cast.dora, cast.de_smet, CONTACT)


def test_the_same_change_twice_is_made_once(cast) -> None:
    assert change(cast.bob, cast.de_smet, ADDRESS)
    assert not change(cast.bob, cast.de_smet, ADDRESS)
    assert len(factories.all_of(CompanyChange)) == 1


def test_of_many_at_once_one_changes_it(cast) -> None:
    wanted = [CompanyAddress(f"Kade {number}", "9000", "Gent") for number in range(20)]
    callers = [acting_as(cast.bob if number % 2 else cast.dora) for number in range(20)]

    def save(number: int) -> bool:
        return run(
            company_data.change,
            callers[number],
            organisation_id=cast.de_smet.key,
            wanted=wanted[number],
            version=0,
        )

    outcomes = all_at_once([partial(save, number) for number in range(20)])

    assert sum(one is True for one in outcomes) == 1
    assert all(isinstance(one, Invalid) for one in outcomes if one is not True)
    (last,) = factories.all_of(CompanyChange)
    assert last.version == 1


def test_a_new_name_sorts_where_it_belongs(cast) -> None:
    change(cast.bob, cast.de_smet, CompanyName("Élan"))

    organisation = next(one for one in factories.all_of(Organisation) if one.name == "Élan")
    assert organisation.name_sort.startswith("elan")


def test_contact_persons_are_named_once_with_all_they_are(cast) -> None:
    hanna = managing.holder("Hanna", MAIN, cast.de_smet)
    factories.make_grant(hanna, Role.TRUSTED_CONTACT, cast.de_smet)
    managing.holder("Uma", USER, cast.de_smet, EMPLOYER)

    people = seen_by(cast.bob, cast.de_smet).contacts

    assert [(one.name, one.roles) for one in people] == [
        ("Hanna Nieuw", (MAIN, Role.TRUSTED_CONTACT)),
        ("Bob De Smet", (Role.TRUSTED_CONTACT,)),
        ("Dora Maes", (Role.TRUSTED_CONTACT,)),
    ]


@pytest.mark.covers("X-13")
def test_branches_of_the_same_number_are_those_that_the_reader_sees_too(cast) -> None:
    limburg = factories.make_organisation(unit="Limburg")
    factories.make_grant(cast.dora, Role.TRUSTED_CONTACT, limburg)

    on_its_page = acting_as(cast.dora, cast.de_smet)
    seen = run(company_data.overview, on_its_page, organisation_id=cast.de_smet.key)

    assert [one.id for one in seen.branches] == [limburg.key]
    assert seen_by(cast.bob, cast.de_smet).branches == ()


def test_whoever_sees_several_companies_chooses(cast, run_as) -> None:
    limburg = factories.make_organisation(unit="Limburg")
    factories.make_grant(cast.bob, Role.TRUSTED_CONTACT, limburg)

    assert {one.id for one in run_as(cast.bob, company_data.seen)} == {
        cast.de_smet.key,
        limburg.key,
    }
    assert run_as(cast.sam, company_data.seen) == ()
    assert not seen_by(cast.bob, cast.de_smet).sees_access
    hanna = managing.holder("Hanna", MAIN, cast.de_smet)
    assert seen_by(hanna, cast.de_smet).sees_access


def test_everybody_who_may_change_them_hears_of_other_contact_details(cast) -> None:
    change(cast.bob, cast.de_smet, CONTACT)

    assert sorted(managing.mailed("company_contact_changed")) == [
        "bob@voorbeeld.example",
        "dora@voorbeeld.example",
    ]
