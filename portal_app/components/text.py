"""Say texts on a page: by key, in the language being read, and again when that changes.

Every function names a text or a value and returns what the browser is to show; nothing
here travels to the server. A key that no catalogue holds stops the build. What says a text
imports its domain for the browser, so that a page carries the texts it says, and few others.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData
from reflex.vars.function import FunctionStringVar, FunctionVar

from portal_app.errors import Text, Value
from portal_app.languages import (
    DEFAULT_LOCALE,
    EVERYWHERE,
    LOCALES,
    SERVER_ONLY,
    catalogue,
    domain_of,
    pack_of,
    placeholders,
)

RUNTIME = "$/utils/languages"
TEXTS = "$/utils/texts"

Said: TypeAlias = "rx.Var | Value"
"""What goes to a place in a sentence: numbers are grouped, so a year is given as text."""

Part: TypeAlias = "rx.Var | Value | rx.Component"


class UnknownText(LookupError):
    """Stop the build: a page says a text that the catalogues do not have."""


def t(key: str, /, **values: Said) -> rx.Var[str]:
    """Say the sentence under a key, with its values in place."""
    _check(key, values)
    return _imported("say", of=domain_of(key)).call(key, _told(values)).to(str)


def tn(key: str, n: rx.Var[int] | int, /, **values: Said) -> rx.Var[str]:
    """Say how many: the singular or plural that the language uses for n."""
    return t(key, n=n, **values)


def told(
    text: rx.Var | Text | str | None, values: rx.Var | None = None, *, of: str = ""
) -> rx.Var[str]:
    """Say a text that the server chose: its key and values, or the two in one object.

    No text (an empty key, or null) says nothing. `of` is the domain it comes from, where the page
    says no other text of it; without, the browser fetches it when it is told.
    """
    if values is None:
        return _imported("told", of=of).call(text).to(str)
    return _imported("say", of=of).call(text, values).to(str)


def told_by_key(key: rx.Var | str, *, of: str = "") -> rx.Var[str]:
    """Say a text that the server chose by its key alone; an empty key says nothing."""
    return told(rx.Var.create(key), rx.Var.create({}), of=of)


def rich(key: str, /, **parts: Part) -> rx.Component:
    """Say a sentence with elements in some of its places: a bold name, a link.

    The words of a link are a text of their own, so that a translator can move it.
    """
    _check(key, parts)
    elements = {name: part for name, part in parts.items() if isinstance(part, rx.Component)}
    values = {name: part for name, part in parts.items() if not isinstance(part, rx.Component)}
    text = rx.Var.create(key, _var_data=VarData(imports=_texts_of(domain_of(key))))
    return Sentence.create(
        *elements.values(), text=text, names=list(elements), values=_told(values)
    )


def page_title(
    page: rx.Var[str], *, portal: rx.Var[str] | str, mistaken: rx.Var[bool] | None = None
) -> rx.Var[str]:
    """Title a page Page, dash, portal, with the word for a mistake before it while there is one."""
    title = t("shell.title", page=page, portal=portal)
    if mistaken is None:
        return title
    return rx.cond(mistaken, t("shell.title_with_mistake", page=page, portal=portal), title)


def day(iso: rx.Var[str] | str) -> rx.Var[str]:
    """Write a date, or the day of a moment in Brussels, as dd-mm-jjjj."""
    return _imported("day").call(iso).to(str)


def moment(iso: rx.Var[str] | str) -> rx.Var[str]:
    """Write a moment, given with its offset, as dd-mm-jjjj uu:mm by the clock of Brussels."""
    return _imported("moment").call(iso).to(str)


def unbroken(words: rx.Var[str] | str) -> rx.Var[str]:
    """Say words so that no date, code, address or 'e-mail' in them is torn at the end of a line.

    An address that does not fit on a line of its own goes on after its @ or a dot.
    """
    return _imported("unbroken").call(words).to(str)


def number(value: rx.Var[int] | int) -> rx.Var[str]:
    """Write a number with the thousands grouped as the language does."""
    return _imported("number").call(value).to(str)


def locale_var() -> rx.Var[str]:
    """Return the language being read, such as ``nl``."""
    return _imported("locale").call().to(str)


def choose_language(locale: str) -> FunctionVar:
    """Read on in another language: for ``on_click``, without a word to the server."""
    if locale not in LOCALES:
        raise UnknownText(locale)
    chosen = f"(() => chooseLanguage({json.dumps(locale)}))"
    return _imported("chooseLanguage", expression=chosen)


class Sentence(rx.Component):
    """Draw a sentence whose places hold the children, in the order of `names`."""

    library = RUNTIME
    tag = "Sentence"

    text: rx.Var[str]
    names: rx.Var[list[str]]
    values: rx.Var[dict[str, Any]]


class Languages(rx.Component):
    """Stand around the whole app: every text inside is drawn again when the language changes."""

    library = RUNTIME
    tag = "LanguageProvider"


def _imported(name: str, *, of: str = "", expression: str | None = None) -> FunctionVar:
    imports = {RUNTIME: [ImportVar(tag=name)], **_texts_of(of)}
    return FunctionStringVar.create(expression or name, _var_data=VarData(imports=imports))


def _texts_of(domain: str) -> dict[str, list[ImportVar]]:
    pack = pack_of(domain) if domain else EVERYWHERE
    return {"": [ImportVar(tag=f"{TEXTS}/{pack}.js")]}


def _told(values: Mapping[str, Said]) -> rx.Var:
    return rx.Var.create({name: _spoken(value) for name, value in values.items()})


def _spoken(value: Said) -> rx.Var | str | int | list[rx.Var[str]]:
    match value:
        case Text():
            return t(value.key, **value.values)
        case tuple():
            return [t(text.key, **text.values) for text in value]
        case _:
            return value


def _check(key: str, values: Mapping[str, Part]) -> None:
    forms = catalogue(DEFAULT_LOCALE).forms.get(key)
    if forms is None:
        message = f"no catalogue holds the text {key}: add it with tools/texts.py"
        raise UnknownText(message)
    if domain_of(key) in SERVER_ONLY:
        message = f"the browser does not carry {key}: {domain_of(key)} is for the server only"
        raise UnknownText(message)
    places = frozenset().union(*map(placeholders, forms))
    if len(forms) > 1:
        places |= {"n"}
    if places != values.keys():
        message = f"the text {key} mentions {sorted(places)}, not {sorted(values)}"
        raise UnknownText(message)
