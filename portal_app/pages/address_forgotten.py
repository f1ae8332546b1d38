"""An address that was forgotten, or changed: 'E-mailadres vergeten' (I-05, I-06)."""

from typing import Any

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.asking import asking_card, asking_title
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.choices import radio_group
from portal_app.components.contact_card import mail_about
from portal_app.components.fields import text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, back_link, form_card
from portal_app.components.messages import error_summary, message
from portal_app.components.national_number import national_number_field
from portal_app.components.text import rich, t, tn, told, unbroken
from portal_app.settings import settings
from portal_app.state.address_application import CHANGED, FORGOTTEN, AddressApplicationState
from portal_app.state.shapes import MISTAKES

PATH = "/e-mailadres-vergeten"
CONFIRMATION_PATH = f"{PATH}/bevestigen"
_FORMS = "/formulieren/e-mailadres-vergeten"
_FORM = PostedForm("address_forgotten")
_CONFIRMATION = PostedForm("address_confirmation")


def address_forgotten() -> rx.Component:
    """Ask who it is; afterwards say the same, whether the person is known or not."""
    return account_page(
        back_link(t("shell.sign_in_problems"), "/problemen-met-aanmelden"),
        error_summary(_FORM.mistakes),
        asking_title(_FORM, t("asking.address_title")),
        asking_card(
            _FORM,
            _questions(),
            tn("asking.received_next", settings.application_days),
            t("asking.received_mail"),
            action=_FORMS,
        ),
        aside=(
            aside_section(t("asking.what_title"), rx.el.p(t("asking.what_text"))),
            aside_section(t("asking.safe_title"), rx.el.p(t("asking.safe_text"))),
            aside_section(
                t("asking.by_mail"),
                rx.el.p(rich("help.address_forgotten", mail=mail_about("e-mailadres vergeten"))),
                rx.el.p(rich("help.address_changed", mail=mail_about("e-mailadres gewijzigd"))),
            ),
            help_section(),
        ),
    )


def address_confirmation() -> rx.Component:
    """Make a new address count: with a button, so that no mail scanner does it."""
    confirmed = _CONFIRMATION.answer("confirmed")
    return account_page(
        error_summary(_CONFIRMATION.mistakes),
        rx.el.h1(unbroken(t("asking.confirm_title")), id="title", tab_index=-1),
        form_card(
            _CONFIRMATION(
                rx.cond(confirmed, _confirmed(), _to_confirm()),
                action=f"{_FORMS}/bevestigen",
                summary=MISTAKES,
            )
        ),
        aside=(
            aside_section(t("asking.safe_title"), rx.el.p(t("asking.safe_text"))),
            help_section(),
        ),
    )


def _questions() -> rx.Component:
    state = AddressApplicationState
    return rx.el.div(
        rx.el.p(t("asking.address_intro")),
        radio_group(
            "kind",
            t("asking.kind_legend"),
            [
                (FORGOTTEN, t("asking.kind_vergeten")),
                (CHANGED, t("asking.kind_gewijzigd")),
            ],
            error=told(_FORM.mistake_of("kind")),
            chosen=state.asked,
            on_change=state.choose,
            # What the address asks for comes after the page: then the choice is drawn anew, and
            # never when somebody chooses, who would lose the focus.
            key=state.asked,
        ),
        _field("given_name", auto_complete="given-name"),
        _field("family_name", has_hint=True, auto_complete="family-name"),
        *(
            [national_number_field(told(_FORM.mistake_of("national_number")))]
            if brand.national_number
            else []
        ),
        _email("email", "reach"),
        rx.cond(state.kind == CHANGED, _email("new_email", "new_email", has_hint=True), None),
        _field("phone", required=False, kind="tel", auto_complete="tel", input_mode="tel"),
        button(t("asking.submit"), submits=True, busy=_FORM.is_busy),
        class_name="stack",
    )


def _field(
    name: str, *, required: bool = True, has_hint: bool = False, **props: Any
) -> rx.Component:
    return text_field(
        name,
        t(f"asking.{name}"),
        hint=t(f"asking.{name}_hint") if has_hint else None,
        error=told(_FORM.mistake_of(name)),
        required=required,
        **props,
    )


def _email(name: str, label: str, *, has_hint: bool = False) -> rx.Component:
    return text_field(
        name,
        t(f"asking.{label}"),
        hint=t(f"asking.{label}_hint") if has_hint else None,
        error=told(_FORM.mistake_of(name)),
        required=True,
        kind="email",
        verbatim=True,
        auto_complete="email" if name == "email" else "off",
        input_mode="email",
    )


def _to_confirm() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("asking.confirm_text")),
        rx.el.input(type="hidden", name="code", custom_attrs={"data-from-address": "code"}),
        button(t("asking.confirm"), submits=True, busy=_CONFIRMATION.is_busy),
        class_name="stack",
    )


def _confirmed() -> rx.Component:
    return rx.el.div(
        message("ok", rx.el.p(t("asking.confirmed")), role="status"),
        button_row(link_button(t("shell.to_sign_in"), "/aanmelden", kind="primary")),
        class_name="stack",
    )
