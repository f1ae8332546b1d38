"""The list of candidates, and the list of those that were unlinked."""

import reflex as rx

from portal_app.components.buttons import button, icon_button
from portal_app.components.elements import visually_hidden
from portal_app.components.empty import empty
from portal_app.components.pager import pager, result_counter, result_line
from portal_app.components.step_icons import step_button, step_legend
from portal_app.components.tables import (
    Column,
    Sorting,
    actions_cell,
    bulk_bar,
    cell,
    data_table,
    head_cell,
    row,
    select_all_head,
    select_cell,
    under_line,
)
from portal_app.components.text import moment, t, told, unbroken
from portal_app.pages.candidates.downloads import selection_link
from portal_app.services.candidate_address import ORDER_WORDS
from portal_app.services.candidate_order import Order
from portal_app.state.candidate_lines import CandidateLine, StepCell, StepHead, UnlinkedLine
from portal_app.state.candidates import CandidatesState
from portal_app.state.unlinking import UnlinkingState

_ALL_SELECTED = rx.Var.create(CandidatesState.all_selected)
_IS_BUSY = ~rx.Var.create(rx.State.is_hydrated)
"""Whether an answer is on its way; old rows stay, dimmed."""


def counter() -> rx.Component:
    """Say how many there are and which ones are shown."""
    counted = result_counter(
        CandidatesState.total,
        CandidatesState.first,
        CandidatesState.last,
        id="count",
        tab_index=-1,
    )
    more = rx.el.span(t("candidates.or_more"), class_name="muted")
    return rx.fragment(counted, rx.cond(CandidatesState.is_exact, rx.fragment(), more))


def candidate_table() -> rx.Component:
    """Show a page of candidates; of one route each step has a column."""
    return rx.fragment(
        result_line(counter(), _words_switch(), step_legend()),
        data_table(
            t("candidates.sub_short"),
            [
                select_all_head(
                    rx.Var.create(CandidatesState.all_selected), CandidatesState.select_all
                ),
                Column(t("candidates.candidate"), sort=ORDER_WORDS[Order.NAME]),
                rx.cond(
                    CandidatesState.is_one_route, rx.fragment(), head_cell(t("candidates.route"))
                ),
                rx.cond(
                    CandidatesState.is_one_route,
                    rx.foreach(CandidatesState.heads, _step_head),
                    head_cell(t("candidates.steps")),
                ),
                Column(t("candidates.next_step")),
                Column(t("candidates.valid_until"), sort=ORDER_WORDS[Order.VALID_UNTIL]),
                Column(t("candidates.actions"), hidden=True),
            ],
            rx.foreach(CandidatesState.lines, _line),
            sorting=Sorting(
                CandidatesState.sorted_by, CandidatesState.descending, CandidatesState.sort
            ),
            busy=_IS_BUSY,
            pager=_pager(),
        ),
        _bulk_bar(),
    )


def unlinked_table() -> rx.Component:
    """Show the links that ended, with the way back for 30 days."""
    nobody = empty(
        t("candidates.nobody_unlinked_title"),
        t("candidates.nobody_unlinked"),
        icon_name="unlink",
    )
    return rx.cond(
        CandidatesState.total == 0,
        nobody,
        rx.fragment(
            rx.el.p(t("candidates.unlinked_explained"), class_name="unlinked-note muted small"),
            result_line(counter()),
            _unlinked(),
        ),
    )


def _unlinked() -> rx.Component:
    return rx.fragment(
        data_table(
            t("candidates.tab_ontkoppeld"),
            [
                Column(t("candidates.candidate")),
                Column(t("candidates.organisation")),
                Column(t("candidates.unlinked_at")),
                Column(t("candidates.unlinked_by")),
                Column(t("candidates.reason")),
                Column(t("candidates.undo_until")),
                Column(t("candidates.actions"), hidden=True),
            ],
            rx.foreach(CandidatesState.unlinked_lines, _unlinked_line),
            busy=_IS_BUSY,
            pager=_pager(),
        ),
    )


def _bulk_bar() -> rx.Component:
    return bulk_bar(
        rx.Var.create(CandidatesState.selected_number),
        rx.cond(
            CandidatesState.may_unlink,
            button(
                t("candidates.unlink_short"),
                kind="secondary",
                icon_name="unlink",
                small=True,
                on_click=UnlinkingState.ask_selected,
            ),
            rx.fragment(),
        ),
        rx.cond(
            CandidatesState.may_export,
            selection_link(t("candidates.download_short"), "xlsx", selected=True),
            rx.fragment(),
        ),
    )


def _words_switch() -> rx.Component:
    return rx.el.button(
        rx.el.span(t("candidates.show_words"), class_name="when-closed"),
        rx.el.span(t("candidates.hide_words"), class_name="when-open"),
        type="button",
        class_name="button is-link is-small words-switch",
        custom_attrs={"data-switches": "step-words"},
    )


def _pager() -> rx.Component:
    return pager(
        CandidatesState.pages,
        previous=CandidatesState.previous,
        following=CandidatesState.following,
        sizes=CandidatesState.sizes,
    )


def _step_head(head: StepHead) -> rx.Component:
    return head_cell(told(head.label), kind="step")


def _line(line: CandidateLine) -> rx.Component:
    is_selected = rx.Var.create(CandidatesState.selected).contains(line.link)
    return row(
        select_cell(line.name, is_selected, CandidatesState.select(line.link)),
        cell(
            rx.el.a(
                line.name,
                href=line.href,
                id=f"candidate-{line.key}",
                class_name="row-name",
                custom_attrs={"data-row-opens": ""},
            ),
            under_line(line.email),
            rx.cond(
                CandidatesState.is_one_route & (line.organisation != ""),
                under_line(line.organisation),
                rx.fragment(),
            ),
        ),
        rx.cond(
            CandidatesState.is_one_route,
            rx.foreach(line.cells, lambda step: cell(_step(step), kind="step")),
            rx.fragment(
                cell(
                    line.route,
                    rx.cond(line.organisation, under_line(line.organisation), rx.fragment()),
                    label=t("candidates.route"),
                ),
                cell(rx.el.span(rx.foreach(line.cells, _step), class_name="step-strip")),
            ),
        ),
        cell(
            rx.cond(
                line.is_resit,
                rx.el.b(unbroken(told(line.next_step))),
                rx.el.span(unbroken(told(line.next_step))),
            ),
            label=t("candidates.next_step"),
        ),
        cell(
            rx.cond(
                line.valid_until,
                rx.el.span(
                    line.valid_until,
                    rx.cond(
                        line.expires_soon,
                        visually_hidden(" ", t("candidates.soon")),
                        rx.fragment(),
                    ),
                    class_name=rx.cond(line.expires_soon, "day is-soon", "day"),
                ),
                "–",
            ),
            label=t("candidates.valid_until"),
            empty=rx.Var.create(line.valid_until) == "",
        ),
        actions_cell(
            icon_button(
                "eye",
                t("candidates.see_record_of", name=line.name),
                label=t("candidates.record_short"),
                href=line.href,
            ),
            rx.cond(
                CandidatesState.may_unlink,
                icon_button(
                    "unlink",
                    t("candidates.unlink_named", name=line.name),
                    label=t("candidates.unlink_short"),
                    on_click=UnlinkingState.ask([line.link]),
                    danger=True,
                    custom_attrs={"aria-haspopup": "dialog"},
                ),
                rx.fragment(),
            ),
        ),
        key=line.key,
        selected=is_selected,
    )


def _step(step: StepCell) -> rx.Component:
    state = told("candidates.state_" + step.state, rx.Var.create({}))
    said = t("candidates.step_state", step=told(step.step), state=state)
    return step_button(rx.Var.create(step.state), said, tip=told(step.tip))


def _unlinked_line(line: UnlinkedLine) -> rx.Component:
    return row(
        cell(rx.el.b(line.name)),
        cell(line.organisation, label=t("candidates.organisation")),
        cell(moment(rx.Var.create(line.ended_at)), label=t("candidates.unlinked_at"), kind="date"),
        cell(line.ended_by, label=t("candidates.unlinked_by")),
        cell(
            told(line.reason),
            rx.cond(line.explanation, under_line(line.explanation), rx.fragment()),
            label=t("candidates.reason"),
        ),
        cell(
            rx.cond(line.undo_until, moment(rx.Var.create(line.undo_until)), "–"),
            label=t("candidates.undo_until"),
            kind="date",
        ),
        cell(
            rx.cond(
                rx.Var.create(line.undo_until).bool() & CandidatesState.may_unlink,
                button(
                    t("candidates.link_again"),
                    kind="secondary",
                    small=True,
                    icon_name="undo",
                    on_click=UnlinkingState.undo([line.link]),
                    custom_attrs={"aria-label": t("candidates.link_again_named", name=line.name)},
                ),
                rx.fragment(),
            )
        ),
        key=line.link,
    )
