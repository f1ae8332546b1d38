"""Who gets to see, copy and download payment codes, and what is written down of that."""

import json

import pytest

from portal_app.errors import NotAllowed, NotFound, NotSignedIn
from portal_app.models import AuditEvent
from portal_app.permissions import Role
from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeStatus
from portal_app.services import payment_code_frame, payment_codes
from portal_app.unit_of_work import run_through
from tests import factories
from tests.harness.cast import VIC, acting_as
from tests.services.code_world import lay_out


@pytest.fixture
def world(cast):
    return lay_out(cast)


@pytest.mark.covers("V-25", "V-33")
def test_another_organisation_does_not_exist(world, run_as):
    seen = run_as(world.cast.charlie, payment_codes.overview, listing=CodeListing())
    asked = CodeListing(CodeFilter(organisation_id=world.cast.vak.key))

    assert [row.code[:4] for row in seen.rows] == ["ZZZZ"]
    assert sum(run_as(world.cast.charlie, payment_code_frame.frame).stock.values()) == 1
    assert run_as(world.cast.charlie, payment_codes.overview, listing=asked).total == 0
    with pytest.raises(NotFound):
        run_as(
            acting_as(world.cast.charlie, world.cast.vak),
            payment_codes.overview,
            listing=CodeListing(),
        )


def test_staff_see_all_codes_and_a_stock_only_of_a_chosen_organisation(world, run_as):
    everywhere = run_as(world.cast.sam, payment_codes.overview, listing=CodeListing())
    in_one = acting_as(world.cast.sam, world.cast.jon)
    chosen = run_as(in_one, payment_codes.overview, listing=CodeListing())

    assert (everywhere.total, everywhere.is_exact) == (11, True)
    assert run_as(world.cast.sam, payment_code_frame.frame).stock is None
    assert chosen.total == 1
    assert run_as(in_one, payment_code_frame.frame).stock[CodeStatus.USABLE] == 1


def test_counting_for_staff_stops_somewhere(world, run_as, monkeypatch):
    monkeypatch.setattr(payment_codes, "COUNTED_UP_TO", 4)

    page = run_as(world.cast.sam, payment_codes.overview, listing=CodeListing())

    assert (page.total, page.is_exact) == (4, False)


def test_who_may_not_see_codes_sees_none(world, run_as):
    with pytest.raises(NotAllowed):
        run_as(world.cast.bob, payment_codes.overview, listing=CodeListing())
    with pytest.raises(NotSignedIn):
        run_as(VIC, payment_codes.overview, listing=CodeListing())


# --- what is written down -------------------------------------------------------------


def written(action: str) -> list[AuditEvent]:
    return [one for one in factories.all_of(AuditEvent) if one.action == action]


def test_who_looks_is_written_down_with_the_codes_for_each_organisation(world, run_as):
    page = run_as(world.cast.sam, payment_codes.overview, listing=CodeListing())

    events = {one.organisation_id: one for one in written("payment_codes.seen")}
    assert set(events) == {world.cast.vak.key, world.cast.jon.key}
    of_jon = json.loads(events[world.cast.jon.key].details)
    assert of_jon == {
        "number": 1,
        "codes": next(str(row.id) for row in page.rows if row.code.startswith("ZZZZ")),
    }
    assert events[world.cast.vak.key].actor_id == world.cast.sam.key


def test_a_copy_is_written_down_and_one_out_of_scope_does_not_exist(world, run_as):
    (theirs,) = run_as(world.cast.charlie, payment_codes.overview, listing=CodeListing()).rows

    run_as(world.cast.charlie, payment_codes.copied, code_id=theirs.id)
    with pytest.raises(NotFound):
        run_as(world.cast.alice, payment_codes.copied, code_id=theirs.id)

    (event,) = written("payment_codes.copied")
    assert (event.about_id, event.actor_id) == (theirs.id, world.cast.charlie.key)


def test_copying_a_batch_gives_its_usable_codes_and_is_written_down(world, run_as):
    given = run_as(world.cast.alice, payment_codes.copy_batch, number="8QW40B")

    assert given == ("AAAA-2222-3333-4444",)
    assert run_as(world.cast.alice, payment_codes.copy_batch, number="5KD9AA") == ()
    with pytest.raises(NotFound):
        run_as(world.cast.alice, payment_codes.copy_batch, number="9ZZ9ZZ")
    assert [json.loads(one.details)["number"] for one in written("payment_codes.batch_copied")] == [
        1,
        0,
    ]


# --- the whole selection --------------------------------------------------------------


@pytest.mark.covers("V-24")
def test_an_export_holds_exactly_the_selection_of_every_page(world, run_as):
    wanted = CodeFilter(profile="Monteur", status=CodeStatus.USED)
    caller = acting_as(world.cast.alice)

    begun = run_as(caller, payment_codes.begin_export, wanted=wanted, file="xlsx")
    rows = list(run_through(payment_codes.export, caller, wanted=wanted))

    assert [row.code[:4] for row in rows] == ["BBBB", "CCCC"]
    assert (begun.number, begun.by, begun.organisation_code) == (2, "Alice Jansen", "VAK")
    (event,) = written("payment_codes.exported")
    assert json.loads(event.details) == {
        "number": 2,
        "file": "xlsx",
        "criteria": "profiel=Monteur status=gebruikt",
    }


def test_an_export_stays_inside_its_scope_in_every_batch_of_rows(world, monkeypatch):
    monkeypatch.setattr(payment_codes, "_AT_ONCE", 2)

    rows = list(run_through(payment_codes.export, acting_as(world.cast.alice), wanted=CodeFilter()))

    assert len(rows) == 10
    assert {row.organisation for row in rows} == {"Vakmanschap Demo"}
    # The names behind the rows are read inside the scope too.
    links = [row.enrolment_id for row in rows if row.used_by]
    assert links == [world.enrolment.key, None]


@pytest.mark.parametrize("role", [Role.SERVICE_DESK, Role.AUDITOR])
def test_who_may_see_codes_may_not_always_download_them(world, run_as, role):
    person = factories.make_person("Ine", "Desk")
    factories.make_account(person)
    factories.make_grant(person, role)

    assert run_as(person, payment_codes.overview, listing=CodeListing()).total == 11
    assert not run_as(person, payment_code_frame.frame).may_export
    with pytest.raises(NotAllowed):
        run_as(person, payment_codes.begin_export, wanted=CodeFilter(), file="csv")
    with pytest.raises(NotAllowed):
        list(run_through(payment_codes.export, acting_as(person), wanted=CodeFilter()))
