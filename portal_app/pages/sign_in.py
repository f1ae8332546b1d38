"""Sign in: 'Aanmelden met uw inlognaam' (M-17)."""

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, link_button
from portal_app.components.coming_in import (
    eherkenning_context,
    inside_already,
    invitation_context,
)
from portal_app.components.elements import in_readers_language
from portal_app.components.fields import password_field, text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, form_card
from portal_app.components.messages import MessageKind, error_summary, message
from portal_app.components.text import t, told
from portal_app.state.invitations import InvitationState
from portal_app.state.shapes import MISTAKES
from portal_app.state.sign_in import SignInState

_FORM = PostedForm("sign_in")
_REASONS: tuple[tuple[str, MessageKind, str], ...] = (
    ("verlopen", "info", "sign_in.expired"),
    ("elders", "info", "sign_in.elsewhere"),
    ("afgemeld", "ok", "sign_in.signed_out"),
)


def sign_in() -> rx.Component:
    """Show the form, with why one is here and what waits."""
    return account_page(
        error_summary(_FORM.mistakes),
        *_heading(),
        rx.cond(
            _FORM.was_refused("password", "errors.sign_in_wrong"),
            message("info", t("sign_in.old_portal")),
            rx.fragment(),
        ),
        _why_here(),
        inside_already(),
        invitation_context(t("sign_in.known_elsewhere")),
        eherkenning_context(
            rx.el.p(t("sign_in.register_first", portal=brand.portal_name)),
            is_next=SignInState.to_eherkenning,
        ),
        form_card(
            _FORM(
                text_field(
                    "login",
                    t("sign_in.login"),
                    hint=t("sign_in.login_hint"),
                    error=told(_FORM.mistake_of("login")),
                    required=True,
                    verbatim=True,
                    auto_complete="username",
                    placeholder=t("password_reset.placeholder"),
                ),
                password_field(
                    "password",
                    t("sign_in.password"),
                    error=told(_FORM.mistake_of("password")),
                    below=rx.el.a(
                        t("sign_in.forgotten"), href="/problemen-met-aanmelden", class_name="small"
                    ),
                ),
                rx.el.input(
                    type="hidden", name="back", custom_attrs={"data-from-address": "terug"}
                ),
                button(t("sign_in.sign_in"), submits=True, wide=True, busy=_FORM.is_busy),
                action="/formulieren/aanmelden",
                summary=MISTAKES,
                class_name="stack",
            )
        ),
        _no_account(),
        rx.cond(
            SignInState.spares_staff,
            rx.el.p(t("sign_in.demo_factor"), class_name="small muted after-card"),
            rx.fragment(),
        ),
        aside=(
            aside_section(
                t("sign_in.code_title"),
                rx.el.p(t("sign_in.code_text")),
                rx.el.p(rx.el.a(t("invitations.title"), href="/uitnodiging")),
            ),
            help_section(),
        ),
    )


def _heading() -> list[rx.Component]:
    slogan = rx.fragment()
    if brand.slogan:
        slogan = rx.el.p(in_readers_language(brand.slogan), class_name="slogan")
    on_the_way = SignInState.to_eherkenning
    return [
        rx.cond(on_the_way, slogan, rx.fragment()),
        rx.el.h1(rx.cond(on_the_way, t("sign_in.title_existing"), t("sign_in.title"))),
    ]


def _why_here() -> rx.Component:
    reason = rx.Var.create(SignInState.reason)
    why = rx.fragment()
    for word, kind, key in _REASONS:
        why = rx.cond(reason == word, message(kind, t(key)), why)
    return why


def _no_account() -> rx.Component:
    return rx.cond(
        InvitationState.waits | SignInState.to_eherkenning,
        rx.el.div(
            rx.el.p(t("sign_in.no_account")),
            link_button(t("sign_in.register"), "/registreren", wide=True),
            class_name="stack after-card",
        ),
        rx.el.p(
            t("sign_in.no_account"),
            " ",
            rx.el.a(t("sign_in.register"), href="/registreren"),
            class_name="after-card",
        ),
    )
