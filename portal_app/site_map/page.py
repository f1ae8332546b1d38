"""What a page of the map says about itself."""

from collections.abc import Callable
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventCallback

from portal_app.brand import Module, offers
from portal_app.components.layout import document_title
from portal_app.components.text import t
from portal_app.gate.handlers import Audience
from portal_app.settings import settings


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the portal."""

    path: str
    build: Callable[[], rx.Component]
    title_key: str
    loads: tuple[EventCallback[()], ...] = ()
    audience: Audience = Audience.SIGNED_IN
    demo_only: bool = False
    module: Module | None = None  # without which the page is not there
    mistaken: rx.Var[bool] | None = None  # whether what was asked for cannot be read

    @property
    def is_here(self) -> bool:
        """Whether this installation has the page."""
        is_offered = self.module is None or offers(self.module)
        return is_offered and (settings.is_demo or not self.demo_only)

    def add_to(self, app: rx.App) -> None:
        """Hand the page to Reflex."""
        app.add_page(
            self.build,
            route=self.path,
            title=document_title(t(self.title_key), mistaken=self.mistaken),
            on_load=[*self.loads],
        )
