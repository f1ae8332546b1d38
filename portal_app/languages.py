"""The languages of the portal: which there are, and every sentence said in the reader's own.

A text is known by a key such as ``errors.email_empty``; its sentence in each language
stands in ``texts/<locale>/<domain>.po``, Dutch included. Where one says ``{your_fund}`` or
another term, the fund's own word is put in as the file is read, and else that of ``terms.po``.
"""

import gettext
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from portal_app.brand import Term, brand
from portal_app.errors import Text, Value

LOCALES = ("nl", "fr", "en", "de")
DEFAULT_LOCALE = LOCALES[0]
SERVER_ONLY = frozenset(
    {"candidate_import", "files", "mails", "spreadsheet", "terms", "test_broker"}
)
"""The domains that no page of the portal says, which the browser therefore need not carry."""
EVERYWHERE = "everywhere"
PACKS = {
    EVERYWHERE: frozenset(
        {
            "components", "dates", "downloads", "passwords", "provinces", "roles", "shell",
            "steps",
        }
    ),
    "coming_in": frozenset({"invitations", "password_reset", "registration", "sign_in"}),
    "people": frozenset({"profile", "staff"}),
}  # fmt: skip
"""The domains that a browser fetches in one go; every other domain is a pack of its own.

One comes along with every page, and of the rest a page has those of which it says a text.
"""
AFTERWARDS = "errors"
"""The domain that only the server tells, once somebody did something: it comes with the first touch
of a page, so that nobody waits for it before."""
TEXTS = Path(__file__).parent / "texts"
TIME_ZONE = ZoneInfo("Europe/Brussels")

_TERM = re.compile(rf"\{{({'|'.join(Term)})\}}")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_DATE = "dd-MM-yyyy"
_MOMENT = "dd-MM-yyyy HH:mm"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Hold the sentences of one language: per key one form, or its singular and plural."""

    locale: str
    forms: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, gettext.GNUTranslations]

    def sentence(self, key: str, n: int | None) -> str:
        """Return the sentence under a key, in the form that goes with n."""
        forms = self.forms[key]
        if len(forms) == 1:
            return forms[0]
        if n is None:
            message = f"{key} has a singular and a plural: give it n"
            raise KeyError(message)
        return self.rules[domain_of(key)].ngettext(key, key, n)


def say(text: Text | str, locale: str, /, **values: Value) -> str:
    """Say a text, given itself or by its key, in a language.

    Numbers are grouped as the language does (a year is therefore given as text), a nested
    text is said in the same language, and several are joined by commas. Values are only
    ever put in place: braces inside them mean nothing.
    """
    if isinstance(text, Text):
        return say(text.key, locale, **{**text.values, **values})
    n = values.get("n")
    sentence = catalogue(locale).sentence(text, n if isinstance(n, int) else None)
    if missing := placeholders(sentence) - values.keys():
        message = f"{text} mentions {', '.join(sorted(missing))}: give it"
        raise KeyError(message)
    return _PLACEHOLDER.sub(lambda found: _told(values[found[1]], locale), sentence)


def say_many(key: str, n: int, locale: str, /, **values: Value) -> str:
    """Say how many: the singular or plural that the language uses for n."""
    return say(key, locale, n=n, **values)


def say_date(day: date, locale: str) -> str:
    """Write a day as dd-mm-jjjj; a moment counts as the day it is in Brussels."""
    if isinstance(day, datetime):
        day = day.astimezone(TIME_ZONE).date()
    return format_date(day, _DATE, locale=locale)


def say_moment(moment: datetime, locale: str) -> str:
    """Write a moment as dd-mm-jjjj uu:mm by the clock of Brussels."""
    return format_datetime(moment.astimezone(TIME_ZONE), _MOMENT, locale=locale)


def say_number(number: int, locale: str) -> str:
    """Write a whole number with the thousands grouped as the language does."""
    return format_decimal(number, locale=locale)


def best_locale(
    accept_language: str, *, chosen: str | None = None, among: Sequence[str] = LOCALES
) -> str:
    """Choose the language for a reader: what they chose, else what their browser prefers."""
    if chosen is not None and chosen in among:
        return chosen
    wishes = [_wish(part) for part in accept_language.split(",")]
    for weight, language in sorted(wishes, key=lambda wish: -wish[0]):
        if weight > 0 and language in among:
            return language
    return DEFAULT_LOCALE


def domain_of(key: str) -> str:
    """Return the domain of a key: the file its sentence stands in."""
    return key.partition(".")[0]


def pack_of(domain: str) -> str:
    """Name the pack of texts in which the browser fetches those of a domain."""
    return next((pack for pack, domains in PACKS.items() if domain in domains), domain)


@cache
def domains() -> tuple[str, ...]:
    """List the domains that texts are kept in."""
    return tuple(sorted(path.stem for path in (TEXTS / DEFAULT_LOCALE).glob("*.po")))


@cache
def catalogue(locale: str) -> Catalogue:
    """Read the sentences of one language, once."""
    words = _words_of_the_fund(locale)
    forms: dict[str, tuple[str, ...]] = {}
    rules: dict[str, gettext.GNUTranslations] = {}
    for domain in domains():
        read = read_domain(locale, domain)
        for message in read:
            message.string = _put_in(message.string, words)
        rules[domain] = _compiled(read)
        forms |= forms_of(read)
    return Catalogue(locale, forms, rules)


def read_domain(locale: str, domain: str) -> Catalog:
    """Read one file of texts as it stands."""
    with (TEXTS / locale / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=locale, domain=domain, abort_invalid=True)


def forms_of(read: Catalog) -> dict[str, tuple[str, ...]]:
    """Return the sentences of a file by key: one form, or its singular and plural."""
    return {_key(message.id): _forms(message.string) for message in read if message.id}


def placeholders(sentence: str) -> frozenset[str]:
    """Name the places in a sentence that values go to."""
    return frozenset(_PLACEHOLDER.findall(sentence))


def _words_of_the_fund(locale: str) -> Mapping[str, str]:
    general = forms_of(read_domain(locale, "terms"))
    return {term: brand.own_word(term, locale) or general[f"terms.{term}"][0] for term in Term}


def _put_in(said: str | Sequence[str] | None, words: Mapping[str, str]) -> str | tuple[str, ...]:
    if isinstance(said, str):
        return _TERM.sub(lambda found: words[found[1]], said)
    return tuple(_TERM.sub(lambda found: words[found[1]], form) for form in said or ())


def _told(value: Value, locale: str) -> str:
    match value:
        case Text():
            return say(value, locale)
        case str():
            return value
        case int():
            return say_number(value, locale)
        case _:
            return ", ".join(_told(part, locale) for part in value)


def _wish(part: str) -> tuple[float, str]:
    tag, _, quality = part.replace(" ", "").partition(";q=")
    try:
        weight = float(quality or 1)
    except ValueError:
        weight = 0.0
    return weight, tag.lower().partition("-")[0]


def _compiled(read: Catalog) -> gettext.GNUTranslations:
    binary = io.BytesIO()
    write_mo(binary, read)
    binary.seek(0)
    return gettext.GNUTranslations(binary)


def _key(message_id: str | Sequence[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _forms(string: str | Sequence[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ())
