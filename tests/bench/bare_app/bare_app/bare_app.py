"""Reflex as it comes: a page that shows rows by its address, out of a file that is read once.

Nobody is asked who they are, and no database is asked for the rows.
"""

import json
import os
from pathlib import Path
from typing import Any

import reflex as rx

_PAGES: dict[str, list[dict[str, Any]]] = json.loads(
    Path(os.environ["BARE_APP_ROWS"]).read_text("utf-8")
)


class Rows(rx.State):
    """The rows of the page."""

    lines: list[dict[str, Any]] = []
    asked: str = ""

    @rx.event
    async def load(self) -> None:
        """Show the rows that the address asks for."""
        self.asked = self.router.url.query
        self.lines = _PAGES[self.asked]


def _page() -> rx.Component:
    return rx.el.main(rx.el.p(Rows.asked), rx.el.ul(rx.foreach(Rows.lines, rx.el.li)))


app = rx.App()
app.add_page(_page, route="/overzicht", on_load=Rows.load)
