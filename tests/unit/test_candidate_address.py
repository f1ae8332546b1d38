"""The address of the overview: read, written, and read again."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.errors import Text
from portal_app.models import EnrolmentStatus, StepKind
from portal_app.services.candidate_address import (
    ATTENTION_WORDS,
    KIND_WORDS,
    ORDER_WORDS,
    STANDING_WORDS,
    STATUS_WORDS,
    read_address,
    sorted_otherwise,
)
from portal_app.services.candidate_filters import Attention, CandidateFilter, Standing
from portal_app.services.candidate_order import Order

TODAY = date(2026, 3, 2)


def read(address: str):
    return read_address(dict(parse_qsl(address)), today=TODAY)


@pytest.mark.covers("V-20")
@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("", CandidateFilter()),
        ("trefwoorden=+jan+de+wit+", CandidateFilter(words="jan de wit")),
        ("tab=VCO", CandidateFilter(route="VCO")),
        ("tab=all", CandidateFilter()),
        ("tab=aandacht", CandidateFilter(needs_attention=True)),
        ("status=herkansing", CandidateFilter(status=EnrolmentStatus.RESIT)),
        ("stap=theorietoets", CandidateFilter(step=StepKind.THEORY_TEST)),
        ("stand=e-learning.onderweg",
         CandidateFilter(stands=(StepKind.E_LEARNING, Standing.UNDER_WAY))),
        ("aandacht=verloopt", CandidateFilter(attention=Attention.EXPIRES)),
        ("organisatie=7", CandidateFilter(organisation_id=7)),
        ("van=1-2-2026", CandidateFilter(registered_from=date(2026, 2, 1))),
        ("van=2026-02-01&tot=2026-02-01",
         CandidateFilter(registered_from=date(2026, 2, 1), registered_to=date(2026, 2, 1))),
        ("geldig=31/12/2026", CandidateFilter(valid_before=date(2026, 12, 31))),
        ("geldig=2026-12", CandidateFilter(expires=(date(2026, 12, 1), date(2027, 1, 1)))),
        ("geldig=2026-03", CandidateFilter(expires=(TODAY, date(2026, 4, 1)))),
    ],
)  # fmt: skip
def test_each_part_asks_for_one_thing(address, wanted):
    asked = read(address)
    assert asked.filter == wanted
    assert not asked.mistakes


@pytest.mark.parametrize(
    "junk",
    [
        "status=nonsense", "stap=", "stand=theorietoets", "stand=.", "aandacht=alles",
        "organisatie=-1", "organisatie=1e9", "organisatie=9999999999", "pagina=0", "pagina=x",
        "aantal=1000", "sortering=--naam", "sortering=drop+table", "onbekend=1", "org=abc",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out(junk):
    asked = read(junk)
    assert asked.filter == CandidateFilter()
    assert (asked.query(), asked.page, asked.size) == ("", 1, 25)


@pytest.mark.covers("V-36")
def test_until_before_from_is_explained_and_does_not_narrow():
    asked = read("van=2026-02-02&tot=2026-02-01")
    assert asked.mistakes == {
        "tot": Text(
            "errors.date_order",
            {"field": Text("candidates.registered_to"), "date": "02-02-2026"},
        )
    }
    assert asked.filter == CandidateFilter(registered_from=date(2026, 2, 2))
    assert asked.query() == "van=2026-02-02&tot=2026-02-01", "what was typed stays to be seen"


@pytest.mark.parametrize("field", ["van", "tot", "geldig"])
@pytest.mark.parametrize("typed", ["31-02-2026", "morgen", "1-1-26"])
def test_a_date_that_cannot_be_read_is_explained_and_kept(field, typed):
    asked = read(f"{field}={typed}")
    assert set(asked.mistakes) == {field}
    assert asked.given[field] == typed
    assert asked.filter == CandidateFilter()


STANDS = [f"{kind}.{how}" for kind in KIND_WORDS.values() for how in STANDING_WORDS.values()]
EVERY_PART = st.fixed_dictionaries(
    {},
    optional={
        "tab": st.sampled_from(["VCO", "all", "aandacht", "ontkoppeld"]),
        "trefwoorden": st.text(max_size=130),
        "status": st.sampled_from([*STATUS_WORDS.values(), "?"]),
        "stap": st.sampled_from([*KIND_WORDS.values(), "?"]),
        "stand": st.sampled_from(STANDS),
        "aandacht": st.sampled_from([*ATTENTION_WORDS.values(), "?"]),
        "organisatie": st.sampled_from(["1", "0", "zes", "123456789"]),
        "van": st.sampled_from(["2026-01-01", "1.2.2026", "nooit", ""]),
        "tot": st.sampled_from(["2026-01-31", "31-1-2026", "2025-01-01", "-"]),
        "geldig": st.sampled_from(["2026-12", "2026-13", "1-1-2027", "ooit"]),
        "sortering": st.sampled_from([*ORDER_WORDS.values(), "-geldig", "-naam"]),
        "pagina": st.sampled_from(["1", "2", "99", "1000000", "-3"]),
        "aantal": st.sampled_from(["25", "50", "100", "26"]),
        "org": st.sampled_from(["3", "drie"]),
    },
)  # fmt: skip


@given(EVERY_PART)
def test_an_address_that_was_written_reads_the_same(parts):
    asked = read_address(parts, today=TODAY)
    again = read(asked.query(pagina=str(asked.page)))
    assert again.filter == asked.filter
    assert (again.order, again.descending, again.page, again.size, again.mistakes) == (
        asked.order,
        asked.descending,
        asked.page,
        asked.size,
        asked.mistakes,
    )


def test_another_filter_starts_at_the_first_page_and_keeps_the_rest():
    asked = read("tab=VCO&trefwoorden=jan&pagina=3&aantal=50&org=4")
    assert asked.href(status="lopend") == (
        "/overzicht?tab=VCO&trefwoorden=jan&status=lopend&aantal=50&org=4"
    )
    assert asked.cleared() == "/overzicht?tab=VCO&aantal=50&org=4"


def test_a_heading_sorts_first_upwards_and_then_the_other_way():
    there = sorted_otherwise(read("tab=all"), Order.VALID_UNTIL)
    assert there == "/overzicht?tab=all&sortering=geldig"
    back = sorted_otherwise(read("tab=all&sortering=geldig"), Order.VALID_UNTIL)
    assert back == "/overzicht?tab=all&sortering=-geldig"
    assert sorted_otherwise(read("tab=all"), Order.NAME) == "/overzicht?tab=all&sortering=-naam"
