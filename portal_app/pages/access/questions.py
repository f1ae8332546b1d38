"""What is asked before a role, an appointment or a capacity ends."""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.capacities import capacity_name
from portal_app.components.dialogs import dialog
from portal_app.components.fields import text_area
from portal_app.components.text import t, told
from portal_app.state.access import AccessState
from portal_app.state.access_lines import EndingLine

_FORM = "end-capacity"


def questions() -> rx.Component:
    """Hold the dialogs."""
    return rx.fragment(_end(), _leave(), _withdraw(), _capacity())


def _end() -> rx.Component:
    state = AccessState
    role = told(state.asked_role_key, rx.Var.create({}))
    return dialog(
        "ask-end",
        t("access.ask_end", name=state.asked_name),
        rx.el.p(t("access.ask_end_text", role=role)),
        rx.cond(state.endings, _ends_along(), rx.fragment()),
        confirm=button(t("access.end"), kind="danger", on_click=state.confirm),
        wanted=rx.Var.create(state.asking) == "end",
        on_close=state.keep,
    )


def _withdraw() -> rx.Component:
    state = AccessState
    role = told(state.asked_role_key, rx.Var.create({}))
    return dialog(
        "ask-withdraw",
        t("access.ask_withdraw", name=state.asked_name),
        rx.el.p(t("access.ask_withdraw_text", role=role)),
        confirm=button(t("access.withdraw"), kind="danger", on_click=state.confirm),
        wanted=rx.Var.create(state.asking) == "withdraw",
        on_close=state.keep,
    )


def _leave() -> rx.Component:
    state = AccessState
    return dialog(
        "ask-leave",
        t("access.ask_leave"),
        rx.el.p(t("access.ask_leave_text", role=told(state.asked_role_key, rx.Var.create({})))),
        confirm=button(t("access.leave"), kind="danger", on_click=state.confirm),
        wanted=rx.Var.create(state.asking) == "leave",
        on_close=state.keep,
    )


def _capacity() -> rx.Component:
    state = AccessState
    name = capacity_name(state.asked_capacity)
    return dialog(
        "ask-capacity",
        t("access.ask_capacity", capacity=name),
        rx.cond(
            state.endings,
            _ends_along(),
            rx.el.p(t("access.nothing_ends_along")),
        ),
        rx.el.form(
            text_area("reason", t("access.reason"), rows="2", max_length=300),
            id=_FORM,
            key=state.asked_capacity,
            on_submit=state.end_capacity,
            no_validate=True,
        ),
        confirm=button(
            t("access.end_capacity", capacity=name), kind="danger", submits=True, form=_FORM
        ),
        wanted=rx.Var.create(state.asking) == "capacity",
        on_close=state.keep,
    )


def _ends_along() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("access.ends_along")),
        rx.el.ul(rx.foreach(AccessState.endings, _ending)),
    )


def _ending(line: EndingLine) -> rx.Component:
    role = told(line.role_key, rx.Var.create({}))
    return rx.el.li(
        line.name,
        ", ",
        rx.cond(line.is_appointment, t("access.ending_appointment", role=role), role),
    )
