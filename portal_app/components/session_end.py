"""The warning before a session ends by itself, with the way to stay (WCAG 2.2.1)."""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.dialogs import dialog
from portal_app.components.elements import native_form
from portal_app.components.text import t, tn
from portal_app.state.shell import ShellState


def session_end_dialog() -> rx.Component:
    """Ask whether somebody is still here; any answer but 'Afmelden' is that somebody is."""
    state = ShellState
    return dialog(
        "session-end",
        tn("shell.session_ending", state.ends_in_minutes),
        rx.el.p(
            rx.cond(state.can_stay, t("shell.session_ending_why"), t("shell.session_ending_day"))
        ),
        confirm=native_form(
            button(t("shell.sign_out"), kind="secondary", submits=True),
            action="/formulieren/afmelden",
        ),
        cancel=rx.cond(state.can_stay, t("shell.stay_signed_in"), t("shell.close")),
        wanted=rx.Var.create(state.ends_in_minutes) > 0,
        on_close=state.stay,
    )
