"""What stands in place of content that is on its way."""

import reflex as rx

from portal_app.components.elements import visually_hidden
from portal_app.components.text import t


def skeleton(lines: int = 3) -> rx.Component:
    """Show the shape of what comes, from 300 ms on, and say 'Bezig met laden'."""
    return rx.el.div(
        rx.el.div(
            *(rx.el.span() for _ in range(lines)),
            class_name="skeleton",
            custom_attrs={"aria-hidden": "true"},
        ),
        visually_hidden(t("shell.loading")),
        role="status",
        class_name="full",
    )
