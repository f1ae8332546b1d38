"""How far one's application is, opened with the key of a mail."""

import reflex as rx

from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, form_card
from portal_app.components.messages import message
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import step_icon
from portal_app.components.text import day, moment, t, told_by_key
from portal_app.state.own_application import OwnApplicationState, ToldLine

PATH = "/aanvraag"


def own_application() -> rx.Component:
    """Show what happened, the newest last, and by when an answer comes."""
    state = OwnApplicationState
    return account_page(
        rx.el.h1(t("applications.own_title"), id="title", tab_index=-1),
        rx.cond(state.is_loaded, _found(), skeleton(4)),
        aside=(
            aside_section(t("applications.safe_title"), rx.el.p(t("applications.safe_text"))),
            help_section(),
        ),
    )


def _found() -> rx.Component:
    state = OwnApplicationState
    return rx.cond(
        state.number,
        form_card(
            rx.el.h2(told_by_key(state.kind_key), " ", rx.el.span(state.number, class_name="code")),
            rx.cond(
                state.due,
                rx.el.p(t("applications.own_due", day=day(state.due))),
                rx.fragment(),
            ),
            rx.el.ol(rx.foreach(state.lines, _line), class_name="timeline"),
        ),
        message("bad", rx.el.p(t("applications.own_unknown")), role="alert"),
    )


def _line(line: ToldLine) -> rx.Component:
    return rx.el.li(
        step_icon(rx.Var.create(line.icon)),
        rx.el.span(
            rx.el.b(told_by_key(line.said_key)),
            rx.cond(
                line.reason_key,
                rx.el.span(told_by_key(line.reason_key), class_name="under"),
                rx.fragment(),
            ),
            rx.cond(line.note, rx.el.span(line.note, class_name="under"), rx.fragment()),
        ),
        rx.el.span(moment(line.at), class_name="small muted"),
    )
