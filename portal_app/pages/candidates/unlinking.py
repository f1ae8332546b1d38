"""'Ontkoppel kandidaat': the question that names both, and the news that can be taken back."""

import reflex as rx

from portal_app.components.buttons import button
from portal_app.components.dialogs import dialog
from portal_app.components.elements import event_form
from portal_app.components.fields import select_field, text_area
from portal_app.components.text import t, tn, told
from portal_app.components.toast import undo_toast
from portal_app.services.links import REASONS
from portal_app.state.unlinking import UnlinkingState

_DIALOG, _FORM = "unlinking", "unlinking-form"


def unlinking() -> rx.Component:
    """Hold the question and the news; a page with candidates has one of it."""
    return rx.fragment(
        _question(),
        undo_toast(
            told(UnlinkingState.done),
            UnlinkingState.undo(UnlinkingState.undoes),
            UnlinkingState.dismiss,
        ),
        rx.el.p(told(UnlinkingState.said), role="status", class_name="visually-hidden"),
        rx.el.span(hidden=True, custom_attrs={"data-leads-focus": UnlinkingState.focus}),
    )


def _question() -> rx.Component:
    several = UnlinkingState.number > 1
    return dialog(
        _DIALOG,
        rx.cond(
            several,
            tn("candidates.unlink_several", UnlinkingState.number),
            t("candidates.unlink_question", name=UnlinkingState.name),
        ),
        rx.cond(
            several,
            rx.el.ul(
                rx.foreach(UnlinkingState.names, _name),
                class_name="unlinking-names",
                tab_index=0,  # it scrolls when there are many
                custom_attrs={"aria-label": t("candidates.counted")},
            ),
            rx.fragment(),
        ),
        rx.el.p(t("candidates.unlink_effect", organisation=UnlinkingState.organisation)),
        rx.el.p(tn("candidates.unlink_stays", UnlinkingState.number), class_name="muted"),
        event_form(
            rx.el.input(type="hidden", name="links", value=UnlinkingState.links),
            select_field(
                "reason",
                t("candidates.reason"),
                [(one, t(f"candidates.reason_{one}")) for one in REASONS],
                empty=t("candidates.choose_reason"),
                required=True,
                error=told(UnlinkingState.mistakes["reason"]),
            ),
            text_area(
                "explanation",
                t("candidates.explanation"),
                hint=t("candidates.explanation_hint"),
                error=told(UnlinkingState.mistakes["explanation"]),
                rows="2",
                max_length=300,
            ),
            id=_FORM,
            key=UnlinkingState.links,
            class_name="stack",
            on_submit=UnlinkingState.unlink,
        ),
        confirm=button(
            rx.cond(several, t("candidates.unlink_short"), t("candidates.unlink")),
            kind="danger",
            submits=True,
            form=_FORM,
        ),
        wanted=rx.Var.create(UnlinkingState.is_asking),
        on_close=UnlinkingState.close,
    )


def _name(name: str) -> rx.Component:
    return rx.el.li(name)
