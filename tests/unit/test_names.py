"""Names of people: how lists show them, sort them and find them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.names import PersonName, company_sort, folded

JAN = PersonName(given="Jan", infix="van den", family="Berg")


@pytest.mark.covers("X-04")
def test_list_shows_infix_behind_given_name() -> None:
    assert JAN.listed == "Berg, Jan van den"


@pytest.mark.covers("V-30")
def test_list_shows_family_name_first() -> None:
    assert PersonName(given="Sanne", family="Veldhuis").listed == "Veldhuis, Sanne"


def test_greeting_uses_the_name_as_it_is_spoken() -> None:
    assert JAN.full == "Jan van den Berg"


@pytest.mark.parametrize(
    ("name", "listed", "full", "initials"),
    [
        (PersonName(given="", family=""), "", "", ""),
        (PersonName(given="Zoë", family=""), "Zoë", "Zoë", "Z"),
        (PersonName(given="", family="Çelik"), "Çelik", "Çelik", "Ç"),
        (
            PersonName(given="Anne-Marie", family="De Smet"),
            "De Smet, Anne-Marie",
            "Anne-Marie De Smet",
            "AD",
        ),
        (PersonName(given="élise", family="ßtern"), "ßtern, élise", "élise ßtern", "ÉS"),
    ],
)
def test_missing_or_unusual_parts_leave_no_traces(
    name: PersonName, listed: str, full: str, initials: str
) -> None:
    assert (name.listed, name.full, name.initials) == (listed, full, initials)


def test_names_sort_by_family_name_without_infix_then_given_name() -> None:
    names = [  # shuffled by hand
        PersonName(given="Иван", family="Петров"),
        PersonName(given="Anna", family="Berger"),
        PersonName(given="Özlem", family="Berg"),
        PersonName(given="Jan", infix="van den", family="Berg"),
        PersonName(given="Ayşe", family="Çelik"),
        PersonName(given="Bert", family="De Smet"),
        PersonName(given="Aad", family="Desmet"),
        PersonName(given="Łukasz", family="Øster"),
        PersonName(given="Zoë", family="'t Zand"),
    ]

    in_order = sorted(names, key=lambda name: name.name_sort)

    assert [name.listed for name in in_order] == [
        "Berg, Jan van den",
        "Berg, Özlem",
        "Berger, Anna",
        "Çelik, Ayşe",
        "De Smet, Bert",
        "Desmet, Aad",
        "Øster, Łukasz",
        "'t Zand, Zoë",
        "Петров, Иван",
    ]


def test_companies_sort_alike_however_their_names_are_written() -> None:
    names = ["Élan 10", "'t Hof", "ELAN", "De Smet", "Desmet", "Élan & Co", "Łódź Bouw"]

    in_order = sorted(names, key=company_sort)

    assert in_order == ["De Smet", "Desmet", "ELAN", "Élan 10", "Élan & Co", "Łódź Bouw", "'t Hof"]
    assert company_sort("Élan & Co").startswith(company_sort("elan c"))


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=10))
def test_name_sort_holds_nothing_that_a_collation_could_skip(
    given_name: str, family: str, infix: str
) -> None:
    key = PersonName(given=given_name, family=family, infix=infix).name_sort
    assert re.fullmatch(r"[a-z0-9]*", key)
    assert re.fullmatch(r"[a-z0-9]*", company_sort(family))


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("Zoë Çelik", "zoe celik"),
        ("Łukasz Ørsted", "LUKASZ ORSTED"),
        ("Weiß", "weiss"),
        ("Weiss", "WEIẞ"),
        ("D\N{RIGHT SINGLE QUOTATION MARK}Hondt", "d'hondt"),
        ("İpek", "ipek"),
        ("  Jan   van  den Berg ", "jan van den berg"),
    ],
)
def test_search_finds_a_name_however_it_is_typed(shown: str, typed: str) -> None:
    assert folded(typed) == folded(shown)


def test_search_finds_a_person_in_both_orders() -> None:
    text = JAN.search_text
    assert folded("Jan van den Berg") in text
    assert folded("Berg Jan") in text


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)
