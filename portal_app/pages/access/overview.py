"""The page: who manages, and three tabs with people, capacities and open appointments."""

import reflex as rx

from portal_app.components.buttons import button_row, link_button
from portal_app.components.company_choice import company_choice
from portal_app.components.layout import app_page, page_head
from portal_app.components.messages import fetch_failed, live_message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import tag
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.text import day, t, told, unbroken
from portal_app.pages.access.capacities import capacities
from portal_app.pages.access.consents import consent_questions, consents
from portal_app.pages.access.people import appointed, people, suspended
from portal_app.pages.access.questions import questions
from portal_app.pages.access.reviewing import reviewing
from portal_app.state.access import PATH, AccessState
from portal_app.state.access_lines import AppointLink, HolderLine

_PANEL = "toegang"


def overview() -> rx.Component:
    """Show the page, or that it is not for the reader."""
    return app_page(
        rx.cond(AccessState.is_refused, refused_page(), _page()), shell=SHELL, path=PATH
    )


def _page() -> rx.Component:
    state = AccessState
    return rx.fragment(
        page_head(t("access.title"), sub=told(state.organisation)),
        live_message("ok", told(state.said)),
        live_message("bad", told(state.refused)),
        rx.cond(
            state.is_failed,
            fetch_failed(state.load),
            rx.cond(
                state.is_loaded,
                rx.cond(
                    state.organisation,
                    _company(),
                    company_choice(t("access.choose"), rx.Var.create(state.choices)),
                ),
                skeleton(6),
            ),
        ),
        questions(),
        consent_questions(),
    )


def _company() -> rx.Component:
    state = AccessState
    return rx.fragment(
        rx.el.p(t("access.explained"), class_name="muted"),
        consents(),
        rx.el.div(_main(), _co_main(), class_name="access-managers"),
        tabs(
            t("access.title"), rx.Var.create(state.tabs), panel=_PANEL, counted=t("access.counted")
        ),
        tab_panel(
            _PANEL,
            rx.cond(
                state.tab == "hoedanigheden",
                capacities(),
                rx.cond(
                    state.tab == "uitnodigingen",
                    appointed(),
                    rx.cond(state.tab == "controle", reviewing(), people()),
                ),
            ),
        ),
    )


def _main() -> rx.Component:
    state = AccessState
    return _card(
        t("access.main_title"),
        rx.Var.create(state.main),
        t("access.main_none"),
        rx.cond(
            state.hand_over_href,
            link_button(t("access.hand_over"), state.hand_over_href, small=True),
            rx.fragment(),
        ),
        "main_access_manager",
    )


def _co_main() -> rx.Component:
    return _card(
        t("access.co_main_title"),
        rx.Var.create(AccessState.co_main),
        t("access.co_main_none"),
        rx.fragment(),
        "co_main_access_manager",
    )


def _card(
    title: rx.Var[str],
    lines: rx.Var[list[HolderLine]],
    none: rx.Var[str],
    more: rx.Component,
    role: str,
) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title),
        rx.cond(
            lines,
            rx.el.ul(rx.foreach(lines, _holder), class_name="plain-rows"),
            rx.el.p(none, class_name="muted"),
        ),
        button_row(more, rx.foreach(AccessState.appoints, lambda link: _appoint(link, role))),
        class_name="card stack",
    )


def _appoint(link: AppointLink, role: str) -> rx.Component:
    return rx.cond(
        link.role == role,
        link_button(t(f"access.appoint_{role}"), link.href, kind="primary", small=True),
        rx.fragment(),
    )


def _holder(line: HolderLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(line.spoken),
            rx.el.p(
                unbroken(t("access.since", day=day(line.since))),
                rx.cond(
                    line.until,
                    rx.fragment(" ", unbroken(t("access.until", day=day(line.until)))),
                    "",
                ),
                class_name="small muted",
            ),
            suspended(line),
        ),
        rx.cond(line.by_eherkenning, tag("ok", t("access.by_eherkenning")), rx.fragment()),
    )
