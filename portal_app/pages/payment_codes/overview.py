"""The page: the stock, the filters and the codes."""

import reflex as rx

from portal_app.components.downloads import download_status
from portal_app.components.empty import empty
from portal_app.components.filters import clear_filters_link
from portal_app.components.layout import app_page, page_head
from portal_app.components.messages import error_summary, fetch_failed, message
from portal_app.components.pager import result_line
from portal_app.components.refused import way_in
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.text import moment, t, told, unbroken
from portal_app.pages.payment_codes.filters import code_filters, without_filters
from portal_app.pages.payment_codes.inactive import inactive_codes
from portal_app.pages.payment_codes.stock import ask_for_codes, downloads, request_codes, stock
from portal_app.pages.payment_codes.table import code_counter, code_table
from portal_app.reading_payment_codes import PATH
from portal_app.state.payment_codes import PaymentCodesState
from portal_app.state.shapes import Chip
from portal_app.state.shell import ShellState


def payment_codes() -> rx.Component:
    """Show the stock, the filters and the codes."""
    return app_page(
        error_summary(rx.Var.create(PaymentCodesState.mistake_list)),
        page_head(
            t("payment_codes.title"),
            rx.cond(PaymentCodesState.has_stock, rx.fragment(), downloads()),
            sub=_whose(),
        ),
        rx.el.p(
            unbroken(t("components.as_of", moment=moment(PaymentCodesState.made_at))),
            class_name="on-paper",
        ),
        _shown(),
        shell=SHELL,
        path=PATH,
    )


def _shown() -> rx.Component:
    return rx.fragment(
        rx.match(
            PaymentCodesState.view,
            (
                "refused",
                rx.fragment(message("warn", t("payment_codes.refused"), role="alert"), way_in()),
            ),
            ("nothing_yet", _nothing_yet()),
            rx.fragment(
                download_status(),
                inactive_codes(),
                rx.cond(PaymentCodesState.has_stock, stock(), rx.fragment()),
                code_filters(),
                rx.match(
                    PaymentCodesState.view,
                    ("loading", skeleton(6)),
                    ("failed", fetch_failed(PaymentCodesState.load)),
                    ("nothing_found", rx.fragment(result_line(code_counter()), _nothing_found())),
                    code_table(),
                ),
            ),
        )
    )


def _whose() -> rx.Var[str]:
    name, code = ShellState.organisation_name, ShellState.organisation_code
    return rx.cond(
        code,
        t("payment_codes.of_code", code=code),
        rx.cond(
            name,
            t("payment_codes.of_organisation", organisation=name),
            t("payment_codes.of_all"),
        ),
    )


def _nothing_found() -> rx.Component:
    return empty(
        t("payment_codes.nothing_title"),
        t("payment_codes.nothing_text"),
        rx.el.ul(rx.foreach(PaymentCodesState.chips, _chosen), class_name="plain-list"),
        clear_filters_link(without_filters()),
    )


def _nothing_yet() -> rx.Component:
    code = ShellState.organisation_code
    return empty(
        t("payment_codes.empty_title"),
        rx.cond(code, t("payment_codes.empty_of_code", code=code), t("payment_codes.empty")),
        request_codes(),
        ask_for_codes(),
        icon_name="ticket",
    )


def _chosen(chip: Chip) -> rx.Component:
    label = told(rx.Var.create(chip.label_key), rx.Var.create({}))
    return rx.el.li(label, ": ", rx.el.b(told(rx.Var.create(chip.value))))
