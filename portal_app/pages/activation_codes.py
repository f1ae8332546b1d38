"""When the codes of a company account are over: whom to call, and asking for new ones (S-06)."""

from typing import Any

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.asking import asking_card, asking_title
from portal_app.components.buttons import button, button_row
from portal_app.components.choices import radio_group
from portal_app.components.contact_card import contact_card
from portal_app.components.elements import in_readers_language
from portal_app.components.fields import text_field
from portal_app.components.layout import account_page, aside_section, back_link
from portal_app.components.messages import error_summary, message
from portal_app.components.national_number import national_number_field
from portal_app.components.text import t, tn, told
from portal_app.settings import settings
from portal_app.state.activation_codes import COMPANY, ONESELF, ActivationCodesState

PATH = "/activeringscodes"
_FORM = PostedForm("activation_codes")
_S = ActivationCodesState


def activation_codes() -> rx.Component:
    """Say that the codes are over and whom to call, and ask who wants new ones."""
    number = _FORM.answer("number")
    return account_page(
        back_link(t("shell.to_sign_in"), "/aanmelden"),
        error_summary(_FORM.mistakes),
        asking_title(_FORM, t("activation.codes_title")),
        rx.cond(number, rx.fragment(), _why()),
        asking_card(
            _FORM,
            _questions(),
            tn("asking.received_next", settings.application_days),
            t("activation.received_codes"),
            action=f"/formulieren{PATH}",
        ),
        aside=(
            contact_card(),
            aside_section(t("activation.next_title"), rx.el.p(t("activation.next_text"))),
        ),
    )


def _why() -> rx.Component:
    contact = brand.contact
    call = t(
        "activation.call",
        helpdesk=contact.helpdesk,
        phone=contact.phone_said,
        hours=in_readers_language(contact.hours_said),
    )
    asks = (rx.el.p(t("activation.responsible_asks")), rx.el.p(call))
    return rx.cond(
        _S.is_expired,
        message("warn", rx.el.p(t("activation.expired")), *asks, icon_name="clock"),
        rx.fragment(rx.el.p(tn("activation.codes_last", settings.activation_days)), *asks),
    )


def _questions() -> rx.Component:
    is_company = rx.Var.create(_S.by == COMPANY)
    return rx.el.div(
        radio_group(
            "by",
            t("activation.by"),
            [
                (ONESELF, t("activation.by_oneself")),
                (COMPANY, t("activation.by_company")),
            ],
            error=told(_FORM.mistake_of("by")),
            chosen=ONESELF,
            on_change=_S.choose,
        ),
        rx.cond(is_company, _field("asker", auto_complete="name"), None),
        _field("company_number", has_hint=True, width="code", auto_complete="off"),
        _field("given_name", auto_complete="off"),
        _field("family_name", auto_complete="off"),
        *([rx.cond(is_company, None, _national_number())] if brand.national_number else []),
        _field(
            "email",
            has_hint=True,
            kind="email",
            verbatim=True,
            auto_complete="email",
            input_mode="email",
        ),
        _field("phone", kind="tel", auto_complete="tel", input_mode="tel"),
        button_row(button(t("activation.ask"), submits=True, busy=_FORM.is_busy)),
        class_name="stack",
    )


def _field(name: str, *, has_hint: bool = False, **props: Any) -> rx.Component:
    return text_field(
        name,
        t(f"activation.{name}"),
        hint=t(f"activation.{name}_hint") if has_hint else None,
        error=told(_FORM.mistake_of(name)),
        required=True,
        **props,
    )


def _national_number() -> rx.Component:
    return national_number_field(told(_FORM.mistake_of("national_number")))
