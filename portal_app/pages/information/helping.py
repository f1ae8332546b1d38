"""Help: the questions that are asked most, and how to reach people."""

import reflex as rx

from portal_app.brand import Module, offers
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
            *(_answered(f"question_{n}", f"answer_{n}") for n in range(1, _QUESTIONS + 1)),
            rx.el.p(rx.el.a(t("shell.sign_in_problems"), href="/problemen-met-aanmelden")),
            *_who_manages(),
        ),
        *_following(),
        path=PATH,
    )


def _who_manages() -> list[rx.Component]:
    if not offers(Module.ACCESS):
        return []
    return [rx.el.p(rx.el.a(t("shell.who_manages"), href="/wie-beheert-toegang"))]


def _following() -> tuple[rx.Component, ...]:
    # Only about what this fund has: an answer must not lead to a page that is not there.
    candidates, codes = offers(Module.OVERVIEW), offers(Module.PAYMENT_CODES)
    of_candidates = (
        _answered("following_question_1", "following_answer_1"),
        _answered(
            "following_question_2", "following_answer_2" if codes else "linked_without_codes"
        ),
        _answered("following_question_3", "following_answer_3"),
    )
    of_codes = (_answered("following_question_4", "following_answer_4"),)
    match candidates, codes:
        case True, True:
            return (part(t("help.following"), *of_candidates, *of_codes),)
        case True, False:
            return (part(t("help.candidates"), *of_candidates),)
        case False, True:
            return (part(t("help.payment_codes"), *of_codes),)
        case _:
            return ()


def _answered(question: str, answer: str) -> rx.Component:
    return details(t(f"help.{question}"), rx.el.p(t(f"help.{answer}")))
