"""The form above a list, and the chips of the filters that are set."""

from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex.event import EventType

from portal_app.components.buttons import button
from portal_app.components.elements import Words, event_form, icon, maybe, visually_hidden
from portal_app.components.fields import field
from portal_app.components.text import t, told
from portal_app.state.shapes import Chip

MORE_FIELDS = "more-fields"


def filter_form(
    keywords: rx.Component,
    *more: rx.Component,
    on_submit: EventType[dict[str, Any]],
    rarely: Sequence[rx.Component] = (),
    unfolds: rx.Var[bool] | bool = False,
    finds: bool = False,
) -> rx.Component:
    """Build the filters of a list: the keyword field first, then any number of fields.

    Enter in any field applies, as does the one button: 'Filter', or 'Zoeken' where nothing is
    listed before somebody `finds` it. On phones the other fields fold behind 'Meer
    zoekvelden'; `rarely` holds those that do so on wide screens too, unless
    `unfolds`, because one of them is set.
    """
    look = "button is-secondary more-fields-button"
    folds = [
        rx.el.button(
            t("components.more_fields"),
            type="button",
            class_name=f"{look} is-always" if rarely else look,
            custom_attrs={
                "data-unfolds": MORE_FIELDS,
                "aria-expanded": rx.cond(unfolds, "true", "false"),
            },
        )
    ]
    rare = rx.el.div(*rarely, class_name="rare-fields") if rarely else None
    return event_form(
        keywords,
        rx.el.div(*more, class_name="more-fields"),
        *maybe(rare),
        rx.el.div(
            button(
                t("components.find") if finds else t("components.filter"),
                icon_name="search" if finds else "filter",
                submits=True,
            ),
            *(folds if more or rarely else []),
            class_name="filter-buttons",
        ),
        id=MORE_FIELDS,
        class_name="filters",
        role="search",
        on_submit=on_submit,
        custom_attrs={"data-more": rx.cond(unfolds, "open", "closed")},
    )


def keyword_field(
    name: str, placeholder: Words, *, label: Words | None = None, **props: Any
) -> rx.Component:
    """Build the field 'Trefwoorden'; the key / goes there."""
    attributes = {"data-key-search": "", "spellCheck": "false", **props.pop("custom_attrs", {})}
    control = rx.el.input(
        id=name,
        name=name,
        # Not type=search: that role has another name for speech users and test robots.
        type="text",
        class_name="input",
        placeholder=placeholder,
        input_mode="search",
        enter_key_hint="search",
        auto_complete="off",
        custom_attrs=attributes,
        **props,
    )
    return field(
        t("components.keywords") if label is None else label,
        rx.el.div(
            icon("search"),
            control,
            rx.el.kbd("/", custom_attrs={"aria-hidden": "true"}),
            class_name="keyword-field",
        ),
        id=name,
    )


def filter_chips(
    chips: rx.Var[list[Chip]] | list[Chip],
    clear_href: Words,
    *,
    found: rx.Var[bool] | bool = True,
) -> rx.Component:
    """List the filters that are set, each a link that takes it off, and 'Wis alle filters'.

    While nothing is `found` that link stands where the list would be, and only there.
    """
    return rx.cond(
        chips,
        rx.el.div(
            rx.el.span(t("components.chosen_filters")),
            rx.el.ul(rx.foreach(chips, _chip)),
            rx.cond(found, clear_filters_link(clear_href), rx.fragment()),
            class_name="chips",
        ),
        rx.fragment(),
    )


def clear_filters_link(href: Words) -> rx.Component:
    """Build the link 'Wis alle filters'."""
    return rx.el.a(t("components.clear_filters"), href=href, class_name="button is-link is-small")


def _chip(chip: Chip) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            visually_hidden(t("components.remove"), " "),
            rx.el.span(told(rx.Var.create(chip.label_key), rx.Var.create({})), ": "),
            rx.el.b(told(rx.Var.create(chip.value))),
            icon("x"),
            href=chip.href,
            class_name="chip",
        )
    )
