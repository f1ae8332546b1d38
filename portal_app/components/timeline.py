"""What happened and what comes, one under the other; and facts in pairs."""

import reflex as rx

from portal_app.components.elements import Words
from portal_app.components.step_icons import step_icon
from portal_app.components.text import moment
from portal_app.state.shapes import Moment


def timeline(moments: rx.Var[list[Moment]]) -> rx.Component:
    """Show moments in order, each with its state, title, detail and date."""
    return rx.el.ol(rx.foreach(moments, _moment), class_name="timeline")


def facts(*pairs: tuple[Words, rx.Component | Words]) -> rx.Component:
    """List facts: a name and what it is."""
    return rx.el.dl(
        *(part for name, value in pairs for part in (rx.el.dt(name), rx.el.dd(value))),
        class_name="facts",
    )


def _moment(line: Moment) -> rx.Component:
    return rx.el.li(
        step_icon(rx.Var.create(line.state)),
        rx.el.span(
            rx.el.b(line.title),
            rx.cond(line.detail, rx.el.span(line.detail, class_name="under"), rx.fragment()),
        ),
        rx.cond(
            line.when,
            rx.el.span(moment(rx.Var.create(line.when)), class_name="small muted"),
            rx.fragment(),
        ),
    )
