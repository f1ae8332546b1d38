"""What the database itself keeps of applications: four eyes, and that what happened stays."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from portal_app import database
from portal_app.adapters import codes
from portal_app.applications import ApplicationKind, ApplicationState
from portal_app.models import Application, ApplicationEvent
from portal_app.services import (
    address_applications,
    application_handling,
    application_record,
    application_retention,
    application_timeline,
)
from portal_app.services.address_applications import AskedAddress
from portal_app.settings import settings
from portal_app.unit_of_work import Browser, Job, run
from tests import factories

ASKED = AskedAddress(
    ApplicationKind.ADDRESS_FORGOTTEN,
    "Alice",
    "Jansen",
    "a.jansen@thuis.example",
    "nl",
    phone="+3225550100",
    national_number="85073003328",
)


@pytest.fixture
def number(cast) -> str:
    """An application that waits."""
    del cast
    return run(address_applications.ask, Browser("v" * 64), asked=ASKED)


def change(**values) -> None:
    """Write past every use case."""
    with database.engine().begin() as connection:
        connection.execute(update(Application.__table__).values(**values))


def test_nothing_comes_of_it_without_two_members_of_staff(cast, number, now) -> None:
    alice, sam, ada = cast.alice.key, cast.sam.key, cast.ada.key
    for checked_by, agreed_by, about in (
        (None, None, alice),
        (sam, None, alice),
        (None, ada, alice),
        (sam, sam, alice),
        (sam, ada, None),
        (sam, ada, sam),
        (sam, ada, ada),
    ):
        for state, ended in (("approved", None), ("done", now)):
            with pytest.raises(IntegrityError):
                change(
                    state=ApplicationState(state),
                    finished_at=ended,
                    checked_by_id=checked_by,
                    agreed_by_id=agreed_by,
                    person_id=about,
                )

    change(
        state=ApplicationState.DONE,
        finished_at=now,
        checked_by_id=sam,
        agreed_by_id=ada,
        person_id=alice,
    )
    del number


def test_what_is_finished_has_a_day_and_nothing_else_has(number, now) -> None:
    for values in (
        {"state": ApplicationState.REFUSED, "finished_at": None},
        {"state": ApplicationState.IN_PROGRESS, "finished_at": now},
    ):
        with pytest.raises(IntegrityError):
            change(**values)
    del number


def test_what_happened_is_never_changed_nor_taken_away(number, now) -> None:
    table = ApplicationEvent.__table__
    for refused in (
        update(table).values(to_state=ApplicationState.DONE),
        update(table).values(at=now + timedelta(days=1)),
        update(table).values(public_note="anders"),
        delete(table),
    ):
        with pytest.raises(DBAPIError), database.engine().begin() as connection:
            connection.execute(refused)
    del number


def finish(cast, run_as, number: str) -> None:
    run_as(cast.sam, application_handling.take, number=number, version=1)
    run_as(
        cast.sam,
        application_handling.refuse,
        number=number,
        version=2,
        reason="identity",
        note="Alice van de Kerkstraat",
    )


def erase() -> int:
    return run(application_retention.erase, Job("housekeeping"))


def test_what_a_finished_application_tells_is_erased_when_its_time_is_over(
    cast, number, run_as, stopped_clock
) -> None:
    finish(cast, run_as, number)
    other = run(address_applications.ask, Browser("v" * 64), asked=ASKED)
    stopped_clock.advance(days=settings.application_kept_days)
    assert erase() == 0
    stopped_clock.advance(seconds=1)

    assert [erase(), erase()] == [1, 0]

    erased, open_one = factories.all_of(Application)
    told = repr([erased, *factories.all_of(ApplicationEvent)[:3]])
    assert not any(word in told for word in ("Jansen", "thuis", "Kerkstraat", "3225550100"))
    assert erased.payload == "{}"
    assert open_one.name == "Jansen, Alice"
    assert open_one.number == other
    seen = run_as(cast.sam, application_record.record, number=number)
    assert (seen.payload, seen.doubles, seen.state) == (None, (), ApplicationState.REFUSED)
    assert [one.to_state.value for one in seen.events] == ["submitted", "in_progress", "refused"]
    key = codes.application_key(number, "timeline")
    assert run_as(Browser("v" * 64), application_timeline.own, key=key).number == number
