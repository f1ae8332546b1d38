"""The tab 'Controle': the review that is open, role by role, and those that were signed off."""

import reflex as rx

from portal_app.components.buttons import button, button_row, icon_button, link_button
from portal_app.components.capacities import capacity_name
from portal_app.components.empty import empty
from portal_app.components.layout import section
from portal_app.components.messages import message
from portal_app.components.tables import Column, actions_cell, cell, data_table, row, under_line
from portal_app.components.text import day, moment, t, tn, told_by_key, unbroken
from portal_app.pages.access.people import change_and_end
from portal_app.state.access import AccessState
from portal_app.state.access_reviewing import EarlierReview, ReviewLine


def reviewing() -> rx.Component:
    """Show the open review, and the earlier ones; say when there is none yet."""
    state = AccessState
    return rx.fragment(
        rx.cond(
            state.review,
            _open(),
            rx.cond(
                state.earlier_reviews,
                rx.fragment(),
                empty(
                    t("access.review_none_title"),
                    t("access.review_none_text"),
                    icon_name="history",
                ),
            ),
        ),
        rx.cond(state.earlier_reviews, _earlier(), rx.fragment()),
    )


def _open() -> rx.Component:
    state = AccessState
    due = day(state.review_due_at)
    return section(
        t("access.review_title", day=day(state.review_begun_at)),
        rx.el.div(
            rx.el.p(t("access.review_text")),
            rx.cond(
                state.review_is_late,
                message("warn", t("access.review_late", day=due)),
                rx.el.p(unbroken(t("access.review_due", day=due))),
            ),
            rx.el.p(
                rx.cond(
                    state.review_left,
                    tn("access.review_left", rx.Var.create(state.review_left)),
                    t("access.review_all_done"),
                ),
                role="status",
            ),
            data_table(
                t("access.tab_controle"),
                [
                    Column(t("access.column_name")),
                    Column(t("access.column_role")),
                    Column(t("access.column_capacity")),
                    Column(t("access.column_answer")),
                    Column(t("access.column_actions"), hidden=True),
                ],
                rx.foreach(state.review_lines, _line),
            ),
            button_row(
                rx.cond(
                    state.review_may_close,
                    button(t("access.review_close"), on_click=state.close_review),
                    rx.fragment(),
                ),
                _download(rx.Var.create(state.review_href)),
            ),
            class_name="stack",
        ),
    )


def _download(href: rx.Var[str] | str) -> rx.Component:
    return link_button(t("access.review_download"), href, icon_name="download", loads=True)


def _line(line: ReviewLine) -> rx.Component:
    role = told_by_key(line.role_key)
    return row(
        cell(rx.el.b(line.name), label=t("access.column_name")),
        cell(
            role,
            under_line(rx.cond(line.until, t("access.until", day=day(line.until)), "")),
            label=t("access.column_role"),
        ),
        cell(
            rx.cond(line.capacity, capacity_name(line.capacity), t("access.whole")),
            label=t("access.column_capacity"),
        ),
        cell(
            told_by_key(line.answer_key),
            under_line(rx.cond(line.answered_at, moment(line.answered_at), "")),
            under_line(line.answered_by),
            label=t("access.column_answer"),
        ),
        rx.cond(
            line.may_answer,
            actions_cell(
                icon_button(
                    "check",
                    t("access.review_keep_of", name=line.spoken, role=role),
                    label=t("access.review_keep"),
                    on_click=AccessState.keep_role(line.item, line.spoken),
                ),
                *change_and_end(line.spoken, line.grant),
            ),
            actions_cell(),
        ),
        key=line.item,
    )


def _earlier() -> rx.Component:
    return section(
        t("access.review_earlier"),
        rx.el.ul(rx.foreach(AccessState.earlier_reviews, _one_earlier), class_name="plain-rows"),
    )


def _one_earlier(one: EarlierReview) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(unbroken(t("access.review_title", day=day(one.begun_at)))),
            rx.el.p(
                unbroken(t("access.review_closed", day=day(one.closed_at), name=one.closed_by)),
                class_name="small muted",
            ),
        ),
        _download(one.href),
    )
