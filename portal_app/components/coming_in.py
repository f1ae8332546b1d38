"""What the pages of coming in share: the waiting invitation, and the way to eHerkenning."""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.capacities import capacity_name
from portal_app.components.elements import Words, icon, maybe, native_form
from portal_app.components.messages import message
from portal_app.components.text import day, rich, t, told, told_by_key, unbroken
from portal_app.state.invitations import InvitationState
from portal_app.state.shell import ShellState


def inside_already() -> rx.Component:
    """Say who is signed in already; the page loads `ShellState.load_if_inside`."""
    person = ShellState.person_name
    return rx.cond(
        person,
        message(
            "info",
            t("sign_in.inside_already", person=person),
            rx.el.p(rx.el.a(t("shell.to_home"), href="/")),
        ),
        rx.fragment(),
    )


def invitation_context(more: Words | None = None) -> rx.Component:
    """Remind of the invitation: role, company, inviter, until when; and say `more` about it."""
    state = InvitationState
    return rx.cond(
        state.waits,
        rx.el.div(
            icon("building"),
            rx.el.div(
                rx.el.p(
                    rich(
                        "invitations.context",
                        role=rx.el.b(
                            told_by_key(state.role_key),
                            rx.cond(state.capacity, f" ({capacity_name(state.capacity)})", ""),
                        ),
                        company=rx.el.b(state.company),
                    ),
                    rx.cond(state.unit, rx.fragment(", ", told(state.unit)), rx.fragment()),
                    ".",
                ),
                rx.cond(
                    state.inviter,
                    rx.el.p(t("invitations.invited_by", inviter=state.inviter), class_name="small"),
                    rx.fragment(),
                ),
                rx.el.p(
                    unbroken(t("invitations.until", day=day(state.expires))), class_name="small"
                ),
                *maybe(rx.el.p(more) if more is not None else None),
            ),
            class_name="context-box",
        ),
        rx.fragment(),
    )


def eherkenning_context(*more: rx.Component, is_next: rx.Var[bool] | bool) -> rx.Component:
    """Say that one goes on to eHerkenning after this, and offer to come in without it."""
    return rx.cond(
        is_next,
        rx.el.div(
            icon("building"),
            rx.el.div(
                rx.el.p(rx.el.b(t("registration.on_the_way"))),
                *more,
                native_form(
                    button(t("registration.leave_it"), kind="link", submits=True),
                    action="/formulieren/eherkenning/laten",
                ),
            ),
            class_name="context-box",
        ),
        rx.fragment(),
    )
