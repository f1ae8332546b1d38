"""What was refused: a sentence, or the whole page with the way forward (design 3.27)."""

import reflex as rx

from portal_app.components.buttons import button_row, link_button
from portal_app.components.footer import helpdesk_line
from portal_app.components.messages import live_message
from portal_app.components.text import t, told
from portal_app.state.shapes import OrganisationChoice
from portal_app.state.shell import ShellState


def refusal_message() -> rx.Component:
    """Say above the page what the portal could not do just now."""
    state = ShellState
    said = told(state.refusal_key, rx.Var.create(state.refusal_values))
    return live_message("bad", rx.cond(state.refusal_key, said, ""))


def refused_page() -> rx.Component:
    """Say that this page is not for the reader, why, and where to go instead.

    For a page whose state was refused what it shows; it stands in place of the page.
    """
    return rx.el.div(
        rx.el.h1(t("shell.not_allowed_title")),
        rx.el.p(
            rx.cond(
                ShellState.organisation_name,
                t("shell.not_allowed_text", organisation=ShellState.organisation_name),
                t("shell.not_allowed_here"),
            )
        ),
        rx.cond(
            rx.Var.create(ShellState.organisations).to(list).length() > 1,
            rx.el.nav(
                rx.el.h2(t("shell.other_organisation")),
                rx.el.ul(rx.foreach(ShellState.organisations, _choice), class_name="plain-rows"),
                class_name="card full stack",
                custom_attrs={"aria-label": t("shell.other_organisation")},
            ),
            rx.fragment(),
        ),
        button_row(link_button(t("shell.to_home"), "/", kind="primary")),
        rx.el.p(rx.el.b(t("shell.who_gives_access")), " ", helpdesk_line()),
        class_name="column stack",
    )


def _choice(choice: OrganisationChoice) -> rx.Component:
    return rx.el.li(
        rx.el.a(choice.name, href=choice.href),
        rx.el.span(told(choice.detail), class_name="small muted"),
    )
