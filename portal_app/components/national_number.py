"""The field for a national register number, wherever one is asked."""

import reflex as rx

from portal_app.components.elements import Words
from portal_app.components.fields import text_field
from portal_app.components.text import t


def national_number_field(error: Words, *, hint: Words | None = None) -> rx.Component:
    """Ask for the number, and say what becomes of it; `hint` is for who types another's."""
    return text_field(
        "national_number",
        t("asking.national_number"),
        hint=t("asking.national_number_hint") if hint is None else hint,
        error=error,
        required=True,
        width="short",
        verbatim=True,
        auto_complete="off",
        input_mode="numeric",
    )
