"""What the pages of coming in share: the invitation that waits."""

import reflex as rx

from portal_app.components.elements import Words, icon, maybe
from portal_app.components.text import day, rich, t, told
from portal_app.state.invitations import InvitationState


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
                        role=rx.el.b(told(state.role_key, rx.Var.create({}))),
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
                rx.el.p(t("invitations.until", day=day(state.expires)), class_name="small"),
                *maybe(rx.el.p(more) if more is not None else None),
            ),
            class_name="context-box",
        ),
        rx.fragment(),
    )
