"""Charts as lists: readable without a script, in print, and in forced colours.

Each row or column has its whole sentence; 'Toon als tabel' gives the figures.
"""

from collections.abc import Sequence

import reflex as rx

from portal_app.components.elements import Words, icon, maybe, visually_hidden
from portal_app.components.messages import details
from portal_app.components.step_icons import StepState, step_icon
from portal_app.components.text import number, t, told
from portal_app.errors import Text
from portal_app.state.shapes import Bar, Month, Segment


def chart_card(
    title: Words,
    *content: rx.Component,
    note: Words | None = None,
    table: rx.Component | None = None,
    urgent: bool = False,
    wide_only: bool = False,
) -> rx.Component:
    """Frame a chart: a question or noun as its title, the unit in the note, a table below."""
    class_name = "card chart"
    class_name += " is-urgent" if urgent else ""
    class_name += " only-wide" if wide_only else ""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(title),
            *maybe(rx.el.small(note) if note is not None else None),
            class_name="chart-head",
        ),
        *content,
        *maybe(details(t("components.as_table"), table) if table is not None else None),
        class_name=class_name,
    )


def stacked_bars(bars: rx.Var[list[Bar]]) -> rx.Component:
    """Draw one stacked bar per row; a segment with an address sets a filter when pressed.

    A segment may be too narrow to aim at, so that is for pointers only: the table of the chart
    holds the same links for everybody (WCAG 2.5.8).
    """
    return rx.el.ul(rx.foreach(bars, _bar_row), class_name="bar-list")


def stacked_bar(
    segments: rx.Var[list[Segment]] | list[Segment], sentence: Words, *, tall: bool = False
) -> rx.Component:
    """Draw one bar without links, such as a stock of codes."""
    return rx.el.div(
        rx.foreach(segments, _plain_segment),
        class_name="bar is-tall" if tall else "bar",
        role="img",
        custom_attrs={"aria-label": sentence},
    )


def meter(segments: rx.Var[list[Segment]] | list[Segment]) -> rx.Component:
    """Draw a small bar beside words that say the same, such as '2 van 5 gebruikt'."""
    return rx.el.span(
        rx.foreach(segments, _plain_segment),
        class_name="bar is-mini",
        custom_attrs={"aria-hidden": "true"},
    )


def chart_key(*entries: tuple[str, Words]) -> rx.Component:
    """Explain the colours: pairs of a segment kind and its words."""
    return rx.el.ul(
        *(
            rx.el.li(rx.el.i(class_name=f"is-share-{kind}"), rx.el.span(words))
            for kind, words in entries
        ),
        class_name="chart-key",
    )


def month_columns(months: rx.Var[list[Month]]) -> rx.Component:
    """Draw a column per month; the ones that come soon are copper."""
    return rx.el.ol(rx.foreach(months, _month), class_name="months")


def attention_list(
    *entries: tuple[StepState, rx.Var[int] | int, Words, Words],
) -> rx.Component:
    """List what asks for attention: state, how many, what, and the address that shows them."""
    return rx.el.ul(
        *(
            rx.el.li(
                rx.el.a(
                    step_icon(state),
                    rx.el.b(number(count)),
                    rx.el.span(words),
                    icon("right"),
                    href=href,
                )
            )
            for state, count, words, href in entries
        ),
        class_name="attention",
    )


def figures_table(heads: Sequence[Words], rows: rx.Component) -> rx.Component:
    """Build the plain table behind 'Toon als tabel'; `rows` is a foreach of `rx.el.tr`."""
    return rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(head, scope="col") for head in heads))),
        rx.el.tbody(rows),
    )


def _bar_row(bar: Bar) -> rx.Component:
    return rx.el.li(
        rx.el.span(_told(bar.label), custom_attrs={"aria-hidden": "true"}),
        rx.el.span(
            visually_hidden(_told(bar.sentence)),
            rx.foreach(bar.segments, _segment),
            class_name="bar",
        ),
        rx.el.span(bar.figure, custom_attrs={"aria-hidden": "true"}),
        class_name="bar-row",
    )


def _segment(segment: Segment) -> rx.Component:
    look = f"is-share-{segment.kind} share-{segment.share}"
    return rx.cond(
        segment.href,
        rx.el.a(
            href=segment.href,
            class_name=look,
            tab_index=-1,
            custom_attrs={"aria-hidden": "true", "title": _told(segment.sentence)},
        ),
        rx.el.i(class_name=look),
    )


def _plain_segment(segment: Segment) -> rx.Component:
    return rx.el.i(class_name=f"is-share-{segment.kind} share-{segment.share}")


def _month(month: Month) -> rx.Component:
    column = rx.el.span(
        rx.el.b(rx.cond(month.count, number(rx.Var.create(month.count)), "")),
        rx.el.i(class_name=f"share-{month.share}"),
        class_name=rx.cond(month.soon, "month-column is-soon", "month-column"),
        custom_attrs={"aria-hidden": "true"},
    )
    label = rx.el.span(_told(month.label), custom_attrs={"aria-hidden": "true"})
    said = visually_hidden(_told(month.sentence))
    return rx.el.li(
        rx.cond(
            month.href,
            rx.el.a(said, column, label, href=month.href, class_name="month"),
            rx.el.span(said, column, label, class_name="month"),
        )
    )


def _told(words: Text | str) -> rx.Var[str]:
    return told(rx.Var.create(words))
