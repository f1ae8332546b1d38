"""Buttons, and links that look like one."""

from typing import Any, Literal

import reflex as rx
from reflex.event import EventType

from portal_app.components.elements import (
    Words,
    icon,
    maybe,
    native_link,
    visually_hidden,
)
from portal_app.components.text import t
from portal_app.components.tooltips import tip_attributes
from portal_app.icon_names import IconName

Kind = Literal["primary", "secondary", "link", "danger", "orange"]


def button(
    words: Words,
    *,
    kind: Kind = "primary",
    on_click: EventType[()] | None = None,
    icon_name: IconName | None = None,
    submits: bool = False,
    small: bool = False,
    wide: bool = False,
    busy: rx.Var[bool] | None = None,
    **props: Any,
) -> rx.Component:
    """Build a button; its words are a verb, and one region has one primary.

    Buttons are never disabled: pressing too early is answered by a sentence. `busy` shows
    that an answer is on its way. `submits` makes it the button of its form.
    """
    attributes = dict(props.pop("custom_attrs", {}))
    if busy is not None:
        attributes["aria-busy"] = rx.cond(busy, "true", "false")
    if on_click is not None:
        props["on_click"] = on_click
    return rx.el.button(
        *maybe(icon(icon_name) if icon_name else None),
        words,
        type="submit" if submits else "button",
        class_name=_class_name(kind, small=small, wide=wide, more=props.pop("class_name", "")),
        custom_attrs=attributes,
        **props,
    )


def link_button(
    words: Words,
    href: Words,
    *,
    kind: Kind = "secondary",
    icon_name: IconName | None = None,
    loads: bool = False,
    small: bool = False,
    wide: bool = False,
    **props: Any,
) -> rx.Component:
    """Build a link that looks like a button; `loads` for downloads and HTTP routes."""
    link = native_link if loads else rx.el.a
    return link(
        *maybe(icon(icon_name) if icon_name else None),
        words,
        href=href,
        class_name=_class_name(kind, small=small, wide=wide, more=props.pop("class_name", "")),
        **props,
    )


def icon_button(
    icon_name: IconName,
    name: Words,
    *,
    label: Words | None = None,
    on_click: EventType[()] | None = None,
    href: Words | None = None,
    danger: bool = False,
    **props: Any,
) -> rx.Component:
    """Build a button, or with `href` a link, that shows an icon.

    `name` is what it is called and must be unique on the page, as in 'Ontkoppel kandidaat:
    Maes, Hilde'. `label` is the short word that phones show beside the icon, and a tip elsewhere;
    its letters should be in the name.
    """
    if label is not None:
        props["custom_attrs"] = {**tip_attributes(label), **props.get("custom_attrs", {})}
    shown = [
        icon(icon_name),
        *maybe(
            rx.el.span(label, class_name="phone-label", custom_attrs={"aria-hidden": "true"})
            if label is not None
            else None
        ),
        visually_hidden(name),
    ]
    class_name = "icon-button is-danger" if danger else "icon-button"
    if href is not None:
        return rx.el.a(*shown, href=href, class_name=class_name, **props)
    if on_click is not None:
        props["on_click"] = on_click
    return rx.el.button(*shown, type="button", class_name=class_name, **props)


def copy_button(text: Words, name: Words, **props: Any) -> rx.Component:
    """Build a button that copies `text`, shows a tick and says 'Gekopieerd.'."""
    return rx.el.button(
        icon("copy", "icon icon-ready"),
        icon("check", "icon icon-done"),
        rx.el.span(t("shell.copy"), class_name="phone-label", custom_attrs={"aria-hidden": "true"}),
        visually_hidden(name),
        type="button",
        class_name="icon-button",
        custom_attrs={"data-copies": text, "data-copied": t("shell.copied")},
        **props,
    )


def copy_text_button(text: Words, words: Words) -> rx.Component:
    """Build a button with words that copies `text`, shows a tick and says 'Gekopieerd.'."""
    return rx.el.button(
        icon("copy", "icon icon-ready"),
        icon("check", "icon icon-done"),
        words,
        type="button",
        class_name="button is-secondary is-small copy-button",
        custom_attrs={
            "data-copies": text,
            "data-copied": t("shell.copied"),
            "data-failed": t("shell.copy_failed"),
        },
    )


def copy_from_button(address: Words, words: Words, *more: rx.Component) -> rx.Component:
    """Build a button that copies what a route of ours gives, and writes down as copied."""
    return rx.el.button(
        icon("copy", "icon icon-ready"),
        icon("check", "icon icon-done"),
        words,
        *more,
        type="button",
        class_name="button is-link is-small copy-button",
        custom_attrs={
            "data-copies-from": address,
            "data-copied": t("shell.copied"),
            "data-failed": t("shell.copy_failed"),
        },
    )


def button_row(*buttons: rx.Component) -> rx.Component:
    """Put buttons beside each other, the most important first; on phones below each other."""
    return rx.el.div(*buttons, class_name="button-row")


def _class_name(kind: Kind, *, small: bool, wide: bool, more: str) -> str:
    parts = ["button", f"is-{kind}", "is-small" if small else "", "is-wide" if wide else "", more]
    return " ".join(part for part in parts if part)
