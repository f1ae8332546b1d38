"""What stands in place of a form once an application was sent."""

import reflex as rx

from portal_app.components.buttons import button_row, link_button
from portal_app.components.messages import message
from portal_app.components.text import t


def received(
    number: rx.Var[str], *follows: rx.Var[str], further: rx.Component | None = None
) -> rx.Component:
    """Say that an application came in, by its number, and `follows`: a sentence on each thing.

    `further` leads on from there, instead of to signing in.
    """
    return rx.el.div(
        message(
            "ok",
            rx.el.p(t("asking.received_number", number=number)),
            *(rx.el.p(sentence) for sentence in follows),
            icon_name="mail",
            role="status",
        ),
        button_row(further or link_button(t("shell.to_sign_in"), "/aanmelden", kind="primary")),
        class_name="stack",
    )
