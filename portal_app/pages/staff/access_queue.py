"""The companies of which staff must look after the access (issue 3 §2)."""

import reflex as rx

from portal_app.components.empty import empty
from portal_app.components.layout import app_page, back_link, page_head
from portal_app.components.lists import counted, list_pager, once_loaded
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.tables import (
    Column,
    cell,
    data_table,
    row,
    under_line,
)
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.text import day, t, told
from portal_app.state.access_queue import AccessQueueState, CompanyLine
from portal_app.state.invitation_list import PATH as INVITATIONS

_PANEL = "toegang"


def access_queue() -> rx.Component:
    """Show the lists, or that they are not for the reader."""
    return app_page(
        rx.cond(AccessQueueState.is_refused, refused_page(), _page()),
        shell=SHELL,
        path=INVITATIONS,
    )


def _page() -> rx.Component:
    state = AccessQueueState
    return rx.fragment(
        back_link(t("invitations.list_title"), INVITATIONS),
        page_head(t("access.queue_title"), sub=t("access.queue_text")),
        tabs(
            t("access.queue_title"),
            rx.Var.create(state.tabs),
            panel=_PANEL,
            counted=t("access.counted"),
        ),
        tab_panel(
            _PANEL,
            once_loaded(state, _found()),
        ),
    )


def _found() -> rx.Component:
    state = AccessQueueState
    company = Column(t("access.column_company"))
    return counted(
        state,
        rx.cond(
            state.tab == "late",
            data_table(
                t("access.queue_late"),
                [company, Column(t("access.column_due")), Column(t("access.column_left"))],
                rx.foreach(state.lines, _late),
                pager=list_pager(state.paging),
            ),
            data_table(
                t("access.queue_without"),
                [company, Column(t("access.queue_people"))],
                rx.foreach(state.lines, _alone),
                pager=list_pager(state.paging),
            ),
        ),
        none=empty(t("access.queue_none_title"), t("access.queue_none_text"), icon_name="check"),
    )


def _company(line: CompanyLine) -> rx.Component:
    return cell(
        rx.el.a(
            line.name,
            href=line.href,
            class_name="row-name",
            custom_attrs={"data-row-opens": ""},
        ),
        under_line(line.number),
        under_line(told(line.unit)),
    )


def _late(line: CompanyLine) -> rx.Component:
    return row(
        _company(line),
        cell(day(line.due_at), label=t("access.column_due"), kind="date"),
        cell(rx.Var.create(line.left).to_string(), label=t("access.column_left")),
        key=line.href,
    )


def _alone(line: CompanyLine) -> rx.Component:
    return row(
        _company(line),
        cell(rx.Var.create(line.people).to_string(), label=t("access.queue_people")),
        key=line.href,
    )
