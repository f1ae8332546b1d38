"""Redeem an invitation: the code page, and the consent of whoever is signed in (M-14, X-14)."""

from functools import partial

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row
from portal_app.components.coming_in import invitation_context
from portal_app.components.elements import native_form
from portal_app.components.fields import text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, form_card, open_page
from portal_app.components.messages import error_summary, message
from portal_app.components.shell import SHELL
from portal_app.components.text import t, told
from portal_app.state.invitations import InvitationState
from portal_app.state.shapes import MISTAKES
from portal_app.state.shell import ShellState

_CODE = PostedForm("invitation")
_CONSENT = PostedForm("consent")


def invitation() -> rx.Component:
    """Show the code form; a signed-in person with a waiting invitation is asked for consent."""
    asks_consent = InvitationState.waits & InvitationState.signed_in
    return account_page(
        rx.cond(asks_consent, _consent(), _code()),
        frame=partial(open_page, shell=SHELL, path="/uitnodiging"),
        aside=(
            aside_section(t("invitations.what_title"), rx.el.p(t("invitations.what_text"))),
            aside_section(t("invitations.problem_title"), rx.el.p(t("invitations.problem_text"))),
            aside_section(t("invitations.browser_title"), rx.el.p(t("shell.old_browser"))),
            help_section(),
        ),
    )


def _code() -> rx.Component:
    return rx.fragment(
        error_summary(_CODE.mistakes),
        rx.el.h1(t("invitations.title")),
        rx.cond(
            _CODE.answer("asked"),
            message("ok", rx.el.p(t("invitations.asked")), id="asked", tab_index=-1),
            rx.fragment(),
        ),
        rx.cond(
            rx.Var.create(InvitationState.over) & ~_CODE.is_refused,
            message("warn", told(InvitationState.over)),
            rx.fragment(),
        ),
        form_card(
            _CODE(
                text_field(
                    "code",
                    t("invitations.code"),
                    hint=t("invitations.code_hint"),
                    error=told(_CODE.mistake_of("code")),
                    required=True,
                    verbatim=True,
                    width="mono",
                    auto_complete="off",
                    default_value=InvitationState.typed,
                    max_length=20_000,
                ),
                button_row(
                    button(t("shell.continue"), submits=True, busy=_CODE.is_busy),
                    rx.cond(
                        _CODE.was_refused("code", "invitations.wrong_expired"),
                        button(
                            t("invitations.ask_another"),
                            kind="secondary",
                            submits=True,
                            form_action="/formulieren/uitnodiging/vragen",
                        ),
                        rx.fragment(),
                    ),
                ),
                action="/formulieren/uitnodiging",
                summary=MISTAKES,
                class_name="stack",
            )
        ),
        rx.el.p(
            rx.el.a(t("invitations.no_code"), href="/toegang-aanvragen"), class_name="after-card"
        ),
    )


def _consent() -> rx.Component:
    return rx.fragment(
        error_summary(_CONSENT.mistakes),
        rx.el.h1(t("invitations.consent_title")),
        invitation_context(),
        form_card(
            rx.el.div(
                rx.el.p(
                    t(
                        "invitations.consent_text",
                        company=InvitationState.company,
                        person=ShellState.person_name,
                    )
                ),
                rx.cond(
                    InvitationState.invited,
                    rx.el.p(t("invitations.consent_address", invited=InvitationState.invited)),
                    rx.fragment(),
                ),
                _CONSENT(
                    button(t("invitations.add"), submits=True, busy=_CONSENT.is_busy),
                    button(
                        t("invitations.not_now"),
                        kind="secondary",
                        submits=True,
                        form_action="/formulieren/uitnodiging/vergeten",
                    ),
                    action="/formulieren/uitnodiging/toevoegen",
                    summary=MISTAKES,
                    class_name="button-row",
                ),
                native_form(
                    button(t("invitations.other_account"), kind="link", submits=True),
                    action="/formulieren/uitnodiging/ander-account",
                ),
                class_name="stack",
            )
        ),
    )
