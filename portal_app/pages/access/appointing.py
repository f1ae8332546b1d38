"""Appoint somebody to one role, or name who takes the main access manager's role over."""

from collections.abc import Callable

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.capacities import capacity_name
from portal_app.components.choices import date_field
from portal_app.components.fields import select_field, text_field
from portal_app.components.layout import app_page, back_link, column, form_card, page_head
from portal_app.components.messages import error_summary, message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.text import t, told
from portal_app.permissions import APPOINTS, Role
from portal_app.state.access import PATH
from portal_app.state.appointing import AppointingState
from portal_app.state.shapes import MISTAKES

_FORM = PostedForm("appointing")
_ROLES = tuple(role for role in Role if any(role in given for given in APPOINTS.values()))


def appointing() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    return app_page(
        rx.cond(AppointingState.is_refused, refused_page(), _page()), shell=SHELL, path=PATH
    )


def _page() -> rx.Component:
    state = AppointingState
    back = rx.Var.create(PATH + "?org=") + rx.Var.create(state.organisation_id).to_string()
    return rx.fragment(
        back_link(t("access.title"), back),
        page_head(
            rx.cond(
                state.hands_over,
                t("access.hand_over_title"),
                _by_role(lambda role: t(f"access.appoint_{role.value}")),
            ),
            sub=rx.cond(
                state.capacity,
                rx.fragment(told(state.organisation), " · ", capacity_name(state.capacity)),
                rx.fragment(told(state.organisation)),
            ),
        ),
        column(
            error_summary(_FORM.mistakes),
            message(
                "info",
                rx.el.p(
                    rx.cond(
                        state.hands_over,
                        t("access.hand_over_text"),
                        _by_role(lambda role: t(f"access.may_{role.value}")),
                    )
                ),
                id="role",  # a mistake in the role has no field of its own to lead to
                tab_index=-1,
            ),
            rx.cond(state.is_loaded, form_card(_form(back)), skeleton(6)),
        ),
    )


def _form(back: rx.Var[str]) -> rx.Component:
    state = AppointingState
    return _FORM(
        *(
            rx.el.input(type="hidden", name=name, value=value)
            for name, value in (
                ("organisation", rx.Var.create(state.organisation_id).to_string()),
                ("role", rx.Var.create(state.role)),
                ("capacity", rx.Var.create(state.capacity)),
                ("hands_over", rx.cond(state.hands_over, "yes", "")),
            )
        ),
        *(
            text_field(
                name,
                t(f"profile.{name}"),
                error=told(_FORM.mistake_of(name)),
                required=name != "infix",
                width="short" if name == "infix" else "full",
                auto_complete="off",
            )
            for name in ("given_name", "infix", "family_name")
        ),
        text_field(
            "email",
            t("profile.email"),
            hint=t("access.email_hint"),
            error=told(_FORM.mistake_of("email")),
            required=True,
            kind="email",
            verbatim=True,
            input_mode="email",
            auto_complete="off",
        ),
        select_field(
            "locale",
            t("staff.language"),
            [(locale, t(f"shell.language_{locale}")) for locale in brand.languages],
            hint=t("staff.language_hint"),
            error=told(_FORM.mistake_of("locale")),
        ),
        rx.cond(
            state.hands_over,
            rx.fragment(),
            date_field(
                "until",
                t("access.last_day"),
                hint=t("access.last_day_hint"),
                error=told(_FORM.mistake_of("until")),
            ),
        ),
        button_row(
            button(
                rx.cond(state.hands_over, t("access.hand_over"), t("access.appoint")),
                icon_name="send",
                submits=True,
                busy=_FORM.is_busy,
            ),
            link_button(t("shell.cancel"), back),
        ),
        action="/formulieren/toegang/aanstellen",
        values=rx.Var.create({"role": state.role}),  # without a role nothing is sent yet
        summary=MISTAKES,
        class_name="stack",
    )


def _by_role(said: Callable[[Role], rx.Var[str]]) -> rx.Var[str]:
    words = rx.Var.create("")
    for role in _ROLES:
        words = rx.cond(rx.Var.create(AppointingState.role) == role.value, said(role), words)
    return words
