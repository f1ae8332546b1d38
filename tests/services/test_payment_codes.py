"""The list of payment codes: what it finds, in which order, and who hears of it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from portal_app.clock import BRUSSELS
from portal_app.errors import NotAllowed, NotFound, NotSignedIn
from portal_app.models import AuditEvent, CodeState, LinkedVia
from portal_app.permissions import Role
from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeOrder, CodeStatus
from portal_app.services import payment_codes, progress
from portal_app.unit_of_work import Operator, Trusted, run_through, use_case
from tests import factories
from tests.harness.cast import VIC, acting_as

SOURCE_CODES = (
    "EXZA-8F5E-XG5W-U22J",
    "E2ZA-8HG6-PH5W-SUSJ",
    "D8ZA-8EFH-SP5W-U3TG",
    "45ZA-8GU2-C25W-TG6Z",
    "DHZA-8WJ2-7Z5W-SD5C",
)
SOURCE_MOMENT = datetime(2022, 4, 22, 10, 49, tzinfo=BRUSSELS)
LATER = datetime(2026, 1, 14, 16, 5, tzinfo=BRUSSELS)


@use_case(Trusted, writes=True)
def rebuild(work, *, enrolment_id):
    with work.everywhere():
        progress.rebuild_enrolments(work, [enrolment_id])


@pytest.fixture
def world(cast, run_as):
    """The source's five codes of VAK; a later batch with a code of every status; one of JON."""
    route = factories.make_route(profiles=("Vakmanschap CO", "Monteur"))
    craft, fitter = factories.profiles_of(route)
    sanne = factories.make_person("Sanne", "Veldhuis")
    source = factories.make_batch(
        cast.vak,
        craft,
        number="3K2R1S",
        reference="Test",
        contact=sanne,
        created_at=SOURCE_MOMENT,
    )
    for code in SOURCE_CODES:
        factories.make_code(source, code=code)
    jan = factories.make_person("Jan", "Berg", infix="van den")
    enrolment = factories.make_enrolment(jan, route, profile=fitter)
    factories.make_link(jan, cast.vak, via=LinkedVia.PAYMENT_CODE)
    run_as(Operator(), rebuild, enrolment_id=enrolment.key)
    stranger = factories.make_person("Piet", "Vreemd")
    later = factories.make_batch(
        cast.vak, fitter, number="8QW40B", reference="Opleiding Q1", created_at=LATER
    )
    factories.make_code(later, code="AAAA-2222-3333-4444")
    factories.make_code(
        later,
        code="BBBB-2222-3333-4444",
        state=CodeState.USED,
        used_by=jan,
        enrolment=enrolment,
    )
    factories.make_code(
        later,
        code="CCCC-2222-3333-4444",
        state=CodeState.USED,
        used_by=stranger,
        used_at=datetime(2026, 2, 1, 9, tzinfo=UTC),
        enrolment=factories.make_enrolment(stranger, route, profile=fitter),
    )
    factories.make_code(
        later,
        code="DDDD-2222-3333-4444",
        state=CodeState.INACTIVE,
        inactive_by=sanne,
        inactive_reason="Dubbel besteld",
    )
    old = factories.make_batch(
        cast.vak,
        craft,
        number="5KD9AA",
        created_at=LATER - timedelta(days=400),
        expires_at=LATER - timedelta(days=35),
    )
    factories.make_code(old, code="EEEE-2222-3333-4444")
    factories.make_code(
        factories.make_batch(cast.jon, craft, number="9ZZ9ZZ", reference="Geheim"),
        code="ZZZZ-2222-3333-4444",
    )
    return SimpleNamespace(cast=cast, enrolment=enrolment, route=route, craft=craft)


@pytest.fixture
def shown(world, run_as):
    """`shown(**filter)`: the first letters of the codes that Alice of VAK is shown."""

    def first_letters(listing: CodeListing | None = None, **wanted) -> list[str]:
        listing = replace(listing or CodeListing(), wanted=CodeFilter(**wanted))
        page = run_as(world.cast.alice, payment_codes.overview, listing=listing)
        assert page.total == len(page.rows)
        return [row.code[:4] for row in page.rows]

    return first_letters


@pytest.mark.covers("V-25", "V-26", "V-29", "V-30", "V-31", "V-32")
def test_a_code_is_shown_with_everything_the_source_shows(world, run_as):
    wanted = CodeListing(CodeFilter(words="3K2R1S"))

    page = run_as(world.cast.alice, payment_codes.overview, listing=wanted)

    assert tuple(row.code for row in page.rows) == SOURCE_CODES
    row = page.rows[0]
    assert (row.profile, row.organisation, row.contact, row.reference, row.batch) == (
        "Vakmanschap CO",
        "Vakmanschap Demo",
        "Veldhuis, Sanne",
        "Test",
        "3K2R1S",
    )
    assert row.created_at == SOURCE_MOMENT
    assert (row.status, row.used_at, row.used_by) == (CodeStatus.USABLE, None, "")


@pytest.mark.covers("V-26")
def test_a_used_code_names_its_user_and_leads_to_a_candidate_one_may_see(world, run_as):
    wanted = CodeListing(CodeFilter(status=CodeStatus.USED))

    by_code = {
        row.code[:4]: row
        for row in run_as(world.cast.alice, payment_codes.overview, listing=wanted).rows
    }

    assert by_code["BBBB"].used_by == "Berg, Jan van den"
    assert by_code["BBBB"].enrolment_id == world.enrolment.key
    assert (by_code["CCCC"].used_by, by_code["CCCC"].enrolment_id) == ("Vreemd, Piet", None)


@pytest.mark.covers("V-26")
def test_an_inactive_code_says_who_when_and_why(world, run_as, now):
    wanted = CodeListing(CodeFilter(status=CodeStatus.INACTIVE))

    (row,) = run_as(world.cast.alice, payment_codes.overview, listing=wanted).rows

    assert (row.inactive_by, row.inactive_at, row.inactive_reason) == (
        "Veldhuis, Sanne",
        now,
        "Dubbel besteld",
    )


@pytest.mark.covers("V-27", "V-36")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("EXZA-8F5E-XG5W-U22J", ["EXZA"]),
        ("exza8f5exg5wu22j", ["EXZA"]),
        ("EXZA 8F5E XG5W U22J", ["EXZA"]),
        ("#8QW40B", ["AAAA", "BBBB", "CCCC", "DDDD"]),
        ("Batch #8QW40B", ["AAAA", "BBBB", "CCCC", "DDDD"]),
        ("8qw40b", ["AAAA", "BBBB", "CCCC", "DDDD"]),
        ("opleiding q1", ["AAAA", "BBBB", "CCCC", "DDDD"]),
        ("jan van den berg", ["BBBB"]),
        ("Berg, Jan", ["BBBB"]),
        ("opleiding berg", ["BBBB"]),
        ("100%", []),
        ("_", []),
        ("geheim", []),
    ],
)
def test_keywords_find_code_reference_batch_and_user(shown, words, found):
    assert shown(words=words) == found


@pytest.mark.covers("V-27", "V-33")
def test_each_filter_narrows(shown, world):
    everything = ["AAAA", "BBBB", "CCCC", "DDDD", "EEEE", "EXZA", "E2ZA", "D8ZA", "45ZA", "DHZA"]
    assert shown() == everything
    assert shown(profile="Monteur") == everything[:4]
    assert shown(organisation_id=world.cast.vak.key) == everything
    assert shown(status=CodeStatus.USABLE) == ["AAAA", *everything[5:]]
    assert shown(status=CodeStatus.USED) == ["BBBB", "CCCC"]
    assert shown(status=CodeStatus.INACTIVE) == ["DDDD"]
    assert shown(status=CodeStatus.EXPIRED) == ["EEEE"]
    assert shown(profile="Monteur", status=CodeStatus.USED, words="jan") == ["BBBB"]


@pytest.mark.covers("V-27", "V-36")
def test_both_days_are_included_by_the_clock_of_brussels(shown, world):
    factories.make_code(
        factories.make_batch(
            world.cast.vak,
            world.craft,
            created_at=datetime(2024, 6, 30, 22, 30, tzinfo=UTC),  # 1 July, 00:30 in Brussels
        ),
        code="FFFF-2222-3333-4444",
    )
    assert shown(created_from=date(2022, 4, 22), created_to=date(2022, 4, 22)) == [
        code[:4] for code in SOURCE_CODES
    ]
    assert shown(created_to=date(2022, 4, 21)) == []
    assert shown(created_from=date(2024, 7, 1), created_to=date(2024, 7, 1)) == ["FFFF"]
    assert shown(created_from=date(2024, 6, 30), created_to=date(2024, 6, 30)) == []
    assert shown(created_to=date(2199, 12, 31))[:2] == ["AAAA", "BBBB"]


@pytest.mark.parametrize(
    ("order", "up", "down"),
    [
        (CodeOrder.CODE, "45ZA", "EXZA"),
        (CodeOrder.ORGANISATION, "AAAA", "AAAA"),
        (CodeOrder.CONTACT, "EXZA", "EXZA"),  # the only batch with one
        (CodeOrder.REFERENCE, "EEEE", "EXZA"),
        (CodeOrder.CREATED, "EXZA", "AAAA"),
        (CodeOrder.USED, "CCCC", "BBBB"),
        (CodeOrder.USED_BY, "BBBB", "CCCC"),
    ],
)
def test_every_column_sorts_both_ways_with_what_is_empty_last(shown, order, up, down):
    flat = CodeListing(order=order, per_batch=False)

    assert shown(replace(flat, descending=False))[0] == up
    assert shown(replace(flat, descending=True))[0] == down


def test_per_batch_every_batch_stays_together_whatever_sorts(shown):
    by_code = shown(CodeListing(order=CodeOrder.CODE, descending=True, per_batch=True))

    assert by_code == [
        *["DDDD", "CCCC", "BBBB", "AAAA"],
        "EEEE",
        *["EXZA", "E2ZA", "DHZA", "D8ZA", "45ZA"],
    ]


@pytest.mark.covers("V-28")
def test_pages_follow_each_other_without_a_gap(world, run_as):
    batch = factories.make_batch(world.cast.vak, world.craft, created_at=LATER + timedelta(days=1))
    for _ in range(30):
        factories.make_code(batch)

    def page(number: int) -> payment_codes.CodePage:
        return run_as(
            world.cast.alice, payment_codes.overview, listing=CodeListing(page=number, size=25)
        )

    first, second, beyond = page(1), page(2), page(9)

    assert (first.total, len(first.rows), len(second.rows)) == (40, 25, 15)
    assert len({row.code for row in (*first.rows, *second.rows)}) == 40
    assert (beyond.page, beyond.rows) == (2, second.rows)


def test_a_meter_counts_its_whole_batch_not_the_page(world, run_as):
    wanted = CodeListing(CodeFilter(words="8QW40B", status=CodeStatus.USED))

    (meter,) = run_as(world.cast.alice, payment_codes.overview, listing=wanted).batches

    assert (meter.number, meter.reference) == ("8QW40B", "Opleiding Q1")
    assert meter.figures == {
        CodeStatus.USABLE: 1,
        CodeStatus.USED: 2,
        CodeStatus.INACTIVE: 1,
        CodeStatus.EXPIRED: 0,
    }


def test_the_stock_counts_what_can_still_be_used_whatever_is_filtered(world, run_as):
    wanted = CodeListing(CodeFilter(words="nergens"))

    frame = run_as(world.cast.alice, payment_codes.overview, listing=wanted).frame

    assert frame.stock == {
        CodeStatus.USABLE: 6,
        CodeStatus.USED: 2,
        CodeStatus.INACTIVE: 1,
        CodeStatus.EXPIRED: 1,
    }
    assert frame.profiles == ("Monteur", "Vakmanschap CO")
    assert [one.name for one in frame.organisations] == ["Vakmanschap Demo"]
    assert frame.may_export is True


# --- who sees what --------------------------------------------------------------------


@pytest.mark.covers("V-25", "V-33")
def test_another_organisation_does_not_exist(world, run_as):
    seen = run_as(world.cast.charlie, payment_codes.overview, listing=CodeListing())
    asked = CodeListing(CodeFilter(organisation_id=world.cast.vak.key))

    assert [row.code[:4] for row in seen.rows] == ["ZZZZ"]
    assert sum(seen.frame.stock.values()) == 1
    assert run_as(world.cast.charlie, payment_codes.overview, listing=asked).total == 0
    with pytest.raises(NotFound):
        run_as(
            acting_as(world.cast.charlie, world.cast.vak),
            payment_codes.overview,
            listing=CodeListing(),
        )


def test_staff_see_all_codes_and_a_stock_only_of_a_chosen_organisation(world, run_as):
    everywhere = run_as(world.cast.sam, payment_codes.overview, listing=CodeListing())
    chosen = run_as(
        acting_as(world.cast.sam, world.cast.jon), payment_codes.overview, listing=CodeListing()
    )

    assert (everywhere.total, everywhere.is_exact, everywhere.frame.stock) == (11, True, None)
    assert (chosen.total, chosen.frame.stock[CodeStatus.USABLE]) == (1, 1)


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

    page = run_as(person, payment_codes.overview, listing=CodeListing())

    assert (page.total, page.frame.may_export) == (11, False)
    with pytest.raises(NotAllowed):
        run_as(person, payment_codes.begin_export, wanted=CodeFilter(), file="csv")
    with pytest.raises(NotAllowed):
        list(run_through(payment_codes.export, acting_as(person), wanted=CodeFilter()))
