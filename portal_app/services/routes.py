"""The routes of the fund, with their steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from types import MappingProxyType
from typing import cast
from weakref import WeakKeyDictionary

from sqlalchemy import select as sa_select
from sqlmodel import col

from portal_app.models import Route, Step, StepKind
from portal_app.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class RouteSteps:
    """A route and its steps in order."""

    code: str
    name: str
    kinds: tuple[StepKind, ...]
    step_names: tuple[str, ...]  # empty: the name of the kind


_ALL = (  # columns: every list reads these, and SQLModel's own select takes four at most
    sa_select(col(Route.id), col(Route.code), col(Route.name), col(Step.kind), col(Step.name))
    .join(Step, col(Step.route_id) == Route.id, isouter=True)
    .order_by(col(Route.position), col(Route.name), col(Route.id), col(Step.position))
)


Routes = Mapping[int, RouteSteps]

_KEPT_FOR = 2.0  # seconds; an open page follows what changes elsewhere as soon
_kept: WeakKeyDictionary[object, tuple[float, Routes]] = WeakKeyDictionary()  # by database


def recent_routes(work: Work) -> Routes:
    """Return every route as it was at most two seconds ago: what a list shows, not what is written.

    Lists ask for nothing else as often, and nothing else changes as seldom.
    """
    of, now = work.session.get_bind(), monotonic()
    made, routes = _kept.get(of, (-_KEPT_FOR, None))
    if routes is None or now - made >= _KEPT_FOR:
        routes = MappingProxyType(routes_by_id(work))
        _kept[of] = now, routes
    return routes


def routes_by_id(work: Work) -> dict[int, RouteSteps]:
    """Return every route with its steps, in the order of the fund."""
    found: dict[int, tuple[str, str, list[StepKind], list[str]]] = {}
    rows = work.session.execute(_ALL)  # pyright: ignore[reportDeprecated]
    for key, code, route_name, kind, step_name in rows:
        *_, kinds, names = found.setdefault(cast("int", key), (code, route_name, [], []))
        if cast("StepKind | None", kind):  # none: the route has no steps yet
            kinds.append(kind)
            names.append(step_name)
    return {
        key: RouteSteps(code, name, tuple(kinds), tuple(names))
        for key, (code, name, kinds, names) in found.items()
    }
