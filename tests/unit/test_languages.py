from datetime import UTC, date, datetime

import pytest

from portal_app.errors import Text
from portal_app.languages import (
    LOCALES,
    best_locale,
    catalogue,
    say,
    say_date,
    say_many,
    say_moment,
    say_number,
)


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("nl", "Vul uw e-mailadres in."),
        ("fr", "Saisissez votre adresse e-mail."),
        ("en", "Enter your email address."),
        ("de", "Geben Sie Ihre E-Mail-Adresse ein."),
    ],
)
def test_a_key_is_said_in_every_language(locale, sentence):
    assert say("errors.email_empty", locale) == sentence


def test_a_nested_text_is_said_in_the_same_language():
    text = Text("errors.birth_date_impossible", {"day": 31, "month": Text("dates.month_2")})

    assert say(text, "nl") == "31 februari bestaat niet. Controleer uw geboortedatum."
    assert say(text, "fr") == "Le 31 février n’existe pas. Vérifiez votre date de naissance."


def test_several_nested_texts_are_joined_by_commas():
    missing = (Text("errors.lacks_capital"), Text("errors.lacks_digit"))

    said = say(Text("errors.password_lacks", {"missing": missing}), "nl")

    assert said == "In uw wachtwoord ontbreekt nog: een hoofdletter, een cijfer."


@pytest.mark.parametrize(
    ("locale", "n", "unit"),
    [
        ("nl", 0, "0 seconden"),
        ("nl", 1, "1 seconde "),
        ("nl", 2, "2 seconden"),
        ("fr", 0, "0 seconde "),
        ("fr", 1, "1 seconde "),
        ("fr", 2, "2 secondes"),
        ("en", 0, "0 seconds"),
        ("de", 1, "1 Sekunde "),
    ],
)
def test_the_plural_follows_the_rule_of_the_language(locale, n, unit):
    assert unit in say_many("errors.wait_seconds", n, locale)


@pytest.mark.parametrize(
    ("locale", "number"),
    [("nl", "12.345"), ("fr", "12\u202f345"), ("en", "12,345"), ("de", "12.345")],
)
def test_numbers_are_grouped_as_the_language_does(locale, number):
    assert say_number(12345, locale) == number
    assert number in say_many("errors.wait_seconds", 12345, locale)
    assert number in say("errors.password_long", locale, maximum=12345)


def test_a_number_given_as_text_stays_as_it_is():
    assert say("errors.password_long", "nl", maximum="2026").endswith("2026 tekens.")


@pytest.mark.parametrize("value", ["{portal}", "{0}", "{", "%s", r"\1", "{value.__class__}"])
def test_a_value_is_never_read_as_a_format(value):
    assert say("shell.title", "nl", page=value, portal="Vakpoort") == f"{value} – Vakpoort"


@pytest.mark.parametrize("name", ["text", "locale", "key"])
def test_a_value_may_have_any_name(name):
    said = say("errors.code_old", "nl", **{name: "anders"})

    assert said == say("errors.code_old", "nl")


def test_an_unknown_key_is_named():
    with pytest.raises(KeyError, match=r"errors\.nothing_like_this"):
        say("errors.nothing_like_this", "nl")


def test_a_value_that_lacks_is_named():
    with pytest.raises(KeyError, match="portal"):
        say("shell.title", "nl", page="Home")


def test_a_plural_without_its_number_is_refused():
    with pytest.raises(KeyError, match="give it n"):
        say("errors.wait_seconds", "nl")


@pytest.mark.parametrize("locale", LOCALES)
def test_dates_and_moments_look_the_same_in_every_language(locale):
    assert say_date(date(2022, 4, 2), locale) == "02-04-2022"
    assert say_moment(datetime(2022, 4, 22, 8, 49, tzinfo=UTC), locale) == "22-04-2022 10:49"


def test_the_clock_of_brussels_turns_back_in_autumn():
    before, after = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))

    assert say_moment(before, "nl") == say_moment(after, "nl") == "25-10-2026 02:30"


def test_a_moment_counts_as_the_day_it_is_in_brussels():
    assert say_date(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "nl") == "01-01-2027"


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("fr-BE,fr;q=0.9,en;q=0.8", "fr"),
        ("pt, de;q=0.4, en;q=0.6", "en"),
        ("EN-us", "en"),
        ("de ; q=0.5, nl;q=0.7", "nl"),
        ("fr;q=0, de", "de"),
        ("fr;q=0", "nl"),
        ("*", "nl"),
        ("", "nl"),
        ("fr;q=veel", "nl"),
        (";;,=,", "nl"),
    ],
)
def test_the_browser_says_which_language_is_best(header, locale):
    assert best_locale(header) == locale


def test_the_chosen_language_comes_before_the_browser():
    assert best_locale("fr", chosen="de") == "de"
    assert best_locale("fr", chosen="xx") == "fr"


def test_a_fund_that_leaves_a_language_out_is_read_in_another():
    assert best_locale("fr, de;q=0.8", among=("nl", "de")) == "de"
    assert best_locale("fr", chosen="fr", among=("nl", "de")) == "nl"


def test_the_catalogues_are_read_once():
    assert catalogue("nl") is catalogue("nl")
