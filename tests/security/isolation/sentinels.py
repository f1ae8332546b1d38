"""Words that exist nowhere else, and whose they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

_MARK = "zqx"
_WORD = re.compile(_MARK + "[a-z]{9}")
_TOKEN = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")
WORD_LENGTH = 12
_ALPHABET = "bcdfghjklmnpqrstvwxz"
_LETTERS = "QXZJVW"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose a value is, and what.

    The owner is 'north', 'south', 'fund', 'shared' or 'nobody'; a person's own things name
    that person.
    """

    owner: str
    kind: str
    column: str
    persona: str = ""

    def __str__(self) -> str:
        return f"{self.column} of {self.persona or self.owner}"


class Ledger:
    """Gives out sentinels, and knows them again in any text."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  # the same world every time
        self._words: dict[str, Stamp] = {}
        self._tokens: dict[str, Stamp] = {}

    @property
    def stamps(self) -> set[Stamp]:
        """Everything that was given out."""
        return {*self._words.values(), *self._tokens.values()}

    def values_of(self, owner: str) -> dict[str, Stamp]:
        """Return the sentinels of one organisation, in small letters."""
        both = self._words | self._tokens
        return {value: stamp for value, stamp in both.items() if stamp.owner == owner}

    def word(self, stamp: Stamp) -> str:
        """Make a word that stands for `stamp`."""
        made = _MARK + self._drawn(_ALPHABET, WORD_LENGTH - len(_MARK))
        self._words[made] = stamp
        return made

    def keep(self, value: str, stamp: Stamp) -> str:
        """Know a value that has a shape of its own, such as a code or a number."""
        self._tokens[value.lower()] = stamp
        self._tokens[value.lower().replace("-", "")] = stamp
        return value

    def digits(self, length: int, stamp: Stamp) -> str:
        """Make digits that stand for `stamp`."""
        return self.keep(self._drawn("123456789", length), stamp)

    def capitals(self, length: int, stamp: Stamp) -> str:
        """Make rare capitals that stand for `stamp`."""
        while (made := self._drawn(_LETTERS, length)).lower() in self._tokens:
            pass
        return self.keep(made, stamp)

    def found_in(self, *texts: str) -> dict[str, Stamp]:
        """Return every sentinel in the texts, with whose it is."""
        found: dict[str, Stamp] = {}
        for text in texts:
            small = text.lower()
            for word in _WORD.findall(small):
                if word in self._words:
                    found[word] = self._words[word]
            for token in set(_TOKEN.findall(small)):
                for part in (token, *token.split("-")):
                    if part in self._tokens:
                        found[part] = self._tokens[part]
        return found

    def _drawn(self, alphabet: Iterable[str], length: int) -> str:
        return "".join(self.random.choice(tuple(alphabet)) for _ in range(length))
