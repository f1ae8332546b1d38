"""Problems with signing in: the two scenarios, each with its way (I-05, I-07, I-14)."""

import reflex as rx

from portal_app.brand import Module, offers
from portal_app.components.buttons import button_row, link_button
from portal_app.components.contact_card import mail_about
from portal_app.components.text import rich, t
from portal_app.pages.information.frame import part, reading_page
from portal_app.state.address_application import CHANGED, FORGOTTEN

PATH = "/problemen-met-aanmelden"
_ADDRESS = "/e-mailadres-vergeten"


def sign_in_problems() -> rx.Component:
    """Tell the two scenarios apart, and say what to do in each."""
    return reading_page(
        t("shell.sign_in_problems"),
        part(
            t("help.address_title"),
            t("help.address_text"),
            button_row(
                link_button(t("help.to_forgotten"), f"{_ADDRESS}?soort={FORGOTTEN}"),
                link_button(t("help.to_changed"), f"{_ADDRESS}?soort={CHANGED}"),
            ),
            rx.el.p(rich("help.address_forgotten", mail=mail_about("e-mailadres vergeten"))),
            rx.el.p(rich("help.address_changed", mail=mail_about("e-mailadres gewijzigd"))),
        ),
        part(
            t("help.password_title"),
            t("help.password_text"),
            rx.el.p(link_button(t("password_reset.reset"), "/wachtwoord-vergeten", kind="primary")),
            t("help.password_unread"),
            t("help.password_known"),
            t("help.password_old_portal"),
        ),
        *(
            [
                part(
                    t("help.codes_title"),
                    t("help.codes_text"),
                    rx.el.p(link_button(t("help.codes_ask"), "/activeringscodes")),
                ),
                part(
                    t("help.no_role_title"),
                    t("help.no_role_text"),
                    rx.el.p(link_button(t("shell.who_manages"), "/wie-beheert-toegang")),
                ),
            ]
            if offers(Module.ACCESS)
            else []
        ),
        rx.el.p(rx.el.a(t("shell.to_sign_in"), href="/aanmelden")),
        path=PATH,
    )
