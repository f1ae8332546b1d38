"""Help: the questions that are asked most, and how to reach people."""

import reflex as rx

from portal_app.components.messages import details
from portal_app.components.text import t
from portal_app.pages.information.frame import part, reading_page

PATH = "/hulp"
_QUESTIONS = 6
_QUESTIONS_OF_FOLLOWING = 4


def help_page() -> rx.Component:
    """Show the questions, folded, and the contact card."""
    return reading_page(
        t("help.title"),
        part(
            t("help.questions"),
            *_answered("", _QUESTIONS),
            rx.el.p(rx.el.a(t("help.sign_in_problems"), href="/problemen-met-aanmelden")),
        ),
        part(t("help.following"), *_answered("following_", _QUESTIONS_OF_FOLLOWING)),
        path=PATH,
    )


def _answered(about: str, number: int) -> list[rx.Component]:
    return [
        details(t(f"help.{about}question_{n}"), rx.el.p(t(f"help.{about}answer_{n}")))
        for n in range(1, number + 1)
    ]
