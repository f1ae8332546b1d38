"""The arch with its stairs: the gate of the name, drawn thin behind the page."""

import reflex as rx


def arch() -> rx.Component:
    """Draw the arch; it means nothing and is not there on small screens."""
    arcs = [
        rx.el.svg.path(d=f"M{3 + k:g} 32V15.5a{13 - k:g} {13 - k:g} 0 0 1 {26 - 2 * k:g} 0V32")
        for k in (0, 1.4, 2.8)
    ]
    stairs = [
        rx.el.svg.path(d=f"M{8 + k:g} 32v{-5.5 + k:g}h5v-5.5h5v-5.5h{5 - k:g}", class_name="stair")
        for k in (0, 1.4)
    ]
    return rx.el.svg(
        *arcs,
        *stairs,
        view_box="0 0 32 32",
        class_name="arch",
        custom_attrs={"aria-hidden": "true"},
    )
