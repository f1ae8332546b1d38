"""Reading payment codes and batch numbers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.languages import LOCALES, say
from portal_app.reading_codes import (
    PAYMENT_ALPHABET,
    normalise_payment_code,
    payment_check,
    read_batch_number,
    typing_error_hint,
)

FROM_THE_SOURCES = (
    "EXZA-8F5E-XG5W-U22J",
    "E2ZA-8HG6-PH5W-SUSJ",
    "D8ZA-8EFH-SP5W-U3TG",
    "45ZA-8GU2-C25W-TG6Z",
    "DHZA-8WJ2-7Z5W-SD5C",
)
MISTYPED = (
    "We kennen deze betaalcode niet. Waarschijnlijk is er een teken verkeerd getypt."
    " Controleer de code."
)


@pytest.mark.covers("V-31")
def test_payment_alphabet_is_that_of_the_source() -> None:
    assert set("".join(FROM_THE_SOURCES)) - {"-"} <= set(PAYMENT_ALPHABET)
    assert not set(PAYMENT_ALPHABET) & set("019BIKLMNOQRVY")


@pytest.mark.covers("V-31")
@pytest.mark.parametrize(
    "typed",
    [
        "EXZA-8F5E-XG5W-U22J",
        "exza8f5exg5wu22j",
        " EXZA 8F5E XG5W U22J ",
        "EXZA–8F5E–XG5W–U22J",
        "EXZA-8F5E-\nXG5W-U22J",
        "e x z a 8 f 5 e x g 5 w u 2 2 j",
    ],
)
def test_payment_code_is_kept_in_one_form(typed: str) -> None:
    assert normalise_payment_code(typed) == "EXZA-8F5E-XG5W-U22J"


def test_part_of_a_payment_code_can_be_searched_for() -> None:
    assert normalise_payment_code("exza 8f") == "EXZA8F"
    assert normalise_payment_code("") == ""


@given(
    st.text(PAYMENT_ALPHABET, min_size=15, max_size=15),
    st.integers(0, 15),
    st.sampled_from(PAYMENT_ALPHABET),
)
def test_one_wrong_character_shows(first: str, place: int, other: str) -> None:
    check = payment_check(first)
    if check is None:
        return
    code = first + check
    assert typing_error_hint(code) is None
    wrong = code[:place] + other + code[place + 1 :]
    assert (typing_error_hint(wrong) is None) == (wrong == code)


@given(st.text(PAYMENT_ALPHABET, min_size=15, max_size=15), st.integers(0, 14))
def test_two_neighbours_in_each_others_place_show(first: str, place: int) -> None:
    check = payment_check(first)
    if check is None:
        return
    code = first + check
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (typing_error_hint(swapped) is None) == (swapped == code)


def test_about_one_in_23_has_no_check_character() -> None:
    draw = random.Random(1)  # noqa: S311  # no secret: the same numbers in every run
    drawn = ["".join(draw.choices(PAYMENT_ALPHABET, k=15)) for _ in range(4600)]
    without = sum(payment_check(first) is None for first in drawn)
    assert 120 < without < 280


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("EXZA-8F5E-XG5W-U22", "Een betaalcode heeft 16 tekens. U vulde er 15 in."),
        (
            "EXZA-8F5E-XG5W-U220",
            "In een betaalcode komt het teken 0 niet voor. Controleer de code.",
        ),
        (
            "E2ZA-8HG6-PH5W-SUSJ",
            MISTYPED,
        ),
    ],
)
def test_hint_says_what_may_be_mistyped(typed: str, sentence: str) -> None:
    hint = typing_error_hint(typed)
    assert hint is not None
    assert say(hint, "nl") == sentence
    assert all(say(hint, locale) for locale in LOCALES)


@pytest.mark.covers("V-32")
def test_batch_number_is_read_with_or_without_its_sign() -> None:
    assert read_batch_number(" #3k2r1s ") == "3K2R1S"
    assert read_batch_number("3K2R1S") == "3K2R1S"
    assert read_batch_number("3K2R1") is None
