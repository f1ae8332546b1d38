"""Choosing a new password: two fields, and the rules that are ticked while typing."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.choices import password_rules
from portal_app.components.elements import Words
from portal_app.components.fields import password_field
from portal_app.components.text import t, told

RULES = "wachtwoordregels"


def new_password_fields(
    form: PostedForm,
    *,
    confirm_label: Words,
    name_fields: str = "",
    login_field: str = "",
    words: rx.Var[str] | str = "",
    required: bool = True,
    hint: Words | None = None,
) -> list[rx.Component]:
    """Build 'Nieuw wachtwoord', its rules, and the field to repeat it.

    `name_fields` and `login_field` are ids of fields whose contents the password must not
    hold; `words` are such words that are known already, separated by spaces.
    """
    rules = [
        (name, t(f"passwords.rule_{name}"))
        for name in ("shortest", "capital", "small", "digit", "symbol", "words")
    ]
    return [
        password_field(
            "new_password",
            t("passwords.new"),
            new=True,
            required=required,
            hint=hint,
            described_by=RULES,
            error=told(form.mistake_of("new_password")),
        ),
        password_rules(
            RULES,
            rules,
            custom_attrs={
                "data-rules-for": "new_password",
                "data-names": name_fields,
                "data-login": login_field,
                "data-words": words,
            },
        ),
        password_field(
            "confirm_password",
            confirm_label,
            new=True,
            required=required,
            error=told(form.mistake_of("confirm_password")),
        ),
    ]
