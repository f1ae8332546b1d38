"""When there is nothing to show: nothing yet, or nothing found."""

import reflex as rx

from portal_app.components.elements import Words, icon
from portal_app.icon_names import IconName


def empty(
    title: Words,
    explanation: Words | rx.Component,
    *actions: rx.Component,
    icon_name: IconName = "search",
) -> rx.Component:
    """Say that nothing is there, why, and what to do.

    Nothing yet: what will appear, and how to start. Nothing found: repeat the filters, with
    `clear_filters_link` as the action.
    """
    return rx.el.div(
        icon(icon_name), rx.el.h2(title), rx.el.p(explanation), *actions, class_name="card empty"
    )
