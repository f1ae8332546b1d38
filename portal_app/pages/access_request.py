"""Access that a company asks for: 'Toegang aanvragen' (design 3.30)."""

from functools import partial
from typing import Any

import reflex as rx

from portal_app.brand import Module, brand, offers
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.asking import asking_card, asking_title
from portal_app.components.buttons import button
from portal_app.components.fields import select_field, text_field
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, open_page
from portal_app.components.messages import error_summary
from portal_app.components.province import province_field
from portal_app.components.shell import SHELL
from portal_app.components.text import t, tn, told
from portal_app.settings import settings
from portal_app.state.access_request import AccessRequestState

PATH = "/toegang-aanvragen"
_FORM = PostedForm("access_request")
_DUTCH = "kvk"


def access_request() -> rx.Component:
    """Ask for the company and the person; afterwards say what comes."""
    return account_page(
        error_summary(_FORM.mistakes),
        asking_title(_FORM, t("asking.access_title")),
        asking_card(
            _FORM,
            _questions(),
            tn("asking.access_next", settings.application_days),
            t("asking.access_after", portal=brand.portal_name),
            action="/formulieren/toegang-aanvragen",
            values=rx.Var.create(AccessRequestState.values),
        ),
        frame=partial(open_page, shell=SHELL, path=PATH),
        aside=(
            aside_section(t("asking.access_may_title"), rx.el.p(t("asking.access_may_text"))),
            aside_section(
                t("asking.access_code_title"),
                rx.el.p(rx.el.a(t("components.enter_invitation_code"), href="/uitnodiging")),
            ),
            *_managed_already(),
            help_section(),
        ),
    )


def _managed_already() -> list[rx.Component]:
    if not offers(Module.ACCESS):
        return []
    look_up = rx.el.a(t("shell.who_manages"), href="/wie-beheert-toegang")
    return [aside_section(t("asking.access_managed_title"), rx.el.p(look_up))]


def _questions() -> rx.Component:
    state = AccessRequestState
    return rx.el.div(
        rx.el.p(t("asking.access_intro")),
        rx.el.fieldset(
            rx.el.legend(t("staff.part_company")),
            select_field(
                "register",
                t("staff.register"),
                [("kbo", t("staff.register_kbo")), (_DUTCH, t("staff.register_kvk"))],
                error=told(_FORM.mistake_of("register")),
                value=state.register,
                on_change=state.choose_register,
            ),
            rx.cond(state.register == _DUTCH, _dutch(), _belgian()),
            _field("company", "asking.company", auto_complete="organization"),
            _field("street", "asking.street", auto_complete="street-address"),
            _field("postal_code", "asking.postal_code", auto_complete="postal-code"),
            _field("town", "asking.town", auto_complete="address-level2"),
            class_name="form-section",
        ),
        rx.el.fieldset(
            rx.el.legend(t("asking.contact")),
            _field("given_name", "asking.given_name", auto_complete="given-name"),
            _field("family_name", "asking.family_name", auto_complete="family-name"),
            _field("position", "asking.position", auto_complete="organization-title"),
            _field(
                "email",
                "profile.email",
                kind="email",
                verbatim=True,
                input_mode="email",
                auto_complete="email",
            ),
            _phone("phone", required=True),
            _phone("direct_phone", required=False),
            class_name="form-section",
        ),
        button(t("asking.submit"), submits=True, busy=_FORM.is_busy),
        class_name="stack",
    )


def _belgian() -> rx.Component:
    return rx.fragment(
        _field(
            "enterprise_number",
            "staff.enterprise_number",
            hint=t("staff.enterprise_number_hint"),
            width="short",
            input_mode="numeric",
            auto_complete="off",
        ),
        province_field(_FORM),
    )


def _dutch() -> rx.Component:
    return rx.fragment(
        _field(
            "kvk_number",
            "staff.kvk_number",
            hint=t("staff.kvk_number_hint"),
            width="short",
            input_mode="numeric",
            auto_complete="off",
        ),
        _field(
            "branch_number",
            "staff.branch_number",
            required=False,
            hint=t("staff.branch_number_hint"),
            width="short",
            input_mode="numeric",
            auto_complete="off",
        ),
    )


def _field(name: str, key: str, *, required: bool = True, **props: Any) -> rx.Component:
    return text_field(name, t(key), error=told(_FORM.mistake_of(name)), required=required, **props)


def _phone(name: str, *, required: bool) -> rx.Component:
    return _field(
        name,
        f"asking.access_{name}",
        required=required,
        kind="tel",
        input_mode="tel",
        auto_complete="tel" if required else "off",
    )
