"""Show the names of people, and fold them so that lists sort and search alike everywhere."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

# Letters that Unicode does not take apart into a base letter and an accent.
_WITHOUT_PARTS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ĸ": "k",
        "ĳ": "ij",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{EN DASH}": "-",
    }
)
_OTHER_THAN_WORDS = re.compile(r"[\W_]+")
_BETWEEN_NAMES = re.compile(r"[\s-]+")
_LONGEST_SORT = 260  # the column's length; what lies behind it hardly orders anything

# Lower than every letter, so that 'Berg' comes before 'Berger' and 'De Smet' before 'Desmet'.
_BETWEEN_PARTS, _BETWEEN_WORDS, _BEFORE_A_DIGIT = "0", "1", "2"


@dataclass(frozen=True, slots=True)
class PersonName:
    """The name of a person in the parts in which it is asked for."""

    given: str
    family: str
    infix: str = ""

    @property
    def full(self) -> str:
        """Write the name as it is spoken: 'Jan van den Berg'."""
        return _joined(self.given, self.infix, self.family)

    @property
    def listed(self) -> str:
        """Write the name as it stands in lists: 'Berg, Jan van den'."""
        rest = _joined(self.given, self.infix)
        return f"{self.family}, {rest}" if self.family and rest else self.family or rest

    @property
    def initials(self) -> str:
        """Write the initials that stand for the person in a small round: 'JB'."""
        parts = (_BETWEEN_NAMES.split(part.strip())[0] for part in (self.given, self.family))
        return "".join(part[0].upper()[0] for part in parts if part)

    @property
    def name_sort(self) -> str:
        """Give what the name sorts by: family name without infix, then given name, then infix.

        Only small letters and digits, so that every database sorts it alike.
        """
        parts = (_sortable(part) for part in (self.family, self.given, self.infix))
        return _BETWEEN_PARTS.join(parts)[:_LONGEST_SORT]

    @property
    def search_text(self) -> str:
        """Give the text in which a folded search term is looked for, in both orders."""
        spoken = folded(self.full)
        listed = folded(_joined(self.family, self.given, self.infix))
        return spoken if spoken == listed else f"{spoken} | {listed}"


class Named(Protocol):
    """A row or a form that carries the parts of a name."""

    @property
    def given_name(self) -> str: ...  # noqa: D102
    @property
    def infix(self) -> str: ...  # noqa: D102
    @property
    def family_name(self) -> str: ...  # noqa: D102


def name_of(named: Named) -> PersonName:
    """Return the name, to be shown, sorted or searched."""
    return PersonName(named.given_name, named.family_name, named.infix)


def company_sort(name: str) -> str:
    """Give what the name of a company sorts by, and is found by from its beginning on.

    Only small letters and digits, as `PersonName.name_sort`.
    """
    return _sortable(name)[:_LONGEST_SORT]


def folded(text: str) -> str:
    """Fold `text` for searching: small letters, no accents, single spaces.

    Letters of other scripts stay as they are.
    """
    small = text.casefold()
    if not small.isascii():  # most texts have nothing to take apart
        small = _unaccented(_unaccented(small).casefold())
    return " ".join(small.split())


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(_WITHOUT_PARTS))
    bare = "".join(character for character in apart if unicodedata.category(character) != "Mn")
    return unicodedata.normalize("NFC", bare.translate(_WITHOUT_PARTS))


def _sortable(part: str) -> str:
    return "".join(
        map(_sortable_character, " ".join(_OTHER_THAN_WORDS.split(folded(part))).strip())
    )


def _sortable_character(character: str) -> str:
    # Only a-z and 0-9: a PostgreSQL collation may skip spaces and signs, but never these.
    if character == " ":
        return _BETWEEN_WORDS
    if character.isascii():
        return _BEFORE_A_DIGIT + character if character.isdigit() else character
    return f"zzz{ord(character):06x}"  # other scripts in their own order, after every Latin name


def _joined(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())
