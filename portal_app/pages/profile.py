"""The profile form: 'Wijzig je profiel' (V-08 ... V-11)."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.choices import radio_group
from portal_app.components.dialogs import GUARDS_CHANGES, unsaved_changes
from portal_app.components.fields import password_field, required_note, text_field
from portal_app.components.layout import app_page, column, form_card, page_head
from portal_app.components.mailed_code import code_field, code_sent
from portal_app.components.messages import error_summary, live_message
from portal_app.components.new_password import new_password_fields
from portal_app.components.shell import SHELL
from portal_app.components.text import t, told
from portal_app.state.profile import ProfileState
from portal_app.state.shapes import MISTAKES

PATH = "/profiel"
_FORM = PostedForm("profile")
_FORMS = "/formulieren/profiel"


def profile() -> rx.Component:
    """Show the form; a change of address or password asks for the current password."""
    return app_page(
        page_head(t("profile.title")),
        column(
            live_message("ok", _said()),
            error_summary(_FORM.mistakes),
            form_card(
                _FORM(
                    required_note(),
                    rx.el.fieldset(
                        rx.el.legend(t("profile.part_person")),
                        *_person_fields(),
                        rx.cond(ProfileState.new_email, _new_address(), _address()),
                        class_name="form-section",
                    ),
                    rx.el.fieldset(
                        rx.el.legend(t("profile.part_login")),
                        *_login_fields(),
                        class_name="form-section",
                    ),
                    _current_password(),
                    button_row(
                        button(t("shell.save"), submits=True, busy=_FORM.is_busy),
                        link_button(t("shell.cancel"), "/"),
                    ),
                    action=_FORMS,
                    values=rx.Var.create({"salutation": ProfileState.salutation}),
                    summary=MISTAKES,
                    on_answered=ProfileState.load,
                    class_name="stack",
                    custom_attrs=GUARDS_CHANGES,
                )
            ),
        ),
        unsaved_changes(),
        shell=SHELL,
        path=PATH,
    )


def _said() -> rx.Var[str]:
    saved = _FORM.answer("saved") | ProfileState.was_saved
    return rx.cond(
        _FORM.answer("proven"),
        t("profile.address_changed"),
        rx.cond(saved, t("profile.saved"), ""),
    )


def _person_fields() -> list[rx.Component]:
    state = ProfileState
    return [
        radio_group(
            "salutation",
            t("profile.salutation"),
            [(one, t(f"profile.salutation_{one}")) for one in ("mr", "mrs", "neutral")],
            error=told(_FORM.mistake_of("salutation")),
            starred=True,
        ),
        text_field(
            "given_name",
            t("profile.given_name"),
            error=told(_FORM.mistake_of("given_name")),
            starred=True,
            required=True,
            auto_complete="given-name",
            default_value=state.given_name,
        ),
        text_field(
            "infix",
            t("profile.infix"),
            error=told(_FORM.mistake_of("infix")),
            width="short",
            auto_complete="additional-name",
            default_value=state.infix,
        ),
        text_field(
            "family_name",
            t("profile.family_name"),
            error=told(_FORM.mistake_of("family_name")),
            starred=True,
            required=True,
            auto_complete="family-name",
            default_value=state.family_name,
        ),
    ]


def _address() -> rx.Component:
    return text_field(
        "email",
        t("profile.email"),
        error=told(_FORM.mistake_of("email")),
        starred=True,
        required=True,
        kind="email",
        verbatim=True,
        auto_complete="email",
        input_mode="email",
        default_value=ProfileState.email,
        key="address",
    )


def _new_address() -> rx.Component:
    return rx.fragment(
        text_field(
            "email",
            t("profile.email"),
            error=told(_FORM.mistake_of("email")),
            starred=True,
            kind="email",
            read_only=True,
            default_value=ProfileState.new_email,
            key="new-address",
        ),
        rx.el.div(
            code_sent(
                t("profile.code_sent", email=ProfileState.new_email),
                sent_at=ProfileState.sent_at,
                after=t("profile.old_address_counts", email=ProfileState.email),
            ),
            code_field(_FORM, required=False),
            button_row(
                _part_button("registration.verify_code", "verifieren", default=True),
                _part_button("registration.new_code", "code"),
                _part_button("profile.keep_address", "annuleren"),
            ),
            class_name="stack",
            custom_attrs={"data-part": ""},
        ),
    )


def _part_button(key: str, action: str, *, default: bool = False) -> rx.Component:
    return button(
        t(key),
        kind="secondary",
        submits=True,
        form_action=f"{_FORMS}/{action}",
        custom_attrs={"data-default": ""} if default else {},
    )


def _login_fields() -> list[rx.Component]:
    return [
        text_field(
            "username",
            t("profile.username"),
            hint=t("profile.username_hint"),
            error=told(_FORM.mistake_of("username")),
            starred=True,
            required=True,
            verbatim=True,
            auto_complete="username",
            default_value=ProfileState.username,
        ),
        *new_password_fields(
            _FORM,
            confirm_label=t("passwords.repeat"),
            name_fields="given_name family_name",
            login_field="username",
            required=False,
            hint=t("profile.password_hint"),
        ),
    ]


def _current_password() -> rx.Component:
    return rx.el.div(
        password_field(
            "current_password",
            t("profile.current_password"),
            hint=t("profile.current_password_hint"),
            error=told(_FORM.mistake_of("current_password")),
        ),
        hidden=True,
        class_name="full",
        custom_attrs={"data-asked-when-changed": "email new_password confirm_password"},
    )
