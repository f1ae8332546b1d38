"""What the portal says in place: messages, the summary of mistakes, context, details."""

from typing import Any, Literal

import reflex as rx
from reflex.event import EventType

from portal_app.components.buttons import button
from portal_app.components.elements import Words, anchor, icon
from portal_app.components.text import t, told, unbroken
from portal_app.icon_names import IconName
from portal_app.state.shapes import MISTAKES, Mistake

MessageKind = Literal["info", "ok", "warn", "bad"]

_ICONS: dict[MessageKind, IconName] = {
    "info": "info", "ok": "check", "warn": "clock", "bad": "alert",
}  # fmt: skip


def message(
    kind: MessageKind,
    *body: rx.Component | Words,
    icon_name: IconName | None = None,
    live: bool = False,
    **props: Any,
) -> rx.Component:
    """Say something in place; `live` also says it aloud when it appears or changes.

    A live region must be on the page before its words: put the condition inside the body.
    """
    if live:
        props["role"] = "alert" if kind == "bad" else "status"
    paragraphs = [
        part if isinstance(part, rx.Component) else rx.el.p(unbroken(part)) for part in body
    ]
    return rx.el.div(
        icon(icon_name or _ICONS[kind]),
        rx.el.div(*paragraphs),
        class_name=f"message is-{kind}",
        **props,
    )


def live_message(kind: MessageKind, words: rx.Var[str], **props: Any) -> rx.Component:
    """Say words that come and go, and come into view; nothing shows while they are empty."""
    return rx.el.div(
        rx.cond(words, message(kind, words, **props), rx.fragment()),
        role="alert" if kind == "bad" else "status",
        tab_index=-1,
        custom_attrs={"data-said": ""},
    )


def fetch_failed(on_retry: EventType[()]) -> rx.Component:
    """Say in place of a list that it could not be had, and offer to try again."""
    return rx.el.div(
        message(
            "bad",
            rx.el.p(t("components.fetch_failed")),
            button(
                t("shell.try_again"),
                kind="secondary",
                small=True,
                icon_name="refresh",
                on_click=on_retry,
            ),
        ),
        role="alert",
        class_name="fetch-failed",
    )


def error_summary(
    mistakes: rx.Var[list[Mistake]],
    *,
    id: str = MISTAKES,  # noqa: A002  # the attribute's own name
) -> rx.Component:
    """List all mistakes of a form above it, each a link to its field.

    After a refused submit the state returns `rx.set_focus(MISTAKES)`. Fields say the same
    words once more, in place.
    """
    return rx.cond(
        mistakes,
        rx.el.div(
            rx.el.h2(t("components.mistakes_title"), id=f"{id}-title"),
            rx.el.ul(rx.foreach(mistakes, _mistake)),
            id=id,
            class_name="error-summary",
            role="alert",
            tab_index=-1,
            custom_attrs={"aria-labelledby": f"{id}-title"},
        ),
        rx.fragment(),
    )


def _mistake(mistake: Mistake) -> rx.Component:
    # A mistake is a text: `told` finds its key and values by name.
    words = unbroken(told(rx.Var.create(mistake)))
    return rx.el.li(anchor(words, to=f"{mistake.control}"))


def context_box(*body: rx.Component | Words, icon_name: IconName = "building") -> rx.Component:
    """Remind of what is going on, such as the invitation being redeemed."""
    return rx.el.div(icon(icon_name), rx.el.p(*body), class_name="context-box")


def details(summary: Words, *body: rx.Component, **props: Any) -> rx.Component:
    """Fold away what most people need not read."""
    return rx.el.details(
        rx.el.summary(icon("right"), rx.el.span(unbroken(summary))),
        rx.el.div(*body, class_name="details-body"),
        class_name="details",
        **props,
    )
