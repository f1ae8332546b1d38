"""The seven states of a step: each its own shape, colour and name."""

from typing import Literal, get_args

import reflex as rx

from portal_app.components.elements import Words, icon, visually_hidden
from portal_app.components.text import t, told
from portal_app.components.tooltips import tip_attributes

StepState = Literal["passed", "failed", "booked", "busy", "idle", "exempt", "expired"]
STEP_STATES: tuple[StepState, ...] = get_args(StepState)


def step_icon(state: StepState | rx.Var[str]) -> rx.Component:
    """Draw the shape of a state; it says nothing, so its name must stand beside it."""
    return icon(rx.Var.create(state).to(str), f"status-icon is-{state}")


def state_name(state: StepState | rx.Var[str]) -> rx.Var[str]:
    """Say the name of a state, such as 'Niet behaald – herkansing nodig'."""
    if isinstance(state, rx.Var):
        return told(rx.Var.create(f"steps.state_{state}"), rx.Var.create({}))
    return t(f"steps.state_{state}")


def step_button(
    state: StepState | rx.Var[str], sentence: Words, *, tip: Words | None = None
) -> rx.Component:
    """Draw a step in a table cell: its icon, with the whole sentence as its name.

    `sentence` is what a screen reader hears and what the tip shows, as in 'Theorietoets:
    niet behaald'; `tip` is what comes below it, such as 'Op 03-11-2026. Een herkansing is
    nodig.' With 'Toon tekst bij iconen' and on paper the state's name stands below.
    """
    return rx.el.button(
        step_icon(state),
        visually_hidden(sentence, *([". ", tip] if tip is not None else [])),
        rx.el.span(state_name(state), class_name="step-word", custom_attrs={"aria-hidden": "true"}),
        type="button",
        class_name="step-button",
        custom_attrs=tip_attributes(sentence)
        if tip is None
        else tip_attributes(tip, title=sentence),
    )


def step_legend(*, column: bool = False) -> rx.Component:
    """Explain all seven icons, in a row above a table or in a column."""
    return rx.el.ul(
        *(rx.el.li(step_icon(state), state_name(state)) for state in STEP_STATES),
        class_name="legend is-column" if column else "legend",
        custom_attrs={"aria-label": t("components.legend")},
    )


TagKind = Literal["ok", "bad", "warn", "info", "idle", "past", "brand"]

_TAG_ICONS = {
    "ok": "passed", "bad": "failed", "warn": "busy", "info": "info", "idle": "idle",
    "past": "expired", "brand": "dot",
}  # fmt: skip


def tag(kind: TagKind, words: Words, *, icon_name: str | None = None) -> rx.Component:
    """Say a short status in a pill, with an icon so that colour is not alone."""
    shape = icon_name or _TAG_ICONS[kind]
    class_name = "status-icon" if shape in STEP_STATES else "icon"
    return rx.el.span(icon(rx.Var.create(shape), class_name), words, class_name=f"tag is-{kind}")
