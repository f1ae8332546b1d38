"""Reading e-mail addresses, phone numbers and user names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.languages import LOCALES, say
from portal_app.reading_contact import (
    masked,
    read_email,
    read_https_address,
    read_optional_phone,
    read_optional_website,
    read_phone,
    read_username,
    shown_phone,
)
from portal_app.reading_text import Misread


@pytest.mark.covers("X-03")
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("jan@voorbeeld.be", "jan@voorbeeld.be"),
        ("  Jan.VAN.den.Berg@Voorbeeld.BE\t", "jan.van.den.berg@voorbeeld.be"),
        ("mailto:jan@voorbeeld.be", "jan@voorbeeld.be"),
        ("<jan@voorbeeld.be>", "jan@voorbeeld.be"),
        ("\u200bjan@voorbeeld.be\ufeff", "jan@voorbeeld.be"),
        ("jan@BÜRO.de", "jan@xn--bro-hoa.de"),
        ("jan@xn--bro-hoa.de", "jan@xn--bro-hoa.de"),
        ("jan+portaal@voorbeeld.be", "jan+portaal@voorbeeld.be"),
        ("jan@fonds.example", "jan@fonds.example"),
        ("jan@voorbeeld.test", "jan@voorbeeld.test"),
    ],
)
def test_email_address_is_read_in_one_form(typed: str, read: str) -> None:
    assert read_email(typed) == read
    assert read_email(read) == read


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Vul uw e-mailadres in."),
        (" \N{NO-BREAK SPACE}\u200b", "Vul uw e-mailadres in."),
        *(
            (wrong, "Vul een e-mailadres in zoals naam@voorbeeld.be.")
            for wrong in (
                "jan",
                "jan@",
                "@voorbeeld.be",
                "jan@voorbeeld",
                "jan@localhost",
                "jan voorbeeld.be",
                "jan@voor beeld.be",
                "jan..b@voorbeeld.be",
                '"jan b"@voorbeeld.be',
                "jan@[127.0.0.1]",
                "Jan Berg <jan@voorbeeld.be>",
                "jan@voorbeeld.be, piet@voorbeeld.be",
                "jan@voorbeeld.be\nBcc: piet@voorbeeld.be",
                "ján@voorbeeld.be",
                f"{'j' * 65}@voorbeeld.be",
                f"jan@{'v' * 250}.be",
            )
        ),
    ],
)
def test_email_address_that_cannot_be_is_explained(typed: str, sentence: str) -> None:
    with pytest.raises(Misread) as misread:
        read_email(typed)
    assert say(misread.value.text, "nl") == sentence


@given(st.text())
def test_email_address_is_ascii_without_spaces_or_not_read(text: str) -> None:
    try:
        read = read_email(text)
    except Misread:
        return
    assert read.isascii()
    assert read == read.casefold().strip()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("02 511 51 51", "+3225115151"),
        ("+32 2 511 51 51", "+3225115151"),
        ("0032 2/511.51.51", "+3225115151"),
        ("+32 (0)2 511 51 51", "+3225115151"),
        ("0470/12.34.56", "+32470123456"),
        ("026 - 351 31 33", "+31263513133"),
        ("026-3513133", "+31263513133"),
        ("+31 26 351 31 33", "+31263513133"),
        ("06 12 34 56 78", "+31612345678"),
        ("+352 621 123 456", "+352621123456"),
        ("+32\N{NO-BREAK SPACE}2\N{NO-BREAK SPACE}511\N{EN DASH}51\N{EN DASH}51", "+3225115151"),
    ],
)
def test_phone_number_is_read_with_or_without_country(typed: str, read: str) -> None:
    assert read_phone(typed) == read


def test_phone_number_without_country_is_of_the_first_region_it_fits() -> None:
    assert read_phone("020 624 11 11", regions=("NL", "BE")) == "+31206241111"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+32470123456", "+32 470 12 34 56"),
        ("+3225115151", "+32 2 511 51 51"),
        ("+31612345678", "+31 6 12345678"),
        ("+31263513133", "+31 26 351 3133"),
        ("+352621123456", "+352 621 123 456"),
        ("via de receptie", "via de receptie"),
        ("", ""),
    ],
)
def test_phone_number_is_shown_in_groups_on_one_line(kept: str, shown: str) -> None:
    assert shown_phone(kept) == shown.replace(
        " ", "\N{NO-BREAK SPACE}" if kept.startswith("+") else " "
    )


@pytest.mark.parametrize("number", ["02 511 51 51", "06 12 34 56 78", "+31 26 351 31 33"])
def test_phone_number_as_it_is_shown_is_read_again(number: str) -> None:
    assert read_phone(shown_phone(read_phone(number))) == read_phone(number)


@pytest.mark.parametrize(
    "typed", ["511", "02 511", "abc", "+99 123", "0" * 60, "02 511 51 51 ext 7"]
)
def test_phone_number_that_cannot_be_is_explained(typed: str) -> None:
    with pytest.raises(Misread) as misread:
        read_optional_phone(typed)
    assert say(misread.value.text, "nl") == (
        "Vul een telefoonnummer in, bijvoorbeeld 02\u00a0511\u00a051\u00a051."
    )


def test_phone_number_may_be_left_empty_only_where_it_is_optional() -> None:
    assert read_optional_phone("  ") == ""
    with pytest.raises(Misread):
        read_phone("  ")


@pytest.mark.covers("V-10", "X-03")
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sanne", "sanne"),
        ("  Sanne.Veldhuis-7 ", "Sanne.Veldhuis-7"),
        ("Zoë_Çelik", "Zoë_Çelik"),
        ("Sanne@Voorbeeld.be", "Sanne@Voorbeeld.be"),
    ],
)
def test_user_name_is_read_as_typed(typed: str, read: str) -> None:
    assert read_username(typed, own_email="sanne@voorbeeld.be") == read


@pytest.mark.covers("V-10", "X-03")
@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "username_empty"),
        ("anna", "username_short"),
        ("piet@voorbeeld.be", "username_at"),
        ("sanne veldhuis", "username_form"),
        ("sanne/veldhuis", "username_form"),
        ("s" * 65, "text_long"),
    ],
)
def test_user_name_that_cannot_be_is_explained(typed: str, key: str) -> None:
    with pytest.raises(Misread) as misread:
        read_username(typed, own_email="sanne@voorbeeld.be")
    assert misread.value.text.key == f"errors.{key}"
    assert all(say(misread.value.text, locale) for locale in LOCALES)


def test_user_name_is_no_address_without_a_verified_one() -> None:
    with pytest.raises(Misread) as misread:
        read_username("sanne@voorbeeld.be")
    assert misread.value.text.key == "errors.username_at"


def test_an_address_is_masked_but_for_its_first_letter_and_its_host() -> None:
    assert masked("nele.peeters@firma.example") == "n…@firma.example"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://berichten.voorbeeld.be/in", "https://berichten.voorbeeld.be/in"),
        ("  https://berichten.voorbeeld.be:8443 ", "https://berichten.voorbeeld.be:8443"),
    ],
)
def test_the_address_of_another_system_is_read(typed: str, read: str) -> None:
    assert read_https_address(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        *("", "berichten.voorbeeld.be", "http://voorbeeld.be", "ftp://voorbeeld.be", "https://"),
        *("https://jan:geheim@voorbeeld.be", "https://[voorbeeld.be", "javascript:alert(1)"),
        *("https://voor beeld.be", "https://voorbeeld.be/\nx", "https://bücher.example"),
        "https://voorbeeld.be/" + "x" * 500,
    ],
)
def test_what_is_no_safe_address_is_refused(typed: str) -> None:
    with pytest.raises(Misread) as misread:
        read_https_address(typed)
    assert misread.value.text.key == "errors.https_address_wrong"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("www.bedrijf.be", "https://www.bedrijf.be"),
        (
            " http://bedrijf.example/over ons ".replace(" ons", "-ons"),
            "http://bedrijf.example/over-ons",
        ),
        ("https://café.example", "https://café.example"),
        ("HTTPS://Bedrijf.example", "HTTPS://Bedrijf.example"),
    ],
)
def test_a_website_is_read_with_its_https(typed: str, read: str) -> None:
    assert read_optional_website(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "javascript://bedrijf.be/%0aalert(1)",
        "data:text/html,x",
        "bedrijf",
        "https://",
        "https://wie:geheim@bedrijf.be",
        "ftp://bedrijf.be",
        "https://bedrijf .be",
        "https://-bedrijf.be",
        "https://[::1",
        "https://bedrijf.be:99999",
        f"https://bedrijf.be/{'x' * 200}",
    ],
)
def test_what_is_no_website_is_refused(typed: str) -> None:
    with pytest.raises(Misread):
        read_optional_website(typed)
