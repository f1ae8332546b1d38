import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from portal_app.languages import (
    AFTERWARDS,
    DEFAULT_LOCALE,
    LOCALES,
    TEXTS,
    catalogue,
    domain_of,
    domains,
    placeholders,
)
from tests.harness.sources import PORTAL, named, python_files, tree
from tools.texts import arranged
from tools.texts import domains as sentences_by_domain

SAYING = {"t", "tn", "rich", "told", "say", "say_many", "Text"}
TEMPLATES = {".js", ".html", ".txt", ".jinja"}
KEY = re.compile(r"\b[a-z_]+\.[a-z0-9_]+\b")

# Sentences of the sources that keep their familiar form, letter for letter.
FAMILIAR = {
    "Vul hier je uitnodigingscode in",
    "Wijzig je profiel",
    "Wat verandert er voor jou?",
    (
        "Heb je nog geen eHerkenning niveau 3? Dit is noodzakelijk om gebruik te kunnen maken "
        "van de online diensten van {organisation}."
    ),
    "Jouw account is nu Admin account voor jouw organisatie!",
    "Let op! Je hoeft jezelf geen rechten meer toe te kennen.",
}

DUTCH = catalogue(DEFAULT_LOCALE).forms


class Said(NamedTuple):
    """A text that the code says: where, by which key, and with which values."""

    where: str
    key: str
    whole: bool
    values: frozenset[str] | None


def said_in_code() -> Iterator[Said]:
    for path in python_files(PORTAL):
        for call in ast.walk(tree(path)):
            if isinstance(call, ast.Call) and call.args and _name(call.func) in SAYING:
                key, whole = _start(call.args[0])
                if key:
                    where = f"{named(path)}:{call.lineno}"
                    yield Said(where, key, whole, _values(call) if whole else None)


def composed_in_code() -> Iterator[Said]:
    """Yield the beginnings of keys that an f-string ends, wherever it stands."""
    begun = re.compile(rf"({'|'.join(domains())})\.\w*")
    for path in python_files(PORTAL):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                key, _ = _start(node)
                if begun.fullmatch(key):
                    where = f"{named(path)}:{node.lineno}"
                    yield Said(where, key, whole=False, values=None)


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _start(key: ast.expr) -> tuple[str, bool]:
    """Return what is known of a key: all of it, or how it begins."""
    match key:
        case ast.Constant(value=str(text)):
            return text, True
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return text, False
        case ast.BinOp(left=left):
            return _start(left)[0], False
        case _:
            return "", False


def _values(call: ast.Call) -> frozenset[str] | None:
    """Name the values given to a text, or nothing when the code does not show them."""
    name = _name(call.func)
    if name == "Text":
        given = call.args[1] if len(call.args) > 1 else ast.Dict(keys=[], values=[])
        if not isinstance(given, ast.Dict):
            return None
        if not all(isinstance(key, ast.Constant) for key in given.keys):
            return None
        return frozenset(str(key.value) for key in given.keys if isinstance(key, ast.Constant))
    if name == "told" or any(keyword.arg is None for keyword in call.keywords):
        return None
    counted = {"n"} if name in {"tn", "say_many"} else set()
    return frozenset(counted | {keyword.arg for keyword in call.keywords if keyword.arg})


def mentioned_keys() -> set[str]:
    """Return every key that stands in the code, a table of keys or a template as a whole."""
    found = {
        node.value
        for path in python_files(PORTAL)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in PORTAL.rglob("*"):
        if path.suffix in TEMPLATES:
            found |= set(KEY.findall(path.read_text(encoding="utf-8")))
    return found & DUTCH.keys()


def as_written(locale: str) -> dict[str, tuple[str, ...]]:
    """Return every sentence as its file has it, before the fund's own words are put in."""
    by_domain = sentences_by_domain(locale)
    return {key: forms for found in by_domain.values() for key, forms in found.items()}


def written(locale: str, domain: str) -> str:
    return (TEXTS / locale / f"{domain}.po").read_text(encoding="utf-8")


def places(forms: tuple[str, ...]) -> frozenset[str]:
    needed = frozenset().union(*(placeholders(form) for form in forms))
    return needed | {"n"} if len(forms) > 1 else needed


@cache
def said_anywhere() -> tuple[Said, ...]:
    return (*said_in_code(), *composed_in_code())


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_the_same_texts(locale):
    assert catalogue(locale).forms.keys() == DUTCH.keys(), "add it with `tools/texts.py add`"
    assert {path.stem for path in (TEXTS / locale).iterdir()} == set(domains())


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_mentions_the_same_values_and_terms(locale):
    dutch = as_written(DEFAULT_LOCALE)
    different = {
        key: forms
        for key, forms in as_written(locale).items()
        if key in dutch and places(forms) != places(dutch[key])
    }
    assert not different, "these places in a sentence differ from the Dutch ones"


@pytest.mark.parametrize("locale", LOCALES)
def test_what_a_fund_calls_itself_is_left_to_its_brand(locale):
    general = [
        key
        for key, forms in as_written(locale).items()
        for form in forms
        if re.search(r"fonds|\bfund", form, re.IGNORECASE) and domain_of(key) != "terms"
    ]
    assert not general, "say {your_fund}, the subject of a sentence in German (docs/brand.md)"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_has_a_singular_where_dutch_has_one(locale):
    different = [
        key
        for key, forms in catalogue(locale).forms.items()
        if key in DUTCH and len(forms) != len(DUTCH[key])
    ]
    assert not different


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_empty(locale):
    empty = [
        key for key, forms in catalogue(locale).forms.items() if not all(map(str.strip, forms))
    ]
    assert not empty


@pytest.mark.parametrize("locale", LOCALES)
def test_every_file_is_in_order(locale):
    disordered = [
        domain
        for domain, forms in sentences_by_domain(locale).items()
        if written(locale, domain) != arranged(locale, forms)
    ]
    assert not disordered, "run `python tools/texts.py arrange`"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_stands_in_the_file_of_its_domain(locale):
    astray = [
        key
        for domain in domains()
        for key in re.findall(r'^msgid "(.+)"$', written(locale, domain), re.MULTILINE)
        if domain_of(key) != domain
    ]
    assert not astray, "move it, or run `python tools/texts.py arrange`"


def test_every_text_in_the_code_exists():
    missing = [said for said in said_anywhere() if said.whole and said.key not in DUTCH]

    assert not missing, "add it with `tools/texts.py add`"


def test_no_page_says_what_only_the_server_tells():
    saying = re.compile(rf'\b(?:t|tn|rich)\(\s*f?"{AFTERWARDS}\.')
    pages = [*(PORTAL / "pages").rglob("*.py"), *(PORTAL / "components").rglob("*.py")]

    assert not [str(page) for page in pages if saying.search(page.read_text("utf-8"))], (
        f"give it a text of its own: {AFTERWARDS} comes after the first touch of a page"
    )


def test_every_text_in_the_code_gets_its_values():
    different = [
        said
        for said in said_anywhere()
        if said.values is not None and said.key in DUTCH and said.values != places(DUTCH[said.key])
    ]
    assert not different, "give a text the values that stand in it, and no others"


def test_every_composed_key_begins_as_some_text_does():
    lost = [
        said
        for said in said_anywhere()
        if not said.whole and not any(key.startswith(said.key) for key in DUTCH)
    ]
    assert not lost, "no text begins like that"


def unused() -> list[str]:
    mentioned = mentioned_keys()
    composed = tuple(said.key for said in said_anywhere() if not said.whole)
    return [key for key in DUTCH if key not in mentioned and not key.startswith(composed)]


def test_every_text_is_used():
    assert not unused(), "take it out of every catalogue"


def test_dutch_addresses_the_reader_formally():
    familiar = [
        key
        for key, forms in DUTCH.items()
        for form in forms
        if re.search(r"\b(je|jij|jou|jouw)\b", form, re.IGNORECASE) and form not in FAMILIAR
    ]
    assert not familiar, "say u and uw"


def test_german_addresses_the_reader_formally():
    forms = catalogue("de").forms

    assert not [key for key, said in forms.items() if re.search(r"\b([Dd]u|[Dd]ein\w*)\b", said[0])]


def test_french_elides_with_an_apostrophe_and_not_with_a_straight_mark():
    straight = [
        key
        for key, said in catalogue("fr").forms.items()
        if any(re.search(r"\w'[\w{]", form) for form in said)
    ]
    assert not straight, "write ’ in texts/fr"


def test_french_addresses_the_reader_formally():
    forms = catalogue("fr").forms

    assert not [key for key, said in forms.items() if re.search(r"\b(tu|ton|ta|tes)\b", said[0])]
