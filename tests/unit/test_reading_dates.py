"""Reading dates as people type and choose them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.languages import LOCALES, say
from portal_app.reading_dates import read_birth_date, read_day, read_optional_day
from portal_app.reading_text import Misread

TODAY = date(2026, 3, 2)


@pytest.mark.covers("V-27")
@pytest.mark.parametrize(
    "typed",
    [
        "1-4-2022",
        "01-04-2022",
        "01/04/2022",
        "1.4.2022",
        "1 4 2022",
        "2022-04-01",
        " 1 - 4 - 2022 ",
        "1\N{EN DASH}4\N{EN DASH}2022",
    ],
)
def test_date_is_read_however_it_is_typed(typed: str) -> None:
    assert read_optional_day(typed) == date(2022, 4, 1)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from("-/. "))
def test_every_date_is_read_back_in_both_orders(day: date, separator: str) -> None:
    assert read_day(f"{day.day}{separator}{day.month}{separator}{day.year}") == day
    assert read_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "typed",
    ["gisteren", "1-4-22", "4/2022", "20220401", "1-4-20222", "1-4-1899", "1-4-2200"],
)
def test_date_in_no_known_form_is_explained(typed: str) -> None:
    with pytest.raises(Misread) as misread:
        read_optional_day(typed)
    assert (
        say(misread.value.text, "nl")
        == "Vul de datum in als dag-maand-jaar, bijvoorbeeld 22-04-2026."
    )


@pytest.mark.parametrize("typed", ["31-2-2026", "2026-02-31", "0-1-2026", "1-13-2026"])
def test_date_that_does_not_exist_is_named(typed: str) -> None:
    with pytest.raises(Misread) as misread:
        read_optional_day(typed)
    assert misread.value.text.key == "errors.date_impossible"
    assert "2026 " in say(misread.value.text, "nl")
    assert all(say(misread.value.text, locale) for locale in LOCALES)


def test_date_may_be_left_empty_only_where_it_is_optional() -> None:
    assert read_optional_day(" ") is None
    with pytest.raises(Misread):
        read_day(" ")


@given(st.text())
def test_any_text_is_a_date_or_explained(text: str) -> None:
    try:
        read_optional_day(text)
        read_birth_date(text, text, text, today=TODAY)
    except Misread as misread:
        assert say(misread.text, "nl")  # noqa: PT017  # both outcomes are right


def test_birth_date_is_read_from_three_lists() -> None:
    assert read_birth_date("12", "4", "1985", today=TODAY) == date(1985, 4, 12)


@pytest.mark.covers("M-36")
@pytest.mark.parametrize(
    ("day", "month", "year", "sentence"),
    [
        ("", "", "", "Vul uw geboortedatum in."),
        ("12", "", "1985", "Kies ook een maand bij uw geboortedatum."),
        ("", "4", "1985", "Kies ook een dag bij uw geboortedatum."),
        ("12", "4", "", "Kies ook een jaar bij uw geboortedatum."),
        ("12", "", "", "Kies ook een maand bij uw geboortedatum."),
        ("12", "april", "1985", "Kies ook een maand bij uw geboortedatum."),
        ("12", "13", "1985", "Kies ook een maand bij uw geboortedatum."),
        ("31", "2", "1985", "31 februari bestaat niet. Controleer uw geboortedatum."),
        ("31", "6", "1985", "31 juni bestaat niet. Controleer uw geboortedatum."),
        ("29", "2", "1985", "29 februari 1985 bestaat niet. Controleer uw geboortedatum."),
        ("2", "3", "2026", "Uw geboortedatum moet in het verleden liggen."),
        ("3", "3", "2026", "Uw geboortedatum moet in het verleden liggen."),
        ("3", "3", "2011", "U moet ten minste 15 jaar zijn. Controleer uw geboortedatum."),
        ("2", "3", "1905", "Controleer het jaar van uw geboortedatum."),
    ],
)
def test_birth_date_that_cannot_be_is_explained(
    day: str, month: str, year: str, sentence: str
) -> None:
    with pytest.raises(Misread) as misread:
        read_birth_date(day, month, year, today=TODAY)
    assert say(misread.value.text, "nl") == sentence
    assert all(say(misread.value.text, locale) for locale in LOCALES)


@pytest.mark.covers("M-36")
def test_birthday_itself_counts_for_the_youngest_and_the_oldest() -> None:
    assert read_birth_date("2", "3", "2011", today=TODAY)
    assert read_birth_date("3", "3", "1905", today=TODAY)
    assert read_birth_date("29", "2", "2004", today=TODAY) == date(2004, 2, 29)
