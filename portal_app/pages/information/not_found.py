"""The page for an address that leads nowhere (design 3.27)."""

import reflex as rx

from portal_app.components.buttons import button_row, link_button
from portal_app.components.text import t
from portal_app.pages.information.frame import reading_page


def not_found() -> rx.Component:
    """Say that the page does not exist, and where to go instead."""
    return reading_page(
        t("shell.not_found_title"),
        rx.el.p(t("shell.not_found_text")),
        button_row(
            link_button(t("shell.to_home"), "/", kind="primary"),
            link_button(t("shell.help_and_contact"), "/hulp"),
        ),
        path="",
    )
