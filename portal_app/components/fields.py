"""One field: label, hint, mistake, control. All wiring between them happens here.

`error` is a sentence that may be empty; while it is not, the field is marked, the sentence
stands between hint and control, and it describes the control.
"""

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from portal_app.components.elements import Words, icon, maybe, visually_hidden
from portal_app.components.text import t, told, unbroken
from portal_app.state.shapes import Option

Width = Literal["full", "short", "date", "code", "mono"]
Choices = Sequence[tuple[str, Words]] | rx.Var[list[Option]]


def field(
    label: Words,
    control: rx.Component,
    *,
    id: str,  # noqa: A002 -- the attribute's own name
    hint: Words | None = None,
    error: Words | None = None,
    starred: bool = False,
    beside_label: rx.Component | None = None,
) -> rx.Component:
    """Build the frame of a field around any control that carries `id`.

    Give the control `describing(id, ...)` as its custom_attrs. `starred` puts the * of
    'Velden met een * zijn verplicht' in the label.
    """
    named = _label(label, id, starred=starred)
    head = rx.el.div(named, beside_label, class_name="field-head") if beside_label else named
    return rx.el.div(head, *hint_and_error(id, hint, error), control, class_name=field_class(error))


def required_note() -> rx.Component:
    """Say above a form what the * means: 'Velden met een * zijn verplicht'."""
    return rx.el.p(t("components.required_note"), class_name="small muted")


def describing(
    id: str,  # noqa: A002
    *,
    hint: Words | None = None,
    error: Words | None = None,
    required: bool = False,
    also: str = "",
    **more: Any,
) -> dict[str, Any]:
    """Return the attributes that tie a control to its hint, its mistake and `also`, an id."""
    always = " ".join(part for part in (f"{id}-hint" if hint is not None else "", also) if part)
    with_error = f"{always} {id}-error".strip()
    attributes: dict[str, Any] = dict(more)
    if isinstance(error, rx.Var):
        attributes["aria-describedby"] = rx.cond(error, with_error, always or rx.Var("undefined"))
        attributes["aria-invalid"] = rx.cond(error, "true", "false")
    elif error:
        attributes |= {"aria-describedby": with_error, "aria-invalid": "true"}
    elif always:
        attributes["aria-describedby"] = always
    if required:
        attributes["aria-required"] = "true"
    return attributes


def hint_and_error(
    id: str,  # noqa: A002
    hint: Words | None,
    error: Words | None,
) -> list[rx.Component]:
    """Return the lines between a label and its control."""
    lines = maybe(
        rx.el.p(unbroken(hint), id=f"{id}-hint", class_name="field-hint")
        if hint is not None
        else None
    )
    if isinstance(error, rx.Var):
        lines.append(rx.cond(error, _error_line(id, error), rx.fragment()))
    elif error:
        lines.append(_error_line(id, error))
    return lines


def field_class(error: Words | None) -> Words:
    """Return the class of a field that may have a mistake."""
    if isinstance(error, rx.Var):
        return rx.cond(error, "field has-error", "field")
    return "field has-error" if error else "field"


def text_field(
    name: str,
    label: Words,
    *,
    hint: Words | None = None,
    error: Words | None = None,
    required: bool = False,
    starred: bool = False,
    kind: Literal["text", "email", "tel", "url"] = "text",
    width: Width = "full",
    auto_complete: str | None = None,
    verbatim: bool = False,
    beside_label: rx.Component | None = None,
    described_by: str = "",
    **props: Any,
) -> rx.Component:
    """Build a field of one line; its id and name are `name`.

    Fields keep what is typed themselves: give `default_value=State.x` for what must survive
    a refresh, never `value=`. `verbatim` (codes, names to sign in with) keeps phones from
    correcting. Other props (input_mode, max_length, placeholder, read_only, on_blur …) go to
    the input.
    """
    more: dict[str, Any] = dict(props.pop("custom_attrs", {}))
    if verbatim:
        more |= {"autoCapitalize": "none", "spellCheck": "false", "autoCorrect": "off"}
    if auto_complete:
        props["auto_complete"] = auto_complete
    control = rx.el.input(
        id=name,
        name=name,
        type=kind,
        class_name="input" if width == "full" else f"input is-{width}",
        custom_attrs=describing(
            name, hint=hint, error=error, required=required, also=described_by, **more
        ),
        **props,
    )
    return field(
        label,
        control,
        id=name,
        hint=hint,
        error=error,
        starred=starred,
        beside_label=beside_label,
    )


def text_area(
    name: str,
    label: Words,
    *,
    hint: Words | None = None,
    error: Words | None = None,
    required: bool = False,
    starred: bool = False,
    **props: Any,
) -> rx.Component:
    """Build a field of several lines, such as a reason."""
    control = rx.el.textarea(
        id=name,
        name=name,
        class_name="input",
        custom_attrs=describing(name, hint=hint, error=error, required=required),
        **props,
    )
    return field(label, control, id=name, hint=hint, error=error, starred=starred)


def password_field(
    name: str,
    label: Words,
    *,
    new: bool = False,
    hint: Words | None = None,
    error: Words | None = None,
    required: bool = True,
    starred: bool = False,
    described_by: str = "",
    below: rx.Component | None = None,
    **props: Any,
) -> rx.Component:
    """Build a password field with 'Toon' / 'Verberg' and a Caps Lock hint.

    `new` tells password managers that one is being chosen. `described_by` is the id of the
    rules; `below` stands under the control, such as the link for a forgotten password.
    """
    control = rx.el.input(
        id=name,
        name=name,
        type="password",
        class_name="input",
        auto_complete="new-password" if new else "current-password",
        custom_attrs=describing(
            name,
            hint=hint,
            error=error,
            required=required,
            also=described_by,
            autoCapitalize="none",
            spellCheck="false",
            **{"data-password": ""},
        ),
        **props,
    )
    return rx.el.div(
        _label(label, name, starred=starred),
        *hint_and_error(name, hint, error),
        rx.el.div(control, _reveal_button(name), class_name="input-with-button"),
        rx.el.p(
            t("components.caps_lock"),
            id=f"{name}-caps",
            class_name="field-hint",
            role="status",
            hidden=True,
        ),
        *maybe(below),
        class_name=field_class(error),
    )


def select_field(
    name: str,
    label: Words,
    options: Choices,
    *,
    empty: Words | None = None,
    hint: Words | None = None,
    error: Words | None = None,
    required: bool = False,
    starred: bool = False,
    auto_complete: str | None = None,
    **props: Any,
) -> rx.Component:
    """Build a native select; `empty` is the first choice, whose value is empty."""
    if auto_complete:
        props["auto_complete"] = auto_complete
    more: dict[str, Any] = props.pop("custom_attrs", {})
    control = rx.el.select(
        *select_options(options, empty),
        id=name,
        name=name,
        class_name="select",
        custom_attrs=describing(name, hint=hint, error=error, required=required, **more),
        **props,
    )
    return field(label, control, id=name, hint=hint, error=error, starred=starred)


def select_options(options: Choices, empty: Words | None) -> list[rx.Component]:
    """Return the options of a select, the empty one first."""
    first = maybe(rx.el.option(empty, value="") if empty is not None else None)
    if isinstance(options, rx.Var):
        return [*first, rx.foreach(options, _option)]
    return [*first, *(rx.el.option(words, value=value) for value, words in options)]


def _label(words: Words, id: str, *, starred: bool) -> rx.Component:  # noqa: A002
    return rx.el.label(
        unbroken(words),
        *([" *"] if starred else []),
        html_for=id,
        id=f"{id}-label",
        class_name="field-label",
    )


def _option(option: Option) -> rx.Component:
    return rx.el.option(told(rx.Var.create(option.label)), value=option.value)


def _reveal_button(name: str) -> rx.Component:
    # Never 'Toon wachtwoord': speech users and tests would find two things called so.
    return rx.el.button(
        icon("eye"),
        rx.el.span(t("shell.show"), class_name="when-hidden"),
        rx.el.span(t("shell.hide"), class_name="when-shown"),
        type="button",
        class_name="reveal-button",
        custom_attrs={
            "data-reveals": name,
            "aria-controls": name,
            "aria-describedby": f"{name}-label",
        },
    )


def _error_line(id: str, error: Words) -> rx.Component:  # noqa: A002
    return rx.el.p(
        icon("alert"),
        rx.el.span(visually_hidden(t("components.mistake"), " "), unbroken(error)),
        id=f"{id}-error",
        class_name="field-error",
    )
