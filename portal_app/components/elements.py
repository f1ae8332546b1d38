"""Elements that Reflex lacks or changes: forms that submit, links that load, icons."""

from collections.abc import Mapping
from typing import Any, Literal

import reflex as rx
from reflex.event import EventType
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.forms import Form
from reflex_components_core.el.elements.inline import A

from portal_app.components.text import locale_var, t
from portal_app.icon_names import IconName

Words = rx.Var[str] | str
"""What is said: nearly always `t("domain.entry")`; a plain string only for names and data."""


class _NativeForm(BaseHTML):
    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]
    no_validate: rx.Var[bool]


def native_form(
    *children: rx.Component, action: str, method: Literal["get", "post"] = "post", **props: Any
) -> rx.Component:
    """Build a form that the browser itself submits.

    `rx.el.form` always keeps the browser from doing so. Validation is the server's.
    """
    return _NativeForm.create(*children, action=action, method=method, no_validate=True, **props)


class _EventForm(Form):
    def _get_form_refs(self) -> dict[str, Any]:
        # Reflex would read each field by its id from one table for all pages, where one of
        # another page or none may stand; the event would then be refused without a word.
        return {}


def event_form(*children: rx.Component, on_submit: EventType[Any], **props: Any) -> rx.Component:
    """Build a form that is handed to an event handler: what its fields hold, by their names."""
    return _EventForm.create(*children, on_submit=on_submit, no_validate=True, **props)


def native_link(*children: rx.Component | Words, href: Words, **props: Any) -> rx.Component:
    """Build a link that loads its address: downloads, routes, other sites.

    `rx.el.a` goes to pages of the portal without loading them, and never downloads.
    """
    return A.create(*children, href=href, **props)


def link_elsewhere(name: Words, href: Words) -> rx.Component:
    """Build a link to another site, which opens in a new window and says so."""
    return native_link(
        name,
        icon("external"),
        visually_hidden(" ", t("components.new_window")),
        href=href,
        target="_blank",
        rel="noopener noreferrer",
    )


def anchor(*children: rx.Component | Words, to: str, **props: Any) -> rx.Component:
    """Build a link to the element with id `to` on this page; it takes the focus along."""
    return A.create(*children, href=f"#{to}", **props)


def icon(name: IconName | rx.Var[str], class_name: str = "icon") -> rx.Component:
    """Draw an icon; it says nothing to a screen reader, so words must stand beside it."""
    return rx.el.svg(
        rx.el.svg.use(href=f"/icons.svg#{name}"),
        class_name=class_name,
        custom_attrs={"aria-hidden": "true", "focusable": "false"},
    )


def visually_hidden(*words: rx.Component | Words) -> rx.Component:
    """Say words to a screen reader only."""
    return rx.el.span(*words, class_name="visually-hidden")


def in_readers_language(words: Mapping[Any, str]) -> rx.Var[str]:
    """Say words that a brand file gives in every language."""
    return rx.Var.create(dict(words)).to(dict[str, str])[locale_var().to(str)]


def maybe(component: rx.Component | None) -> list[rx.Component]:
    """Return the component in a list, or an empty list: for children that may be absent."""
    return [] if component is None else [component]
