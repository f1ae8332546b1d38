"""The address of the payment codes says everything that the page shows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.errors import Text
from portal_app.reading_payment_codes import (
    CodeFilter,
    CodeListing,
    CodeOrder,
    CodeStatus,
    read_code_filter,
    read_code_listing,
)
from portal_app.reading_text import cleaned

ALL_OF_IT = {
    "trefwoorden": "#3K2R1S",
    "organisatie": "7",
    "profiel": "Vakmanschap CO",
    "van": "01-01-2022",
    "tot": "31-12-2022",
    "status": "te-gebruiken",
    "sortering": "gebruikt-door",
    "groepeer": "nee",
    "aantal": "50",
    "pagina": "3",
}

WORDS = st.text(st.characters(categories=("L", "N", "P")), max_size=30).map(cleaned)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def filters() -> st.SearchStrategy[CodeFilter]:
    def in_order(wanted: CodeFilter) -> bool:
        first, last = wanted.created_from, wanted.created_to
        return not (first and last and last < first)

    return st.builds(
        CodeFilter,
        words=WORDS,
        organisation_id=st.none() | st.integers(0, 2**31 - 1),
        profile=WORDS,
        created_from=st.none() | DAYS,
        created_to=st.none() | DAYS,
        status=st.none() | st.sampled_from(CodeStatus),
    ).filter(in_order)


@pytest.mark.covers("V-27", "V-33")
def test_an_address_is_read_in_full():
    assert read_code_listing(ALL_OF_IT) == CodeListing(
        CodeFilter(
            "#3K2R1S",
            7,
            "Vakmanschap CO",
            date(2022, 1, 1),
            date(2022, 12, 31),
            CodeStatus.USABLE,
        ),
        CodeOrder.USED_BY,
        descending=False,
        per_batch=False,
        page=3,
        size=50,
    )


def test_an_address_is_written_as_it_was_read():
    assert read_code_listing(ALL_OF_IT).query() == ALL_OF_IT


@given(
    st.builds(
        CodeListing,
        wanted=filters(),
        order=st.sampled_from(CodeOrder),
        descending=st.booleans(),
        per_batch=st.booleans(),
        page=st.integers(1, 100_000),
        size=st.sampled_from((25, 50, 100)),
    )
)
def test_every_listing_comes_back_from_its_own_address(listing):
    assert read_code_listing(listing.query()) == listing


def test_the_bare_address_shows_the_newest_batch_first_and_says_nothing():
    listing = read_code_listing({})

    assert (listing.order, listing.descending, listing.per_batch) == (CodeOrder.CREATED, True, True)
    assert listing.query() == {}


@pytest.mark.parametrize(
    "junk",
    [
        {"organisatie": "7 or 1=1"},
        {"organisatie": "-7"},
        {"organisatie": "\N{ARABIC-INDIC DIGIT SEVEN}"},
        {"organisatie": "9" * 40},
        {"status": "kapot"},
        {"sortering": "search"},
        {"sortering": "-"},
        {"pagina": "0"},
        {"pagina": "-1"},
        {"pagina": "1e3"},
        {"aantal": "5000"},
        {"groepeer": "misschien"},
    ],
)
def test_what_cannot_be_read_asks_for_nothing(junk):
    assert read_code_listing(junk) == CodeListing()


def test_words_and_profile_have_a_longest():
    wanted, _ = read_code_filter({"trefwoorden": "a" * 5000, "profiel": "b" * 5000})

    assert (len(wanted.words), len(wanted.profile)) == (200, 200)


@pytest.mark.covers("V-36")
def test_until_before_from_is_told_at_until_and_narrows_nothing():
    wanted, mistakes = read_code_filter({"van": "22-04-2026", "tot": "21-04-2026"})

    assert mistakes == {
        "tot": Text(
            "errors.date_order",
            {"field": Text("payment_codes.created_to"), "date": "22-04-2026"},
        )
    }
    assert (wanted.created_from, wanted.created_to) == (date(2026, 4, 22), None)


def test_the_same_day_twice_is_one_day():
    wanted, mistakes = read_code_filter({"van": "22-04-2022", "tot": "2022-04-22"})

    assert not mistakes
    assert wanted.created_from == wanted.created_to == date(2022, 4, 22)


@pytest.mark.parametrize("typed", ["31-02-2022", "gisteren", "22-04-22", "22-04-0001"])
def test_a_day_that_does_not_exist_is_told_where_it_was_typed(typed):
    wanted, mistakes = read_code_filter({"van": typed, "tot": "31-12-2022"})

    assert list(mistakes) == ["van"]
    assert (wanted.created_from, wanted.created_to) == (None, date(2022, 12, 31))


@pytest.mark.parametrize(
    ("pressed", "descending"),
    [(CodeOrder.CREATED, False), (CodeOrder.CODE, False), (CodeOrder.USED_BY, False)],
)
def test_a_column_sorts_up_first_and_the_moment_down(pressed, descending):
    assert CodeListing(page=4).sorted_by(pressed) == CodeListing(
        order=pressed, descending=descending
    )


def test_the_same_column_again_turns_the_order_around():
    once = CodeListing().sorted_by(CodeOrder.USED)

    assert once.sorted_by(CodeOrder.USED).descending is True
    assert once.sorted_by(CodeOrder.USED).sorted_by(CodeOrder.USED).descending is False


def test_back_to_the_moment_shows_the_newest_first():
    assert CodeListing().sorted_by(CodeOrder.CODE).sorted_by(CodeOrder.CREATED) == CodeListing()
