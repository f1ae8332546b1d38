"""The company accounts that staff made, and what can be done with each."""

import reflex as rx
from reflex.event import EventType

from portal_app.components.buttons import button, icon_button, link_button
from portal_app.components.dialogs import dialog
from portal_app.components.empty import empty
from portal_app.components.filters import filter_form, keyword_field
from portal_app.components.layout import app_page, back_link, page_head
from portal_app.components.lists import counted, list_pager, once_loaded
from portal_app.components.messages import live_message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.tables import (
    Column,
    Sorting,
    actions_cell,
    cell,
    data_table,
    row,
    under_line,
)
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.text import day, moment, t, tn, told, told_by_key, unbroken
from portal_app.services.company_account_list import AccountOrder
from portal_app.state.company_account_list import (
    PATH,
    CompanyAccountLine,
    CompanyAccountListState,
)
from portal_app.state.invitation_list import PATH as INVITATIONS

_PANEL = "bedrijfsaccounts"


def company_accounts() -> rx.Component:
    """Show the list, or that it is not for the reader."""
    return app_page(
        rx.cond(CompanyAccountListState.is_refused, refused_page(), _list()),
        shell=SHELL,
        path=INVITATIONS,
    )


def _list() -> rx.Component:
    state = CompanyAccountListState
    return rx.fragment(
        back_link(t("invitations.list_title"), INVITATIONS),
        page_head(
            t("staff.company_accounts"),
            link_button(
                t("invitations.new_company_account"),
                f"{PATH}/bedrijf",
                kind="primary",
                icon_name="plus",
            ),
        ),
        live_message("ok", _said("staff.account_withdrawn")),
        live_message("bad", _said("staff.wrong_account_over")),
        tabs(
            t("staff.company_accounts"),
            rx.Var.create(state.tabs),
            panel=_PANEL,
            counted=t("staff.company_accounts_counted"),
        ),
        tab_panel(
            _PANEL,
            filter_form(
                keyword_field(
                    "zoek", t("staff.company_accounts_search"), default_value=state.words
                ),
                on_submit=state.search,
            ),
            once_loaded(state, _found()),
        ),
        dialog(
            "withdraw",
            t("staff.withdraw_account_title", person=state.asked_person),
            rx.el.p(t("staff.withdraw_account_text")),
            confirm=button(t("staff.withdraw_account"), kind="danger", on_click=state.withdraw),
            wanted=rx.Var.create(state.withdrawing) > 0,
            on_close=state.keep,
        ),
        dialog(
            "new-codes",
            t("staff.ask_codes_title", person=state.asked_person),
            rx.el.p(t("staff.ask_codes_text")),
            confirm=button(t("staff.ask_codes"), on_click=state.new_codes),
            wanted=rx.Var.create(state.asking) > 0,
            on_close=state.keep,
        ),
    )


def _said(key: str) -> rx.Var[str]:
    state = CompanyAccountListState
    return rx.cond(state.said_key == key, t(key, person=state.said_person), "")


def _found() -> rx.Component:
    return counted(
        CompanyAccountListState,
        _table(),
        none=empty(
            t("staff.company_accounts_none_title"),
            t("staff.company_accounts_none_text"),
            icon_name="mail",
        ),
    )


def _table() -> rx.Component:
    state = CompanyAccountListState
    return data_table(
        t("staff.company_accounts"),
        [
            Column(t("staff.column_company"), sort=AccountOrder.COMPANY.value),
            Column(t("staff.column_person"), sort=AccountOrder.PERSON.value),
            Column(t("staff.column_made"), sort=AccountOrder.MADE.value),
            Column(t("staff.column_codes_until")),
            Column(t("staff.column_state")),
            Column(t("staff.column_actions"), hidden=True),
        ],
        rx.foreach(state.lines, _row),
        sorting=Sorting(state.sorted_by, state.descending, _sorts),
        pager=list_pager(state.paging),
    )


def _sorts(column: str) -> EventType[()]:
    return CompanyAccountListState.sort(AccountOrder(column))


def _row(line: CompanyAccountLine) -> rx.Component:
    state = CompanyAccountListState
    return row(
        cell(
            rx.el.b(line.company),
            under_line(line.number),
            under_line(told(line.unit)),
            label=t("staff.column_company"),
        ),
        cell(line.person, under_line(line.email), label=t("staff.column_person")),
        cell(
            rx.el.span(unbroken(moment(line.made_at))),
            under_line(line.made_by),
            label=t("staff.column_made"),
            kind="date",
        ),
        cell(
            rx.el.span(day(line.last_day)),
            rx.cond(
                rx.Var.create(line.issues) > 1,
                under_line(tn("staff.codes_made_times", line.issues)),
                rx.fragment(),
            ),
            label=t("staff.column_codes_until"),
            kind="date",
        ),
        cell(
            told_by_key("staff.company_account_" + state.tab),
            rx.cond(line.ended_at, under_line(_ended(line)), rx.fragment()),
            label=t("staff.column_state"),
        ),
        rx.cond(
            state.is_open,
            actions_cell(
                icon_button(
                    "mail",
                    t("staff.ask_codes_for", person=line.person),
                    label=t("staff.ask_codes"),
                    on_click=state.ask_for_codes(line.id),
                ),
                icon_button(
                    "x",
                    t("staff.withdraw_account_of", person=line.person),
                    label=t("staff.withdraw_account"),
                    on_click=state.ask_to_withdraw(line.id),
                    danger=True,
                ),
            ),
            actions_cell(),
        ),
        key=line.id,
    )


def _ended(line: CompanyAccountLine) -> rx.Var[str]:
    return rx.cond(
        line.ended_by,
        t("staff.ended_by", day=day(line.ended_at), person=line.ended_by),
        day(line.ended_at),
    )
