"""The forms of a company's name, address and ways to reach it."""

from typing import Any, Literal

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.fields import Width, text_field
from portal_app.components.text import t, told
from portal_app.pages.company_data.editing import fact, part_form, save_or_leave, value_of
from portal_app.state.company_data import CompanyDataState

_S = CompanyDataState
_NAME = PostedForm("company_name")
_ADDRESS = PostedForm("company_address")
_CONTACT = PostedForm("company_contact")
BANK_ACCOUNT = PostedForm("company_bank_account")


def is_refused() -> rx.Var[bool]:
    """Tell whether what was sent of any part was refused, for the title of the page."""
    address = _ADDRESS.is_refused | _CONTACT.is_refused
    return _NAME.is_refused | address | BANK_ACCOUNT.is_refused


def name_form() -> rx.Component:
    """Ask for the name."""
    return part_form(
        _NAME,
        "name",
        _field(_NAME, "name", auto_complete="organization", required=True),
        now=_now("name"),
        buttons=save_or_leave(_NAME),
    )


def address_form() -> rx.Component:
    """Ask for the address."""
    return part_form(
        _ADDRESS,
        "address",
        _field(_ADDRESS, "street", auto_complete="street-address", required=True),
        _field(_ADDRESS, "postal_code", auto_complete="postal-code", width="short", required=True),
        _field(_ADDRESS, "town", auto_complete="address-level2", required=True),
        now=_now("street", "postal_code", "town"),
        buttons=save_or_leave(_ADDRESS),
    )


def contact_form() -> rx.Component:
    """Ask how the company is reached; what is left empty is not known."""
    return part_form(
        _CONTACT,
        "contact",
        text_field(
            "phone",
            t("company_data.phone"),
            error=told(_CONTACT.mistake_of("phone")),
            kind="tel",
            auto_complete="tel",
            input_mode="tel",
            default_value=_S.phone,
        ),
        _field(
            _CONTACT,
            "email",
            kind="email",
            verbatim=True,
            auto_complete="email",
            input_mode="email",
        ),
        _field(
            _CONTACT,
            "website",
            kind="text",
            verbatim=True,
            auto_complete="url",
            input_mode="url",
            hint=t("company_data.website_hint"),
        ),
        now=rx.fragment(
            fact(t("company_data.phone"), rx.Var.create(_S.phone)), _now("email", "website")
        ),
        buttons=save_or_leave(_CONTACT),
    )


def _field(
    form: PostedForm,
    name: str,
    *,
    kind: Literal["text", "email", "tel", "url"] = "text",
    width: Width = "full",
    required: bool = False,
    **props: Any,
) -> rx.Component:
    return text_field(
        name,
        t(f"company_data.{name}"),
        error=told(form.mistake_of(name)),
        kind=kind,
        width=width,
        required=required,
        default_value=value_of(name),
        **props,
    )


def _now(*fields: str) -> rx.Component:
    return rx.fragment(*(fact(t(f"company_data.{one}"), value_of(one)) for one in fields))
