"""Who may be the second person for a bank account, and when there is no account at all."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from portal_app.brand import brand
from portal_app.errors import Invalid, NotFound
from portal_app.models import BankAccount, Grant
from portal_app.permissions import Role
from portal_app.services import bank_accounts, home
from portal_app.services.bank_accounts import Accounts
from portal_app.suspension import SuspensionReason
from portal_app.unit_of_work import run
from tests import factories
from tests.factories import EMPLOYER
from tests.harness.cast import acting_as
from tests.services import managing
from tests.services.banking import OTHER, accounts, enter, mailed, settled, the_account
from tests.services.managing import MAIN


def test_whoever_came_a_short_while_before_is_no_second_person(cast) -> None:
    """Somebody with one stolen login could appoint an accomplice first."""
    alone = factories.make_organisation(unit="Limburg")
    boss = settled("Hanna", alone)
    accomplice = managing.holder("Piet", MAIN, alone)
    (grant,) = [one for one in factories.all_of(Grant) if one.person_id == accomplice.key]
    grant.starts_at = factories.NOW - timedelta(days=6)
    factories.rewrite(grant)

    enter(boss, alone)

    assert [to for to, _ in mailed("bank_account_waits")] == [brand.contact.email]
    assert run(home.figures, acting_as(accomplice)).accounts == ()
    with pytest.raises(Invalid) as refused:
        run(bank_accounts.confirm, acting_as(accomplice), account_id=the_account().key)
    assert refused.value.fields[""].key == "company_data.wrong_too_new"
    run(bank_accounts.drop, acting_as(accomplice), account_id=the_account().key)


def test_whom_the_fund_suspended_decides_on_no_account_by_another_role(cast) -> None:
    enter(cast.bob, cast.de_smet)
    held = factories.make_grant(cast.dora, Role.USER, cast.de_smet, capacity=EMPLOYER)
    held.suspended_at, held.suspended_why = factories.NOW, SuspensionReason.CONTRACT
    held.suspended_by_fund = True
    factories.rewrite(held)

    for use_case in (bank_accounts.confirm, bank_accounts.drop):
        with pytest.raises(NotFound):
            run(use_case, acting_as(cast.dora), account_id=the_account().key)


def test_an_answer_that_got_lost_is_given_again(cast) -> None:
    assert enter(cast.bob, cast.de_smet)
    assert enter(cast.bob, cast.de_smet), "the same once more"
    assert len(factories.all_of(BankAccount)) == 1


def test_a_company_that_is_closed_asks_nobody_to_confirm(cast) -> None:
    enter(cast.bob, cast.de_smet)
    cast.de_smet.closed_at = factories.NOW
    factories.rewrite(cast.de_smet)

    assert run(home.figures, acting_as(cast.dora)).accounts == ()


def test_a_fund_without_subsidies_shows_no_account(cast) -> None:
    enter(cast.bob, cast.de_smet)
    with patch("portal_app.services.bank_accounts.offers", lambda _: False):
        assert accounts(cast.dora, cast.de_smet) == Accounts(None, None, 0)
        assert run(home.figures, acting_as(cast.dora)).accounts == ()
        with pytest.raises(NotFound):
            enter(cast.bob, cast.de_smet, OTHER, version=1)
