"""The demo world: everybody and everything that whoever looks around wants to see."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel

from portal_app.adapters import passwords
from portal_app.applications import ApplicationKind
from portal_app.demo import larger, loading, logins
from portal_app.demo.world import world
from portal_app.mails.compose import Envelope, compose
from portal_app.models import (
    AccessReview,
    Account,
    Attempt,
    CodeBatch,
    CodeState,
    Enrolment,
    Grant,
    Invitation,
    Organisation,
    OrganisationLink,
    PaymentCode,
    Person,
    ProgressRow,
)
from portal_app.permissions import Role
from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeStatus
from portal_app.services import (
    access_reviews,
    application_queue,
    candidate_record,
    candidates,
    invitations,
    outbox,
    payment_codes,
)
from portal_app.services.candidates import CandidateFilter
from portal_app.services.invitations import InvitationState, state_of
from portal_app.unit_of_work import Browser, Job, Operator, run
from tests import factories
from tests.harness.databases import MIGRATED, Template

WORLD = Template("demo world", MIGRATED, loading.load)
JOB = Job("test")


@pytest.fixture
def database(source):
    """A database that starts with the demo world, laid on Monday 2 March 2026."""
    with source.lend(WORLD) as made:
        yield made


def person(email: str) -> Person:
    return next(one for one in factories.all_of(Person) if one.email == email)


def sanne() -> Person:
    return person("sanne.veldhuis@vakmanschap-demo.example")


def listed(**wanted: Any) -> CodeListing:
    return CodeListing(CodeFilter(**wanted))


def everything() -> dict[str, list[SQLModel]]:
    tables = (Organisation, Person, Account, Grant, Invitation, Enrolment, Attempt, PaymentCode)
    return {table.__name__: factories.all_of(table) for table in tables}


def test_loading_again_changes_nothing(database) -> None:
    before = everything()
    assert loading.load() is False
    assert everything() == before


def test_every_mail_of_the_world_can_be_written(database) -> None:
    waiting = run(outbox.claim, JOB, at_most=1000)

    for mail in waiting:
        envelope = Envelope(mail.to, mail.message_id, mail.created_at)
        assert compose(envelope, mail.template, mail.locale, mail.read_values())["Subject"]
    assert "company_account_password" in {mail.template for mail in waiting}


@pytest.mark.covers("V-17", "V-18", "V-19")
def test_sanne_follows_the_candidates_of_vak(database, run_as) -> None:
    wanted = CandidateFilter(route="VCO")
    assert run_as(sanne(), candidates.overview, wanted=wanted).total >= 128
    tabs = {tab.code: tab.number for tab in run_as(sanne(), candidates.tabs)}
    assert tabs.keys() >= {"VCO", "VCO-V", "VCA", "EXCEL"}
    total = run_as(sanne(), candidates.overview, wanted=CandidateFilter()).total
    assert sum(tabs.values()) == total
    statuses = Counter(row.status for row in factories.all_of(ProgressRow))
    assert set(statuses) == {"started", "booked", "resit", "done"}


@pytest.mark.covers("V-30", "V-31", "V-32")
def test_the_five_codes_of_the_source_are_there_to_the_letter(database, run_as) -> None:
    found = run_as(sanne(), payment_codes.overview, listing=listed(words="#3K2R1S"))
    assert found.total == 5
    assert {row.code for row in found.rows} == {
        "EXZA-8F5E-XG5W-U22J",
        "E2ZA-8HG6-PH5W-SUSJ",
        "D8ZA-8EFH-SP5W-U3TG",
        "45ZA-8GU2-C25W-TG6Z",
        "DHZA-8WJ2-7Z5W-SD5C",
    }
    for row in found.rows:
        assert (row.organisation, row.contact) == ("Vakmanschap Techniek", "Veldhuis, Sanne")
        assert (row.profile, row.reference, row.batch) == ("Vakmanschap CO", "Test", "3K2R1S")
        assert row.created_at == datetime(2022, 4, 22, 8, 49, tzinfo=UTC)
        assert (row.status, row.used_by) == (CodeStatus.USABLE, "")


@pytest.mark.covers("V-16", "V-26")
def test_codes_were_used_by_candidates_who_came_in_by_them(database, run_as) -> None:
    links = {
        (one.person_id, one.organisation_id): one for one in factories.all_of(OrganisationLink)
    }
    enrolments = {one.key: one for one in factories.all_of(Enrolment)}
    used = [one for one in factories.all_of(PaymentCode) if one.state is CodeState.USED]
    for code in used:
        enrolment = enrolments[code.enrolment_id or 0]
        assert (enrolment.person_id, enrolment.profile_id) == (code.used_by_id, code.profile_id)
        link = links[enrolment.person_id, code.organisation_id]
        assert link.via == "payment_code"
        assert code.used_at
        assert code.created_at <= link.linked_at < code.used_at
    assert len({one.enrolment_id for one in used}) == len(used)

    by_status = listed(status=CodeStatus.USED)
    row = run_as(sanne(), payment_codes.overview, listing=by_status).rows[0]
    record = run_as(sanne(), candidate_record.record, enrolment_id=row.enrolment_id)
    assert record.payment_code_end == row.code.rpartition("-")[2]
    by_code = CandidateFilter(words=row.code)
    assert run_as(sanne(), candidates.overview, wanted=by_code).total == 1


def test_every_batch_is_as_far_as_the_world_says(database) -> None:
    batches = {one.key: one.number for one in factories.all_of(CodeBatch)}
    numbers = Counter((batches[one.batch_id], one.state) for one in factories.all_of(PaymentCode))
    for one in world().batch:
        assert numbers[one.number, CodeState.USED] == one.used
        assert numbers[one.number, CodeState.INACTIVE] == one.inactive
        rest = len(one.codes) + one.size - one.used - one.inactive
        assert numbers[one.number, CodeState.USABLE] == rest


@pytest.mark.covers("M-33")
def test_the_same_number_in_two_provinces_is_two_organisations(database) -> None:
    units = [one.unit for one in factories.all_of(Organisation) if one.number == "1999000150"]
    assert sorted(units) == ["Antwerpen", "Limburg"]


def test_there_is_somebody_in_every_role(database) -> None:
    assert {one.role for one in factories.all_of(Grant)} == set(Role)
    assert {one.role for one in logins.logins()} == {*map(str, Role), ""}
    grants = Counter(one.person_id for one in factories.all_of(Grant))
    assert max(grants.values()) == 5
    active = [one for one in factories.all_of(Account) if not one.awaits_activation]
    assert len([one for one in active if one.person_id not in grants]) == 1


def test_everybody_signs_in_with_the_printed_password(database) -> None:
    accounts = {one.email: one for one in factories.all_of(Account)}
    hashes = {one.password_hash or one.temporary_hash for one in accounts.values()}
    assert len(hashes) == 1
    assert passwords.verify_password(world().password, next(iter(accounts.values())).password_hash)
    for one in world().person:
        assert one.email in accounts
        names = (one.given_name, one.family_name)
        assert passwords.weaknesses(world().password, names=names, login=one.login) == ()


def test_a_candidate_with_a_login_is_the_person_who_was_imported(database) -> None:
    chloe = person("chloe.degroot@vakmanschap-demo.example")
    assert chloe.import_key
    assert any(one.person_id == chloe.id for one in factories.all_of(Enrolment))


def test_there_is_an_invitation_in_every_state_and_one_code_is_known(database) -> None:
    states = {state_of(one, factories.NOW) for one in factories.all_of(Invitation)}
    assert states == set(InvitationState)
    code = run(logins.open_invitation, Operator())
    sight = run(invitations.present, Browser("somebody"), code=code)
    assert isinstance(sight, invitations.Sight)
    assert (sight.organisation, sight.unit) == ("Klimaatwerken De Smet bv", "Limburg")


def test_addresses_are_of_nobody() -> None:
    for one in (*world().person, *world().invitation, *world().organisation):
        assert one.email.endswith(".example")


def test_the_larger_world_grows_to_what_is_asked_and_no_further(database, run_as) -> None:
    wanted = CandidateFilter(words=larger.DOMAIN)
    assert larger.enlarge(60) == 60
    assert larger.enlarge(60) == larger.enlarge(40) == 0
    assert larger.enlarge(75) == 15
    assert run_as(sanne(), candidates.overview, wanted=wanted).total == 75


def test_staff_roles_of_the_world_see_all(database, run_as) -> None:
    zoe = person("zoe.celik@fonds.example")
    every = run_as(zoe, candidates.overview, wanted=CandidateFilter()).total
    assert every == len(factories.all_of(ProgressRow)) > 440


def test_people_asked_the_fund_something_of_every_kind_and_one_answer_is_late(database):
    zoe = Browser(factories.sign_in(person("zoe.celik@fonds.example")))

    seen = run(application_queue.overview, zoe)

    # Nobody of the demo world proved a company that has a manager.
    assert {row.kind for row in seen.rows} == {*ApplicationKind} - {ApplicationKind.CO_MANAGER}
    assert [row.is_late for row in seen.rows] == [True, *[False] * 7]
    del database


def test_a_manager_finds_the_yearly_review_begun_with_a_role_to_answer(database, run_as) -> None:
    roos = person("roos@metaal-vandervoort.example")
    [grant] = [one for one in factories.all_of(Grant) if one.person_id == roos.key]

    [review] = run_as(roos, access_reviews.reviews, organisation_id=grant.organisation_id)

    assert review.closed_at is None
    assert 0 < review.left < len(review.items)
    assert len(factories.all_of(AccessReview)) == 1


@pytest.mark.covers("S-06")
def test_company_accounts_wait_on_their_first_their_last_and_a_later_day(database, now) -> None:
    waiting = [one for one in factories.all_of(Account) if one.awaits_activation]
    dead = [one.username for one in waiting if one.temporary_expires_at <= now]
    assert {one.username for one in waiting} == {"DLVX-2K7M", "VNCK-4T9P", "MRTN-6H3X"}
    assert dead == ["MRTN-6H3X"]
    told = logins.listed()
    assert "DLVX-2K7M" in told
    assert "84051299952" in told
