"""The first page inside: the greeting, what asks attention, and the tiles."""

import reflex as rx

from portal_app.components.elements import (
    Words,
    icon,
    link_elsewhere,
    maybe,
)
from portal_app.components.ornament import arch
from portal_app.components.step_icons import StepState, step_icon
from portal_app.icon_names import IconName


def hello(greeting: Words, *below: rx.Component | Words) -> rx.Component:
    """Greet, in the dark band under the header; `below` is one line of text."""
    return rx.el.div(
        rx.el.div(arch(), rx.el.h1(greeting), rx.el.p(*below), class_name="hello-text"),
        class_name="hello",
    )


def tiles(*entries: rx.Component, wide: bool = False) -> rx.Component:
    """Lay out tiles: each a `tile`, or an `rx.foreach` of them; `wide` ones hold longer lines."""
    return rx.el.ul(*entries, class_name="tiles is-wide" if wide else "tiles")


def tile(
    icon_name: IconName | rx.Var[str],
    name: Words,
    line: Words | rx.Component,
    href: Words,
    *,
    tag: rx.Component | None = None,
    why: rx.Component | None = None,
) -> rx.Component:
    """Build a tile: its name is the link, and the whole tile can be pressed but for its `why`."""
    return rx.el.li(
        rx.el.span(icon(icon_name), class_name="tile-icon"),
        rx.el.h3(rx.el.a(name, href=href)),
        rx.el.p(line),
        *maybe(tag),
        *maybe(why),
        class_name="card tile",
    )


def tile_elsewhere(
    icon_name: IconName, name: Words, line: Words, href: str, *, why: rx.Component
) -> rx.Component:
    """Build a tile that leads to another site, in a new window."""
    return rx.el.li(
        rx.el.span(icon(icon_name), class_name="tile-icon"),
        rx.el.h3(link_elsewhere(name, href)),
        rx.el.p(line),
        why,
        class_name="card tile",
    )


def tile_of_rubrics(
    icon_name: IconName, name: Words, line: Words, *rubrics: rx.Component, why: rx.Component
) -> rx.Component:
    """Build a tile that holds rubrics, each a `rubric`."""
    return rx.el.li(
        rx.el.span(icon(icon_name), class_name="tile-icon"),
        rx.el.h3(name),
        rx.el.p(line),
        rx.el.ul(*rubrics, class_name="rubrics"),
        why,
        class_name="card tile has-rubrics",
    )


def rubric(name: Words, href: str) -> rx.Component:
    """Build a line of a tile of rubrics; it leads to another site, in a new window."""
    return rx.el.li(link_elsewhere(name, href))


def why_here(question: Words, tile_name: Words, *answer: rx.Component) -> rx.Component:
    """Fold away why a tile is there; opening one folds the others."""
    return rx.el.details(
        rx.el.summary(question, rx.el.span(" ", tile_name, class_name="visually-hidden")),
        *answer,
        class_name="why",
        custom_attrs={"name": "why-here"},
    )


def task_list(name: Words, *entries: rx.Component) -> rx.Component:
    """List what asks attention, at most three: each a `task`."""
    return rx.el.section(
        rx.el.ul(*entries, class_name="card tasks"), custom_attrs={"aria-label": name}
    )


def task(state: StepState | rx.Var[str], words: Words, why: Words, href: Words) -> rx.Component:
    """Build one line: what to do, and why now."""
    return rx.el.li(
        step_icon(state),
        rx.el.span(rx.el.a(words, href=href), rx.el.small(why)),
        icon("right"),
    )
