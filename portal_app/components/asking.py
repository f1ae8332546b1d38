"""The form with which something is asked, and what stands in its place once it was sent."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button_row, link_button
from portal_app.components.layout import form_card
from portal_app.components.messages import message
from portal_app.components.text import t
from portal_app.state.shapes import MISTAKES


def asking_title(form: PostedForm, asks: rx.Var[str]) -> rx.Component:
    """Say what the page asks, and once that was sent, that it came in."""
    came_in = form.answer("number")
    return rx.el.h1(rx.cond(came_in, t("asking.received_title"), asks), id="title", tab_index=-1)


def asking_card(
    form: PostedForm,
    questions: rx.Component,
    *follows: rx.Var[str],
    action: str,
    values: rx.Var[dict[str, str]] | None = None,
    further: rx.Component | None = None,
) -> rx.Component:
    """Ask the questions; once they were answered, say what follows, a sentence on each thing.

    `further` leads on from there, instead of to signing in.
    """
    number = form.answer("number")
    way_on = further or link_button(t("shell.to_sign_in"), "/aanmelden", kind="primary")
    return form_card(
        form(  # around its answer too: a form that goes takes that along
            rx.cond(number, _received(number, *follows, further=way_on), questions),
            action=action,
            summary=MISTAKES,
            values=values,
            class_name="stack",
        )
    )


def _received(number: rx.Var[str], *follows: rx.Var[str], further: rx.Component) -> rx.Component:
    return rx.el.div(
        message(
            "ok",
            t("asking.received_number", number=number),
            *follows,
            icon_name="mail",
            role="status",
        ),
        button_row(further),
        class_name="stack",
    )
