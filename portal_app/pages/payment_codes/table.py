"""The table of codes: its columns and cells are the source's (V-28 ... V-30)."""

import reflex as rx
from reflex.event import EventType

from portal_app.components.buttons import copy_button, copy_from_button
from portal_app.components.charts import meter
from portal_app.components.elements import visually_hidden
from portal_app.components.pager import pager, result_counter, result_line
from portal_app.components.step_icons import tag
from portal_app.components.tables import (
    Column,
    Sorting,
    actions_cell,
    cell,
    data_table,
    group_row,
    row,
    under_line,
)
from portal_app.components.text import moment, t, tn
from portal_app.components.tooltips import tip_attributes
from portal_app.pages.payment_codes.inactive import switch_of, switch_of_batch
from portal_app.reading_payment_codes import CodeOrder
from portal_app.state.payment_code_lines import BatchGroup, CodeLine
from portal_app.state.payment_codes import PaymentCodesState

_COLUMNS = tuple(CodeOrder)


def code_table() -> rx.Component:
    """Show the counter, the codes and the pager."""
    state = PaymentCodesState
    return rx.fragment(
        result_line(code_counter(), _per_batch()),
        data_table(
            t("payment_codes.title"),
            [
                *(Column(t(f"payment_codes.{name}"), sort=name.value) for name in _COLUMNS),
                Column(t("payment_codes.actions"), hidden=True),
            ],
            rx.foreach(state.groups, _group),
            sorting=Sorting(state.sorted_by, state.descending, _sorts),
            busy=state.is_busy,
            pager=pager(
                state.pages,
                previous=state.previous,
                following=state.following,
                sizes=state.sizes,
            ),
        ),
    )


def _sorts(column: str) -> EventType[()]:
    return PaymentCodesState.sort(CodeOrder(column))


def code_counter() -> rx.Component:
    """Say how many codes there are, and which of them are shown (V-28)."""
    state = PaymentCodesState
    return rx.cond(
        state.is_exact,
        result_counter(state.total, state.first, state.last),
        rx.el.p(
            rx.el.b(tn("payment_codes.more_than", state.total)),
            " - ",
            t("components.shown_range", first=state.first, last=state.last),
            role="status",
        ),
    )


def _per_batch() -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            checked=PaymentCodesState.per_batch,
            on_change=PaymentCodesState.regroup,
        ),
        rx.el.span(t("payment_codes.per_batch")),
        class_name="choice is-small",
    )


def _group(group: BatchGroup) -> rx.Component:
    return rx.fragment(
        rx.cond(group.number, _head(group), rx.fragment()),
        rx.foreach(group.lines, _line),
        key=group.number,
    )


def _head(group: BatchGroup) -> rx.Component:
    used, total = rx.Var.create(group.used), rx.Var.create(group.total)
    return group_row(
        rx.el.b(t("payment_codes.batch", number=group.number)),
        rx.el.span(moment(group.created), class_name="muted"),
        rx.cond(
            group.reference,
            rx.el.span(t("payment_codes.batch_reference", reference=group.reference)),
            rx.fragment(),
        ),
        rx.el.span(
            meter(rx.Var.create(group.meter)),
            rx.el.span(t("payment_codes.batch_used", used=used, total=total)),
            class_name="meter",
        ),
        rx.cond(
            group.copy_from,
            copy_from_button(
                group.copy_from,
                t("payment_codes.copy_batch"),
                visually_hidden(" ", t("payment_codes.of_batch", number=group.number)),
            ),
            rx.fragment(),
        ),
        switch_of_batch(group),
        columns=len(_COLUMNS) + 1,
    )


def _line(line: CodeLine) -> rx.Component:
    said_above = PaymentCodesState.per_batch  # on a phone the head of the batch is enough
    return row(
        cell(
            rx.el.span(line.code, class_name=rx.cond(line.inactive, "code is-off", "code")),
            under_line(line.profile),
        ),
        cell(
            line.organisation,
            rx.cond(line.contact, under_line(line.contact), rx.fragment()),
            label=t("payment_codes.organisation"),
        ),
        cell(line.contact, label=t("payment_codes.contact"), kind="not-on-phone"),
        cell(
            line.reference,
            label=t("payment_codes.reference"),
            empty=(line.reference == "") | said_above,
        ),
        cell(
            moment(line.created),
            under_line(t("payment_codes.batch", number=line.batch)),
            label=t("payment_codes.created"),
            kind="date",
            empty=said_above,
        ),
        cell(_use(line), label=t("payment_codes.used"), kind="date"),
        cell(_user(line), label=t("payment_codes.used_by"), empty=line.used_by == ""),
        _actions(line),
        key=line.code,
    )


def _use(line: CodeLine) -> rx.Component:
    past = t("payment_codes.expired_tip", moment=moment(line.expires))
    return rx.fragment(
        rx.match(
            line.status,
            ("used", _used(line)),
            ("usable", tag("ok", t("payment_codes.status_usable"))),
            ("inactive", _why(_ended(line), "inactive")),
            ("expired", _why(past, "expired")),
            rx.fragment(),
        )
    )


def _used(line: CodeLine) -> rx.Component:
    """Say when it was used; made inactive since, it says that too and stays used (V-36)."""
    return rx.fragment(
        rx.el.span(moment(line.used)),
        rx.cond(line.inactive, rx.el.div(_why(_ended(line), "inactive")), rx.fragment()),
    )


def _ended(line: CodeLine) -> rx.Var[str]:
    return t(
        "payment_codes.inactive_tip",
        moment=moment(line.inactive),
        person=rx.cond(line.inactive_by, line.inactive_by, t("payment_codes.inactive_by_portal")),
        reason=rx.cond(
            line.inactive_reason, line.inactive_reason, t("payment_codes.inactive_no_reason")
        ),
    )


def _why(sentence: rx.Var[str], status: str) -> rx.Component:
    icon_name = "x" if status == "inactive" else None
    return rx.el.button(
        tag("past", t(f"payment_codes.status_{status}"), icon_name=icon_name),
        visually_hidden(": ", sentence),
        type="button",
        class_name="tag-button",
        custom_attrs=tip_attributes(sentence),
    )


def _user(line: CodeLine) -> rx.Component:
    return rx.cond(
        line.href,
        rx.el.a(line.used_by, href=line.href, custom_attrs={"data-row-opens": ""}),
        rx.cond(line.used_by, rx.el.span(line.used_by), rx.el.span("–", class_name="muted")),
    )


def _actions(line: CodeLine) -> rx.Component:
    copy = copy_button(
        line.code,
        t("payment_codes.copy", code=line.code),
        on_click=PaymentCodesState.copied(line.id),
    )
    is_usable, may_manage = line.status == "usable", rx.Var.create(PaymentCodesState.may_manage)
    return rx.cond(
        is_usable | may_manage,
        actions_cell(
            rx.cond(is_usable, copy, rx.fragment()),
            rx.cond(may_manage, switch_of(line), rx.fragment()),
        ),
        cell(kind="not-on-phone"),
    )
