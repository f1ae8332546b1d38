"""'Aanvraag invoeren': an application of somebody on the phone (design 3.19)."""

from typing import Any

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.capacities import capacity_choice
from portal_app.components.choices import radio_group
from portal_app.components.fields import select_field, text_area, text_field
from portal_app.components.layout import app_page, back_link, column, form_card, page_head
from portal_app.components.messages import error_summary, message
from portal_app.components.national_number import national_number_field
from portal_app.components.province import province_field
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.text import t, told
from portal_app.state.application_list import PATH as LIST
from portal_app.state.enter_application import EnterApplicationState
from portal_app.state.shapes import MISTAKES

_FORM = PostedForm("enter_application")
_S = EnterApplicationState


def enter_application() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    page = rx.fragment(
        back_link(t("applications.list_title"), LIST),
        page_head(t("applications.enter_title"), sub=t("applications.enter_sub")),
        column(
            error_summary(_FORM.mistakes),
            rx.cond(_S.is_loaded, form_card(_form()), skeleton(6)),
        ),
    )
    return app_page(rx.cond(_S.is_refused, refused_page(), page), shell=SHELL, path=LIST)


def _form() -> rx.Component:
    return _FORM(
        select_field(
            "kind",
            t("applications.kind"),
            rx.Var.create(_S.kinds),
            error=told(_FORM.mistake_of("kind")),
            value=_S.kind,
            on_change=_S.choose_kind,
        ),
        rx.cond(
            (_S.kind == "role") | (_S.kind == "capacity"),
            _of_company(),
            rx.cond(_S.kind == "lost_factor", _lost_factor(), _by_name()),
        ),
        button_row(
            button(t("applications.enter"), submits=True, busy=_FORM.is_busy),
            link_button(t("shell.cancel"), LIST),
        ),
        action="/formulieren/beheer/aanvragen/invoeren",
        values=rx.Var.create(_S.values),
        summary=MISTAKES,
        class_name="stack",
    )


def _by_name() -> rx.Component:
    is_address = (_S.kind == "address_changed") | (_S.kind == "address_forgotten")
    return rx.fragment(
        message("info", rx.el.p(t("applications.enter_identity"))),
        rx.cond(_S.kind == "access", _company(), rx.fragment()),
        rx.cond(_S.kind == "activation_codes", _codes(), rx.fragment()),
        _field("given_name", "profile.given_name"),
        _field("family_name", "profile.family_name"),
        rx.cond(_S.kind == "access", _field("position", "asking.position"), rx.fragment()),
        _national_number(),
        _field("email", "profile.email", kind="email", verbatim=True),
        rx.cond(
            _S.kind == "address_changed",
            _field("new_email", "asking.new_email", kind="email", verbatim=True),
            rx.fragment(),
        ),
        rx.cond(
            is_address,
            _field("phone", "asking.phone", required=False, kind="tel"),
            _field("phone", "applications.call_at", kind="tel"),
        ),
        rx.cond(
            _S.kind == "access",
            _field("direct_phone", "applications.direct_phone", required=False, kind="tel"),
            rx.fragment(),
        ),
        select_field(
            "locale",
            t("staff.language"),
            [(locale, t(f"shell.language_{locale}")) for locale in brand.languages],
            hint=t("applications.enter_language"),
            error=told(_FORM.mistake_of("locale")),
        ),
    )


def _caller() -> rx.Component:
    return rx.fragment(
        rx.el.input(type="hidden", name="person", value=rx.Var.create(_S.person).to_string()),
        rx.el.p(t("applications.enter_caller", name=_S.name)),
    )


def _lost_factor() -> rx.Component:
    return rx.fragment(
        _caller(),
        message("info", rx.el.p(t("applications.enter_identity"))),
        _national_number(),
        _field("phone", "applications.call_at", kind="tel"),
    )


def _of_company() -> rx.Component:
    number = _FORM.answer("number")
    return rx.fragment(
        rx.cond(
            number,
            message(
                "ok",
                rx.el.p(t("applications.entered", number=number)),
                role="status",
                id="entered",
                tab_index=-1,
            ),
            message("info", rx.el.p(t("applications.enter_decided"))),
        ),
        _caller(),
        select_field(
            "organisation",
            t("applications.enter_company"),
            rx.Var.create(_S.companies),
            value=_S.company,
            on_change=_S.choose_company,
        ),
        rx.cond(
            _S.kind == "role",
            select_field(
                "role",
                t("applications.role"),
                rx.Var.create(_S.roles),
                empty=t("components.choose"),
                error=told(_FORM.mistake_of("role")),
                required=True,
            ),
            capacity_choice(
                _S.capacities, t("applications.capacity"), told(_FORM.mistake_of("capacity"))
            ),
        ),
        text_area(
            "why",
            t("applications.enter_why"),
            error=told(_FORM.mistake_of("why")),
            required=True,
            rows="4",
        ),
    )


def _company() -> rx.Component:
    return rx.fragment(
        select_field(
            "register",
            t("staff.register"),
            [("kbo", t("staff.register_kbo")), ("kvk", t("staff.register_kvk"))],
            error=told(_FORM.mistake_of("register")),
            value=_S.register,
            on_change=_S.choose_register,
        ),
        rx.cond(
            _S.register == "kvk",
            rx.fragment(
                _field("kvk_number", "staff.kvk_number", width="short"),
                _field("branch_number", "staff.branch_number", required=False, width="short"),
            ),
            rx.fragment(
                _field("enterprise_number", "staff.enterprise_number", width="short"),
                province_field(_FORM),
            ),
        ),
        *(_field(name, f"asking.{name}") for name in ("company", "street", "postal_code", "town")),
    )


def _codes() -> rx.Component:
    return rx.fragment(
        radio_group(
            "by",
            t("applications.enter_by"),
            [
                ("zelf", t("applications.enter_by_oneself")),
                ("bedrijf", t("applications.enter_by_company")),
            ],
            error=told(_FORM.mistake_of("by")),
            chosen="zelf",
            on_change=_S.choose_by,
        ),
        rx.cond(_S.by == "bedrijf", _field("asker", "applications.enter_asker"), rx.fragment()),
        _field("company_number", "staff.enterprise_number", width="short"),
    )


def _national_number() -> rx.Component:
    if not brand.national_number:
        return rx.fragment()
    by_another = (_S.kind == "activation_codes") & (_S.by == "bedrijf")
    return rx.cond(
        (_S.kind == "access") | by_another,
        rx.fragment(),
        national_number_field(
            told(_FORM.mistake_of("national_number")),
            hint=t("applications.enter_national_number_hint"),
        ),
    )


def _field(name: str, key: str, *, required: bool = True, **props: Any) -> rx.Component:
    return text_field(
        name,
        t(key),
        error=told(_FORM.mistake_of(name)),
        required=required,
        auto_complete="off",
        **props,
    )
