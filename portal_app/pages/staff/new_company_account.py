"""Make the account of a company: 'Bedrijfsaccount aanmaken' (S-03, S-17)."""

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button
from portal_app.components.fields import text_field
from portal_app.components.messages import error_summary, message
from portal_app.components.text import t, tn, told
from portal_app.pages.staff.form_page import form_page
from portal_app.pages.staff.person_fields import person_fields
from portal_app.settings import settings

PATH = "/beheer/accounts/bedrijf"
_FORM = PostedForm("new_company_account")


def new_company_account() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    return form_page(
        _FORM,
        _made(),
        error_summary(_FORM.mistakes),
        title=t("invitations.new_company_account"),
        sub=tn("staff.company_account_sub", settings.activation_days),
        person=[
            *person_fields(_FORM, names_required=True, has_role=False),
            *([_national_number()] if brand.national_number else []),
        ],
        submit=button(t("staff.make_company_account"), submits=True, busy=_FORM.is_busy),
        action="/formulieren/beheer/bedrijfsaccount",
    )


def _made() -> rx.Component:
    return rx.cond(
        _FORM.answer("made"),
        message(
            "ok",
            t("staff.company_account_made", email=_FORM.answer("email")),
            id="made",
            tab_index=-1,
        ),
        rx.fragment(),
    )


def _national_number() -> rx.Component:
    return text_field(
        "national_number",
        t("asking.national_number"),
        hint=t("staff.national_number_hint"),
        error=told(_FORM.mistake_of("national_number")),
        required=True,
        width="code",
        verbatim=True,
        auto_complete="off",
        input_mode="numeric",
        custom_attrs={"data-secret": ""},
    )
