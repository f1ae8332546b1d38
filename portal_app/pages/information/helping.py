"""Help: the questions that are asked most, and how to reach people."""

import reflex as rx

from portal_app.components.messages import details
from portal_app.components.text import t
from portal_app.pages.information.frame import part, reading_page

PATH = "/hulp"
_QUESTIONS = 6


def help_page() -> rx.Component:
    """Show the questions, folded, and the contact card."""
    return reading_page(
        t("help.title"),
        part(
            t("help.questions"),
            *(
                details(t(f"help.question_{n}"), rx.el.p(t(f"help.answer_{n}")))
                for n in range(1, _QUESTIONS + 1)
            ),
            rx.el.p(rx.el.a(t("help.sign_in_problems"), href="/problemen-met-aanmelden")),
        ),
        path=PATH,
    )
