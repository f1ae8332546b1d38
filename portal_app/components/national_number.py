"""The field for a national register number, wherever one is asked."""

import reflex as rx

from portal_app.components.elements import Words
from portal_app.components.fields import text_field
from portal_app.components.text import t


def national_number_field(error: Words) -> rx.Component:
    """Ask for the number, and say what becomes of it."""
    return text_field(
        "national_number",
        t("asking.national_number"),
        hint=t("asking.national_number_hint"),
        error=error,
        required=True,
        width="short",
        verbatim=True,
        auto_complete="off",
        input_mode="numeric",
    )
