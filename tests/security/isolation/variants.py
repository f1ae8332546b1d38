"""Other arguments than the right ones: what is SOUTH's in place of each value, and junk."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any

from tests.security.isolation.written import World

JUNK: tuple[Any, ...] = (
    None,
    "",
    -1,
    0,
    2**31 - 1,
    2**63,
    1.5,
    "%",
    "_",
    "' OR 1=1 --",
    "\0",
    "x" * 3000,
    "😀",
    [],
    {},
    {"id": 1},
    object(),
)
_TABLES_OF = {
    "enrolment": ("enrolment",),
    "link": ("organisation_link",),
    "organisation": ("organisation",),
    "code": ("payment_code", "organisation_code", "code_batch"),
    "invitation": ("invitation",),
    "grant": ("access_grant",),
    "review": ("access_review",),
    "item": ("review_item",),
    "device": ("browser_session",),
    "person": ("person",),
    "batch": ("code_batch",),
    "profile": ("organisation",),
}
"""Which tables the name of an argument points to; any other name points to all."""


def replaced(
    arguments: Mapping[str, Any],
    kept: Collection[str],
    values_for: Any,
) -> Iterator[dict[str, Any]]:
    """Yield the arguments with one value in turn replaced by each of `values_for(name, value)`."""
    for name, value in arguments.items():
        if name not in kept:
            for other in _others(name, value, values_for):
                yield {**arguments, name: other}


def _others(name: str, value: Any, values_for: Any) -> Iterator[Any]:
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            for other in _others(part.name, getattr(value, part.name), values_for):
                yield replace(value, **{part.name: other})
    elif isinstance(value, tuple | list) and value:
        made = type(value)
        for other in _others(name, value[0], values_for):
            yield made([other])
            yield made([*value, other])
    elif isinstance(value, Mapping) and value:
        for key in value:
            for other in _others(key, value[key], values_for):
                yield {**value, key: other}
    else:
        yield from values_for(name, value)


def foreign(world: World, *, few: bool, owners: Collection[str] = ("south", "shared")) -> Any:
    """Return what gives SOUTH's values for an argument: its numbers, codes and words.

    Of a column that is of another kind than the argument, one word speaks for all its rows.
    """
    words = world.words_of("south")
    texts = [*world.codes_of("south"), *(words[:: len(words) // 4] if few else words)]

    def values_for(name: str, value: Any) -> Iterator[Any]:
        if isinstance(value, Enum | bool | date | datetime):
            return
        if isinstance(value, str):
            yield from _of_the_same_kind(world, value)
            yield from texts
        if value is None or isinstance(value, int):
            yield from _numbers(world, name, owners, few=few)

    return values_for


def foreign_in_text(world: World, *, few: bool) -> Any:
    """Return what gives SOUTH's values for a part of an address or form: all of it is text."""
    words = foreign(world, few=few)
    tables = ("enrolment", "organisation_link", "organisation", "payment_code")
    numbers = [
        str(number)
        for (owner, table), some in world.stamping.ids.items()
        if owner in ("south", "shared") and (table in tables or not few)
        for number in (some[:1] if few else some)
    ]

    def values_for(name: str, value: Any) -> Iterator[Any]:
        if isinstance(value, str) and (value.isdigit() or not value):
            yield from numbers
        if not isinstance(value, str) or not value.isdigit():
            yield from words(name, value)

    return values_for


def junk(*, few: bool) -> Any:
    """Return what gives, for any argument, what no form sends."""
    return lambda _name, _value: JUNK[::3] if few else JUNK


def _of_the_same_kind(world: World, value: str) -> Iterator[str]:
    """Yield what SOUTH has in the column from which a value of NORTH comes."""
    columns = {stamp.column for stamp in world.ledger.found_in(value).values()}
    for theirs, stamp in world.ledger.values_of("south").items():
        if stamp.column in columns:
            yield theirs.upper()  # codes and numbers are written so; words are read in any case


def points_somewhere(name: str) -> bool:
    """Tell whether an argument, by its name, is the number of a row."""
    return any(word in name for word in _TABLES_OF)


def _numbers(world: World, name: str, owners: Collection[str], *, few: bool) -> Iterator[int]:
    tables = next((found for word, found in _TABLES_OF.items() if word in name), None)
    if few and tables is None:
        tables = ("organisation", "person")
    for (owner, table), numbers in world.stamping.ids.items():
        if owner in owners and (tables is None or table in tables):
            yield from {numbers[0], numbers[-1]} if few else numbers
