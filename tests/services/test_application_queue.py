"""What staff see of applications and what the applicant does; nobody else sees a thing."""

import pytest

from portal_app.adapters import codes
from portal_app.applications import ApplicationState
from portal_app.errors import NotAllowed, NotFound, NotSignedIn
from portal_app.services import (
    application_handling,
    application_queue,
    application_record,
    application_timeline,
    identity_checks,
    national_numbers,
)
from portal_app.services.application_record import NumberMatch
from tests import factories
from tests.harness.statements import asked_of
from tests.services.applying import (
    ALICE,
    HERE,
    NUMBER,
    application,
    ask,
    checked,
    desk,
    mails,
    secrets_of,
)


def test_the_record_shows_who_it_may_be_and_how_numbers_compare(cast, run_as):
    alice = cast.alice
    alice.national_number_digest = national_numbers.digest(NUMBER)
    factories.rewrite(alice)
    namesake = factories.make_person("Alice", "Jansen", infix="van", email="a@elders.example")
    namesake.national_number_digest = national_numbers.digest("85073003427")
    factories.rewrite(namesake)
    factories.make_account(namesake)
    number = ask(run_as)

    found = run_as(desk(), application_record.suspects, number=number)

    assert [(one.email, one.number) for one in found] == [
        (ALICE, NumberMatch.SAME),
        ("a@elders.example", NumberMatch.OTHER),
    ]
    assert found[0].is_of_the_name
    assert found[0].roles[0].organisation == "Vakmanschap Demo"


def test_names_are_found_with_the_infix_typed_in_the_family_name(cast, run_as):
    number = ask(run_as, given_name="Charlie", family_name="van den Berg", national_number="")

    found = run_as(desk(), application_record.suspects, number=number)

    assert [(one.person_id, one.number) for one in found] == [
        (cast.charlie.key, NumberMatch.UNKNOWN)
    ]
    others = run_as(desk("Ria"), application_record.suspects, number=number, words="bob")
    assert [one.person_id for one in others] == [cast.bob.key]


def test_the_record_tells_of_other_applications_of_the_same_name_or_address(cast, run_as):
    first = ask(run_as)
    second = ask(run_as, given_name="Alida")
    ask(run_as, given_name="Bob", family_name="De Smet", email="bob@thuis.example")

    seen = run_as(cast.sam, application_record.record, number=second)

    assert [one.number for one in seen.doubles] == [first]


def test_the_queue_shows_what_is_due_first_and_finds_by_number_name_and_address(
    cast, run_as, stopped_clock
):
    first = ask(run_as)
    stopped_clock.advance(days=1)
    second = ask(run_as, given_name="Zoë", email="zoe@thuis.example")

    seen = run_as(desk(), application_queue.overview)
    assert [one.number for one in seen.rows] == [first, second]
    assert seen.counts == {"open": 2, "mine": 0, "waiting": 0, "finished": 0}
    for words in (second.lower(), "zoe", "ZOË", "zoe@thuis"):
        found = run_as(cast.sam, application_queue.overview, words=words)
        assert [one.number for one in found.rows] == [second]
    run_as(cast.sam, application_handling.take, number=first, version=1)
    assert run_as(cast.sam, application_queue.overview, tab="mine").total == 1
    assert run_as(cast.ada, application_queue.overview, tab="mine").total == 0
    kinds = run_as(cast.sam, application_queue.overview, kind="address_changed")
    assert kinds.total == 0


def test_the_applicant_follows_it_with_the_key_of_any_mail(cast, run_as):
    number = ask(run_as)
    key = secrets_of(mails("application_received")[0])["timeline"]
    checked(cast, run_as, number)

    seen = run_as(HERE, application_timeline.own, key=key)

    assert seen.number == number
    assert [one.state.value for one in seen.told] == ["submitted", "in_progress"]
    assert seen.state is ApplicationState.IN_PROGRESS
    assert "Teruggebeld" not in repr(seen)
    assert run_as(HERE, application_timeline.own, key=number) is None
    for purpose in ("confirmation", "x"):
        other = codes.application_key(number, purpose)
        assert run_as(HERE, application_timeline.own, key=other) is None


@pytest.mark.parametrize("who", ["alice", "bob", "vic"])
def test_applications_are_for_the_funds_own_people(cast, run_as, who):
    number = ask(run_as)
    one = {"number": number, "version": 1}
    for use_case, more in (
        (application_queue.overview, {}),
        (application_record.record, {"number": number}),
        (application_record.suspects, {"number": number}),
        (application_handling.take, one),
        (application_handling.refuse, {**one, "reason": "identity", "note": ""}),
        (identity_checks.check, {**one, "person_id": cast.alice.key, "how": "x"}),
        (identity_checks.agree, one),
    ):
        with pytest.raises((NotAllowed, NotSignedIn)):
            run_as(getattr(cast, who), use_case, **more)
    assert application().state is ApplicationState.SUBMITTED


def test_an_application_that_is_not_there_is_not_found(cast, run_as):
    with pytest.raises(NotFound):
        run_as(cast.sam, application_handling.take, number="A-000000", version=1)


@pytest.mark.parametrize(
    ("tab", "index"),
    [
        ("open", "ix_application_open_due_at"),
        ("waiting", "ix_application_open_due_at"),
        ("finished", "ix_application_finished_at"),
    ],
)
def test_an_index_leads_through_the_queue_in_order(cast, run_as, database, tab, index):
    with asked_of(database) as said:
        run_as(cast.sam, application_queue.overview, tab=tab)

    [(statement, values)] = [one for one in said if "ORDER BY application" in one[0]]
    with database.engine.connect() as connection:
        if database.kind == "postgresql":  # with so few rows it reads them all, and sorts them
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            connection.exec_driver_sql("SET LOCAL enable_sort = off")
            connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        else:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [str(step[-1]) for step in plan]

    assert any(index in step for step in steps), steps
    assert not any("TEMP B-TREE" in step or "Sort" in step for step in steps), steps
