"""Proving an address: the notice that a code was mailed, and the field for it."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.elements import Words
from portal_app.components.fields import text_field
from portal_app.components.messages import message
from portal_app.components.text import moment, t, tn, told, unbroken
from portal_app.settings import settings


def code_sent(*said: Words, sent_at: Words, after: Words | None = None) -> rx.Component:
    """Build the notice that a code is on its way: when it was sent, and what else to know."""
    return message(
        "info",
        *(rx.el.p(unbroken(words)) for words in said),
        rx.el.p(
            unbroken(
                tn("registration.sent_at", settings.verification_minutes, moment=moment(sent_at))
            ),
            class_name="small",
        ),
        *([rx.el.p(unbroken(after))] if after is not None else []),
        icon_name="mail",
        role="status",
    )


def code_field(form: PostedForm, *, required: bool = True) -> rx.Component:
    """Build the field for a mailed code; it forgets what was typed when the page is left."""
    return text_field(
        "code",
        t("registration.code"),
        hint=t("registration.code_hint"),
        error=told(form.mistake_of("code")),
        required=required,
        width="code",
        input_mode="numeric",
        auto_complete="one-time-code",
        custom_attrs={"data-secret": ""},
    )
