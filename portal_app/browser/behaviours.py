"""Put our small behaviours and the style sheets in the build."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import reflex as rx
from reflex.plugins import Plugin
from reflex.utils.imports import ImportDict

from portal_app.brand import brand
from portal_app.colours import brand_style_sheet

MODULES = Path(__file__).parent / "behaviours"
STYLES = Path(__file__).parents[2] / "assets/styles"
_BRAND = "brand.css"

_SHEETS = [
    f"{name}.css"
    for name in (
        "tokens", "shares", "fonts", "base", "buttons", "fields", "messages", "header", "menus",
        "page", "account", "forms", "status", "tabs", "filters", "tables", "tables-phone", "charts",
        "candidates", "home", "access", "company", "dialogs", "timeline", "sheet", "inbox", "print",
    )
]  # fmt: skip
"""The portal's style sheets in the order in which they override; the build makes one file."""


class BehavioursPlugin(Plugin):
    """Copy the modules of `behaviours/` into the build."""

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Return every module with its place in the build."""
        return [
            (Path("utils/behaviours") / module.name, module.read_text(encoding="utf-8"))
            for module in sorted(MODULES.glob("*.js"))
        ]


class StylesPlugin(Plugin):
    """Write the style sheets: the brand's colours, then the portal's own.

    A brand is an input of the build, like the texts: a page says its name and its helpdesk
    before its JavaScript is there. The rest is here, not with the app, because Reflex writes what a
    plugin returns only when it has changed, and open pages take up every file that is written.
    """

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """Return every style sheet with its place in the build."""
        colours = brand_style_sheet(brand.colours.hue, brand.colours.chroma)
        return [
            (Path("styles") / _BRAND, colours),
            *(
                (Path("styles/styles") / name, (STYLES / name).read_text(encoding="utf-8"))
                for name in _SHEETS
            ),
        ]

    def get_stylesheet_paths(self, **_context: Any) -> Sequence[str]:
        """Name the style sheets to Reflex."""
        return [f"./{_BRAND}", *(f"./styles/{name}" for name in _SHEETS)]


class Behaviours(rx.Fragment):
    """Bring the behaviours along; every page layout holds one."""

    def add_imports(self) -> ImportDict:
        """Import the module for what it does; it gives nothing back."""
        return {"": "$/utils/behaviours/index.js"}


behaviours = Behaviours.create
