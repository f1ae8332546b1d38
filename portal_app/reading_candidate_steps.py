"""Reading what one row of a candidates' file says of the steps of its route."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from portal_app.reading_candidate_cells import CellReader, folded
from portal_app.reading_candidate_titles import Layout
from portal_app.reading_candidate_words import RESULTS, StepField
from portal_app.reading_dates import shown as written

LONGEST_PLACE = 80

_DATED = ("passed", "failed", "absent", "planned")  # results that have a day
_FINAL = ("passed", "exempt")  # results after which nothing more is to be done
_AHEAD = ("planned",)  # results that may lie in the future


@dataclass(frozen=True, slots=True)
class KnownStep:
    """A step of a route, with every name that a column may call it by, its own first."""

    position: int
    kind: str
    names: tuple[str, ...]
    max_attempts: int | None = None


@dataclass(frozen=True, slots=True)
class KnownRoute:
    """A route that candidates may be imported into."""

    code: str
    name: str
    profiles: tuple[str, ...]
    steps: tuple[KnownStep, ...]


@dataclass(frozen=True, slots=True)
class ImportedAttempt:
    """One go at a step; `number` counts from 1."""

    step_position: int
    number: int
    result: str
    on: date | None
    place: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class _Told:
    """What one group of columns says, and the column to name when it is wrong."""

    title: str
    attempt: ImportedAttempt


def read_attempts(
    cells: CellReader, layout: Layout, route: KnownRoute, registered_on: date | None
) -> Iterator[ImportedAttempt]:
    """Read every attempt of a row, in the order of the route.

    The registration is passed on the day of registration, unless the file has columns for
    it: nobody should have to type that twice.
    """
    told: dict[int, list[_Told]] = {step.position: [] for step in route.steps}
    for name, numbers in layout.step_attempts().items():
        filled = [number for number in numbers if _is_filled(cells, layout, name, number)]
        if not filled:
            continue
        step = _step(route, name)
        if step is None:
            title = _shown_title(layout, name, filled[0])
            cells.wrong(title, "step_not_in_route", route=route.name)
            continue
        found = [_attempt(cells, layout, name, number, step) for number in filled]
        told[step.position] += [one for one in found if one]
        if filled != list(range(1, len(filled) + 1)):
            cells.wrong(_shown_title(layout, name, filled[-1]), "attempt_skipped")
    for step in route.steps:
        attempts = told[step.position]
        _check(cells, step, attempts, registered_on)
        yield from (one.attempt for one in attempts)
        if step.kind == "registration" and not attempts and registered_on:
            yield ImportedAttempt(step.position, 1, "passed", registered_on, "", None)


def _attempt(
    cells: CellReader, layout: Layout, name: str, number: int, step: KnownStep
) -> _Told | None:
    result_title = layout.step_title(name, StepField.RESULT, number)
    on_title = layout.step_title(name, StepField.ON, number)
    before = cells.mistakes_so_far
    result, percent = cells.result(result_title, RESULTS) if result_title else (None, None)
    on = cells.day(on_title, may_be_future=True)
    place = cells.text(layout.step_title(name, StepField.PLACE, number), longest=LONGEST_PLACE)
    shown = result_title or on_title or _shown_title(layout, name, number)
    if cells.mistakes_so_far > before:
        return None
    if result is None and on and on > cells.today:
        result = "planned"
    if result is None:
        cells.wrong(shown, "result_empty")
        return None
    if on is None and result in _DATED:
        cells.wrong(on_title or shown, "day_of_result_empty")
    if on and on > cells.today and result not in _AHEAD:
        cells.wrong(on_title or shown, "result_in_the_future", day=written(on))
    attempt = ImportedAttempt(step.position, number, result, on, place, percent)
    return _Told(on_title or shown, attempt)


def _check(
    cells: CellReader, step: KnownStep, told: Sequence[_Told], registered_on: date | None
) -> None:
    if step.max_attempts and len(told) > step.max_attempts:
        cells.wrong(told[-1].title, "too_many_attempts", n=step.max_attempts)
    for one in told:
        day = one.attempt.on
        if day and registered_on and day < registered_on and one.attempt.result != "exempt":
            cells.wrong(one.title, "before_registration", day=written(registered_on))
    for first, second in pairwise(told):
        if first.attempt.result in _FINAL:
            cells.wrong(second.title, "attempt_after_the_last")
        elif first.attempt.on and second.attempt.on and second.attempt.on < first.attempt.on:
            cells.wrong(second.title, "attempts_out_of_order")


def _step(route: KnownRoute, name: str) -> KnownStep | None:
    """Find the step that a column is about: by its own name, else by a name of its kind."""
    own = [step for step in route.steps if folded(step.names[0]) == name]
    named = own or [step for step in route.steps if name in map(folded, step.names)]
    return named[0] if len(named) == 1 else None


def _is_filled(cells: CellReader, layout: Layout, name: str, number: int) -> bool:
    return any(cells.is_filled(layout.step_title(name, field, number)) for field in StepField)


def _shown_title(layout: Layout, name: str, number: int) -> str:
    titles = [layout.step_title(name, field, number) for field in StepField]
    return next(title for title in titles if title)
