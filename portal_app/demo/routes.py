"""The routes of the demo world, as `routes.toml` has them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from portal_app.models.training import StepKind

_FILE = Path(__file__).with_name("routes.toml")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DemoStep(_Data):
    """A step; without a name it is called after its kind."""

    kind: StepKind
    name: str = ""
    max_attempts: int | None = Field(default=None, ge=1)


class DemoRoute(_Data):
    """A route; its steps stand in order."""

    code: str
    name: str
    validity_months: int | None = Field(default=None, ge=1)
    quality_scheme_url: str = ""
    profiles: Annotated[tuple[str, ...], Field(min_length=1)]
    steps: Annotated[tuple[DemoStep, ...], Field(min_length=1)]


@cache
def demo_routes() -> tuple[DemoRoute, ...]:
    """Read the routes."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(DemoRoute.model_validate(route) for route in data["route"])
