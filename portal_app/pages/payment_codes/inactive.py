"""'Inactief maken' and 'Opnieuw actief', for the fund's staff (design 3.22)."""

import reflex as rx

from portal_app.components.buttons import button, icon_button
from portal_app.components.dialogs import dialog
from portal_app.components.elements import event_form
from portal_app.components.fields import text_area
from portal_app.components.messages import live_message
from portal_app.components.text import moment, t, told, unbroken
from portal_app.components.toast import undo_toast
from portal_app.services.inactive_codes import LONGEST_REASON
from portal_app.state.inactive_codes import REASON, InactiveCodesState
from portal_app.state.payment_code_lines import BatchGroup, CodeLine
from portal_app.state.payment_codes import PaymentCodesState

_DIALOG, _FORM = "inactive-codes", "inactive-codes-form"


def inactive_codes() -> rx.Component:
    """Hold the question and the news, for whoever may make codes inactive."""
    state = InactiveCodesState
    return rx.cond(
        PaymentCodesState.may_manage,
        rx.fragment(
            live_message("ok", told(state.done)),
            live_message("bad", told(state.refusal)),
            _question(),
            undo_toast(
                told(state.batch_done),
                state.undo_batch(state.undoes_batch, state.undoes_moment),
                state.dismiss,
            ),
            rx.el.span(hidden=True, custom_attrs={"data-leads-focus": state.focus}),
        ),
        rx.fragment(),
    )


def switch_of(line: CodeLine) -> rx.Component:
    """Make a code inactive, or active again."""
    return rx.cond(
        line.inactive,
        icon_button(
            "undo",
            t("payment_codes.make_active_named", code=line.code),
            label=t("payment_codes.make_active"),
            on_click=InactiveCodesState.make_active(line.id),
            id=f"switch-{line.id}",
        ),
        icon_button(
            "x",
            t("payment_codes.make_inactive_named", code=line.code),
            label=t("payment_codes.make_inactive"),
            on_click=InactiveCodesState.ask(line.id),
            danger=True,
            id=f"switch-{line.id}",
            custom_attrs={"aria-haspopup": "dialog"},
        ),
    )


def switch_of_batch(group: BatchGroup) -> rx.Component:
    """Make inactive what nobody has used of a batch, while there is any."""
    name = t("payment_codes.make_batch_inactive_named", number=group.number)
    return rx.cond(
        PaymentCodesState.may_manage & (group.copy_from != ""),
        button(
            t("payment_codes.make_inactive"),
            kind="link",
            small=True,
            icon_name="x",
            on_click=InactiveCodesState.ask_batch(group.number),
            custom_attrs={"aria-haspopup": "dialog", "aria-label": name},
        ),
        rx.fragment(),
    )


def _question() -> rx.Component:
    state = InactiveCodesState
    return dialog(
        _DIALOG,
        rx.cond(
            state.code,
            t("payment_codes.inactive_question", code=state.code),
            t("payment_codes.inactive_question_batch", number=state.batch),
        ),
        rx.el.p(
            rx.cond(
                state.used,
                unbroken(
                    t(
                        "payment_codes.inactive_effect_used",
                        person=state.used_by,
                        moment=moment(state.used),
                    )
                ),
                rx.cond(
                    state.code,
                    t("payment_codes.inactive_effect"),
                    t("payment_codes.inactive_effect_batch"),
                ),
            )
        ),
        rx.el.p(t("payment_codes.inactive_back"), class_name="muted"),
        event_form(
            rx.el.input(type="hidden", name="code", value=state.code_id),
            rx.el.input(type="hidden", name="batch", value=state.batch),
            text_area(
                REASON,
                t("payment_codes.inactive_reason"),
                hint=t("payment_codes.inactive_reason_hint"),
                error=told(state.mistakes[REASON]),
                required=True,
                rows="2",
                max_length=LONGEST_REASON,
            ),
            id=_FORM,
            key=f"{state.code_id}-{state.batch}",
            class_name="stack",
            on_submit=state.make_inactive,
        ),
        confirm=button(t("payment_codes.make_inactive"), kind="danger", submits=True, form=_FORM),
        wanted=rx.Var.create(state.is_asking),
        on_close=state.close,
    )
