"""A company's bank account: one enters it, a second confirms it, and everybody hears of it."""

from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest
from sqlalchemy.exc import IntegrityError

from portal_app.brand import brand
from portal_app.errors import Invalid, NotAllowed, NotFound, NotProven
from portal_app.models import AuditEvent, BankAccount
from portal_app.permissions import Role
from portal_app.reading_numbers import masked_iban, shown_iban
from portal_app.services import bank_accounts, home
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.factories import EMPLOYER
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services import managing
from tests.services.banking import IBAN, OTHER, accounts, enter, mailed, settled, the_account, trail
from tests.services.managing import MAIN, USER


@pytest.mark.covers("M-02")
def test_an_account_counts_once_a_second_person_confirmed_it(cast) -> None:
    assert enter(cast.bob, cast.de_smet)

    before = accounts(cast.dora, cast.de_smet)
    assert before.active is None
    assert before.waiting
    assert (before.waiting.by, before.waiting.is_own) == ("Bob De Smet", False)
    assert mailed("bank_account_waits") == [("dora@voorbeeld.example", masked_iban(IBAN))]
    assert mailed("bank_account_entered") == [("bob@voorbeeld.example", masked_iban(IBAN))]

    run(bank_accounts.confirm, acting_as(cast.dora), account_id=before.waiting.id)

    after = accounts(cast.bob, cast.de_smet)
    assert after.waiting is None
    assert after.active
    assert (after.active.iban, after.active.holder) == (shown_iban(IBAN), "De Smet bv")
    assert [to for to, _ in mailed("bank_account_changed")] == [
        "bob@voorbeeld.example",
        "dora@voorbeeld.example",
    ]
    assert trail() == ["bank_accounts.entered", "bank_accounts.confirmed"]
    every = " ".join(one.details for one in factories.all_of(AuditEvent))
    assert IBAN not in every


def test_whoever_entered_it_does_not_confirm_it(cast) -> None:
    enter(cast.bob, cast.de_smet)
    waiting = accounts(cast.bob, cast.de_smet).waiting
    assert waiting
    assert waiting.is_own

    with pytest.raises(Invalid) as refused:
        run(bank_accounts.confirm, acting_as(cast.bob), account_id=waiting.id)

    assert refused.value.fields[""].key == "company_data.wrong_own_account"
    assert accounts(cast.bob, cast.de_smet).active is None


def test_the_fund_confirms_where_the_company_has_nobody_else(cast) -> None:
    alone = factories.make_organisation(unit="Limburg")
    factories.make_grant(cast.bob, Role.TRUSTED_CONTACT, alone)

    enter(cast.bob, alone)

    assert mailed("bank_account_waits") == [(brand.contact.email, masked_iban(IBAN))]
    run(bank_accounts.confirm, acting_as(cast.sam), account_id=the_account().key)
    assert accounts(cast.bob, alone).active


def test_the_next_account_ends_the_one_before_and_both_stay_known(cast) -> None:
    enter(cast.bob, cast.de_smet)
    run(bank_accounts.confirm, acting_as(cast.dora), account_id=the_account().key)
    enter(cast.dora, cast.de_smet, OTHER, version=2)
    active = accounts(cast.bob, cast.de_smet).active
    assert active
    assert active.iban == shown_iban(IBAN), "until the next is confirmed"

    run(bank_accounts.confirm, acting_as(cast.bob), account_id=the_account(OTHER).key)

    first, second = factories.all_of(BankAccount)
    assert (first.ended_why, first.ended_by_id) == ("replaced", cast.bob.key)
    assert second.ended_at is None


@pytest.mark.parametrize(("by", "why", "told"), [("bob", "withdrawn", 0), ("dora", "refused", 1)])
def test_an_account_that_waits_is_taken_back_or_refused(cast, by, why, told) -> None:
    enter(cast.bob, cast.de_smet)

    run(bank_accounts.drop, acting_as(getattr(cast, by)), account_id=the_account().key)

    assert the_account().ended_why == why
    assert mailed("bank_account_refused") == [("bob@voorbeeld.example", masked_iban(IBAN))] * told
    assert enter(cast.bob, cast.de_smet, version=2), "another may be entered"


def test_what_was_decided_is_not_decided_again(cast) -> None:
    enter(cast.bob, cast.de_smet)
    run(bank_accounts.drop, acting_as(cast.bob), account_id=the_account().key)

    for use_case in (bank_accounts.confirm, bank_accounts.drop):
        with pytest.raises(Invalid) as refused:
            run(use_case, acting_as(cast.dora), account_id=the_account().key)
        assert refused.value.fields[""].key == "company_data.wrong_decided"


def test_while_one_waits_no_other_is_entered(cast) -> None:
    enter(cast.bob, cast.de_smet)

    for who, version, key in ((cast.dora, 1, "account_waits"), (cast.dora, 0, "changed")):
        with pytest.raises(Invalid) as refused:
            enter(who, cast.de_smet, OTHER, version=version)
        assert refused.value.fields[""].key == f"company_data.wrong_{key}"


def test_the_present_account_is_not_entered_again(cast) -> None:
    enter(cast.bob, cast.de_smet)
    run(bank_accounts.confirm, acting_as(cast.dora), account_id=the_account().key)

    with pytest.raises(Invalid) as refused:
        enter(cast.bob, cast.de_smet, version=2)

    assert refused.value.fields["iban"].key == "company_data.wrong_same_account"


def test_nobody_keeps_everybody_s_inbox_busy_with_accounts(cast, stopped_clock) -> None:
    for done in range(bank_accounts.ENTERED_A_DAY):
        enter(cast.bob, cast.de_smet, version=2 * done)
        run(bank_accounts.drop, acting_as(cast.bob), account_id=the_account().key)

    with pytest.raises(Invalid) as refused:
        enter(cast.dora, cast.de_smet, version=2 * bank_accounts.ENTERED_A_DAY)
    assert refused.value.fields[""].key == "company_data.wrong_too_often"

    stopped_clock.advance(days=1)
    enter(cast.bob, cast.de_smet, version=2 * bank_accounts.ENTERED_A_DAY)


def test_a_fund_may_do_without_a_second_person(cast) -> None:
    alone = brand.model_copy(update={"second_person_for_bank_account": False})
    with patch("portal_app.services.bank_accounts.brand", alone):
        assert not enter(cast.bob, cast.de_smet)

    assert accounts(cast.dora, cast.de_smet).active
    assert len(mailed("bank_account_changed")) == 2
    assert mailed("bank_account_waits") == []


def test_whoever_only_looks_reads_no_number(cast) -> None:
    enter(cast.bob, cast.de_smet)
    run(bank_accounts.confirm, acting_as(cast.dora), account_id=the_account().key)
    enter(cast.bob, cast.de_smet, OTHER, version=2)
    uma = managing.holder("Uma", USER, cast.de_smet, EMPLOYER)

    seen = accounts(uma, cast.de_smet)

    assert seen.waiting is None
    assert seen.active
    assert (seen.active.id, seen.active.iban, seen.active.holder) == (0, masked_iban(IBAN), "")
    with pytest.raises(NotAllowed):
        enter(uma, cast.de_smet)


def test_another_company_s_account_does_not_exist(cast) -> None:
    enter(cast.bob, cast.de_smet)
    hanna = managing.holder("Hanna", MAIN, cast.vak)

    with pytest.raises(NotFound):
        accounts(hanna, cast.de_smet)
    with pytest.raises(NotFound):
        enter(hanna, cast.de_smet)
    for use_case in (bank_accounts.confirm, bank_accounts.drop):
        with pytest.raises(NotFound):
            run(use_case, acting_as(hanna), account_id=the_account().key)


def test_money_is_led_elsewhere_only_by_who_just_proved_who_they_are(cast) -> None:
    long_ago = factories.sign_in(cast.bob, proven_at=factories.NOW - timedelta(hours=1))
    enter(cast.dora, cast.de_smet)

    asked = {"organisation_id": cast.de_smet.key, "version": 1, "iban": OTHER, "holder": "x"}
    with pytest.raises(NotProven):
        run(bank_accounts.check, Browser(long_ago), **asked)
    with pytest.raises(NotProven):
        enter(Browser(long_ago), cast.de_smet, version=1)
    for use_case in (bank_accounts.confirm, bank_accounts.drop):
        with pytest.raises(NotProven):
            run(use_case, Browser(long_ago), account_id=the_account().key)


def test_of_many_at_once_one_account_is_entered_and_one_confirms_it(cast) -> None:
    callers = [acting_as(cast.bob if number % 2 else cast.dora) for number in range(12)]
    entered = all_at_once(
        [
            partial(enter, caller, cast.de_smet, IBAN if number % 2 else OTHER)
            for number, caller in enumerate(callers)
        ]
    )
    (only,) = factories.all_of(BankAccount)
    winners = {number % 2 for number, outcome in enumerate(entered) if outcome is True}
    assert winners == {only.iban == IBAN}  # who sends the same once more may hear the same
    assert all(outcome is True or isinstance(outcome, Invalid) for outcome in entered)
    people = [settled("Hanna", cast.de_smet), settled("Piet", cast.de_smet)]
    deciders = [acting_as(people[number % 2]) for number in range(12)]
    account = only.key

    decided = all_at_once(
        [
            partial(
                run,
                bank_accounts.drop if number % 3 == 0 else bank_accounts.confirm,
                caller,
                account_id=account,
            )
            for number, caller in enumerate(deciders)
        ]
    )

    assert sum(not isinstance(one, Invalid) for one in decided) == 1
    (after,) = factories.all_of(BankAccount)
    assert (after.ended_at is None) is not (after.confirmed_at is None)
    assert len(trail()) == 2


def test_the_first_page_asks_the_second_person_and_nobody_else(cast, run_as) -> None:
    enter(cast.bob, cast.de_smet)

    assert run_as(cast.dora, home.figures).accounts == (cast.de_smet.key,)
    assert run_as(cast.dora, home.figures, organisation_id=cast.de_smet.key).accounts
    assert run_as(cast.dora, home.figures, organisation_id=cast.vak.key).accounts == ()
    for other in (cast.bob, cast.alice, cast.charlie):
        assert run_as(other, home.figures).accounts == ()


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_the_database_allows_one_account_of_each_kind(cast, is_confirmed) -> None:
    made = {
        "organisation_id": cast.de_smet.key,
        "holder": "De Smet bv",
        "proposed_at": factories.NOW,
        "confirmed_at": factories.NOW if is_confirmed else None,
    }
    factories.write(BankAccount(iban=IBAN, **made))

    with pytest.raises(IntegrityError):
        factories.write(BankAccount(iban=OTHER, **made))
