"""A second proof of a company where its main access manager must agree (X-12, 0031)."""

import pytest

from portal_app import clock
from portal_app.applications import ApplicationState
from portal_app.eherkenning import Level, Outcome
from portal_app.errors import Invalid, NotAllowed, NotFound
from portal_app.models import (
    Account,
    Application,
    AuditEvent,
    Basis,
    EherkenningProof,
    Grant,
    TradeRegister,
)
from portal_app.permissions import Role
from portal_app.services import application_queue, consents, grants, own_applications
from portal_app.services.eherkenning import Company
from portal_app.unit_of_work import run
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.managing import CO_MAIN, LOCAL, MAIN, mailed
from tests.services.proving import BRANCH, VAK, asking_first, managers_of, mandate_for, prove

HANNA, MIA = "hanna@nieuw.example", "mia@nieuw.example"


@pytest.fixture(autouse=True)
def asks_first():
    """The operator wants the main access manager to be asked."""
    with asking_first():
        yield


@pytest.fixture
def mia(hanna):
    """Somebody who proved VAK, and waits."""
    person = managing.somebody("Mia")
    prove(acting_as(person))
    return person


def waiting(person, company) -> tuple[consents.Consent, ...]:
    return run(consents.waiting, acting_as(person), organisation_id=company.key)


def accept(person, application: int, version: int = 1) -> None:
    run(consents.accept, acting_as(person), application_id=application, version=version)


def refuse(person, application: int, version: int = 1, why: str = "") -> None:
    run(consents.refuse, acting_as(person), application_id=application, version=version, why=why)


def question() -> int:
    return factories.all_of(Application)[-1].key


def state() -> ApplicationState:
    return factories.all_of(Application)[-1].state


@pytest.mark.covers("X-12")
def test_the_main_access_manager_is_asked_and_nothing_is_given_yet(cast, hanna, mia):
    ended = prove(acting_as(mia))

    (one,) = waiting(hanna, cast.vak)
    assert (one.name, one.email, one.level) == ("Mia Nieuw", MIA, Level.EH3)
    assert (ended.outcome, ended.companies) == (
        Outcome.ASKED,
        (Company(cast.vak.name, VAK, "", CO_MAIN),),
    )
    assert managers_of(cast.vak) == [("Hanna", MAIN)]
    assert (mailed("co_manager_asked"), mailed("co_manager_waits")) == ([HANNA], [MIA])
    assert mailed("application_received") == []


def test_the_first_of_a_company_needs_nobody(cast):
    assert prove(acting_as(managing.somebody("Mia"))).outcome is Outcome.ADMIN


def test_the_same_proof_twice_asks_once_and_is_kept_once(cast, hanna, mia):
    prove(acting_as(mia))
    assert len(factories.all_of(Application)) == len(factories.all_of(EherkenningProof)) == 1

    prove(acting_as(mia), mandate_for(acting_subject="OTHER@COMPANY"))
    assert len(factories.all_of(Application)) == 1
    assert len(factories.all_of(EherkenningProof)) == 2


@pytest.mark.covers("X-12")
def test_agreeing_makes_them_co_manager_on_the_proof(cast, hanna, mia):
    accept(hanna, question())

    made = managing.grant_of(mia, CO_MAIN)
    (proof,) = factories.all_of(EherkenningProof)
    assert (made.basis, made.basis_id) == (Basis.EHERKENNING, proof.id)
    assert made.granted_by_id == hanna.key
    assert (state(), waiting(hanna, cast.vak)) == (ApplicationState.DONE, ())
    assert (mailed("eherkenning_proven"), mailed("co_manager_joined")) == ([MIA], [])
    actions = [one.action for one in factories.all_of(AuditEvent)]
    assert {"grants.given", "applications.moved"} <= set(actions)


def test_an_administrator_may_agree_and_the_main_access_manager_is_told(cast, hanna, mia):
    boss = managing.somebody("Boss")
    factories.make_grant(boss, Role.ADMINISTRATOR)
    assert len(waiting(boss, cast.vak)) == 1

    accept(boss, question())

    assert managers_of(cast.vak) == [("Hanna", MAIN), ("Mia", CO_MAIN)]
    assert mailed("co_manager_joined") == [HANNA]


@pytest.mark.covers("X-12")
def test_refusing_tells_them_and_gives_nothing(cast, hanna, mia):
    refuse(hanna, question(), why="U werkt hier niet meer.")

    assert managers_of(cast.vak) == [("Hanna", MAIN)]
    assert mailed("co_manager_refused") == [MIA]
    told = run(
        own_applications.one, acting_as(mia), number=factories.all_of(Application)[-1].number
    ).told[-1]
    assert (told.state, told.note) == (ApplicationState.REFUSED, "U werkt hier niet meer.")


def test_an_answer_twice_or_two_at_once_is_one(cast, hanna, mia):
    ended = all_at_once(
        [
            *(lambda: accept(hanna, question()) for _ in range(3)),
            *(lambda: refuse(hanna, question()) for _ in range(3)),
        ]
    )

    assert [one for one in ended if one is None] == [None]
    assert all(isinstance(one, Invalid) for one in ended if one is not None)
    given = ("Mia", CO_MAIN) in managers_of(cast.vak)
    assert state() is (ApplicationState.DONE if given else ApplicationState.REFUSED)
    with pytest.raises(Invalid):
        accept(hanna, question())


def test_two_who_prove_at_once_are_both_asked_about(cast, hanna):
    people = [managing.somebody(name) for name in ("Mia", "Tom")]

    all_at_once([lambda one=one: prove(acting_as(one)) for one in people])

    assert len(waiting(hanna, cast.vak)) == 2


def test_who_comes_second_to_a_full_place_waits_on(cast, hanna, mia):
    prove(acting_as(managing.somebody("Tom")))
    first, second = factories.all_of(Application)
    accept(hanna, first.key)

    with pytest.raises(Invalid) as refused:
        accept(hanna, second.key)

    assert refused.value.fields[""].key == "access.wrong_place_taken"
    assert state() is ApplicationState.SUBMITTED
    assert prove(acting_as(managing.somebody("Uma"))).outcome is Outcome.MANAGERS_FULL


def test_a_blocked_account_gets_nothing_until_it_is_open(cast, hanna, mia):
    (account,) = [one for one in factories.all_of(Account) if one.person_id == mia.key]
    account.blocked_at = clock.now()
    factories.rewrite(account)

    with pytest.raises(Invalid) as refused:
        accept(hanna, question())

    assert refused.value.fields[""].key == "access.wrong_blocked"
    assert (state(), managers_of(cast.vak)) == (ApplicationState.SUBMITTED, [("Hanna", MAIN)])
    refuse(hanna, question())


def test_when_the_main_access_manager_has_gone_a_new_proof_gives_the_place(cast, hanna, mia):
    given = managing.grant_of(hanna, MAIN).key
    run(grants.end, acting_as(cast.sam), grant_id=given, reason="weg")
    with pytest.raises((NotAllowed, NotFound)):
        accept(hanna, question())

    assert prove(acting_as(mia)).outcome is Outcome.ADMIN

    assert state() is ApplicationState.WITHDRAWN
    assert waiting(mia, cast.vak) == ()


def test_the_next_main_access_manager_answers_what_the_first_was_asked(cast, hanna, mia):
    given = managing.grant_of(hanna, MAIN).key
    run(grants.end, acting_as(cast.sam), grant_id=given, reason="weg")
    nora = managing.holder("Nora", MAIN, cast.vak)

    accept(nora, question())

    assert ("Mia", CO_MAIN) in managers_of(cast.vak)


def test_who_was_appointed_meanwhile_is_not_given_it_twice(cast, hanna, mia):
    factories.make_grant(mia, CO_MAIN, cast.vak)

    accept(hanna, question())

    held = [one for one in factories.all_of(Grant) if one.person_id == mia.key]
    assert (len(held), state()) == (1, ApplicationState.DONE)


@pytest.mark.parametrize("role", [CO_MAIN, LOCAL, Role.STAFF, Role.TRUSTED_CONTACT])
def test_nobody_answers_who_could_not_appoint_a_co_manager(cast, hanna, mia, role):
    other = managing.somebody("Otto")
    where = None if role is Role.STAFF else cast.vak
    factories.make_grant(other, role, where)

    for answer in (accept, refuse):
        with pytest.raises((NotAllowed, NotFound)):
            answer(other, question())
    if role is not Role.TRUSTED_CONTACT:
        assert waiting(other, cast.vak) == ()


def test_the_manager_of_another_company_neither_sees_nor_answers_it(cast, hanna, mia):
    jonas = managing.holder("Jonas", MAIN, cast.jon)

    assert waiting(jonas, cast.vak) == ()
    for answer in (accept, refuse):
        with pytest.raises(NotFound):
            answer(jonas, question())


def test_a_member_of_staff_who_manages_a_company_sees_no_others_in_the_queue(cast, hanna, mia):
    factories.make_grant(cast.sam, MAIN, cast.jon)

    assert run(application_queue.overview, acting_as(cast.sam)).rows == ()


def test_each_branch_is_asked_about_in_one_letter(cast, hanna):
    branch = factories.make_organisation(
        "Vakmanschap Zuid", number=VAK, unit=BRANCH, trade_register=TradeRegister.KVK
    )
    factories.make_grant(hanna, MAIN, branch)

    ended = prove(acting_as(managing.somebody("Mia")))

    assert [one.unit for one in ended.companies] == ["", BRANCH]
    assert (len(waiting(hanna, cast.vak)), len(waiting(hanna, branch))) == (1, 1)
    assert mailed("co_manager_asked") == [HANNA]


def test_who_waits_may_take_it_back(cast, hanna, mia):
    run(own_applications.withdraw, acting_as(mia), number=factories.all_of(Application)[-1].number)

    assert waiting(hanna, cast.vak) == ()
    with pytest.raises(Invalid):
        accept(hanna, question(), version=2)
