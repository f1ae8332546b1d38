"""Two tables: who holds a role, and who was appointed and did not accept yet."""

import reflex as rx

from portal_app.brand import brand
from portal_app.components.buttons import button_row, icon_button, link_button
from portal_app.components.capacities import capacity_name
from portal_app.components.empty import empty
from portal_app.components.layout import section
from portal_app.components.step_icons import tag
from portal_app.components.tables import Column, actions_cell, cell, data_table, row, under_line
from portal_app.components.text import day, moment, t, told, told_by_key, unbroken
from portal_app.permissions import Role
from portal_app.state.access import AccessState
from portal_app.state.access_lines import AppointedLine, HolderLine, TakenAwayLine


def people() -> rx.Component:
    """List everybody who holds a role, what can be done about it, and what was taken away."""
    return rx.fragment(
        rx.cond(AccessState.add_href, _add(), rx.fragment()),
        data_table(
            t("access.tab_personen"),
            [
                Column(t("access.column_name")),
                Column(t("access.column_role")),
                Column(t("access.column_capacity")),
                Column(t("access.column_seen")),
                Column(t("access.column_actions"), hidden=True),
            ],
            rx.foreach(AccessState.people, _person),
        ),
        rx.cond(AccessState.taken_away, _taken_away(), rx.fragment()),
    )


def _add() -> rx.Component:
    return button_row(link_button(t("access.add_somebody"), AccessState.add_href, small=True))


def _taken_away() -> rx.Component:
    return section(
        t("access.taken_away_title"),
        data_table(
            t("access.taken_away_title"),
            [
                Column(t("access.column_name")),
                Column(t("access.column_role")),
                Column(t("access.column_capacity")),
                Column(t("access.column_ended")),
                Column(t("access.column_actions"), hidden=True),
            ],
            rx.foreach(AccessState.taken_away, _gone),
        ),
    )


def _gone(line: TakenAwayLine) -> rx.Component:
    return row(
        cell(rx.el.b(line.name), label=t("access.column_name")),
        cell(told_by_key(line.role_key), label=t("access.column_role")),
        cell(_where(line.capacity), label=t("access.column_capacity")),
        cell(
            day(line.ended_at),
            under_line(rx.cond(line.ended_by, t("access.ended_by", name=line.ended_by), "")),
            under_line(t("access.give_back_until", day=day(line.until))),
            label=t("access.column_ended"),
            kind="date",
        ),
        rx.cond(
            line.may_give_back,
            actions_cell(
                icon_button(
                    "undo",
                    t("access.give_back_to", name=line.spoken),
                    label=t("access.give_back"),
                    on_click=AccessState.give_back(line.grant, line.spoken),
                )
            ),
            actions_cell(),
        ),
        key=line.grant,
    )


def change_and_end(name: str, grant: int) -> tuple[rx.Component, rx.Component]:
    """Build the two buttons of whoever is below the reader: another role, or none."""
    return (
        icon_button(
            "settings",
            t("access.change_of", name=name),
            label=t("access.change"),
            on_click=AccessState.ask_change(grant),
        ),
        icon_button(
            "x",
            t("access.end_of", name=name),
            label=t("access.end"),
            on_click=AccessState.ask_end(grant),
            danger=True,
        ),
    )


def suspended(line: HolderLine) -> rx.Component:
    """Say since when a role opens nothing, and why; nothing while it does."""
    said = {"day": day(line.suspended_at), "why": told_by_key(line.suspended_why_key)}
    return rx.cond(
        line.suspended_at,
        rx.el.span(
            tag("warn", t("roles.suspended")),
            " ",
            rx.cond(
                line.suspended_by_fund,
                unbroken(t("access.suspended_by_fund", organisation=brand.organisation, **said)),
                unbroken(t("access.suspended_since", **said)),
            ),
            class_name="under",
        ),
        rx.fragment(),
    )


def _for_a_while(line: HolderLine) -> rx.Component:
    return rx.cond(
        line.may_suspend,
        icon_button(
            "lock",
            t("access.suspend_of", name=line.spoken),
            label=t("access.suspend"),
            on_click=AccessState.ask_suspend(line.grant),
        ),
        rx.cond(
            line.may_resume,
            icon_button(
                "undo",
                t("access.resume_of", name=line.spoken),
                label=t("access.resume"),
                on_click=AccessState.resume(line.grant, line.spoken),
            ),
            rx.fragment(),
        ),
    )


def _for_good(line: HolderLine) -> rx.Component:
    change, end = change_and_end(line.spoken, line.grant)
    other = rx.cond(line.suspended_at, rx.fragment(), change)
    return rx.cond(line.may_end, rx.fragment(other, end), rx.fragment())


def _person(line: HolderLine) -> rx.Component:
    return row(
        cell(rx.el.b(line.name), under_line(line.email), label=t("access.column_name")),
        cell(
            told_by_key(line.role_key),
            under_line(rx.cond(line.until, t("access.until", day=day(line.until)), "")),
            suspended(line),
            label=t("access.column_role"),
        ),
        cell(_where(line.capacity), label=t("access.column_capacity")),
        cell(
            rx.cond(line.seen_at, moment(line.seen_at), t("access.never")),
            label=t("access.column_seen"),
            kind="date",
        ),
        rx.cond(
            rx.Var.create(line.is_myself) & (line.suspended_at == ""),
            actions_cell(_to_leave(line)),
            actions_cell(_for_a_while(line), _for_good(line)),
        ),
        key=line.grant,
    )


def _to_leave(line: HolderLine) -> rx.Component:
    """Offer to leave; the main access manager hands over instead."""
    return rx.cond(
        line.role_key == f"roles.{Role.MAIN_ACCESS_MANAGER.value}",
        rx.fragment(),
        icon_button(
            "sign-out",
            t("access.leave"),
            label=t("access.leave"),
            on_click=AccessState.ask("leave", line.grant),
            danger=True,
        ),
    )


def appointed() -> rx.Component:
    """List the appointments that were not accepted yet."""
    return rx.cond(
        AccessState.appointed,
        data_table(
            t("access.tab_uitnodigingen"),
            [
                Column(t("access.column_name")),
                Column(t("access.column_role")),
                Column(t("access.column_capacity")),
                Column(t("access.column_until")),
                Column(t("access.column_mail")),
                Column(t("access.column_actions"), hidden=True),
            ],
            rx.foreach(AccessState.appointed, _appointment),
        ),
        empty(t("access.none_title"), t("access.none_text"), icon_name="mail"),
    )


def _appointment(line: AppointedLine) -> rx.Component:
    return row(
        cell(rx.el.b(line.name), under_line(line.email), label=t("access.column_name")),
        cell(told_by_key(line.role_key), label=t("access.column_role")),
        cell(_where(line.capacity), label=t("access.column_capacity")),
        cell(
            day(line.expires_at),
            under_line(rx.cond(line.is_expired, t("access.expired"), "")),
            label=t("access.column_until"),
            kind="date",
        ),
        cell(
            told(line.mail_key, rx.Var.create({}), of="invitations"), label=t("access.column_mail")
        ),
        rx.cond(
            line.may_manage,
            actions_cell(
                icon_button(
                    "send",
                    t("access.send_again_to", name=line.spoken),
                    label=t("access.send_again"),
                    on_click=AccessState.send_again(line.invitation),
                ),
                icon_button(
                    "x",
                    t("access.withdraw_of", name=line.spoken),
                    label=t("access.withdraw"),
                    on_click=AccessState.ask("withdraw", line.invitation),
                    danger=True,
                ),
            ),
            actions_cell(),
        ),
        key=line.invitation,
    )


def _where(capacity: rx.Var[str] | str) -> rx.Var[str]:
    return rx.cond(capacity, capacity_name(capacity), t("access.whole"))
