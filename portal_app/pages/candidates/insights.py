"""The figures above the overview; each leads to the candidates that it counts."""

import reflex as rx

from portal_app.components.charts import (
    attention_list,
    chart_card,
    chart_key,
    figures_table,
    month_columns,
    stacked_bars,
)
from portal_app.components.step_icons import StepState
from portal_app.components.text import number, t, told
from portal_app.services.candidate_filters import Attention, Standing
from portal_app.state.candidate_insights import StepFiguresLine
from portal_app.state.candidates import CandidatesState
from portal_app.state.shapes import Month

_SHAPES: dict[Attention, StepState] = {
    Attention.RESIT: "failed",
    Attention.EXPIRES: "expired",
    Attention.EXAM: "booked",
    Attention.STALLED: "idle",
}
_KEYS = {
    Standing.PASSED: "ok",
    Standing.FAILED: "bad",
    Standing.UNDER_WAY: "info",
    Standing.IDLE: "idle",
}


def insights() -> rx.Component:
    """Show progress per step, what asks for attention, and what runs out in the next year.

    One button folds the row away, and the browser remembers it; on phones only what asks
    for attention shows until then.
    """
    return rx.el.section(
        rx.el.div(_progress(), _attention(), _expiry(), class_name="insights"),
        rx.el.button(
            rx.el.span(t("candidates.hide_charts"), class_name="when-open"),
            rx.el.span(t("candidates.show_charts"), class_name="when-closed"),
            type="button",
            class_name="button is-link is-small insights-switch",
            custom_attrs={"data-switches": "insights"},
        ),
        class_name="insights-area",
        custom_attrs={"aria-label": t("candidates.figures")},
    )


def _progress() -> rx.Component:
    return chart_card(
        t("candidates.progress_per_step"),
        stacked_bars(rx.Var.create(CandidatesState.bars)),
        chart_key(*((look, t(f"candidates.standing_{one.value}")) for one, look in _KEYS.items())),
        note=t(
            "candidates.candidates_on",
            n=CandidatesState.route_number,
            route=CandidatesState.route_name,
        ),
        table=figures_table(
            (t("candidates.step"), *(t(f"candidates.standing_{one.value}") for one in Standing)),
            rx.foreach(CandidatesState.figures, _figures_line),
        ),
        wide_only=True,
    )


def _attention() -> rx.Component:
    return chart_card(
        t("candidates.attention"),
        attention_list(*map(_asks, Attention)),
        urgent=True,
    )


def _asks(one: Attention) -> tuple[StepState, int, rx.Var[str], str]:
    return (
        _SHAPES[one],
        CandidatesState.attention[one.value],
        t(f"candidates.attention_{one.value}"),
        CandidatesState.attention_links[one.value],
    )


def _expiry() -> rx.Component:
    return chart_card(
        t("candidates.expires_per_month"),
        month_columns(rx.Var.create(CandidatesState.months)),
        note=t("candidates.next_twelve_months"),
        table=figures_table(
            (t("dates.month"), t("candidates.number")),
            rx.foreach(CandidatesState.months, _month_line),
        ),
        wide_only=True,
    )


def _figures_line(line: StepFiguresLine) -> rx.Component:
    return rx.el.tr(
        rx.el.th(told(line.step), scope="row"),
        rx.foreach(line.figures, lambda one: rx.el.td(_number(one.number, one.href))),
    )


def _number(count: int, href: str) -> rx.Component:
    return rx.cond(href, rx.el.a(number(count), href=href), rx.el.span(number(count)))


def _month_line(month: Month) -> rx.Component:
    return rx.el.tr(
        rx.el.th(told(month.label), scope="row"), rx.el.td(_number(month.count, month.href))
    )
