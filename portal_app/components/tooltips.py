"""Tips that float: one for the whole page, filled from data attributes by tips.js."""

from typing import Any

import reflex as rx

from portal_app.components.elements import Words


def tip_attributes(words: Words, *, title: Words | None = None) -> dict[str, Any]:
    """Return the custom_attrs of a button or link that has a tip.

    It shows on hover, focus and touch, can be pointed at, goes on Escape, and describes its
    element while it shows. The element must be able to have focus, and a tip never is the
    only place where something stands.
    """
    attributes: dict[str, Any] = {"data-tip": words}
    if title is not None:
        attributes["data-tip-title"] = title
    return attributes


def floating_tip() -> rx.Component:
    """Build the one tip; every page layout holds it."""
    return rx.el.div(id="tip", role="tooltip", class_name="tip", custom_attrs={"popover": "manual"})
