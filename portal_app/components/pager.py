"""Which part of a list is shown: the counter above it, the pager below it."""

from typing import Any

import reflex as rx

from portal_app.components.elements import Words, icon, maybe, visually_hidden
from portal_app.components.text import t, tn
from portal_app.state.shapes import PageLink, SizeLink


def result_counter(
    total: rx.Var[int] | int, first: rx.Var[int] | int, last: rx.Var[int] | int, **props: Any
) -> rx.Component:
    """Say '128 resultaten - Toon 1 - 25', '1 resultaat' or 'Geen resultaten'."""
    return rx.el.p(
        rx.cond(
            total == 0,
            rx.el.b(t("components.no_results")),
            rx.el.span(
                rx.el.b(tn("components.results", total)),
                rx.cond(total == 1, rx.fragment(), _range(first, last)),
            ),
        ),
        role="status",
        **props,
    )


def result_line(counter: rx.Component, *beside: rx.Component) -> rx.Component:
    """Put the counter and what belongs beside it (a legend, a toggle) above a table."""
    return rx.el.div(counter, *beside, class_name="result-line")


def pager(
    pages: rx.Var[list[PageLink]] | list[PageLink],
    *,
    previous: rx.Var[str] | str,
    following: rx.Var[str] | str,
    sizes: rx.Var[list[SizeLink]] | list[SizeLink],
) -> rx.Component:
    """Build the pager; `previous` and `following` are addresses, empty at the ends.

    `portal_app.state.shapes.page_links` makes the list.
    """
    return rx.el.nav(
        rx.el.div(
            rx.el.span(t("components.per_page"), " "),
            rx.el.ul(rx.foreach(sizes, _size), class_name="sizes"),
            class_name="per-page",
        ),
        rx.el.ul(
            _step(previous, t("components.previous"), before=icon("left")),
            rx.foreach(pages, _page),
            _step(following, t("components.next"), after=icon("right")),
        ),
        class_name="pager",
        custom_attrs={"aria-label": t("components.pages")},
    )


def _range(first: rx.Var[int] | int, last: rx.Var[int] | int) -> rx.Component:
    return rx.el.span(" - ", t("components.shown_range", first=first, last=last))


def _page(link: PageLink) -> rx.Component:
    number = rx.Var.create(link.number)
    return rx.el.li(
        rx.cond(
            number == 0,
            rx.el.span("…"),
            rx.el.a(
                visually_hidden(t("components.page"), " "),
                number.to_string(),
                href=link.href,
                custom_attrs={"aria-current": rx.cond(link.current, "page", rx.Var("undefined"))},
            ),
        )
    )


def _size(link: SizeLink) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.Var.create(link.size).to_string(),
            visually_hidden(" ", t("components.per_page")),
            href=link.href,
            custom_attrs={"aria-current": rx.cond(link.current, "true", rx.Var("undefined"))},
        )
    )


def _step(
    href: rx.Var[str] | str,
    words: Words,
    *,
    before: rx.Component | None = None,
    after: rx.Component | None = None,
) -> rx.Component:
    link = rx.el.a(*maybe(before), words, *maybe(after), href=href)
    return rx.cond(href, rx.el.li(link), rx.fragment())
