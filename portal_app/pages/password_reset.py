"""A forgotten password: 'Wachtwoord vergeten?', and 'Dit was ik niet' (I-09 ... I-11, X-09)."""

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import Kind, button, button_row, link_button
from portal_app.components.fields import text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, back_link, form_card
from portal_app.components.mailed_code import code_field, code_sent
from portal_app.components.messages import error_summary, message
from portal_app.components.new_password import new_password_fields
from portal_app.components.text import t, told
from portal_app.state.password_reset import PasswordResetState
from portal_app.state.shapes import MISTAKES

PATH = "/wachtwoord-vergeten"
WITHDRAWAL_PATH = "/wachtwoord-vergeten/intrekken"
_FORMS = "/formulieren/wachtwoord-vergeten"
_FORM = PostedForm("password_reset")
_WITHDRAWAL = PostedForm("withdrawal")


def password_reset() -> rx.Component:
    """Ask for the address; afterwards say the same, whoever signs in with it or nobody does."""
    asked = _FORM.answer("asked")
    stage = rx.Var.create(PasswordResetState.stage)
    return account_page(
        back_link(t("shell.cancel"), "/aanmelden"),
        error_summary(_FORM.mistakes),
        rx.el.h1(
            rx.cond(
                stage == "verified",
                t("passwords.choose_title"),
                rx.cond(asked, t("password_reset.look"), t("password_reset.title")),
            ),
            id="title",
            tab_index=-1,
        ),
        form_card(
            _FORM(
                rx.cond(
                    stage == "sent",
                    _code(),
                    rx.cond(stage == "verified", _choice(), _question(asked)),
                ),
                action=_FORMS,
                summary=MISTAKES,
                on_answered=PasswordResetState.load,
                class_name="stack",
            )
        ),
        rx.cond(
            stage == "verified",  # the address is known by then
            rx.fragment(),
            rx.el.p(
                t("password_reset.no_address"),
                " ",
                rx.el.a(t("shell.sign_in_problems"), href="/problemen-met-aanmelden"),
                class_name="after-card",
            ),
        ),
        aside=(
            aside_section(t("password_reset.what_title"), rx.el.p(t("password_reset.what_text"))),
            aside_section(t("password_reset.safe_title"), rx.el.p(t("password_reset.safe_text"))),
            help_section(),
        ),
    )


def withdrawal() -> rx.Component:
    """Take a temporary password back: with a button, so that no mail scanner does it."""
    withdrawn = _WITHDRAWAL.answer("withdrawn")
    return account_page(
        error_summary(_WITHDRAWAL.mistakes),
        rx.el.h1(t("password_reset.not_me"), id="title", tab_index=-1),
        form_card(
            _WITHDRAWAL(  # around its answer too: a form that goes takes that along
                rx.cond(withdrawn, _withdrawn(), _to_withdraw()),
                action=f"{_FORMS}/intrekken",
                summary=MISTAKES,
            )
        ),
        aside=(
            aside_section(t("password_reset.safe_title"), rx.el.p(t("password_reset.safe_text"))),
            help_section(),
        ),
    )


def _to_withdraw() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("password_reset.withdraw_text")),
        rx.el.input(type="hidden", name="code", custom_attrs={"data-from-address": "code"}),
        button_row(button(t("password_reset.withdraw"), submits=True, busy=_WITHDRAWAL.is_busy)),
        class_name="stack",
    )


def _withdrawn() -> rx.Component:
    return rx.el.div(
        message("ok", rx.el.p(t("password_reset.withdrawn")), role="status"),
        rx.el.p(t("password_reset.withdrawn_next")),
        button_row(link_button(t("shell.to_sign_in"), "/aanmelden", kind="primary")),
        class_name="stack",
    )


def _question(asked: rx.Var[str]) -> rx.Component:
    return rx.el.div(
        rx.cond(
            asked,
            message(
                "info",
                rx.el.p(t("password_reset.asked")),
                rx.el.p(t("password_reset.spam")),
                icon_name="mail",
                role="status",
            ),
            rx.el.p(t("password_reset.intro", organisation=brand.organisation)),
        ),
        _email_field(),
        rx.cond(
            asked,
            button_row(
                link_button(t("shell.to_sign_in"), "/aanmelden", kind="primary"),
                button(
                    t("password_reset.again"), kind="secondary", submits=True, busy=_FORM.is_busy
                ),
            ),
            button_row(button(t("password_reset.reset"), submits=True, busy=_FORM.is_busy)),
        ),
        class_name="stack",
    )


def _code() -> rx.Component:
    return rx.el.div(
        code_sent(
            t("password_reset.code_asked"),
            t("password_reset.spam"),
            sent_at=PasswordResetState.sent_at,
        ),
        _email_field(read_only=True, beside=_part_button("registration.change_email", "wijzigen")),
        code_field(_FORM),
        button_row(
            _part_button("registration.verify_code", "verifieren", kind="primary"),
            _part_button("registration.new_code", "", kind="secondary"),
        ),
        class_name="stack",
        custom_attrs={"data-part": ""},
    )


def _choice() -> rx.Component:
    return rx.el.div(
        message("ok", t("registration.verified"), role="status"),
        text_field(
            "username",
            t("passwords.username"),
            read_only=True,
            auto_complete="username",
            default_value=PasswordResetState.login,
        ),
        *new_password_fields(
            _FORM,
            confirm_label=t("passwords.confirm"),
            words=PasswordResetState.names,
            login_field="username",
            hint=t("passwords.example"),
        ),
        button_row(_part_button("passwords.save_and_go", "kiezen", kind="primary")),
        class_name="stack",
        custom_attrs={"data-part": ""},
    )


def _email_field(*, read_only: bool = False, beside: rx.Component | None = None) -> rx.Component:
    return text_field(
        "email",
        t("password_reset.email"),
        hint=None if read_only else t("password_reset.email_hint"),
        error=told(_FORM.mistake_of("email")),
        required=True,
        kind="email",
        verbatim=True,
        auto_complete="username",
        input_mode="email",
        placeholder=t("password_reset.placeholder"),
        read_only=read_only,
        default_value=PasswordResetState.email,
        beside_label=beside,
    )


def _part_button(key: str, action: str, *, kind: Kind = "link") -> rx.Component:
    is_primary = kind == "primary"
    return button(
        t(key),
        kind=kind,
        submits=True,
        form_action=f"{_FORMS}/{action}".rstrip("/"),
        busy=_FORM.is_busy if is_primary else None,
        custom_attrs={"data-default": ""} if is_primary else {},
    )
