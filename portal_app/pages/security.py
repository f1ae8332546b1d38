"""Security: one's password, where one is signed in, and what happened lately."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row
from portal_app.components.elements import visually_hidden
from portal_app.components.factors import authenticator_app, recovery_codes
from portal_app.components.fields import password_field
from portal_app.components.layout import app_page, column, page_head, section
from portal_app.components.messages import error_summary, live_message
from portal_app.components.new_password import new_password_fields
from portal_app.components.passkeys import passkeys
from portal_app.components.shell import SHELL
from portal_app.components.text import moment, t, tn, told, unbroken
from portal_app.state.factors import FactorsState
from portal_app.state.security import ActivityLine, DeviceLine, SecurityState
from portal_app.state.shapes import MISTAKES

PATH = "/beveiliging"
_FORM = PostedForm("own_password")


def security() -> rx.Component:
    """Show the cards below each other."""
    return app_page(
        page_head(t("security.title")),
        column(
            live_message("ok", _said()),
            section(t("security.password"), _password()),
            live_message("ok", told(rx.Var.create(FactorsState.change_key), rx.Var.create({}))),
            rx.cond(
                FactorsState.is_required,
                rx.el.p(t("factors.required"), class_name="muted"),
                rx.fragment(),
            ),
            section(t("factors.passkeys"), passkeys()),
            section(t("factors.app"), authenticator_app()),
            section(t("factors.codes"), recovery_codes()),
            section(t("security.devices"), _devices()),
            section(t("security.activity"), _activity()),
        ),
        shell=SHELL,
        path=PATH,
    )


def _said() -> rx.Var[str]:
    ended = rx.Var.create(SecurityState.ended)
    return rx.cond(
        ended > 0,
        tn("security.ended", ended),
        rx.cond(
            ended == 0,
            t("security.ended_none"),
            rx.cond(SecurityState.was_changed, t("security.password_changed"), ""),
        ),
    )


def _password() -> rx.Component:
    return rx.el.div(
        rx.cond(
            SecurityState.changed_at,
            rx.el.p(unbroken(t("security.last_changed", moment=moment(SecurityState.changed_at)))),
            rx.fragment(),
        ),
        error_summary(_FORM.mistakes),
        _FORM(
            rx.el.input(
                type="text",
                name="username",
                auto_complete="username",
                value=SecurityState.login,
                read_only=True,
                hidden=True,
            ),
            password_field(
                "old_password",
                t("passwords.old"),
                error=told(_FORM.mistake_of("old_password")),
            ),
            *new_password_fields(
                _FORM, confirm_label=t("passwords.confirm"), words=SecurityState.names
            ),
            button_row(button(t("security.change"), submits=True, busy=_FORM.is_busy)),
            action="/formulieren/wachtwoord-wijzigen",
            summary=MISTAKES,
            class_name="stack",
        ),
        class_name="card stack",
    )


def _devices() -> rx.Component:
    return rx.el.div(
        rx.el.ul(rx.foreach(SecurityState.devices, _device), class_name="plain-rows"),
        rx.cond(
            rx.Var.create(SecurityState.devices).to(list).length() > 1,
            rx.el.div(
                button(
                    t("security.end_everywhere"),
                    kind="secondary",
                    on_click=SecurityState.end_other_devices,
                ),
                rx.el.p(t("security.end_everywhere_hint"), class_name="small muted"),
                class_name="stack",
            ),
            rx.fragment(),
        ),
        class_name="card stack",
    )


def _device(device: DeviceLine) -> rx.Component:
    label = rx.cond(device.label, device.label, t("security.unknown_device"))
    return rx.el.li(
        rx.el.div(
            rx.el.b(label),
            rx.cond(
                device.is_this_one,
                rx.el.span(" (", t("security.this_device"), ")"),
                rx.fragment(),
            ),
            rx.el.p(
                unbroken(t("security.signed_in_at", moment=moment(device.signed_in_at))),
                " ",
                unbroken(t("security.seen_at", moment=moment(device.seen_at))),
                class_name="small muted",
            ),
        ),
        rx.cond(
            device.is_this_one,
            rx.fragment(),
            rx.el.button(
                t("shell.sign_out"),
                visually_hidden(" ", label, " ", moment(device.signed_in_at)),
                type="button",
                class_name="button is-secondary is-small",
                on_click=SecurityState.end_device(device.id),
            ),
        ),
    )


def _activity() -> rx.Component:
    return rx.el.div(
        rx.el.ul(rx.foreach(SecurityState.activity, _happening), class_name="plain-rows"),
        rx.el.p(t("security.not_me"), class_name="small muted"),
        class_name="card stack",
    )


def _happening(line: ActivityLine) -> rx.Component:
    return rx.el.li(
        rx.el.span(told(rx.Var.create(line.text_key), rx.Var.create({}), of="activity")),
        rx.el.span(moment(line.at), class_name="small muted"),
    )
