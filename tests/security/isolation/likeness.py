"""Answers that must be alike: with more of SOUTH or less, and for what is SOUTH's or nobody's."""

import re
import time
from collections.abc import Callable, Collection
from typing import Any

from portal_app.errors import NotAllowed
from tests.security.isolation import use_cases
from tests.security.isolation.asking import Question
from tests.security.isolation.callers import ASKERS, caller_of
from tests.security.isolation.right_use_cases import RIGHT_PEOPLE
from tests.security.isolation.variants import foreign, points_somewhere, replaced

NOWHERE = 499_999_999  # a number that no row has
_ROUNDS = 4

_Pair = tuple[dict[str, Any], dict[str, Any]]


def answers(question: Question, only: Collection[str] = ()) -> dict[str, str]:
    """Return what everybody is answered to their own questions."""
    found: dict[str, str] = {}
    for name, use_case in use_cases.known().items():
        asker, right = use_cases.right_one(name)
        is_listing = not use_case.writes or name.endswith(".overview")
        if asker.is_staff or not is_listing or (only and name not in only):
            continue
        caller = caller_of(question.world, asker)
        found[name] = question.ask(use_case, caller, right.arguments(question.world)).text
    return found


def different(question: Question, only: Collection[str] = ()) -> list[str]:
    """Return where SOUTH's thing is answered otherwise than one that does not exist."""
    caller = caller_of(question.world, ASKERS["north.manager"])
    return [
        f"{name} {theirs}: {one.text[:300]} instead of {other.text[:300]}"
        for name in only or use_cases.known()
        for theirs, nowhere in _pairs(question, name)
        for one, other in [[_ask(question, name, caller, each) for each in (theirs, nowhere)]]
        if _bare(one.text) != _bare(other.text)
    ]


def slower(question: Question, only: Collection[str] = ()) -> list[str]:
    """Return where SOUTH's thing takes longer, or shorter, than one that does not exist."""
    caller = caller_of(question.world, ASKERS["north.manager"])
    return [
        f"{name} {theirs}"
        for name in only or use_cases.known()
        for theirs, nowhere in _pairs(question, name)
        if not isinstance(_ask(question, name, caller, theirs).error, NotAllowed)
        if _is_slower(lambda each, of=name: _ask(question, of, caller, each), theirs, nowhere)
    ]


def _ask(question: Question, name: str, caller: Any, arguments: dict[str, Any]) -> Any:
    return question.ask(use_cases.known()[name], caller, arguments)


def _pairs(question: Question, name: str) -> list[_Pair]:
    """Return arguments with a number of SOUTH, each beside the same with one that no row has."""
    right = RIGHT_PEOPLE[name]
    usual = right.arguments(question.world)
    theirs = foreign(question.world, few=True, owners=["south"])

    def numbers(argument: str, value: object) -> list[object]:
        if not points_somewhere(argument):
            return []
        return [one for one in theirs(argument, value) if isinstance(one, int)]

    return list(
        zip(
            replaced(usual, right.kept, numbers),
            replaced(usual, right.kept, lambda *asked: [NOWHERE for _ in numbers(*asked)]),
            strict=True,
        )
    )


def _bare(text: str) -> str:
    return re.sub(r"\d{9}", "NUMBER", text)


def _is_slower(ask: Callable[[Any], object], theirs: object, nowhere: object) -> bool:
    """Tell whether one takes clearly longer than the other, the same one time after time."""
    said = [_longer(ask, theirs, nowhere)]
    while said[-1] and len(said) < _ROUNDS:
        said.append(_longer(ask, theirs, nowhere))
    return bool(said[-1]) and len(set(said)) == 1


def _longer(ask: Callable[[Any], object], theirs: object, nowhere: object) -> str:
    taken: dict[str, list[float]] = {"theirs": [], "nowhere": []}
    for _ in range(6):
        for name, arguments in (("theirs", theirs), ("nowhere", nowhere)):
            began = time.perf_counter()
            ask(arguments)
            taken[name].append(time.perf_counter() - began)
    quickest = {name: min(times) for name, times in taken.items()}  # whatever else runs here
    short, long = sorted(quickest, key=lambda name: quickest[name])
    return long if quickest[long] > 1.4 * quickest[short] + 0.001 else ""
