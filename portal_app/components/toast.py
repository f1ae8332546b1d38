"""'Done. Undo?': the only thing a toast is for. Mistakes never stand in one."""

import reflex as rx
from reflex.event import EventType

from portal_app.components.buttons import button
from portal_app.components.elements import icon, visually_hidden
from portal_app.components.text import t


def undo_toast(
    words: rx.Var[str], on_undo: EventType[()], on_dismiss: EventType[()]
) -> rx.Component:
    """Say what was done, with 'Ongedaan maken'; nothing shows while `words` is empty.

    The state empties the words on either press. After 10 seconds, in which nobody pointed at
    it, the page presses the close button (toasts.js); the same undo also stands somewhere
    that stays.
    """
    return rx.el.div(
        rx.cond(
            words,
            rx.el.div(
                rx.el.span(words),
                button(t("shell.undo"), kind="secondary", on_click=on_undo),
                rx.el.button(
                    icon("x"),
                    visually_hidden(t("shell.close")),
                    type="button",
                    class_name="icon-button",
                    on_click=on_dismiss,
                    custom_attrs={"data-dismisses": ""},
                ),
                class_name="toast",
                custom_attrs={"data-toast": ""},
            ),
            rx.fragment(),
        ),
        role="status",
        class_name="toast-stand",
    )
