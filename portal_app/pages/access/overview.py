"""The page: who manages, and three tabs with people, capacities and open appointments."""

import reflex as rx

from portal_app.components.buttons import button_row, link_button
from portal_app.components.company_page import company_page
from portal_app.components.step_icons import tag
from portal_app.components.tabs import tab_panel, tabs
from portal_app.components.text import day, t, unbroken
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
    return company_page(
        AccessState,
        PATH,
        t("access.title"),
        _company(),
        questions(),
        consent_questions(),
        choose=t("access.choose"),
        on_retry=AccessState.load,
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
