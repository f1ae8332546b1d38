"""The list of company accounts of staff, and what can be done with one that waits."""

from datetime import date, timedelta

import pytest

from portal_app.applications import ApplicationKind
from portal_app.errors import NotAllowed, NotFound, NotProven, NotSignedIn
from portal_app.models import AuditEvent, Person
from portal_app.services import activation_codes, company_account_list, company_accounts, sign_in
from portal_app.services.company_account_list import AccountOrder, Standing
from portal_app.services.organisations import OrganisationNumber
from portal_app.unit_of_work import Browser, run
from tests import factories
from tests.harness.cast import acting_as
from tests.harness.crowd import all_at_once
from tests.harness.statements import asked_of
from tests.services.applying import application, mails, said
from tests.services.appointed import (
    HERE,
    NORA,
    account_of,
    activate,
    company_account,
    enter,
    make,
    username,
)

OTHER = OrganisationNumber.belgian(factories.NUMBERS[1], "Limburg")


def listed(run_as, by, standing=Standing.WAITING, **wanted) -> list[str]:
    found = run_as(by, company_account_list.overview, standing=standing, **wanted)
    return [row.person for row in found.rows]


def make_another(cast, run_as) -> None:
    more = {"organisation_name": "Metaal Vandervoort nv", "given_name": "Ivo"}
    make(run_as, cast.ada, organisation=OTHER, email="ivo@metaal.example", **more)


def withdraw(run_as, by, company) -> None:
    run_as(by, company_accounts.withdraw, company_account_id=company.key)


@pytest.mark.covers("S-06")
def test_each_account_is_listed_where_it_stands(cast, run_as, stopped_clock):
    made = make(run_as, cast.sam)
    assert listed(run_as, cast.ada) == ["Nora Claes"]

    stopped_clock.advance(days=31)
    assert listed(run_as, cast.sam, Standing.WAITING) == []
    found = run_as(cast.sam, company_account_list.overview, standing=Standing.EXPIRED)
    (row,) = found.rows
    assert (row.company, row.number, row.unit) == ("Chauffage Novak srl", "1999000744", "Luik")
    assert (row.person, row.email, row.made_by) == ("Nora Claes", NORA, "Sam Willems")
    assert (row.last_day, row.issues, row.ended_at) == (date(2026, 4, 1), 1, None)

    withdraw(run_as, cast.sam, made)
    found = run_as(cast.sam, company_account_list.overview, standing=Standing.WITHDRAWN)
    (row,) = found.rows
    assert (row.email, row.ended_by) == (NORA, "Sam Willems")
    assert found.counts == {one: int(one is Standing.WITHDRAWN) for one in Standing}


def test_an_activated_one_is_listed_as_such_and_cannot_be_withdrawn(cast, run_as):
    company = make(run_as, cast.sam)
    enter(run_as, company)
    activate(run_as)

    assert listed(run_as, cast.sam, Standing.ACTIVATED) == ["Nora Claes"]
    for use_case in (company_accounts.withdraw, activation_codes.ask_for):
        with pytest.raises(NotFound):
            run_as(cast.sam, use_case, company_account_id=company.key)


def test_words_find_company_number_person_and_address(cast, run_as):
    make(run_as, cast.sam)
    make_another(cast, run_as)

    for words in ("novak", "1999.000.744", "claes nora", "nora.claes@", "NOVAK 1999"):
        assert listed(run_as, cast.sam, words=words) == ["Nora Claes"], words
    assert listed(run_as, cast.sam, words="novak ivo") == []
    assert listed(run_as, cast.sam, words="%") == []


def test_it_is_sorted_by_its_columns_a_page_at_a_time(cast, run_as, stopped_clock):
    make(run_as, cast.sam)
    stopped_clock.advance(hours=1)
    make_another(cast, run_as)

    first_up = {
        AccountOrder.MADE: "Nora Claes",
        AccountOrder.COMPANY: "Nora Claes",  # of Chauffage Novak, before Metaal Vandervoort
        AccountOrder.PERSON: "Ivo Claes",
    }
    for order, first in first_up.items():
        up = listed(run_as, cast.sam, order=order, descending=False)
        assert (up[0], len(up)) == (first, 2), order
        assert listed(run_as, cast.sam, order=order, descending=True) == up[::-1], order
    assert listed(run_as, cast.sam) == ["Ivo Claes", "Nora Claes"]
    assert listed(run_as, cast.sam, page=2, size=1) == ["Nora Claes"]
    assert run_as(cast.sam, company_account_list.overview, page=3, size=1).total == 2


def test_the_accounts_of_every_standing_are_counted_in_one_statement(cast, run_as, database):
    make(run_as, cast.sam)
    make_another(cast, run_as)
    with asked_of(database) as heard:
        found = run_as(cast.sam, company_account_list.overview, words="claes")

    assert found.counts == {one: 2 * (one is Standing.WAITING) for one in Standing}
    assert sum("count(" in statement for statement, _ in heard) == 1


@pytest.mark.parametrize("descending", [True, False])
def test_an_index_leads_through_the_list_in_order(cast, run_as, database, descending):
    with asked_of(database) as heard:
        listed(run_as, cast.sam, descending=descending)

    [(statement, values)] = [one for one in heard if "ORDER BY company_account" in one[0]]
    with database.engine.connect() as connection:
        if database.kind == "postgresql":  # with so few rows it reads them all, and sorts them
            for way in ("seqscan", "sort", "bitmapscan", "hashjoin"):
                connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        else:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [str(step[-1]) for step in plan]

    assert any("ix_company_account_made_at" in step for step in steps), steps
    assert not any("TEMP B-TREE" in step or "Sort" in step for step in steps), steps


def test_only_who_makes_them_sees_withdraws_and_asks_codes(cast, run_as):
    company = make(run_as, cast.sam)

    for stranger in (cast.alice, cast.bob, cast.vic):
        with pytest.raises((NotAllowed, NotSignedIn)):
            listed(run_as, stranger)
        for use_case in (company_accounts.withdraw, activation_codes.ask_for):
            with pytest.raises((NotAllowed, NotSignedIn)):
                run_as(stranger, use_case, company_account_id=company.key)
    assert company_account().withdrawn_at is None


def test_making_one_asks_who_was_away_to_prove_who_they_are(cast, run_as):
    factories.make_app(cast.sam)
    long_ago = factories.sign_in(cast.sam, proven_at=factories.NOW - timedelta(hours=1))

    with pytest.raises(NotProven):
        make(run_as, Browser(long_ago))
    assert mails("company_account_name") == []


def test_withdrawing_kills_the_codes_and_what_they_opened_and_tells_the_person(cast, run_as):
    company = make(run_as, cast.sam)
    name = username()
    enter(run_as, company)

    withdraw(run_as, cast.ada, company)

    assert run_as(HERE, sign_in.credentials, login=name).person_id is None
    assert run_as(HERE, sign_in.credentials, login=NORA).person_id is None
    with pytest.raises(NotSignedIn):
        activate(run_as)
    (told,) = mails("company_account_withdrawn")
    assert (told.to, told.locale, said(told)["company"]) == (NORA, "fr", "Chauffage Novak srl")
    (event,) = [
        one for one in factories.all_of(AuditEvent) if one.action == "company_accounts.withdrawn"
    ]
    assert (event.actor_id, event.organisation_id) == (cast.ada.id, company.organisation_id)
    with pytest.raises(NotFound):
        withdraw(run_as, cast.ada, company)
    assert len(mails("company_account_withdrawn")) == 1


def test_another_can_be_made_for_the_same_company_and_person_after_that(cast, run_as):
    first = make(run_as, cast.sam)
    withdraw(run_as, cast.sam, first)

    second = make(run_as, cast.sam)

    assert second.person_id != first.person_id
    enter(run_as, second)
    assert activate(run_as) == "/"
    (person,) = [one for one in factories.all_of(Person) if one.id == first.person_id]
    assert person.email == NORA


@pytest.mark.parametrize("round_of", range(5))
def test_it_is_activated_or_withdrawn_and_never_both(cast, run_as, round_of):
    company = make(run_as, cast.sam)
    enter(run_as, company)
    sam = acting_as(cast.sam)

    activated, withdrawn = all_at_once(
        [
            lambda: activate(run_as),
            lambda: run(company_accounts.withdraw, sam, company_account_id=company.key),
        ]
    )

    after, account = company_account(), account_of(company)
    if activated == "/":
        assert isinstance(withdrawn, NotFound)
        assert (after.withdrawn_at, account.email) == (None, NORA)
    else:
        assert isinstance(activated, NotSignedIn)
        assert withdrawn is None
        assert (after.activated_at, account.password_hash) == (None, None)
    del round_of


@pytest.mark.covers("S-06")
def test_staff_ask_new_codes_in_the_name_of_the_person_once(cast, run_as, stopped_clock):
    company = make(run_as, cast.sam)
    stopped_clock.advance(days=31)

    number = run_as(cast.sam, activation_codes.ask_for, company_account_id=company.key)
    again = run_as(cast.ada, activation_codes.ask_for, company_account_id=company.key)

    assert number == again
    asked = application()
    assert (asked.kind, asked.number) == (ApplicationKind.ACTIVATION_CODES, number)
    assert (asked.email, asked.company_number) == (NORA, "1999000744")
    assert [one.to for one in mails("application_received")] == [NORA]
