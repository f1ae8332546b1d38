"""The door of demo mode to the test broker: what can be tried there."""

import reflex as rx

from portal_app.components.buttons import link_button
from portal_app.components.layout import page_head, public_page
from portal_app.components.text import t

PATH = "/dev/eherkenning"


def test_broker() -> rx.Component:
    """Say what the test broker is, and lead to where one starts."""
    return public_page(
        page_head(t("eherkenning.test_title")),
        rx.el.div(
            rx.el.p(t("eherkenning.test_text")),
            rx.el.ul(
                rx.el.li(t("eherkenning.test_levels")),
                rx.el.li(t("eherkenning.test_companies")),
                rx.el.li(t("eherkenning.test_failures")),
            ),
            link_button(t("eherkenning.test_start"), "/eherkenning", kind="primary"),
            class_name="column reading stack",
        ),
    )
