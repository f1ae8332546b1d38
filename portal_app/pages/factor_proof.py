"""Prove who one is, after the password or once more: 'Bevestig dat u het bent'."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button
from portal_app.components.elements import native_form
from portal_app.components.fields import password_field, text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, form_card, or_line
from portal_app.components.lost_factor import lost_factor
from portal_app.components.messages import details, error_summary
from portal_app.components.passkeys import passkey_form
from portal_app.components.text import t, told
from portal_app.state.factor_proofs import FactorProofState

PATH = "/bevestigen"
_CODE = PostedForm("proof_code")
_RECOVERY = PostedForm("proof_recovery")
_PASSKEY = PostedForm("proof_passkey")
_PASSWORD = PostedForm("proof_password")
_FORMS = "/formulieren/bevestigen"


def factor_proof() -> rx.Component:
    """Ask for what the person has; the only other way is out."""
    state = FactorProofState
    return account_page(
        rx.el.h1(t("factors.prove_title")),
        rx.el.p(
            rx.cond(state.is_coming_in, t("factors.prove_coming_in"), t("factors.prove_again"))
        ),
        rx.cond(state.has_passkeys, _with_passkey(), rx.fragment()),
        rx.cond(
            rx.Var.create(state.has_passkeys) & rx.Var.create(state.has_app),
            or_line(t("factors.or")),
            rx.fragment(),
        ),
        rx.cond(state.has_app, _with_app(), rx.fragment()),
        rx.cond(state.with_password, _with_password(), rx.fragment()),
        rx.cond(state.with_password, rx.fragment(), _other_ways()),
        native_form(
            button(t("shell.sign_out"), kind="link", submits=True),
            action="/formulieren/afmelden",
            class_name="after-card",
        ),
        aside=(
            aside_section(t("factors.why_title"), rx.el.p(t("factors.why_text"))),
            help_section(),
        ),
    )


def _with_passkey() -> rx.Component:
    return form_card(
        error_summary(_PASSKEY.mistakes, id=_PASSKEY.summary),
        passkey_form(
            _PASSKEY,
            _back(),
            button(t("factors.passkey_use"), submits=True, wide=True, busy=_PASSKEY.is_busy),
            asks="get",
            action=f"{_FORMS}/passkey",
        ),
    )


def _with_app() -> rx.Component:
    return form_card(
        error_summary(_CODE.mistakes, id=_CODE.summary),
        _CODE(
            text_field(
                "code",
                t("factors.prove_with_code"),
                hint=t("factors.code_hint"),
                error=told(_CODE.mistake_of("code")),
                required=True,
                width="code",
                input_mode="numeric",
                auto_complete="one-time-code",
            ),
            _back(),
            button(t("factors.prove"), submits=True, wide=True, busy=_CODE.is_busy),
            action=_FORMS,
            summary=_CODE.summary,
            class_name="stack",
        ),
    )


def _with_password() -> rx.Component:
    return form_card(
        error_summary(_PASSWORD.mistakes, id=_PASSWORD.summary),
        _PASSWORD(
            rx.el.input(
                type="text",
                name="username",
                auto_complete="username",
                value=FactorProofState.login,
                read_only=True,
                hidden=True,
            ),
            password_field(
                "current_password",
                t("sign_in.password"),
                error=told(_PASSWORD.mistake_of("current_password")),
            ),
            _back(),
            button(t("factors.prove"), submits=True, wide=True, busy=_PASSWORD.is_busy),
            action=f"{_FORMS}/wachtwoord",
            summary=_PASSWORD.summary,
            class_name="stack",
        ),
    )


def _other_ways() -> rx.Component:
    return rx.el.div(
        rx.cond(FactorProofState.has_codes, _with_recovery_code(), rx.fragment()),
        lost_factor(),
        class_name="other-ways",
    )


def _with_recovery_code() -> rx.Component:
    return details(
        t("factors.no_app_at_hand"),
        error_summary(_RECOVERY.mistakes, id=_RECOVERY.summary),
        _RECOVERY(
            text_field(
                "recovery_code",
                t("factors.recovery_code"),
                hint=t("factors.recovery_code_hint"),
                error=told(_RECOVERY.mistake_of("recovery_code")),
                required=True,
                verbatim=True,
                width="mono",
                auto_complete="off",
            ),
            _back(),
            button(
                t("factors.prove_with_recovery_code"),
                kind="secondary",
                submits=True,
                busy=_RECOVERY.is_busy,
            ),
            action=f"{_FORMS}/herstelcode",
            summary=_RECOVERY.summary,
            class_name="stack",
        ),
    )


def _back() -> rx.Component:
    return rx.el.input(type="hidden", name="back", custom_attrs={"data-from-address": "terug"})
