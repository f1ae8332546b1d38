"""Ask the fund for a role in one's company, or for a capacity of it."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.asking import asking_card
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.capacities import capacity_choice
from portal_app.components.elements import Words
from portal_app.components.empty import empty
from portal_app.components.fields import select_field, text_area
from portal_app.components.layout import app_page, column, form_card, page_head
from portal_app.components.messages import error_summary
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.text import t, tn, told
from portal_app.settings import settings
from portal_app.state.company_application import (
    CAPACITY,
    ROLE,
    CapacityApplicationState,
    RoleApplicationState,
)
from portal_app.state.shapes import Option

_ROLE_FORM = PostedForm("role_application")
_CAPACITY_FORM = PostedForm("capacity_application")
Asking = type[RoleApplicationState] | type[CapacityApplicationState]


def role_application() -> rx.Component:
    """Show the form for a role, or that there is nothing to ask."""
    state = RoleApplicationState
    choice = select_field(
        "role",
        t("applications.role"),
        rx.Var.create(state.roles),
        empty=t("components.choose"),
        error=told(_ROLE_FORM.mistake_of("role")),
        required=True,
    )
    return _page(
        state,
        _ROLE_FORM,
        t("applications.role_title"),
        rx.fragment(
            rx.cond(
                state.roles,
                _form(
                    state,
                    _ROLE_FORM,
                    "rol",
                    choice,
                    t("applications.role_intro"),
                    t("applications.role_why_hint"),
                    rx.Var.create({"role": state.chosen}),
                ),
                _nothing(t("applications.role_none")),
            ),
            rx.cond(
                state.capacity_at,
                rx.el.p(rx.el.a(t("applications.capacity_title"), href=state.capacity_at)),
                rx.fragment(),
            ),
        ),
        ROLE,
    )


def capacity_application() -> rx.Component:
    """Show the form for a capacity, or that there is nothing to ask."""
    state, wrong = CapacityApplicationState, told(_CAPACITY_FORM.mistake_of("capacity"))
    choice = capacity_choice(state.capacities, t("applications.capacity"), wrong)
    return _page(
        state,
        _CAPACITY_FORM,
        t("applications.capacity_title"),
        rx.cond(
            state.capacities,
            _form(
                state,
                _CAPACITY_FORM,
                "hoedanigheid",
                choice,
                t("applications.capacity_intro"),
                t("applications.capacity_why_hint"),
                rx.Var.create({"capacity": state.chosen}),
            ),
            _nothing(t("applications.capacity_none")),
        ),
        CAPACITY,
    )


def _page(
    state: Asking, form: PostedForm, title: Words, asking: rx.Component, path: str
) -> rx.Component:
    shown = rx.cond(state.companies, _companies(state, path), asking)
    page = rx.fragment(
        page_head(title, sub=told(state.organisation)),
        column(
            error_summary(form.mistakes),
            rx.cond(state.is_loaded, shown, skeleton(4)),
        ),
    )
    return app_page(rx.cond(state.is_refused, refused_page(), page), shell=SHELL, path="/")


def _companies(state: Asking, path: str) -> rx.Component:
    return form_card(
        rx.el.div(
            rx.el.h2(t("applications.for_which_company")),
            rx.el.ul(
                rx.foreach(state.companies, lambda one: _company(one, path)),
                class_name="plain-rows",
            ),
            class_name="stack",
        )
    )


def _company(one: Option, path: str) -> rx.Component:
    return rx.el.li(rx.el.a(told(one.label), href=f"{path}?org=" + rx.Var.create(one.value)))


def _form(
    state: Asking,
    form: PostedForm,
    action: str,
    choice: rx.Component,
    intro: Words,
    why_hint: Words,
    values: rx.Var,
) -> rx.Component:
    asked = rx.el.div(
        rx.el.input(
            type="hidden",
            name="organisation",
            value=rx.Var.create(state.organisation_id).to_string(),
        ),
        rx.el.p(intro),
        choice,
        text_area(
            "why",
            t("applications.asked_why"),
            hint=why_hint,
            error=told(form.mistake_of("why")),
            required=True,
            rows="4",
        ),
        button_row(
            button(t("asking.submit"), icon_name="send", submits=True, busy=form.is_busy),
            link_button(t("shell.cancel"), "/"),
        ),
        class_name="stack",
    )
    return asking_card(
        form,
        asked,
        tn("asking.access_next", settings.application_days),
        t("applications.company_after"),
        action=f"/formulieren/aanvragen/{action}",
        values=values,
        further=link_button(t("shell.own_applications"), "/aanvragen", kind="primary"),
    )


def _nothing(words: Words) -> rx.Component:
    return empty(
        t("applications.nothing_to_ask"),
        words,
        link_button(t("shell.to_home"), "/", kind="primary"),
        icon_name="file",
    )
