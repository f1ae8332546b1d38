"""The clock of demo mode, `/dev/clock`: see what happens when something expires."""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.layout import page_head, public_page
from portal_app.components.messages import message
from portal_app.components.text import moment, t
from portal_app.state.demo_clock import DemoClockState

_STATE = DemoClockState
_STEPS = {"hour": 1, "day": 24, "week": 7 * 24, "month": 30 * 24, "day_back": -24}


def demo_clock() -> rx.Component:
    """Show the clock, with buttons that move it."""
    return public_page(
        page_head(t("demo_clock.title")),
        message("warn", t("demo_clock.demo")),
        rx.el.div(
            rx.el.p(
                rx.el.strong(rx.cond(_STATE.shown, moment(_STATE.shown), "")),
                " ",
                rx.el.span(
                    rx.cond(_STATE.is_moved, t("demo_clock.moved"), t("demo_clock.as_started")),
                    class_name="muted",
                ),
                role="status",
                id="clock",
            ),
            rx.el.div(
                *(
                    button(t(f"demo_clock.{name}"), kind="secondary", on_click=_STATE.move(hours))
                    for name, hours in _STEPS.items()
                ),
                button(t("demo_clock.reset"), kind="link", on_click=_STATE.reset_clock),
                class_name="button-row",
            ),
            class_name="card is-padded stack after-notice",
        ),
        ornament=False,
    )
