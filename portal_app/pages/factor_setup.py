"""The one page for whoever must have a second step and has none: 'Stel een tweede stap in'."""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.elements import native_form
from portal_app.components.factors import authenticator_app, recovery_codes
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, section
from portal_app.components.passkeys import passkeys
from portal_app.components.text import t

PATH = "/tweede-stap"


def factor_setup() -> rx.Component:
    """Offer the ways; the only other way is out."""
    return account_page(
        rx.el.h1(t("factors.setup_title")),
        rx.el.p(t("factors.setup_text")),
        section(t("factors.passkeys"), passkeys()),
        section(t("factors.app"), authenticator_app()),
        section(t("factors.codes"), recovery_codes(goes_on=True)),
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
