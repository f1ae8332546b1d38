"""Recognising the columns of a candidates' file by their titles, in any language."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from portal_app.errors import Text, Value
from portal_app.reading_candidate_cells import Mistake, folded
from portal_app.reading_candidate_words import FIELDS, NOTES, STEP_FIELDS, Field, StepField

NEEDED = (Field.GIVEN_NAME, Field.FAMILY_NAME, Field.EMAIL, Field.ROUTE, Field.REGISTERED_ON)
REPEATED = (Field.ORGANISATION, Field.LINKED_VIA, Field.LINKED_ON)

_NUMBERED = re.compile(r"(?P<name>.*?)\s*(?:\((?P<number>\d{1,2})\))?")
_SAME_ENOUGH = 0.8  # for 'did you mean'


class FieldKey(NamedTuple):
    """A column about the candidate; `number` counts the columns that repeat, from 1."""

    field: Field
    number: int


class StepKey(NamedTuple):
    """A column about a step, known by its folded name; `number` counts the attempts."""

    step: str
    field: StepField
    number: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column says what; a column that repeats comes with its number, from 1."""

    columns: Mapping[FieldKey | StepKey, str]

    def title(self, field: Field, number: int = 1) -> str | None:
        """Give the title of a column, or None when the file has no such column."""
        return self.columns.get(FieldKey(field, number))

    def step_title(self, step: str, field: StepField, number: int) -> str | None:
        """Give the title of a column about a step, or None when there is no such column."""
        return self.columns.get(StepKey(step, field, number))

    def link_numbers(self) -> list[int]:
        """List how many organisations the file has columns for: 1, 2, ..."""
        keys = [key for key in self.columns if isinstance(key, FieldKey)]
        return sorted({key.number for key in keys if key.field in REPEATED})

    def step_attempts(self) -> Mapping[str, list[int]]:
        """List the steps that have columns, and for each the numbers of its attempts."""
        numbers: dict[str, set[int]] = {}
        for key in self.columns:
            if isinstance(key, StepKey):
                numbers.setdefault(key.step, set()).add(key.number)
        return {step: sorted(found) for step, found in numbers.items()}


class _Titles:
    """The titles that a file may have, with what each of them means."""

    def __init__(self, step_names: Collection[str]) -> None:
        self._fields = {folded(word): field for field, words in FIELDS.items() for word in words}
        self._steps = {
            f"{folded(name)} {folded(word)}": (folded(name), step_field)
            for name in step_names
            for step_field, words in STEP_FIELDS.items()
            for word in words
        }
        self._proposals = {
            folded(title): title
            for title in (
                *(words[0] for words in FIELDS.values()),
                *(f"{name} {words[0]}" for name in step_names for words in STEP_FIELDS.values()),
            )
        }

    def meaning(self, title: str) -> FieldKey | StepKey | None:
        """Tell which field or step a title is about."""
        found = _NUMBERED.fullmatch(title)
        name, number = (folded(found["name"]), int(found["number"] or 1)) if found else ("", 1)
        if step := self._steps.get(name):
            return StepKey(*step, number)
        field = self._fields.get(name)
        return FieldKey(field, number) if field and (number == 1 or field in REPEATED) else None

    def nearest(self, title: str) -> str | None:
        """Guess which title was meant."""
        near = get_close_matches(folded(title), self._proposals, n=1, cutoff=_SAME_ENOUGH)
        return self._proposals[near[0]] if near else None


def lay_out(titles: Iterable[str], step_names: Collection[str], mistakes: list[Mistake]) -> Layout:
    """Recognise every column, or note that one is unknown, doubled or missing."""
    known = _Titles(step_names)
    columns: dict[FieldKey | StepKey, str] = {}
    for title in titles:
        meaning = known.meaning(title)
        if meaning is not None:
            first = columns.setdefault(meaning, title)
            if first != title:
                mistakes.append(_mistake(title, "column_twice", other=first))
        elif folded(title).partition(" ")[0] not in NOTES:
            near = known.nearest(title)
            mistakes.append(
                _mistake(title, "column_misspelt", near=near)
                if near
                else _mistake(title, "column_unknown", notes=NOTES[0].capitalize())
            )
    mistakes.extend(
        _mistake(FIELDS[field][0], "column_missing")
        for field in NEEDED
        if FieldKey(field, 1) not in columns
    )
    return Layout(columns)


def _mistake(title: str, entry: str, **values: Value) -> Mistake:
    return Mistake(None, title, Text(f"candidate_import.{entry}", values))
