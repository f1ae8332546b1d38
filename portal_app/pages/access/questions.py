"""What is asked before a role, an appointment or a capacity ends."""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.capacities import capacity_name
from portal_app.components.dialogs import dialog
from portal_app.components.elements import event_form
from portal_app.components.fields import describing, field, select_field, text_area
from portal_app.components.text import t, told, told_by_key
from portal_app.state.access import AccessState
from portal_app.state.access_lines import EndingLine, PlaceLine

_FORM, _CHANGE, _SUSPEND = "end-capacity", "change-role", "suspend-role"


def questions() -> rx.Component:
    """Hold the dialogs."""
    return rx.fragment(_end(), _change(), _suspend(), _leave(), _withdraw(), _capacity())


def _end() -> rx.Component:
    state = AccessState
    role = told_by_key(state.asked_role_key)
    return dialog(
        "ask-end",
        t("access.ask_end", name=state.asked_name),
        rx.el.p(t("access.ask_end_text", role=role)),
        rx.cond(state.endings, _ends_along(), rx.fragment()),
        confirm=button(t("access.end"), kind="danger", on_click=state.confirm),
        wanted=rx.Var.create(state.asking) == "end",
        on_close=state.keep,
    )


def _change() -> rx.Component:
    state = AccessState
    role = told_by_key(state.asked_role_key)
    return dialog(
        "ask-change",
        t("access.ask_change", name=state.asked_name),
        rx.el.p(
            t(
                "access.ask_change_text",
                role=_in_capacity(role, rx.Var.create(state.asked_capacity)),
            )
        ),
        rx.cond(state.endings, _ends_along(), rx.fragment()),
        rx.cond(
            state.places,
            event_form(
                field(
                    t("access.new_role"),
                    rx.el.select(
                        rx.el.option(t("access.choose_role"), value=""),
                        rx.foreach(state.places, _place),
                        id="place",
                        name="place",
                        class_name="select",
                        custom_attrs=describing("place", error=told(state.wrong_place)),
                    ),
                    id="place",
                    error=told(state.wrong_place),
                ),
                id=_CHANGE,
                key=rx.Var.create(state.asked).to_string(),
                on_submit=state.change,
            ),
            rx.el.p(t("access.no_other_role")),
        ),
        confirm=rx.cond(
            state.places,
            button(t("access.change"), submits=True, form=_CHANGE),
            rx.fragment(),
        ),
        wanted=rx.Var.create(state.asking) == "change",
        on_close=state.keep,
    )


def _suspend() -> rx.Component:
    state = AccessState
    role = _in_capacity(told_by_key(state.asked_role_key), rx.Var.create(state.asked_capacity))
    return dialog(
        "ask-suspend",
        t("access.ask_suspend", name=state.asked_name),
        rx.el.p(t("access.ask_suspend_text", role=role)),
        event_form(
            select_field(
                "suspension",  # every dialog is on the page at once: a name of its own
                t("access.suspend_why"),
                rx.Var.create(state.reasons),
                empty=t("access.suspend_choose"),
                error=told(state.wrong_why),
            ),
            id=_SUSPEND,
            key=rx.Var.create(state.asked).to_string(),
            on_submit=state.suspend,
        ),
        confirm=button(t("access.suspend"), kind="danger", submits=True, form=_SUSPEND),
        wanted=rx.Var.create(state.asking) == "suspend",
        on_close=state.keep,
    )


def _place(line: PlaceLine) -> rx.Component:
    role = told_by_key(line.role_key)
    return rx.el.option(_in_capacity(role, line.capacity), value=line.value)


def _in_capacity(role: rx.Var[str], capacity: rx.Var[str] | str) -> rx.Var[str]:
    inside = t("access.role_in", role=role, capacity=capacity_name(capacity))
    return rx.cond(capacity, inside, role)


def _withdraw() -> rx.Component:
    state = AccessState
    role = told_by_key(state.asked_role_key)
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
        rx.el.p(t("access.ask_leave_text", role=told_by_key(state.asked_role_key))),
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
        rx.el.p(t("access.closes_along")),
        event_form(
            text_area("reason", t("access.reason"), rows="2", max_length=300),
            id=_FORM,
            key=state.asked_capacity,
            on_submit=state.end_capacity,
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
    role = told_by_key(line.role_key)
    return rx.el.li(
        line.name,
        ", ",
        rx.cond(line.is_appointment, t("access.ending_appointment", role=role), role),
    )
