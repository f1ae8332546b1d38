"""The first step of reading what people type: clean text, and the way to say that it is wrong."""

import re
import unicodedata

from portal_app.errors import Text

LONGEST_TEXT = 100
LONGEST_KEY = 9  # digits: every such number fits what the databases keep

# Joins letters in some scripts, so it is a part of the text.
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_OTHER_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad]")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})


class Misread(Exception):
    """What was typed cannot be read; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.key)
        self.text = text


def cleaned(typed: str) -> str:
    """Return `typed` without control characters and with single spaces only inside it."""
    spaced = " ".join(typed.split())
    kept = (
        character
        for character in spaced
        if character in _JOINERS or unicodedata.category(character) not in _DROPPED
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def read_key(typed: str) -> int:
    """Read the key of a row; 0, which none has, for anything else."""
    fits = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_KEY
    return int(typed) if fits else 0


def plain(typed: str) -> str:
    """Return a code or number as plain characters: one kind of dash, nothing invisible.

    Line breaks stay, for a code may be wrapped over two lines.
    """
    simple = _OTHER_DASHES.sub("-", unicodedata.normalize("NFKC", typed))
    return "".join(
        character
        for character in simple
        if character in "\n\t" or unicodedata.category(character) not in _DROPPED
    ).strip()


def read_text(typed: str, *, empty: str, longest: int = LONGEST_TEXT) -> str:
    """Read a text that must be there, in any script.

    Raises:
        Misread: `empty` is the key of the sentence when nothing was typed.
    """
    text = read_optional_text(typed, longest=longest)
    if not text:
        raise Misread(Text(empty))
    return text


def read_optional_text(typed: str, *, longest: int = LONGEST_TEXT) -> str:
    """Read a text that may be left empty, in any script."""
    text = cleaned(typed)
    if len(text) > longest:
        raise Misread(Text("errors.text_long", {"maximum": longest}))
    return text


def read_lines(typed: str, *, empty: str, longest: int) -> str:
    """Read a text of several lines that must be there, each line cleaned as any text.

    Empty lines part paragraphs, one at a time.
    """
    lines = [cleaned(line) for line in typed.strip().splitlines()]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not text:
        raise Misread(Text(empty))
    if len(text) > longest:
        raise Misread(Text("errors.text_long", {"maximum": longest}))
    return text
