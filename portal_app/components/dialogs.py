"""Native dialogs: only for what touches others or cannot be undone at once."""

from typing import Any

import reflex as rx
from reflex.event import EventType
from reflex_components_core.el.elements.other import Dialog

from portal_app.components.buttons import button, button_row
from portal_app.components.elements import Words
from portal_app.components.text import t


class _ServedDialog(Dialog):
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


def dialog(
    name: str,
    title: Words,
    *body: rx.Component,
    confirm: rx.Component | None = None,
    cancel: Words | None = None,
    wanted: rx.Var[bool] | None = None,
    on_close: EventType[()] | None = None,
    **props: Any,
) -> rx.Component:
    """Build a dialog with the id `name`; its title is the question, with the name in it.

    Open it with a button that has `custom_attrs=opens(name)`, or from the server with
    `wanted`; then `on_close` must set that to False, because Escape, the safe button and a
    press beside it close without asking the server. The safe button has the focus.
    """
    attributes: dict[str, Any] = {"aria-labelledby": f"{name}-title"}
    if wanted is not None:
        attributes["data-wanted"] = rx.cond(wanted, "open", "closed")
    if on_close is not None:
        props["on_close"] = on_close
    safe = rx.el.button(
        t("shell.cancel") if cancel is None else cancel,
        type="button",
        class_name="button is-secondary",
        custom_attrs={"data-closes-dialog": "", "data-focus-first": ""},
    )
    return _ServedDialog.create(
        rx.el.div(
            rx.el.h2(title, id=f"{name}-title"),
            *body,
            button_row(safe, *([confirm] if confirm is not None else [])),
            class_name="dialog-body",
        ),
        id=name,
        class_name=f"dialog {props.pop('class_name', '')}".strip(),
        custom_attrs=attributes,
        **props,
    )


def opens(name: str) -> dict[str, Any]:
    """Return the custom_attrs of a button that opens a dialog."""
    return {"data-opens-dialog": name, "aria-haspopup": "dialog"}


_UNSAVED = "unsaved-changes"
GUARDS_CHANGES = {"data-guards-changes": _UNSAVED}
"""The custom_attrs of a form that is not left with changes unless one says so."""


def unsaved_changes() -> rx.Component:
    """Hold what is asked of whoever leaves such a form; a page with one has it once."""
    return dialog(
        _UNSAVED,
        t("components.unsaved_title"),
        rx.el.p(t("components.unsaved_text")),
        confirm=button(t("components.leave"), kind="secondary", custom_attrs={"data-leaves": ""}),
        cancel=t("components.stay"),
    )


def keys_dialog() -> rx.Component:
    """List the keys of a list page; the key ? opens it."""
    keys = (
        ("/", "components.key_search"), ("j", "components.key_down"), ("k", "components.key_up"),
        ("Enter", "components.key_open"), ("x", "components.key_select"),
        ("c", "components.key_copy"), ("Esc", "components.key_close"), ("?", "components.key_help"),
    )  # fmt: skip
    lines = [part for key, text in keys for part in (_key(key), rx.el.dd(t(text)))]
    return dialog(
        "keys-help",
        t("components.keys_title"),
        rx.el.dl(*lines, class_name="key-list"),
        cancel=t("shell.close"),
    )


def _key(name: str) -> rx.Component:
    return rx.el.dt(rx.el.kbd(name))
