"""Reading the numbers and codes of organisations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.errors import Text
from portal_app.languages import LOCALES, say
from portal_app.reading_numbers import (
    Province,
    masked_iban,
    read_branch_number,
    read_enterprise_number,
    read_iban,
    read_kvk_number,
    read_organisation_code,
    read_province,
    shown_enterprise_number,
    shown_iban,
    shown_unit,
)
from portal_app.reading_text import Misread


@pytest.mark.covers("M-33")
@pytest.mark.parametrize(
    "typed",
    [
        "1999.000.150",
        "1999000150",
        " 1999 000 150 ",
        "BE 1999.000.150",
        "be1999000150",
        "BTW BE 1999.000.150",
        "BE-1999-000-150",
        "TVA: BE1999.000.150",
        "1999\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}150",
    ],
)
def test_enterprise_number_is_read_however_it_is_typed(typed: str) -> None:
    assert read_enterprise_number(typed) == "1999000150"


def test_enterprise_number_of_before_2005_gets_its_zero() -> None:
    assert read_enterprise_number("403.019.261") == "0403019261"
    assert read_enterprise_number("BE (0)403.019.261") == "0403019261"


def test_enterprise_number_is_shown_as_people_know_it() -> None:
    assert shown_enterprise_number("1999000150") == "1999.000.150"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul het ondernemingsnummer in."),
        ("BE", "Vul het ondernemingsnummer in."),
        *(
            (wrong, "Een ondernemingsnummer heeft 10 cijfers. Controleer het nummer.")
            for wrong in (
                "1999.000.15",
                "1999.000.1500",
                "NL123456789B01",
                "geen",
                "1999.000.15O",
            )
        ),
        *(
            (wrong, "Dit ondernemingsnummer klopt niet. Controleer de 10 cijfers.")
            for wrong in ("1999.000.151", "BE 2999.000.150", "0000000000")
        ),
    ],
)
def test_enterprise_number_that_cannot_be_is_explained(typed: str, sentence: str) -> None:
    with pytest.raises(Misread) as misread:
        read_enterprise_number(typed)
    assert say(misread.value.text, "nl") == sentence


@given(st.integers(2_000_000, 19_999_999), st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_in_an_enterprise_number_is_refused(
    base: int, place: int, digit: str
) -> None:
    number = f"{base:08}{97 - base % 97:02}"
    assert read_enterprise_number(shown_enterprise_number(number)) == number
    wrong = number[:place] + digit + number[place + 1 :]
    if wrong != number:
        with pytest.raises(Misread):
            read_enterprise_number(wrong)


@given(st.text())
def test_any_text_is_read_or_explained(text: str) -> None:
    for reader in (
        read_enterprise_number,
        read_kvk_number,
        read_branch_number,
        read_province,
        read_organisation_code,
    ):
        try:
            assert reader(text).isascii()
        except Misread as misread:
            assert say(misread.text, "nl")  # noqa: PT017  # both outcomes are right


@pytest.mark.parametrize("typed", ["90004701", "9000 4701", "KvK 90004701", "kvk-nr. 9000.47.01"])
def test_kvk_number_is_read_however_it_is_typed(typed: str) -> None:
    assert read_kvk_number(typed) == "90004701"


def test_branch_number_has_12_digits() -> None:
    assert read_branch_number("0000 9000 4701") == "000090004701"


@pytest.mark.parametrize("typed", ["", "9000470", "900047011", "9000470a", "٩٠٠٠٤٧٠١"])
def test_number_with_other_than_its_digits_is_explained(typed: str) -> None:
    for reader in (read_kvk_number, read_branch_number):
        with pytest.raises(Misread) as misread:
            reader(typed)
        assert "cijfers" in say(misread.value.text, "nl")
        assert all(say(misread.value.text, locale) for locale in LOCALES)


@pytest.mark.covers("M-33")
@pytest.mark.parametrize(
    ("typed", "province"),
    [
        ("Antwerpen", Province.ANTWERPEN),
        ("west-vlaanderen", Province.WEST_VLAANDEREN),
        ("West Vlaanderen", Province.WEST_VLAANDEREN),
        ("Provincie Limburg", Province.LIMBURG),
        ("Liege", Province.LUIK),
        ("Lüttich", Province.LUIK),
        ("province de Namur", Province.NAMEN),
        ("Bruxelles", Province.BRUSSEL),
        ("Vlaams\N{NON-BREAKING HYPHEN}Brabant", Province.VLAAMS_BRABANT),
        ("Brabant wallon", Province.WAALS_BRABANT),
    ],
)
def test_province_is_read_in_every_language(typed: str, province: Province) -> None:
    assert read_province(typed) is province


@pytest.mark.covers("M-33")
def test_provinces_are_ten_and_brussels_and_are_read_back_in_every_language() -> None:
    assert len(Province) == 11
    for province in Province:
        assert {read_province(say(province.text_key, locale)) for locale in LOCALES} == {province}
        assert say(province.text_key, "nl") == province


@pytest.mark.parametrize(
    ("typed", "key"), [("", "province_empty"), ("Zeeland", "province_unknown")]
)
def test_province_that_is_none_is_explained(typed: str, key: str) -> None:
    with pytest.raises(Misread) as misread:
        read_province(typed)
    assert misread.value.text.key == f"errors.{key}"
    assert all(say(misread.value.text, locale) for locale in LOCALES)


@pytest.mark.covers("V-13")
@pytest.mark.parametrize("typed", ["VAK", "vak", " V.A.K ", "v-a-k"])
def test_organisation_code_is_kept_in_capitals(typed: str) -> None:
    assert read_organisation_code(typed) == "VAK"


@pytest.mark.covers("V-13")
@pytest.mark.parametrize("typed", ["", "VA", "VAKK", "V4K", "ÉÉN"])
def test_organisation_code_has_three_letters(typed: str) -> None:
    with pytest.raises(Misread) as misread:
        read_organisation_code(typed)
    assert say(misread.value.text, "nl") == "Een organisatiecode heeft 3 letters."


@pytest.mark.parametrize("locale", LOCALES)
def test_a_stored_province_is_said_in_the_language_of_the_reader(locale: str) -> None:
    said = {one: shown_unit(one.value) for one in Province}

    assert all(isinstance(text, Text) for text in said.values())
    assert [read_province(say(text, locale)) for text in said.values()] == list(Province)
    assert say(shown_unit("Luik"), "de") == "Lüttich"


@pytest.mark.parametrize("unit", ["000012345678", "Vestiging 3", ""])
def test_a_unit_that_is_no_province_is_said_as_it_stands(unit: str) -> None:
    assert shown_unit(unit) == unit


@pytest.mark.parametrize(
    "typed",
    [
        "BE68 5390 0754 7034",
        "be68539007547034",
        "IBAN BE68-5390-0754-7034",
        "BE68\u00a05390\u00a00754\u00a07034\n",
    ],
)
def test_an_iban_is_read_however_it_is_grouped(typed: str) -> None:
    assert read_iban(typed) == "BE68539007547034"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "iban_empty"),
        (" - ", "iban_empty"),
        ("BE68 5390 0754 7035", "iban_check"),
        ("BE68 5390 0754 703", "iban_check"),
        ("539-0075470-34", "iban"),
        ("BE68 \u0665\u0663\u0669\u0660 0754 7034", "iban"),
        ("X" * 500, "iban"),
        ("ZZ68 5390 0754 7034", "iban_check"),
    ],
)
def test_what_is_no_iban_is_refused_with_what_is_wrong(typed: str, key: str) -> None:
    with pytest.raises(Misread) as refused:
        read_iban(typed)
    assert refused.value.text.key == f"errors.{key}"


def test_an_iban_is_shown_in_groups_and_masked_to_its_end() -> None:
    assert shown_iban("BE68539007547034") == "BE68\u00a05390\u00a00754\u00a07034"
    assert masked_iban("BE68539007547034") == "BE…\u00a07034"
