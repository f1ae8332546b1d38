"""Every use case there is, asked by everybody, with everything."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from portal_app import services
from portal_app.needs import right_of
from portal_app.unit_of_work import Browser
from tests.security.isolation.asking import Question
from tests.security.isolation.callers import ASKERS, TRUSTED, Asker, askers
from tests.security.isolation.judging import Count
from tests.security.isolation.right_use_cases import RIGHT_PEOPLE
from tests.security.isolation.rights import BEARER, Right
from tests.security.isolation.typed import drawn
from tests.security.isolation.variants import foreign, junk, replaced
from tests.security.isolation.written import World

_READ_ELSEWHERE = ("ClaimedMail", "ParsedImport")  # never made of what a browser sends


@cache
def there() -> dict[str, Any]:
    """Return every use case of every service, by module and name."""
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"{services.__name__}.{module.name}")
        found |= {
            f"{module.name}.{name}": value
            for name, value in vars(loaded).items()
            if hasattr(value, "needs") and value.__module__ == loaded.__name__
        }
    return found


def known() -> dict[str, Any]:
    """Return the use cases of which the table says who may; of any other a test complains."""
    return {name: use_case for name, use_case in there().items() if name in RIGHT_PEOPLE}


def attack(
    question: Question,
    *,
    few: bool,
    only: Iterable[str] = (),
    typed: int,
    until_found: bool = False,
    on_behalf_of: Iterable[Asker] = (),
) -> Count:
    """Ask every use case (or `only` some) on behalf of everybody, or some; count the findings.

    With few values for everybody, whom the right itself refuses is asked no further: it refuses
    whatever the arguments are.
    """
    chosen = known()
    spares = few and not on_behalf_of
    for name in only or chosen:
        _let_its_owner_ask_first(question, name)
        for asker in on_behalf_of or askers(few=few):
            further = not spares or _has_a_chance(name, asker)
            asked = _asked(question, name, asker, few=few, typed=typed if further else None)
            for arguments, organisation in asked:
                question.judge(name, chosen[name], asker, arguments, organisation)
                if until_found and question.count.findings:
                    return question.count
    return question.count


def _let_its_owner_ask_first(question: Question, name: str) -> None:
    """Have SOUTH's own manager ask, so that what an answer leaves behind is SOUTH's."""
    owner = Browser(question.world.sessions["south.manager"])
    if not RIGHT_PEOPLE[name].demo_door:
        question.ask(known()[name], owner, RIGHT_PEOPLE[name].arguments(question.world))


def right_one(name: str) -> tuple[Asker, Right]:
    """Return who may do a use case, and with what."""
    right = RIGHT_PEOPLE[name]
    return (TRUSTED if right.asker == "portal" else ASKERS[right.asker]), right


def _asked(
    question: Question, name: str, asker: Asker, *, few: bool, typed: int | None
) -> Iterator[tuple[Mapping[str, Any], int | None]]:
    """Yield the arguments, each with the `?org=` of the page."""
    south = question.world.organisation("south")
    everything = _all_arguments(question, name, asker, few=few, typed=typed)
    for number, arguments in enumerate(everything):
        yield arguments, None
        if not few or number == 0:
            yield arguments, south


def _all_arguments(
    question: Question, name: str, asker: Asker, *, few: bool, typed: int | None
) -> Iterator[Mapping[str, Any]]:
    world, right = question.world, RIGHT_PEOPLE[name]
    usual = right.arguments(world)
    if right.demo_door:
        return
    is_guarded = _needs_a_right(name)
    if right.kept and not is_guarded and asker.name != right.asker:
        yield from _with_dead_codes(world, right, usual)
        return
    kept = {*right.kept, *_unread(usual)}
    yield usual
    yield {**right.arguments(world.turned()), **{name: usual[name] for name in kept}}
    if typed is None:
        return
    yield from replaced(usual, kept, foreign(world, few=few))
    if not few or asker.name in (right.asker, "north.manager"):
        yield from replaced(usual, kept, junk(few=few))
        yield from drawn(there()[name], usual, kept, world, number=typed)


def _with_dead_codes(
    world: World, right: Right, usual: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    """Yield SOUTH's codes that open nothing any more, for arguments that are a key."""
    for argument, why in right.kept.items():
        if why is BEARER:
            yield from ({**usual, argument: code} for code in world.dead_codes_of("south"))


def _has_a_chance(name: str, asker: Asker) -> bool:
    """Tell whether the right itself may let somebody do something."""
    if asker.name == "north.manager" or asker.name == RIGHT_PEOPLE[name].asker:
        return True
    return asker.name == "visitor" and not _needs_a_right(name)


def _needs_a_right(name: str) -> bool:
    return right_of(there()[name].needs) is not None


def _unread(arguments: Mapping[str, Any]) -> set[str]:
    return {name for name, value in arguments.items() if type(value).__name__ in _READ_ELSEWHERE}
