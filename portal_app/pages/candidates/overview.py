"""The organisation manager's first page: the progress of candidates (V-17 ... V-24)."""

import reflex as rx

from portal_app.brand import Module, offers
from portal_app.components.buttons import button
from portal_app.components.downloads import download_status
from portal_app.components.elements import icon
from portal_app.components.empty import empty
from portal_app.components.filters import clear_filters_link
from portal_app.components.layout import app_page, page_head
from portal_app.components.messages import error_summary, fetch_failed, message
from portal_app.components.pager import result_line
from portal_app.components.refused import way_in
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.text import moment, t, tn, told, unbroken
from portal_app.pages.candidates.downloads import selection_link
from portal_app.pages.candidates.filters import candidate_filters
from portal_app.pages.candidates.insights import insights
from portal_app.pages.candidates.table import candidate_table, counter, unlinked_table
from portal_app.pages.candidates.unlinking import unlinking
from portal_app.services.candidate_address import PATH
from portal_app.state.candidates import CandidatesState
from portal_app.state.shapes import Chip

_PANEL = "candidates"


def overview() -> rx.Component:
    """Show figures, tabs, filters and the list; the address says which."""
    return app_page(
        error_summary(rx.Var.create(CandidatesState.mistake_list)),
        page_head(t("candidates.title"), *_downloads(), sub=_updated()),
        rx.el.p(told(rx.Var.create(CandidatesState.organisations)), class_name="on-paper"),
        download_status(),
        _view(),
        unlinking(),
        shell=SHELL,
        path=PATH,
    )


def _view() -> rx.Component:
    codes = "" if offers(Module.PAYMENT_CODES) else "_without_codes"
    return rx.fragment(
        rx.match(
            CandidatesState.view,
            ("loading", skeleton(8)),
            (
                "refused",
                rx.fragment(message("warn", t("candidates.refused"), role="alert"), way_in()),
            ),
            (
                "nothing_yet",
                empty(
                    t("candidates.nothing_yet_title"),
                    t(f"candidates.nothing_yet{codes}", code=CandidatesState.code),
                    icon_name="users",
                ),
            ),
            (
                "no_code",
                empty(
                    t("candidates.no_code_title"),
                    t(
                        "candidates.no_code",
                        organisation=rx.Var.create(CandidatesState.organisations),
                    ),
                    icon_name="users",
                ),
            ),
            rx.fragment(rx.cond(CandidatesState.tabs, insights(), rx.fragment()), _tabs_and_list()),
        )
    )


def _updated() -> rx.Component:
    return rx.cond(
        CandidatesState.made_at,
        rx.el.span(unbroken(t("candidates.sub", moment=moment(CandidatesState.made_at)))),
        rx.el.span(t("candidates.sub_short")),
    )


def _downloads() -> list[rx.Component]:
    is_list = CandidatesState.may_export & (CandidatesState.view == "list")
    return [
        rx.cond(
            is_list,
            rx.el.div(
                selection_link(t("components.download_excel"), "xlsx"),
                selection_link(t("components.download_csv"), "csv", quiet=True),
                class_name="button-row selection-links",
            ),
            rx.fragment(),
        )
    ]


def _tabs_and_list() -> rx.Component:
    return rx.fragment(
        tabs(
            t("candidates.tabs"),
            rx.Var.create(CandidatesState.tabs),
            panel=_PANEL,
            counted=t("candidates.counted"),
        ),
        tab_panel(
            _PANEL,
            rx.cond(
                CandidatesState.view == "unlinked",
                unlinked_table(),
                rx.fragment(
                    candidate_filters(),
                    _updates(),
                    rx.match(
                        CandidatesState.view,
                        ("failed", fetch_failed(CandidatesState.load)),
                        ("nothing_found", rx.fragment(result_line(counter()), _nothing_found())),
                        candidate_table(),
                    ),
                ),
            ),
        ),
    )


def _updates() -> rx.Component:
    """Say that candidates changed meanwhile; they move only when that is asked for."""
    told = rx.el.div(
        icon("refresh"),
        rx.el.span(tn("candidates.updated", CandidatesState.updated)),
        button(
            t("candidates.show_updated"),
            kind="link",
            small=True,
            on_click=[CandidatesState.load, rx.set_focus("count")],
        ),
        class_name="updates",
    )
    return rx.fragment(
        rx.el.div(rx.cond(CandidatesState.updated > 0, told, rx.fragment()), role="status"),
        rx.el.button(
            type="button",
            hidden=True,
            on_click=CandidatesState.look_again,
            custom_attrs={"data-looks-again": ""},
        ),
    )


def _nothing_found() -> rx.Component:
    return empty(
        t("candidates.nothing_found_title"),
        rx.el.span(
            rx.cond(
                CandidatesState.chips,
                rx.fragment(
                    t("candidates.nothing_found_with"),
                    " ",
                    rx.foreach(CandidatesState.chips, _repeated),
                    ".",
                ),
                t("candidates.nothing_found"),
            )
        ),
        rx.cond(
            CandidatesState.all_routes_href,
            rx.el.a(
                t("candidates.search_all_routes"),
                href=CandidatesState.all_routes_href,
                class_name="button is-secondary",
            ),
            rx.fragment(),
        ),
        rx.cond(
            CandidatesState.chips,
            clear_filters_link(CandidatesState.clear_href),
            rx.fragment(),
        ),
    )


def _repeated(chip: Chip, index: rx.Var[int]) -> rx.Component:
    return rx.fragment(
        rx.cond(index == 0, "", ", "),
        told(rx.Var.create(chip.label_key), rx.Var.create({})),
        " ‘",
        told(chip.value),
        "’",
    )
