"""'Mijn aanvragen': all that one asked of the fund."""

import reflex as rx

from portal_app.components.buttons import link_button
from portal_app.components.empty import empty
from portal_app.components.layout import app_page, page_head
from portal_app.components.lists import list_counter, list_pager, once_loaded
from portal_app.components.shell import SHELL
from portal_app.components.tables import (
    Column,
    cell,
    data_table,
    name_cell,
    row,
)
from portal_app.components.text import day, moment, t, told, told_by_key
from portal_app.state.company_application import ROLE
from portal_app.state.my_applications import MyApplicationsState, MyLine
from portal_app.state.own_application import MINE
from portal_app.state.shell import ShellState

_S = MyApplicationsState


def my_applications() -> rx.Component:
    """Show the list, or that nothing was asked yet."""
    return app_page(
        page_head(t("shell.own_applications")),
        once_loaded(_S, _found(), lines=4),
        shell=SHELL,
        path=MINE,
    )


def _found() -> rx.Component:
    return rx.cond(
        _S.paging.total == 0,
        empty(
            t("applications.mine_none_title"),
            t("applications.mine_none"),
            rx.cond(
                ShellState.is_staff,
                rx.fragment(),
                link_button(t("applications.role_title"), ROLE, kind="primary"),
            ),
            icon_name="file",
        ),
        rx.fragment(
            list_counter(_S.paging),
            _table(),
        ),
    )


def _table() -> rx.Component:
    return data_table(
        t("shell.own_applications"),
        [
            Column(t("applications.column_number")),
            Column(t("applications.column_company")),
            Column(t("applications.column_received")),
            Column(t("applications.column_due")),
            Column(t("applications.column_state")),
        ],
        rx.foreach(_S.lines, _row),
        pager=list_pager(_S.paging),
    )


def _row(line: MyLine) -> rx.Component:
    return row(
        name_cell(line.number, line.href, under=told_by_key(line.kind_key)),
        cell(told(line.company), label=t("applications.column_company"), empty=line.company == ""),
        cell(moment(line.submitted_at), label=t("applications.column_received"), kind="date"),
        cell(
            rx.cond(line.due_at, day(line.due_at), ""),
            label=t("applications.column_due"),
            kind="date",
            empty=line.due_at == "",
        ),
        cell(told_by_key(line.state_key), label=t("applications.column_state")),
        key=line.number,
    )
