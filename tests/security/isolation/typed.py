"""Arguments of the right type and any value, drawn by hypothesis from the annotations."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC
from enum import Enum
from functools import cache
from inspect import signature
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from portal_app.errors import Text
from tests.security.isolation.written import World

_BOUND_FOR_A_PAGE = 200


def drawn(
    use_case: Callable[..., Any],
    usual: Mapping[str, Any],
    kept: Collection[str],
    world: World,
    *,
    number: int,
) -> Iterator[dict[str, Any]]:
    """Yield `number` sets of arguments; those in `kept` stay the usual ones."""
    hints = get_type_hints(use_case)
    names = [name for name in list(signature(use_case).parameters)[1:] if name not in kept]
    if not names or not number:
        return
    pools = _pools(world)
    made: list[dict[str, Any]] = []

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.fixed_dictionaries({name: _strategy(hints[name], pools) for name in names}))
    def draw(arguments: dict[str, Any]) -> None:
        made.append(arguments)

    draw()
    stay = {name: usual[name] for name in kept if name in usual}
    yield from ({**one, **stay} for one in made)


def _strategy(annotation: Any, pools: "_Pools") -> SearchStrategy[Any]:  # noqa: PLR0911
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation is Text:  # it may hold itself
        return st.builds(Text, pools[1])
    if origin in (Union, UnionType):
        return st.one_of(*(_strategy(one, pools) for one in inner))
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple and len(inner) == 2 and inner[1] is ...:
        return st.lists(_strategy(inner[0], pools), max_size=4).map(tuple)
    if origin is tuple:
        return st.tuples(*(_strategy(one, pools) for one in inner))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        keys, values = (_strategy(one, pools) for one in inner)
        return st.dictionaries(keys, values, max_size=3)
    if isinstance(origin, type) and issubclass(origin, Collection):
        return st.lists(_strategy(inner[0], pools), max_size=4)
    if is_dataclass(annotation):
        hints = get_type_hints(annotation)
        parts = {part.name: _strategy(hints[part.name], pools) for part in fields(annotation)}
        return st.builds(annotation, **parts)  # type: ignore[arg-type]  # a class
    return _plain(annotation, pools)


_Pools = tuple[SearchStrategy[int], SearchStrategy[str]]


def _plain(annotation: Any, pools: _Pools) -> SearchStrategy[Any]:
    if annotation is NoneType:
        return st.none()
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if annotation in (int, str):
        return pools[0] if annotation is int else pools[1]
    if annotation.__name__ == "datetime":
        return st.datetimes(timezones=st.just(UTC))
    return st.from_type(annotation)


@cache
def _pools_of(numbers: tuple[int, ...], words: tuple[str, ...]) -> _Pools:
    text = st.text(max_size=30)
    return (
        st.one_of(st.sampled_from(numbers), st.integers(-1, _BOUND_FOR_A_PAGE)),
        st.one_of(st.sampled_from(words), st.just(""), text),
    )


def _pools(world: World) -> _Pools:
    numbers = [
        number
        for (owner, _), some in world.stamping.ids.items()
        if owner in ("south", "north")
        for number in some
    ]
    words = [*world.codes_of("south"), *world.words_of("south")]
    return _pools_of(tuple(numbers), tuple(words))
