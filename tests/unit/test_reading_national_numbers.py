"""Reading national register numbers: of either century, and of who is not in the register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.languages import say
from portal_app.reading_numbers import read_national_number
from portal_app.reading_text import Misread


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("85073003328", "85073003328"),
        (" 85.07.30-033.28 ", "85073003328"),
        ("85/07/30 033 28", "85073003328"),
        ("05.02.14-001.18", "05021400118"),  # born in 2005
        ("05421400107", "05421400107"),  # a bis number, sex known
        ("85.27.30-033.71", "85273003371"),  # a bis number, sex unknown
    ],
)
def test_a_national_register_number_is_read_however_it_is_typed(typed: str, read: str) -> None:
    assert read_national_number(typed) == read


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul het rijksregisternummer in."),
        (" - ", "Vul het rijksregisternummer in."),
        *(
            (wrong, "Dit rijksregisternummer klopt niet. Controleer de 11 cijfers.")
            for wrong in ("85073003329", "8507300332", "850730033280", "85133003328", "tien")
        ),
    ],
)
def test_a_wrong_national_register_number_is_told(typed: str, sentence: str) -> None:
    with pytest.raises(Misread) as misread:
        read_national_number(typed)

    assert say(misread.value.text, "nl") == sentence


@given(st.text())
def test_whatever_is_typed_is_read_or_told(typed: str) -> None:
    try:
        read = read_national_number(typed)
    except Misread:
        return
    assert read.isascii()
    assert read.isdigit()
    assert len(read) == 11
