"""What was refused: a sentence, or the whole page with the way forward (design 3.27)."""

import reflex as rx

from portal_app.brand import Module, offers
from portal_app.components.buttons import button_row, link_button
from portal_app.components.capacities import capacity_name
from portal_app.components.footer import helpdesk_line
from portal_app.components.messages import live_message
from portal_app.components.roles import roles
from portal_app.components.text import rich, t, told, told_by_key
from portal_app.state.refused import GiverLine, RefusedState
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
                class_name="card is-padded full stack",
                custom_attrs={"aria-label": t("shell.other_organisation")},
            ),
            rx.fragment(),
        ),
        way_in(),
        button_row(link_button(t("shell.to_home"), "/", kind="primary")),
        class_name="column stack",
    )


def way_in() -> rx.Component:
    """Say which roles open the page, who of one's own company gives them, and how to ask."""
    return rx.el.section(
        rx.cond(
            RefusedState.lacks,
            rx.el.p(rich("shell.lacks_capacity", capacity=capacity_name(RefusedState.lacks))),
            rx.fragment(),
        ),
        rx.cond(
            RefusedState.role_keys,
            rx.el.p(t("shell.opens_for"), " ", roles(RefusedState.role_keys), "."),
            rx.fragment(),
        ),
        rx.el.h2(t("shell.who_gives_access")),
        rx.cond(
            RefusedState.givers,
            rx.el.ul(rx.foreach(RefusedState.givers, _giver), class_name="plain-rows"),
            rx.cond(RefusedState.role_keys, _by_number(), rx.fragment()),
        ),
        rx.cond(
            RefusedState.switch_at,
            rx.el.p(link_button(t("shell.to_capacities"), RefusedState.switch_at)),
            rx.fragment(),
        ),
        rx.cond(
            RefusedState.ask_at,
            rx.el.p(link_button(t("shell.ask_access"), RefusedState.ask_at)),
            rx.fragment(),
        ),
        rx.el.p(helpdesk_line()),
        class_name="card is-padded full stack",
        custom_attrs={"aria-label": t("shell.who_gives_access")},
        on_mount=RefusedState.look,
    )


def _by_number() -> rx.Component:
    """Lead to looking it up, where no colleague of one's own is named."""
    if not offers(Module.ACCESS):
        return rx.fragment()
    return rx.el.p(rx.el.a(t("shell.who_manages"), href="/wie-beheert-toegang"))


def _giver(giver: GiverLine) -> rx.Component:
    return rx.el.li(
        giver.name, " ", rx.el.span(told_by_key(giver.role_key), class_name="small muted")
    )


def _choice(choice: OrganisationChoice) -> rx.Component:
    return rx.el.li(
        rx.el.a(choice.name, href=choice.href),
        rx.el.span(told(choice.detail), class_name="small muted"),
    )
