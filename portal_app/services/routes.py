"""The routes of the fund, with their steps."""

from dataclasses import dataclass

from sqlmodel import col, select

from portal_app.models import Route, Step, StepKind
from portal_app.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class RouteSteps:
    """A route and its steps in order."""

    code: str
    name: str
    kinds: tuple[StepKind, ...]
    step_names: tuple[str, ...]  # empty: the name of the kind


def routes_by_id(work: Work) -> dict[int, RouteSteps]:
    """Return every route with its steps, in the order of the fund."""
    steps = work.session.exec(select(Step).order_by(col(Step.route_id), col(Step.position))).all()
    routes = work.session.exec(select(Route).order_by(col(Route.position), Route.name)).all()
    return {
        route.key: RouteSteps(
            route.code,
            route.name,
            tuple(step.kind for step in steps if step.route_id == route.id),
            tuple(step.name for step in steps if step.route_id == route.id),
        )
        for route in routes
    }
