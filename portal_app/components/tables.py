"""Tables: sorting, selecting, groups; cards on phones.

Every role is written out, because `display: block` on phones takes a table's own away.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx
from reflex.event import EventType

from portal_app.components.elements import Words, icon, maybe, visually_hidden
from portal_app.components.text import t, tn, unbroken

CellKind = Literal["plain", "step", "number", "date", "select", "not-on-phone"]


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column; `sort` is the name that `Sorting` knows it by."""

    label: Words
    sort: str = ""
    kind: CellKind = "plain"
    hidden: bool = False  # the label is for screen readers only


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a table is sorted now, and what happens when a head is pressed."""

    by: rx.Var[str] | str
    descending: rx.Var[bool] | bool
    on_sort: Callable[[str], EventType[()]]  # given the name of the column


def data_table(
    caption: Words,
    columns: Sequence[Column | rx.Component],
    *bodies: rx.Component,
    sorting: Sorting | None = None,
    compact: rx.Var[bool] | bool = False,
    busy: rx.Var[bool] | bool | None = None,
    pager: rx.Component | None = None,
) -> rx.Component:
    """Build a table in a card.

    `columns` are heads (or finished `head_cell`s, `rx.foreach` of them); each body is rows:
    `rx.foreach(State.rows, draw_row)`, where the function returns `row(...)`. `busy` dims old
    rows while new ones come.
    """
    heads = [_head(head, sorting) if isinstance(head, Column) else head for head in columns]
    attributes: dict[str, Any] = {}
    if busy is not None:
        attributes["aria-busy"] = rx.cond(busy, "true", "false")
    table = rx.el.table(
        rx.el.caption(caption, class_name="visually-hidden"),
        rx.el.thead(rx.el.tr(*heads, role="row"), role="rowgroup"),
        *(rx.el.tbody(body, role="rowgroup") for body in bodies),
        class_name=rx.cond(compact, "table is-compact", "table"),
        role="table",
        custom_attrs=attributes,
    )
    return rx.el.div(
        rx.el.div(table, class_name="table-scroll"),
        *maybe(pager),
        class_name="card table-card",
    )


def head_cell(label: Words, *, kind: CellKind = "plain", hidden: bool = False) -> rx.Component:
    """Build the head of a column that cannot be sorted, for columns from the data."""
    return _head(Column(label, kind=kind, hidden=hidden), None)


def row(
    *cells: rx.Component,
    key: rx.Var | str | int | None = None,
    selected: rx.Var[bool] | None = None,
    **props: Any,
) -> rx.Component:
    """Build a row that the keys j and k reach, x selects and Enter opens."""
    attributes: dict[str, Any] = {"data-row": "", **props.pop("custom_attrs", {})}
    if selected is not None:
        attributes["aria-selected"] = rx.cond(selected, "true", "false")
    if key is not None:
        props["key"] = key
    return rx.el.tr(*cells, role="row", custom_attrs=attributes, **props)


def group_row(*facts: rx.Component | Words, columns: int, **props: Any) -> rx.Component:
    """Build a row that heads the rows below it, over all `columns`."""
    return rx.el.tr(
        rx.el.td(rx.el.div(*facts, class_name="group-facts"), col_span=columns, role="cell"),
        role="row",
        class_name="is-group",
        **props,
    )


def cell(
    *content: rx.Component | Words,
    label: Words | None = None,
    kind: CellKind = "plain",
    empty: rx.Var[bool] | bool = False,
) -> rx.Component:
    """Build a cell; `label` is the column's name as the card on a phone shows it.

    `empty` leaves the cell out of the card; on wide screens it keeps its place.
    """
    base = "" if kind == "plain" else kind if kind == "not-on-phone" else f"is-{kind}"
    attributes = {} if label is None else {"data-label": label}
    return rx.el.td(
        *content,
        role="cell",
        class_name=rx.cond(empty, f"{base} is-empty".strip(), base),
        custom_attrs=attributes,
    )


def name_cell(name: Words, href: Words, *, under: Words | None = None) -> rx.Component:
    """Build the cell that names a row: its link, which Enter on the row follows."""
    return cell(
        rx.el.a(name, href=href, class_name="row-name", custom_attrs={"data-row-opens": ""}),
        *maybe(under_line(under) if under is not None else None),
    )


def under_line(words: Words) -> rx.Component:
    """Say something small on a second line of a cell."""
    return rx.el.span(unbroken(words), class_name="under")


def select_cell(name: Words, checked: rx.Var[bool], on_change: EventType[()]) -> rx.Component:
    """Build the tick that selects a row; `name` tells rows apart."""
    return cell(_tick(t("components.select_row", name=name), checked, on_change), kind="select")


def select_all_head(checked: rx.Var[bool], on_change: EventType[()]) -> rx.Component:
    """Build the tick that selects all rows of this page."""
    return rx.el.th(
        _tick(t("components.select_all"), checked, on_change),
        scope="col",
        role="columnheader",
        class_name="is-select",
    )


def actions_cell(*actions: rx.Component) -> rx.Component:
    """Build the last cell, with icon buttons for the row."""
    return cell(rx.el.div(*actions, class_name="row-actions"))


def bulk_bar(count: rx.Var[int], *actions: rx.Component) -> rx.Component:
    """Show what can be done with the selected rows, while there are any.

    It stands below the table, where it is always there: what comes and goes moves no row.
    """
    is_any = count.to(int) > 0
    return rx.el.div(
        rx.el.b(rx.cond(is_any, tn("components.selected", count), ""), role="status"),
        rx.cond(is_any, rx.fragment(*actions), rx.fragment()),
        class_name=rx.cond(is_any, "bulk-bar is-shown", "bulk-bar"),
    )


def _head(column: Column, sorting: Sorting | None) -> rx.Component:
    class_name = "" if column.kind == "plain" else f"is-{column.kind}"
    if not column.sort or sorting is None:
        label = visually_hidden(column.label) if column.hidden else column.label
        return rx.el.th(label, scope="col", role="columnheader", class_name=class_name)
    sorted_here = sorting.by == column.sort
    direction = rx.cond(sorting.descending, "descending", "ascending")
    arrow = rx.cond(sorting.descending, icon("down"), icon("up"))
    return rx.el.th(
        rx.el.button(
            column.label,
            rx.cond(sorted_here, arrow, icon("updown")),
            type="button",
            class_name="sort-button",
            on_click=sorting.on_sort(column.sort),
        ),
        scope="col",
        role="columnheader",
        class_name=class_name,
        custom_attrs={"aria-sort": rx.cond(sorted_here, direction, rx.Var("undefined"))},
    )


def _tick(name: Words, checked: rx.Var[bool], on_change: EventType[()]) -> rx.Component:
    return rx.el.label(
        # It answers at once; what the server then says follows (behaviours/following.js).
        rx.el.input(
            type="checkbox",
            default_checked=checked,
            on_change=on_change,
            custom_attrs={"data-follows": rx.cond(checked, "on", "off")},
        ),
        visually_hidden(name),
        class_name="check-target",
    )
