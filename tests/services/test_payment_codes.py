"""The list of payment codes: what it finds, what it shows of that, and in which order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portal_app.reading_payment_codes import CodeFilter, CodeListing, CodeOrder, CodeStatus
from portal_app.services import payment_code_frame, payment_codes
from tests import factories
from tests.services.code_world import LATER, SOURCE_CODES, SOURCE_MOMENT, lay_out


@pytest.fixture
def world(cast):
    return lay_out(cast)


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


@pytest.mark.covers("V-26", "V-36")
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


def test_the_stock_counts_what_can_still_be_used(world, run_as):
    frame = run_as(world.cast.alice, payment_code_frame.frame)

    assert frame.stock == {
        CodeStatus.USABLE: 6,
        CodeStatus.USED: 2,
        CodeStatus.INACTIVE: 1,
        CodeStatus.EXPIRED: 1,
    }
    assert frame.profiles == ("Monteur", "Vakmanschap CO")
    assert [one.name for one in frame.organisations] == ["Vakmanschap Demo"]
    assert frame.may_export is True
