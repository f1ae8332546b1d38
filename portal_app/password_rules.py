"""What a new password must be like: the rules that the browser checks while somebody types.

`browser/password_rules.js` applies the same rules; `tests/unit/password_vectors.json` keeps the
two alike. What only the server can check (common passwords, the old one) is in
`adapters/passwords.py`.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypedDict

from portal_app.names import folded

SHORTEST = 8
LONGEST = 128
CLASSES_NEEDED_BELOW = 15
SHORTEST_FORBIDDEN_WORD = 3

CLASSES = ("capital", "small", "digit", "symbol")

# Infixes that people type as a part of their family name; the rule is about the name itself.
_INFIXES = frozenset(
    ("van", "von", "den", "der", "des", "ter", "ten", "het", "del", "dos", "las", "los", "les")
)
_WORDS = re.compile(rf"[^\W\d_]{{{SHORTEST_FORBIDDEN_WORD},}}")


class PasswordRules(TypedDict):
    """The rules as the browser gets them."""

    shortest: int
    longest: int
    classesNeededBelow: int
    words: list[str]  # of what is known already; the browser adds those of names being typed


def normalised(password: str) -> str:
    """Write `password` in the one form in which it is measured and kept (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def forbidden_words(names: Iterable[str], login: str | None = None) -> tuple[str, ...]:
    """List the folded words that a password of this person must not contain.

    `names` are the given name and the family name. Of an e-mail address as login name only the
    part before the @ counts: the rest names an organisation.
    """
    typed = [*names, (login or "").partition("@")[0]]
    words = {word: None for text in typed for word in _WORDS.findall(folded(text))}
    return tuple(word for word in words if word not in _INFIXES)


def check(password: str, words: Iterable[str]) -> dict[str, bool]:
    """Tell for every rule whether `password` keeps it."""
    text = normalised(password)
    found = {_class_of(character) for character in text}
    classes_needed = len(text) < CLASSES_NEEDED_BELOW
    spelled = folded(text)
    return {
        "shortest": len(text) >= SHORTEST,
        "longest": len(text) <= LONGEST,
        **{name: name in found or not classes_needed for name in CLASSES},
        "words": not any(word in spelled for word in words),
    }


def described(words: Iterable[str]) -> PasswordRules:
    """Describe the rules for the browser."""
    return {
        "shortest": SHORTEST,
        "longest": LONGEST,
        "classesNeededBelow": CLASSES_NEEDED_BELOW,
        "words": list(words),
    }


def _class_of(character: str) -> str | None:
    category = unicodedata.category(character)
    if category[0] in "LNMC":
        return {"Lu": "capital", "Ll": "small", "Nd": "digit"}.get(category)
    return "symbol"
