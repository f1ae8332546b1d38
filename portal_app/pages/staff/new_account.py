"""Make a personal account with a provided password (V-06, V-07)."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button
from portal_app.components.fields import text_field
from portal_app.components.messages import error_summary, message
from portal_app.components.text import t, told
from portal_app.pages.staff.form_page import form_page
from portal_app.pages.staff.person_fields import person_fields

PATH = "/beheer/accounts/nieuw"
_FORM = PostedForm("new_account")


def new_account() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    return form_page(
        _FORM,
        _made(),
        error_summary(_FORM.mistakes),
        title=t("invitations.new_account"),
        sub=t("staff.account_sub"),
        person=[*person_fields(_FORM, names_required=True), _username()],
        submit=button(t("staff.make_account"), submits=True, busy=_FORM.is_busy),
        action="/formulieren/beheer/account",
    )


def _made() -> rx.Component:
    return rx.cond(
        _FORM.answer("made"),
        message(
            "ok",
            t("staff.account_made", email=_FORM.answer("email")),
            id="made",
            tab_index=-1,
        ),
        rx.fragment(),
    )


def _username() -> rx.Component:
    return text_field(
        "username",
        t("profile.username"),
        hint=t("staff.username_hint"),
        error=told(_FORM.mistake_of("username")),
        verbatim=True,
        auto_complete="off",
    )
