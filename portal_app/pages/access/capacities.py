"""The capacities that are on, with who manages each, and those that can be switched on."""

import reflex as rx

from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.capacities import capacity_explained, capacity_name
from portal_app.components.layout import section
from portal_app.components.step_icons import tag
from portal_app.components.text import day, t, tn, told, unbroken
from portal_app.pages.access.people import suspended
from portal_app.state.access import AccessState
from portal_app.state.access_lines import AppointLink, CapacityBlock, HolderLine

_ROLES = ("access_manager", "co_access_manager", "user")


def capacities() -> rx.Component:
    """Show a block for each, the counter, and what can be switched on."""
    state = AccessState
    return rx.fragment(
        rx.el.p(
            t("access.counter", n=state.managers, most=state.managers_at_most),
            role="status",
            class_name="capacity-counter",
        ),
        rx.foreach(state.blocks, _block),
        rx.cond(
            rx.Var.create(state.offers).bool() | rx.Var.create(state.with_fund).bool(),
            section(
                t("access.activate_title"),
                rx.el.ul(
                    rx.foreach(state.offers, lambda code: _offer(code, by_fund=False)),
                    rx.foreach(state.with_fund, lambda code: _offer(code, by_fund=True)),
                    class_name="card plain-rows capacity-offers",
                ),
            ),
            rx.fragment(),
        ),
    )


def _block(block: CapacityBlock) -> rx.Component:
    return rx.el.section(
        rx.el.h2(
            capacity_name(block.code),
            " ",
            rx.cond(block.is_standard, tag("brand", t("access.standard")), rx.fragment()),
        ),
        rx.el.p(capacity_explained(block.code)),
        rx.el.p(unbroken(t("access.active_since", day=day(block.since))), class_name="small muted"),
        rx.cond(
            block.managers,
            rx.el.ul(rx.foreach(rx.Var.create(block.managers), _manager), class_name="plain-rows"),
            rx.el.p(t("access.no_manager"), class_name="muted"),
        ),
        rx.el.p(tn("access.users", rx.Var.create(block.users))),
        button_row(
            rx.foreach(rx.Var.create(block.appoints), _appoint),
            link_button(t("capacities.set"), block.parameters_href, small=True),
            rx.cond(
                block.may_end,
                button(
                    t("access.end_capacity", capacity=capacity_name(block.code)),
                    kind="link",
                    small=True,
                    on_click=AccessState.ask_capacity(block.code),
                ),
                rx.fragment(),
            ),
        ),
        class_name="card stack capacity",
        key=block.code,
    )


def _manager(line: HolderLine) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(line.spoken),
            rx.el.p(
                told(line.role_key + "_long", rx.Var.create({})),
                " · ",
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
    )


def _appoint(link: AppointLink) -> rx.Component:
    drawn = rx.fragment()
    for role in _ROLES:
        drawn = rx.cond(
            link.role == role,
            link_button(t(f"access.appoint_{role}"), link.href, small=True),
            drawn,
        )
    return drawn


def _offer(code: rx.Var[str], *, by_fund: bool) -> rx.Component:
    name = capacity_name(code)
    said, way = _by_fund(code, name) if by_fund else (rx.fragment(), _activate(code, name))
    return rx.el.li(
        rx.el.div(rx.el.b(name), rx.el.p(capacity_explained(code)), said),
        way,
    )


def _activate(code: rx.Var[str], name: rx.Var[str]) -> rx.Component:
    return button(
        t("access.activate", capacity=name),
        kind="secondary",
        small=True,
        on_click=AccessState.activate(code),
    )


def _by_fund(code: rx.Var[str], name: rx.Var[str]) -> tuple[rx.Component, rx.Component]:
    """Say that the fund switches it on, and offer to ask for it where the reader may."""
    asks = rx.Var.create(AccessState.ask_at)
    said = rx.cond(asks, t("access.by_fund"), t("capacities.wrong_needs_fund"))
    way = link_button(
        t("access.apply_for_capacity", capacity=name),
        asks + "&hoedanigheid=" + code.to(str),
        small=True,
    )
    return rx.el.p(said, class_name="small muted"), rx.cond(asks, way, rx.fragment())
