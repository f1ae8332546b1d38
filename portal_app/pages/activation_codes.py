"""When the codes of a company account are over: who gives new ones (S-06)."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.contact_card import contact_card
from portal_app.components.elements import in_readers_language
from portal_app.components.layout import account_page, back_link, form_card
from portal_app.components.messages import message
from portal_app.components.text import t, tn
from portal_app.settings import settings
from portal_app.state.activation_codes import ActivationCodesState

PATH = "/activeringscodes"


def activation_codes() -> rx.Component:
    """Say that the codes are over, or how long they work, and whom to call."""
    contact = brand.contact
    return account_page(
        back_link(t("shell.to_sign_in"), "/aanmelden"),
        rx.el.h1(t("activation.codes_title"), id="title", tab_index=-1),
        rx.cond(
            ActivationCodesState.is_expired,
            message("warn", rx.el.p(t("activation.expired")), icon_name="clock"),
            rx.el.p(tn("activation.codes_last", settings.activation_days)),
        ),
        form_card(
            rx.el.div(
                rx.el.p(t("activation.responsible_asks")),
                rx.el.p(
                    t(
                        "activation.call",
                        helpdesk=contact.helpdesk,
                        phone=contact.phone,
                        hours=in_readers_language(contact.hours_said),
                    )
                ),
                class_name="stack",
            )
        ),
        aside=(contact_card(),),
    )
