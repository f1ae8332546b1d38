"""Reading a whole form, and every mistake in it."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.errors import Invalid, Text
from portal_app.languages import say
from portal_app.reading import Reading, read_page_number, read_page_size
from portal_app.reading_numbers import read_organisation_code
from portal_app.reading_text import (
    Misread,
    cleaned,
    plain,
    read_key,
    read_lines,
    read_optional_text,
    read_text,
)

TODAY = date(2026, 3, 2)
LABEL = "dates.month"  # any text will do for a label


def test_form_without_mistakes_is_read_whole() -> None:
    reading = Reading(
        {
            "given_name": "  Zoë\t Marie ",
            "email": "Zoe@Voorbeeld.BE",
            "phone": "02 511 51 51",
            "username": "zoe.celik",
            "birth_date_day": "12",
            "birth_date_month": "4",
            "birth_date_year": "1985",
            "salutation": "neutral",
            "start": "1-4-2022",
            "code": "vak",
        }
    )

    read = (
        reading.text("given_name", empty="errors.given_name_empty"),
        reading.email("email"),
        reading.phone("phone"),
        reading.username("username"),
        reading.birth_date("birth_date", today=TODAY),
        reading.choice("salutation", ("mr", "mrs", "neutral"), empty="errors.salutation_empty"),
        reading.day("start"),
        reading.read("code", read_organisation_code, ""),
        reading.optional_text("infix"),
        reading.optional_phone("direct_phone"),
        reading.optional_day("until"),
    )
    reading.raise_if_wrong()

    assert read == (
        "Zoë Marie",
        "zoe@voorbeeld.be",
        "+3225115151",
        "zoe.celik",
        date(1985, 4, 12),
        "neutral",
        date(2022, 4, 1),
        "VAK",
        "",
        "",
        None,
    )


def test_every_mistake_is_told_at_once_by_field() -> None:
    reading = Reading({"email": "jan", "salutation": "koning", "birth_date_day": "3"})
    reading.text("given_name", empty="errors.given_name_empty")
    reading.email("email")
    reading.choice("salutation", ("mr", "mrs"), empty="errors.salutation_empty")
    reading.birth_date("birth_date", today=TODAY)
    reading.day("start")

    with pytest.raises(Invalid) as invalid:
        reading.raise_if_wrong()

    told = {field: text.key for field, text in invalid.value.fields.items()}
    assert told == {
        "given_name": "errors.given_name_empty",
        "email": "errors.email_form",
        "salutation": "errors.salutation_empty",
        "birth_date": "errors.birth_date_month",
        "start": "errors.date_form",
    }


def test_first_mistake_of_a_field_is_the_one_that_is_told() -> None:
    reading = Reading({})
    reading.refuse("email", Text("errors.email_empty"))
    reading.refuse("email", Text("errors.email_form"))
    with pytest.raises(Invalid) as invalid:
        reading.raise_if_wrong()
    assert invalid.value.fields == {"email": Text("errors.email_empty")}


@pytest.mark.covers("V-27", "V-36")
@pytest.mark.parametrize(
    ("start", "end", "read"),
    [
        ("22-4-2026", "22-4-2026", (date(2026, 4, 22), date(2026, 4, 22))),
        ("", "22-4-2026", (None, date(2026, 4, 22))),
        ("22-4-2026", "", (date(2026, 4, 22), None)),
        ("", "", (None, None)),
    ],
)
def test_period_may_be_one_day_or_open(
    start: str, end: str, read: tuple[date | None, date | None]
) -> None:
    reading = Reading({"from": start, "until": end})
    assert reading.period("from", "until", label=LABEL) == read
    reading.raise_if_wrong()


@pytest.mark.covers("V-36")
def test_period_that_ends_before_it_starts_is_explained_at_its_end() -> None:
    reading = Reading({"from": "22-4-2026", "until": "21-4-2026"})
    reading.period("from", "until", label=LABEL)
    with pytest.raises(Invalid) as invalid:
        reading.raise_if_wrong()
    assert list(invalid.value.fields) == ["until"]
    assert (
        say(invalid.value.fields["until"], "nl")
        == "\N{LEFT SINGLE QUOTATION MARK}Maand’ moet op of na 22-04-2026 liggen."
    )


def test_period_with_an_unreadable_day_names_only_that_day() -> None:
    reading = Reading({"from": "later", "until": "21-4-2026"})
    reading.period("from", "until", label=LABEL)
    with pytest.raises(Invalid) as invalid:
        reading.raise_if_wrong()
    assert {field: text.key for field, text in invalid.value.fields.items()} == {
        "from": "errors.date_form"
    }


@pytest.mark.covers("V-28")
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1", 1),
        (" 7 ", 7),
        ("0", 1),
        ("-1", 1),
        ("", 1),
        ("x", 1),
        ("1" * 30, 1),
        ("²", 1),
        ("٣", 1),
    ],
)
def test_page_number_is_the_first_unless_it_is_one(typed: str, number: int) -> None:
    assert read_page_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "size"), [("25", 25), ("50", 50), (" 100 ", 100), ("101", 25), ("", 25), ("x", 25)]
)
def test_page_size_is_one_of_three(typed: str, size: int) -> None:
    assert read_page_size(typed) == size


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  a \t\n b  ", "a b"),
        ("a\0b\x1b[31m", "ab[31m"),
        ("\u202eJan\u202c", "Jan"),
        ("Cafe\u0301", "Café"),
        ("क\u200dष", "क\u200dष"),
        ("李 \U0001f527", "李 \U0001f527"),
        ("\ud800x", "x"),
    ],
)
def test_text_keeps_every_script_and_loses_what_cannot_be_seen(typed: str, text: str) -> None:
    assert cleaned(typed) == text


@given(st.text())
def test_cleaned_text_is_clean(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
    assert once == once.strip()
    assert not {unicodedata.category(character) for character in once} & {"Cc", "Cs"}


@given(st.text())
def test_plain_text_stays_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_text_beyond_the_longest_is_refused_with_the_number() -> None:
    assert read_optional_text("x" * 100) == "x" * 100
    with pytest.raises(Misread) as misread:
        read_optional_text("x" * 101)
    assert say(misread.value.text, "nl") == "Dit is te lang. Gebruik ten hoogste 100 tekens."


def test_text_that_must_be_there_is_asked_for_by_name() -> None:
    with pytest.raises(Misread) as misread:
        read_text("\u200b \t", empty="errors.given_name_empty")
    assert say(misread.value.text, "nl") == "Vul uw voornaam in."


def test_a_text_of_several_lines_keeps_them_and_is_clean() -> None:
    read = read_lines("  Dag,\r\n\r\n\n\nmag\tik   erin?\u202e\n", empty="x", longest=20)

    assert read == "Dag,\n\nmag ik erin?"
    for typed, key in ((" \n\t", "errors.message_empty"), ("x" * 21, "errors.text_long")):
        with pytest.raises(Misread) as misread:
            read_lines(typed, empty="errors.message_empty", longest=20)
        assert misread.value.text.key == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [("7", 7), ("999999999", 999_999_999), ("", 0), ("-1", 0), ("1e3", 0), ("9" * 10, 0), ("٣", 0)],
)
def test_the_key_of_a_row_is_a_number_that_databases_keep(typed: str, key: int) -> None:
    assert read_key(typed) == key
