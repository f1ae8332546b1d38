"""Tabs that are addresses: back, refresh and a mailed link land on the same one."""

import reflex as rx

from portal_app.components.elements import Words, visually_hidden
from portal_app.components.text import number, told
from portal_app.state.shapes import TabLink


def tabs(name: Words, links: rx.Var[list[TabLink]], *, panel: str, counted: Words) -> rx.Component:
    """Build the tabs; `panel` is the id of what they change, `counted` what counts count.

    Put `tab_panel(panel, ...)` around that. The arrow keys go from tab to tab.
    """
    return rx.el.div(
        rx.el.div(
            rx.foreach(links, lambda link: _tab(link, panel, counted)),
            role="tablist",
            custom_attrs={"aria-label": name},
        ),
        class_name="tabs",
    )


def tab_panel(name: str, *content: rx.Component) -> rx.Component:
    """Build what the tabs change."""
    return rx.el.div(
        *content, id=name, role="tabpanel", custom_attrs={"aria-labelledby": f"{name}-tab"}
    )


def _tab(link: TabLink, panel: str, counted: Words) -> rx.Component:
    label = rx.cond(
        link.label_key, told(rx.Var.create(link.label_key), rx.Var.create({})), link.label
    )
    return rx.el.a(
        rx.el.span(label),
        rx.el.span(
            number(rx.Var.create(link.count)), visually_hidden(" ", counted), class_name="count"
        ),
        href=link.href,
        role="tab",
        # One stop for the Tab key; the arrow keys do the rest.
        tab_index=rx.cond(link.selected, 0, -1),
        custom_attrs={
            "id": rx.cond(link.selected, f"{panel}-tab", rx.Var("undefined")),
            "aria-selected": rx.cond(link.selected, "true", "false"),
            "aria-controls": panel,
        },
    )
