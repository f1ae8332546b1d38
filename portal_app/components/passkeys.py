"""Passkeys: a form that asks the browser for one, and the card that lists and adds them."""

from typing import Any, Literal

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row
from portal_app.components.fields import text_field
from portal_app.components.messages import details, error_summary
from portal_app.components.text import moment, t, told, unbroken
from portal_app.state.factors import FactorsState, PasskeyLine

ADD_PASSKEY = PostedForm("passkey_add")
RESTORE_PASSKEY = PostedForm("passkey_restore")
_CHANGE = PostedForm("passkey_change")
_FORMS = "/formulieren/beveiliging/passkey"


def passkey_form(
    form: PostedForm,
    *content: rx.Component,
    asks: Literal["create", "get"],
    action: str,
    **props: Any,
) -> rx.Component:
    """Build a form that is sent with what the browser says of a passkey.

    What the browser must know comes from `<action>/begin` (behaviours/passkeys.js).
    """
    return form(
        *content,
        rx.el.input(type="hidden", name="answer"),
        rx.el.input(type="hidden", name="failure"),
        action=action,
        summary=form.summary,
        class_name="stack",
        custom_attrs={"data-passkey": asks, "data-options": f"{action}/begin"},
        **props,
    )


def passkeys() -> rx.Component:
    """Build the card of the passkeys: those there are, and one more."""
    return rx.el.div(
        rx.el.p(t("factors.passkeys_intro")),
        rx.cond(FactorsState.removed_passkey, _undo(), rx.fragment()),
        rx.cond(rx.Var.create(FactorsState.passkeys).to(list).length() > 0, _list(), rx.fragment()),
        error_summary(ADD_PASSKEY.mistakes, id=ADD_PASSKEY.summary),
        passkey_form(
            ADD_PASSKEY,
            text_field(
                "passkey_name",
                t("factors.passkey_name"),
                hint=t("factors.passkey_name_hint"),
                error=told(ADD_PASSKEY.mistake_of("passkey_name")),
                max_length=60,
                auto_complete="off",
            ),
            button(
                t("factors.passkey_add"),
                kind="secondary",
                submits=True,
                busy=ADD_PASSKEY.is_busy,
            ),
            asks="create",
            action=_FORMS,
            on_answered=FactorsState.follow,
        ),
        class_name="card stack",
    )


def _undo() -> rx.Component:
    return rx.el.div(
        error_summary(RESTORE_PASSKEY.mistakes, id=RESTORE_PASSKEY.summary),
        RESTORE_PASSKEY(
            rx.el.input(type="hidden", name="passkey", value=FactorsState.removed_passkey),
            button(
                t("factors.passkey_restore"),
                kind="secondary",
                small=True,
                icon_name="undo",
                submits=True,
                busy=RESTORE_PASSKEY.is_busy,
            ),
            action=f"{_FORMS}/terug",
            summary=RESTORE_PASSKEY.summary,
            on_answered=FactorsState.follow,
        ),
    )


def _list() -> rx.Component:
    return rx.el.div(
        error_summary(_CHANGE.mistakes, id=_CHANGE.summary),
        _CHANGE(
            rx.el.ul(rx.foreach(FactorsState.passkeys, _line), class_name="plain-rows"),
            action=f"{_FORMS}/weg",
            summary=_CHANGE.summary,
        ),
    )


def _line(line: PasskeyLine) -> rx.Component:
    """Show one passkey; its buttons say which it is, for the form is of all of them."""
    field = f"name_{line.id}"
    return rx.el.li(
        rx.el.div(
            rx.el.b(line.name),
            rx.el.p(
                unbroken(t("factors.passkey_made_at", moment=moment(line.made_at))),
                " ",
                rx.cond(
                    line.used_at,
                    unbroken(t("factors.app_used_at", moment=moment(line.used_at))),
                    "",
                ),
                class_name="small muted",
            ),
            details(
                t("factors.passkey_change", name=line.name),
                rx.el.div(
                    rx.el.label(
                        t("factors.passkey_name"), html_for=field, class_name="field-label"
                    ),
                    rx.el.input(
                        id=field,
                        name=field,
                        type="text",
                        default_value=line.name,
                        max_length=60,
                        class_name="input",
                    ),
                    class_name="field",
                ),
                button_row(
                    button(
                        t("factors.passkey_rename"),
                        kind="secondary",
                        submits=True,
                        small=True,
                        form_action=f"{_FORMS}/naam",
                        name="passkey",
                        value=f"{line.id}",
                        custom_attrs={"data-default": ""},
                    ),
                    button(
                        t("factors.passkey_remove"),
                        kind="danger",
                        submits=True,
                        small=True,
                        form_action=f"{_FORMS}/weg",
                        name="passkey",
                        value=f"{line.id}",
                    ),
                ),
                custom_attrs={"data-part": ""},
            ),
        ),
    )
