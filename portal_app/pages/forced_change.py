"""The one page that a temporary password opens: 'Kies een nieuw wachtwoord' (V-06, V-07, S-03)."""

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row
from portal_app.components.elements import native_form
from portal_app.components.fields import password_field, text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, form_card
from portal_app.components.messages import error_summary, message
from portal_app.components.national_number import national_number_field
from portal_app.components.new_password import new_password_fields
from portal_app.components.text import day, moment, t, told
from portal_app.state.forced_change import ForcedChangeState
from portal_app.state.shapes import MISTAKES

PATH = "/wachtwoord-wijzigen"
_FORMS = f"/formulieren{PATH}"
_FORM = PostedForm("forced_change")


def forced_change() -> rx.Component:
    """Ask the old password and the new one; the only other way is out."""
    state = ForcedChangeState
    return account_page(
        error_summary(_FORM.mistakes),
        rx.el.h1(t("passwords.choose_title")),
        rx.cond(
            state.activates,
            message(
                "info",
                t("activation.intro"),
                t("activation.works_through", day=day(state.expires)),
            ),
            rx.cond(
                state.expires,
                message("info", t("passwords.temporary_used", moment=moment(state.expires))),
                rx.fragment(),
            ),
        ),
        form_card(
            _FORM(
                text_field(
                    "username",
                    t("passwords.username"),
                    read_only=True,
                    auto_complete="username",
                    default_value=state.login,
                ),
                password_field(
                    "old_password",
                    t("passwords.old"),
                    hint=t("passwords.old_hint"),
                    error=told(_FORM.mistake_of("old_password")),
                ),
                *([_national_number()] if brand.national_number else []),
                *new_password_fields(
                    _FORM,
                    confirm_label=t("passwords.confirm"),
                    words=state.names,
                    login_field="username",
                    hint=t("passwords.example"),
                ),
                rx.cond(
                    state.activates,
                    _submits(f"{_FORMS}/activeren"),
                    _submits(_FORMS),
                ),
                action=_FORMS,
                summary=MISTAKES,
                class_name="stack",
            ),
        ),
        native_form(
            button(t("shell.sign_out"), kind="link", submits=True),
            action="/formulieren/afmelden",
            class_name="after-card",
        ),
        aside=(
            rx.cond(
                state.activates,
                aside_section(t("activation.why_title"), rx.el.p(t("activation.why_text"))),
                aside_section(t("passwords.why_title"), rx.el.p(t("passwords.why_text"))),
            ),
            help_section(),
        ),
    )


def _national_number() -> rx.Component:
    return rx.cond(
        ForcedChangeState.activates,
        national_number_field(told(_FORM.mistake_of("national_number"))),
        rx.fragment(),
    )


def _submits(action: str) -> rx.Component:
    return button_row(
        button(t("passwords.save_and_go"), submits=True, form_action=action, busy=_FORM.is_busy)
    )
