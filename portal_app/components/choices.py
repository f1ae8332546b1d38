"""Fields in which one chooses: ticks, radios, and dates by day, month and year."""

from collections.abc import Iterable, Sequence
from typing import Any

import reflex as rx

from portal_app.components.elements import Words, icon, visually_hidden
from portal_app.components.fields import (
    describing,
    field,
    field_class,
    hint_and_error,
    select_options,
)
from portal_app.components.text import t


def checkbox_field(
    name: str,
    label: Words,
    *,
    hint: Words | None = None,
    error: Words | None = None,
    value: str = "yes",
    **props: Any,
) -> rx.Component:
    """Build a tick with its label; a form sends `value` only when it is set."""
    return rx.el.div(
        *hint_and_error(name, hint, error),
        rx.el.label(
            rx.el.input(
                id=name,
                name=name,
                type="checkbox",
                value=value,
                custom_attrs=describing(name, hint=hint, error=error),
                **props,
            ),
            rx.el.span(label),
            class_name="choice",
        ),
        class_name=field_class(error),
    )


def radio_group(
    name: str,
    legend: Words,
    options: Sequence[tuple[str, Words]],
    *,
    hint: Words | None = None,
    error: Words | None = None,
    required: bool = False,
    starred: bool = False,
    chosen: Words = "",
    stacked: bool = False,
    **props: Any,
) -> rx.Component:
    """Build a choice of one; the first radio has the id `name`, so a mistake can link to it.

    Choices stand side by side as far as they fit, unless they are `stacked`.
    """
    return rx.el.fieldset(
        rx.el.legend(legend, *([" *"] if starred else []), class_name="field-label"),
        *hint_and_error(name, hint, error),
        rx.el.div(
            *(
                rx.el.label(
                    rx.el.input(
                        id=name if index == 0 else f"{name}-{value}",
                        name=name,
                        type="radio",
                        value=value,
                        default_checked=rx.Var.create(chosen) == value,
                        **props,
                    ),
                    rx.el.span(words),
                    class_name="choice",
                )
                for index, (value, words) in enumerate(options)
            ),
            class_name="choices is-stacked" if stacked else "choices",
        ),
        class_name=field_class(error),
        custom_attrs={
            "role": "radiogroup",
            **describing(name, hint=hint, error=error, required=required),
        },
    )


def date_parts_field(
    name: str,
    legend: Words,
    *,
    years: Iterable[int],
    hint: Words | None = None,
    error: Words | None = None,
    birthday: bool = False,
    chosen: tuple[Words, Words, Words] = ("", "", ""),
    **props: Any,
) -> rx.Component:
    """Build a date of three native selects, named `<name>_day`, `_month` and `_year`.

    The day's id is `name`, so a mistake can link to it. `chosen` holds day, month (1–12) and
    year as text; `birthday` lets browsers fill them in.
    """
    day, month, year = chosen
    parts = (
        ("day", t("dates.day"), [(str(n), str(n)) for n in range(1, 32)], day),
        ("month", t("dates.month"), [(str(n), t(f"dates.month_{n}")) for n in range(1, 13)], month),
        ("year", t("dates.year"), [(str(n), str(n)) for n in years], year),
    )
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="field-label"),
        *hint_and_error(name, hint, error),
        rx.el.div(
            *(
                _date_part(name, part, label, choices, value, error, birthday=birthday, **props)
                for part, label, choices, value in parts
            ),
            class_name="date-parts",
        ),
        class_name=field_class(error),
        custom_attrs=describing(name, hint=hint, error=error),
    )


def date_field(
    name: str,
    label: Words,
    *,
    hint: Words | None = None,
    error: Words | None = None,
    **props: Any,
) -> rx.Component:
    """Build a date that is typed, or picked from the browser's calendar.

    The server reads 1-4-2026, 01/04/2026 and 2026-04-01 alike.
    """
    more: dict[str, Any] = props.pop("custom_attrs", {})
    control = rx.el.div(
        rx.el.input(
            id=name,
            name=name,
            type="text",
            class_name="input is-date",
            input_mode="numeric",
            placeholder=t("components.date_placeholder"),
            max_length=10,
            auto_complete="off",
            custom_attrs=describing(name, hint=hint, error=error, **more),
            **props,
        ),
        rx.el.input(
            type="date",
            tab_index=-1,
            custom_attrs={"aria-hidden": "true", "data-gives": name},
        ),
        # Its name leaves the field's out: speech users would find two things called so.
        rx.el.button(
            icon("calendar"),
            visually_hidden(t("components.pick_date")),
            type="button",
            custom_attrs={"data-picks": name, "aria-describedby": f"{name}-label"},
        ),
        class_name="date-control",
    )
    return field(label, control, id=name, hint=hint, error=error)


def password_rules(
    id: str,  # noqa: A002
    rules: Sequence[tuple[str, Words]],
    **props: Any,
) -> rx.Component:
    """List what a password needs, before it is typed; `id` describes the password field.

    Each rule is its name and its words. A script that checks while typing sets
    `data-met="yes"` on `[data-rule=name]`; the words for a screen reader come from the
    status that it fills.
    """
    return rx.el.ul(
        *(
            rx.el.li(
                icon("dot", "icon when-broken"),
                icon("check", "icon when-met"),
                rx.el.span(words),
                custom_attrs={"data-rule": name},
            )
            for name, words in rules
        ),
        id=id,
        class_name="password-rules",
        **props,
    )


def _date_part(
    name: str,
    part: str,
    label: Words,
    choices: Sequence[tuple[str, Words]],
    value: Words,
    error: Words | None,
    *,
    birthday: bool,
    **props: Any,
) -> rx.Component:
    control = name if part == "day" else f"{name}-{part}"
    if birthday:
        props["auto_complete"] = f"bday-{part}"
    return rx.el.div(
        rx.el.label(label, html_for=control),
        rx.el.select(
            *select_options(choices, t("components.choose")),
            id=control,
            name=f"{name}_{part}",
            class_name="select",
            default_value=value,
            custom_attrs=describing(name, error=error),
            **props,
        ),
    )
