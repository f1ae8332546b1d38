"""The invitations that staff made, and what can be done with each (design 3.20)."""

import reflex as rx

from portal_app.brand import Module, offers
from portal_app.components.buttons import button, icon_button, link_button
from portal_app.components.dialogs import dialog
from portal_app.components.empty import empty
from portal_app.components.filters import filter_form, keyword_field
from portal_app.components.layout import app_page, page_head
from portal_app.components.lists import counted, list_pager, once_loaded
from portal_app.components.messages import live_message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.tables import (
    Column,
    actions_cell,
    cell,
    data_table,
    row,
    under_line,
)
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.text import day, moment, t, tn, told, told_by_key, unbroken
from portal_app.settings import settings
from portal_app.state.access_queue import PATH as ACCESS_QUEUE
from portal_app.state.company_account_list import PATH as COMPANY_ACCOUNTS
from portal_app.state.invitation_list import PATH, InvitationLine, InvitationListState

_PANEL = "uitnodigingen"


def invitations() -> rx.Component:
    """Show the list, or that it is not for the reader."""
    return app_page(
        rx.cond(InvitationListState.is_refused, refused_page(), _list()),
        shell=SHELL,
        path=PATH,
    )


def _list() -> rx.Component:
    state = InvitationListState
    return rx.fragment(
        page_head(
            t("invitations.list_title"),
            link_button(t("invitations.new"), f"{PATH}/nieuw", kind="primary", icon_name="plus"),
            link_button(t("invitations.new_account"), "/beheer/accounts/nieuw"),
            *(
                [
                    link_button(t("staff.company_accounts"), COMPANY_ACCOUNTS),
                    link_button(t("access.queue_title"), ACCESS_QUEUE),
                ]
                if offers(Module.ACCESS)
                else []
            ),
        ),
        live_message(
            "ok",
            rx.cond(
                state.said_key == "invitations.sent_again",
                tn(
                    "invitations.sent_again",
                    settings.invitation_days,
                    person=state.said_person,
                ),
                rx.cond(
                    state.said_key == "invitations.withdrawn",
                    t("invitations.withdrawn", person=state.said_person),
                    "",
                ),
            ),
        ),
        live_message(
            "bad",
            rx.cond(
                state.said_key == "invitations.wrong_over",
                t("invitations.wrong_over", person=state.said_person),
                "",
            ),
        ),
        tabs(
            t("invitations.list_title"),
            rx.Var.create(state.tabs),
            panel=_PANEL,
            counted=t("invitations.counted"),
        ),
        tab_panel(
            _PANEL,
            filter_form(
                keyword_field(
                    "zoek", t("invitations.search_placeholder"), default_value=state.words
                ),
                on_submit=state.search,
            ),
            once_loaded(state, _found()),
        ),
        _withdraw_dialog(),
    )


def _found() -> rx.Component:
    return counted(
        InvitationListState,
        _table(),
        none=empty(t("invitations.none_title"), t("invitations.none_text"), icon_name="mail"),
    )


def _table() -> rx.Component:
    return data_table(
        t("invitations.list_title"),
        [
            Column(t("invitations.column_code")),
            Column(t("invitations.column_person")),
            Column(t("invitations.column_company")),
            Column(t("invitations.column_role")),
            Column(t("invitations.column_made")),
            Column(t("invitations.column_until")),
            Column(t("invitations.column_standing")),
            Column(t("invitations.column_mail")),
            Column(t("invitations.column_actions"), hidden=True),
        ],
        rx.foreach(InvitationListState.lines, _row),
        pager=list_pager(InvitationListState.paging),
    )


def _row(line: InvitationLine) -> rx.Component:
    return row(
        cell(
            rx.el.span("E-", line.public_id, class_name="code"), label=t("invitations.column_code")
        ),
        cell(rx.el.b(line.listed), under_line(line.email), label=t("invitations.column_person")),
        cell(line.company, under_line(told(line.unit)), label=t("invitations.column_company")),
        cell(told_by_key(line.role_key), label=t("invitations.column_role")),
        cell(
            rx.el.span(unbroken(moment(line.created_at))),
            under_line(line.inviter),
            label=t("invitations.column_made"),
            kind="date",
        ),
        cell(day(line.expires_at), label=t("invitations.column_until"), kind="date"),
        cell(_standing(line), label=t("invitations.column_standing")),
        cell(
            told_by_key(line.mail_key),
            under_line(moment(line.sent_at)),
            label=t("invitations.column_mail"),
        ),
        rx.cond(
            line.is_open,
            actions_cell(
                icon_button(
                    "send",
                    t("invitations.send_again_to", person=line.person),
                    label=t("invitations.send_again"),
                    on_click=InvitationListState.send_again(line.id),
                ),
                icon_button(
                    "x",
                    t("invitations.withdraw_of", person=line.person),
                    label=t("invitations.withdraw"),
                    on_click=InvitationListState.ask_to_withdraw(line.id),
                    danger=True,
                ),
            ),
            actions_cell(),
        ),
        key=line.id,
    )


def _standing(line: InvitationLine) -> rx.Component:
    return rx.fragment(
        told_by_key(line.state_key),
        under_line(
            rx.cond(
                line.redeemed_by,
                t(
                    "invitations.redeemed_by",
                    moment=moment(line.redeemed_at),
                    person=line.redeemed_by,
                ),
                moment(line.redeemed_at),
            )
        ),
        rx.cond(
            line.opened_at,
            under_line(t("invitations.opened_at", moment=moment(line.opened_at))),
            rx.fragment(),
        ),
    )


def _withdraw_dialog() -> rx.Component:
    state = InvitationListState
    return dialog(
        "withdraw",
        t("invitations.withdraw_title", person=state.withdrawing_person),
        rx.el.p(t("invitations.withdraw_text")),
        confirm=button(t("invitations.withdraw"), kind="danger", on_click=state.withdraw),
        wanted=rx.Var.create(state.withdrawing) > 0,
        on_close=state.keep,
    )
