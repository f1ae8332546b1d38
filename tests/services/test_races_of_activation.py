"""Activating the account of a company, and making one, many times at once."""

from collections import Counter

import pytest

from portal_app.adapters import passwords
from portal_app.errors import Invalid, NotSignedIn, Text
from portal_app.models import Account, AuditEvent, CompanyAccount, Grant, OrganisationCapacity
from portal_app.services import activation, company_accounts, identity_checks
from portal_app.services.company_accounts import NewCompanyAccount
from portal_app.unit_of_work import run
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.services.applying import secrets_of, version
from tests.services.appointed import (
    COMPANY,
    NUMBER,
    ask,
    checked,
    company_account,
    enter,
    letters,
    make,
)

CROWD = 20


@pytest.mark.covers("S-03")
def test_of_many_who_activate_at_once_one_does(cast, run_as) -> None:
    company = make(run_as, cast.sam)
    inside = [enter(run_as, company, f"{number:064d}") for number in range(3)]

    given = all_at_once(
        [
            lambda at=at: run(
                activation.activate,
                inside[at % len(inside)],
                password_hash=f"hash {at}",
                national_number=NUMBER,
                new_key=f"n{at:063d}",
            )
            for at in range(CROWD)
        ]
    )

    assert given.count("/") == 1
    assert sum(isinstance(one, NotSignedIn) for one in given) == CROWD - 1
    assert [one.person_id for one in factories.all_of(Grant)].count(company.person_id) == 1
    on = [one.organisation_id for one in factories.all_of(OrganisationCapacity)]
    assert on.count(company.organisation_id) == 1
    happened = Counter(one.action for one in factories.all_of(AuditEvent))
    assert happened["company_accounts.activated"] == 1


@pytest.mark.covers("S-06")
@pytest.mark.parametrize("round_of", range(5))
def test_new_codes_or_the_old_ones_win_and_never_both(cast, run_as, round_of) -> None:
    company = make(run_as, cast.sam)
    inside = enter(run_as, company)
    number = ask(run_as)
    checked(cast, run_as, number, company.person_id)
    ada, at = acting_as(cast.ada), version()

    activated, issued = all_at_once(
        [
            lambda: run(
                activation.activate,
                inside,
                password_hash="hash of her own",  # no password
                national_number=NUMBER,
                new_key="n" * 64,
            ),
            lambda: run(identity_checks.agree, ada, number=number, version=at),
        ]
    )

    (account,) = [one for one in factories.all_of(Account) if one.person_id == company.person_id]
    given = [one for one in factories.all_of(Grant) if one.person_id == company.person_id]
    after = company_account()
    if activated == "/":
        assert isinstance(issued, Invalid)
        assert issued.fields == {"": Text("errors.application_nothing_to_activate")}
        assert after.activated_at is not None
        assert (after.issues, len(given)) == (1, 1)
        assert (account.temporary_hash, account.password_hash) == (None, "hash of her own")
    else:
        assert isinstance(activated, NotSignedIn)
        assert issued is None
        assert after.activated_at is None
        assert (after.issues, given) == (2, [])
        assert account.password_hash is None
        assert passwords.verify_password(
            secrets_of(letters()[1])["password"], account.temporary_hash
        )
    del round_of


def test_of_many_who_make_one_for_the_same_company_one_does(cast) -> None:
    sam = acting_as(cast.sam)
    given = all_at_once(
        [
            lambda at=at: run(
                company_accounts.make,
                sam,
                wanted=NewCompanyAccount(
                    *(COMPANY, "Chauffage Novak srl", "Nora", "", "Claes"),
                    *(f"nora{at}@novak.example", "fr", NUMBER, f"nora{at}", "geheim", "hash"),
                ),
            )
            for at in range(CROWD)
        ]
    )

    waits = {"": Text("staff.wrong_company_account_waits")}
    assert sum(isinstance(one, int) for one in given) == 1
    assert [one.fields for one in given if isinstance(one, Invalid)] == [waits] * (CROWD - 1)
    assert len(factories.all_of(CompanyAccount)) == 1
