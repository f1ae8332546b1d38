"""The fields that name a company: number × unit, and its name when it is new (M-33, X-13)."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.fields import field_class, select_field, text_field
from portal_app.components.messages import live_message
from portal_app.components.province import province_field
from portal_app.components.text import t, told
from portal_app.state.staff_forms import StaffFormsState


def company_fields(form: PostedForm) -> list[rx.Component]:
    """Build the fields; what is typed is looked up at once."""
    state = StaffFormsState
    return [
        select_field(
            "register",
            t("staff.register"),
            [("kbo", t("staff.register_kbo")), ("kvk", t("staff.register_kvk"))],
            error=told(form.mistake_of("register")),
            value=state.register,
            on_change=state.choose_register,
        ),
        rx.cond(state.register == "kvk", _dutch(form), _belgian(form)),
        live_message(
            "ok", rx.cond(state.company, t("staff.company_known", company=state.company), "")
        ),
        rx.el.div(
            text_field(
                "organisation_name",
                t("staff.company_name"),
                hint=t("staff.company_name_hint"),
                error=told(form.mistake_of("organisation_name")),
                auto_complete="off",
            ),
            class_name=field_class(None),
            hidden=state.company != "",
        ),
    ]


def _belgian(form: PostedForm) -> rx.Component:
    state = StaffFormsState
    return rx.fragment(
        text_field(
            "enterprise_number",
            t("staff.enterprise_number"),
            hint=t("staff.enterprise_number_hint"),
            error=told(form.mistake_of("enterprise_number")),
            required=True,
            width="short",
            input_mode="numeric",
            auto_complete="off",
            on_change=state.type_number,
        ),
        province_field(form, hint=t("staff.province_hint"), on_change=state.type_unit),
    )


def _dutch(form: PostedForm) -> rx.Component:
    state = StaffFormsState
    return rx.fragment(
        text_field(
            "kvk_number",
            t("staff.kvk_number"),
            hint=t("staff.kvk_number_hint"),
            error=told(form.mistake_of("kvk_number")),
            required=True,
            width="short",
            input_mode="numeric",
            auto_complete="off",
            on_change=state.type_number,
        ),
        text_field(
            "branch_number",
            t("staff.branch_number"),
            hint=t("staff.branch_number_hint"),
            error=told(form.mistake_of("branch_number")),
            width="short",
            input_mode="numeric",
            auto_complete="off",
            on_change=state.type_unit,
        ),
    )
