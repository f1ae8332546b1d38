"""The queue of applications (design 3.19)."""

import reflex as rx

from portal_app.components.buttons import link_button
from portal_app.components.empty import empty
from portal_app.components.fields import select_field
from portal_app.components.filters import filter_form, keyword_field
from portal_app.components.layout import app_page, page_head
from portal_app.components.lists import counted, list_pager, once_loaded
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.step_icons import tag
from portal_app.components.tables import (
    Column,
    cell,
    data_table,
    name_cell,
    row,
    under_line,
)
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.text import day, moment, t, told_by_key
from portal_app.state.application_list import PATH, ApplicationLine, ApplicationListState
from portal_app.state.enter_application import PATH as ENTER
from portal_app.state.phone_desk import PATH as PHONE_DESK

_PANEL = "aanvragen"


def applications() -> rx.Component:
    """Show the queue, or that it is not for the reader."""
    return app_page(
        rx.cond(ApplicationListState.is_refused, refused_page(), _list()),
        shell=SHELL,
        path=PATH,
    )


def _list() -> rx.Component:
    state = ApplicationListState
    return rx.fragment(
        page_head(
            t("applications.list_title"),
            link_button(t("phone_desk.title"), PHONE_DESK, icon_name="phone"),
            link_button(t("applications.enter_title"), ENTER),
        ),
        tabs(
            t("applications.list_title"),
            rx.Var.create(state.tabs),
            panel=_PANEL,
            counted=t("applications.counted"),
        ),
        tab_panel(
            _PANEL,
            filter_form(
                keyword_field(
                    "zoek", t("applications.search_placeholder"), default_value=state.words
                ),
                select_field(
                    "soort",
                    t("applications.kind"),
                    rx.Var.create(state.kinds),
                    empty=t("applications.every_kind"),
                    default_value=state.kind,
                    key=state.kind,
                ),
                on_submit=state.search,
            ),
            once_loaded(state, _found()),
        ),
    )


def _found() -> rx.Component:
    return counted(
        ApplicationListState,
        _table(),
        none=empty(t("applications.none_title"), t("applications.none_text"), icon_name="file"),
    )


def _table() -> rx.Component:
    state = ApplicationListState
    return data_table(
        t("applications.list_title"),
        [
            Column(t("applications.column_number")),
            Column(t("applications.column_person")),
            Column(t("applications.column_company")),
            Column(t("applications.column_received")),
            Column(t("applications.column_due")),
            Column(t("applications.column_state")),
            Column(t("applications.column_assignee")),
        ],
        rx.foreach(state.lines, _row),
        pager=list_pager(state.paging),
    )


def _row(line: ApplicationLine) -> rx.Component:
    return row(
        name_cell(line.number, line.href, under=told_by_key(line.kind_key)),
        cell(line.name, under_line(line.email), label=t("applications.column_person")),
        cell(line.company, label=t("applications.column_company"), empty=line.company == ""),
        cell(moment(line.submitted_at), label=t("applications.column_received"), kind="date"),
        cell(
            rx.el.span(day(line.due_at)),
            rx.cond(
                line.is_late, tag("warn", t("applications.late"), icon_name="clock"), rx.fragment()
            ),
            label=t("applications.column_due"),
            kind="date",
        ),
        cell(
            told_by_key(line.state_key),
            under_line(rx.cond(line.finished_at, moment(line.finished_at), "")),
            label=t("applications.column_state"),
        ),
        cell(
            rx.cond(line.assignee, line.assignee, t("applications.nobody")),
            label=t("applications.column_assignee"),
        ),
        key=line.number,
    )
