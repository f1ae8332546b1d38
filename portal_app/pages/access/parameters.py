"""Where the tasks of a capacity go, and whether it gets structured messages."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.capacities import capacity_name
from portal_app.components.choices import checkbox_field, radio_group
from portal_app.components.fields import text_field
from portal_app.components.layout import app_page, back_link, column, form_card, page_head
from portal_app.components.messages import error_summary, live_message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.text import t, told
from portal_app.services.capacity_parameters import TaskRoute
from portal_app.state.access import PATH
from portal_app.state.capacity_parameters import CapacityParametersState
from portal_app.state.shapes import MISTAKES

_FORM = PostedForm("capacity_parameters")


def parameters() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    return app_page(
        rx.cond(CapacityParametersState.is_refused, refused_page(), _page()),
        shell=SHELL,
        path=PATH,
    )


def _page() -> rx.Component:
    state = CapacityParametersState
    number = rx.Var.create(state.organisation_id).to_string()
    back = rx.Var.create(f"{PATH}?tab=hoedanigheden&org=") + number
    return rx.fragment(
        back_link(t("access.title"), back),
        page_head(
            t("capacities.parameters_title"),
            sub=rx.fragment(told(state.organisation), " · ", capacity_name(state.capacity)),
        ),
        column(
            live_message("ok", rx.cond(state.was_saved, t("capacities.saved"), "")),
            error_summary(_FORM.mistakes),
            rx.cond(state.is_loaded, form_card(_form(number, back)), skeleton(4)),
        ),
    )


def _form(number: rx.Var[str], back: rx.Var[str]) -> rx.Component:
    state = CapacityParametersState
    return _FORM(
        rx.el.input(type="hidden", name="organisation", value=number),
        rx.el.input(type="hidden", name="capacity", value=rx.Var.create(state.capacity)),
        radio_group(
            "tasks_to",
            t("capacities.tasks_to"),
            [(one.value, t(f"capacities.tasks_to_{one.value}")) for one in TaskRoute],
            chosen=rx.Var.create(state.values)["tasks_to"],
            error=told(_FORM.mistake_of("tasks_to")),
            stacked=True,
        ),
        text_field(
            "tasks_address",
            t("capacities.tasks_address"),
            hint=t("capacities.tasks_address_hint"),
            error=told(_FORM.mistake_of("tasks_address")),
            kind="email",
            verbatim=True,
            input_mode="email",
            auto_complete="off",
            default_value=rx.Var.create(state.values)["tasks_address"],
        ),
        checkbox_field(
            "structured_messages",
            t("capacities.structured_messages"),
            hint=t("capacities.structured_messages_hint"),
            default_checked=rx.Var.create(state.values)["structured_messages"] == "yes",
        ),
        text_field(
            "messages_to",
            t("capacities.messages_to"),
            hint=t("capacities.messages_to_hint"),
            error=told(_FORM.mistake_of("messages_to")),
            verbatim=True,
            input_mode="url",
            auto_complete="off",
            default_value=rx.Var.create(state.values)["messages_to"],
        ),
        button_row(
            rx.cond(
                state.may_set,
                button(t("shell.save"), submits=True, busy=_FORM.is_busy),
                rx.fragment(),
            ),
            link_button(t("shell.cancel"), back),
        ),
        action="/formulieren/toegang/parameters",
        summary=MISTAKES,
        key=rx.Var.create(state.values).to_string(),  # a choice keeps how it was first drawn
        class_name="stack",
    )
