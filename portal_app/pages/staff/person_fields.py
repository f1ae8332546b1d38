"""The fields that name a person who gets access: address, names, role, language."""

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.fields import select_field, text_field
from portal_app.components.text import t, told
from portal_app.permissions import INVITABLE_ROLES


def person_fields(
    form: PostedForm, *, names_required: bool, has_role: bool = True
) -> list[rx.Component]:
    """Build the fields; without a role where the form gives one role alone."""
    return [
        text_field(
            "email",
            t("profile.email"),
            error=told(form.mistake_of("email")),
            required=True,
            kind="email",
            verbatim=True,
            input_mode="email",
            auto_complete="off",
        ),
        _name(form, "given_name", required=names_required),
        _name(form, "infix", required=False),
        _name(form, "family_name", required=names_required),
        *([_role(form)] if has_role else []),
        select_field(
            "locale",
            t("staff.language"),
            [(locale, t(f"shell.language_{locale}")) for locale in brand.languages],
            hint=t("staff.language_hint"),
            error=told(form.mistake_of("locale")),
        ),
    ]


def _role(form: PostedForm) -> rx.Component:
    return select_field(
        "role",
        t("staff.role"),
        [(role.value, t(f"roles.{role.value}")) for role in INVITABLE_ROLES],
        empty=t("components.choose"),
        error=told(form.mistake_of("role")),
        required=True,
    )


def _name(form: PostedForm, name: str, *, required: bool) -> rx.Component:
    return text_field(
        name,
        t(f"profile.{name}"),
        error=told(form.mistake_of(name)),
        required=required,
        width="short" if name == "infix" else "full",
        auto_complete="off",
    )
