"""The second step: setting up an app, and the codes on paper for when it is lost.

Keys and codes come in answers to posted forms and live in the page alone. So every form stays in
the page while what it brought is shown: a form that goes takes its answer along.
"""

import reflex as rx
from reflex.vars import StringVar

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, copy_text_button
from portal_app.components.choices import checkbox_field
from portal_app.components.elements import icon
from portal_app.components.fields import text_field
from portal_app.components.messages import details, error_summary, message
from portal_app.components.passkeys import ADD_PASSKEY, RESTORE_PASSKEY
from portal_app.components.text import moment, t, tn, told, unbroken
from portal_app.state.factors import FactorsState

_BEGIN = PostedForm("app_begin")
_CONFIRM = PostedForm("app_confirm")
_REMOVE = PostedForm("app_remove")
_RENEW = PostedForm("codes_renew")
_KEEP = PostedForm("codes_keep")
_FORMS = "/formulieren/beveiliging"


def authenticator_app() -> rx.Component:
    """Build the card of the app: begin, scan and confirm, in use, remove."""
    key, codes = _BEGIN.answer("key"), _CONFIRM.answer("codes")
    state = FactorsState
    return rx.el.div(
        rx.el.p(t("factors.app_intro")),
        rx.cond(
            state.app_since,
            rx.el.p(
                unbroken(t("factors.app_since", moment=moment(state.app_since))),
                " ",
                rx.cond(
                    state.app_used_at,
                    unbroken(t("factors.app_used_at", moment=moment(state.app_used_at))),
                    "",
                ),
            ),
            rx.fragment(),
        ),
        rx.el.div(_begin(), hidden=_is_there(key)),
        rx.el.div(_confirm(), hidden=_is_there(codes) | ~_is_there(key)),
        rx.cond(state.app_since, _remove(), rx.fragment()),
        class_name="card stack",
    )


def recovery_codes(*, goes_on: bool = False) -> rx.Component:
    """Build the card of the codes on paper; with `goes_on` the tick leads out of the page."""
    codes = _CONFIRM.answer("codes")
    for form in (_RENEW, ADD_PASSKEY, RESTORE_PASSKEY):
        codes = rx.cond(form.answer("codes"), form.answer("codes"), codes)
    state = FactorsState
    return rx.el.div(
        rx.el.p(t("factors.codes_intro")),
        rx.cond(_is_there(codes), _new_codes(codes.to(str), goes_on=goes_on), rx.fragment()),
        rx.el.div(
            rx.cond(
                state.has_any,
                rx.el.p(tn("factors.codes_left", state.codes_left)),
                rx.el.p(t("factors.codes_none")),
            ),
            rx.cond(state.has_any, _renew(), rx.fragment()),
            hidden=_is_there(codes),
            class_name="stack",
        ),
        class_name="card stack",
    )


def _is_there(answer: rx.Var) -> rx.Var[bool]:
    return answer.to(bool)


def _begin() -> rx.Component:
    words = rx.cond(FactorsState.app_since, t("factors.app_begin_other"), t("factors.app_begin"))
    return rx.el.div(
        error_summary(_BEGIN.mistakes, id=_BEGIN.summary),
        _BEGIN(
            button(words, kind="secondary", submits=True, busy=_BEGIN.is_busy),
            action=f"{_FORMS}/app/begin",
            summary=_BEGIN.summary,
        ),
    )


def _confirm() -> rx.Component:
    key = _BEGIN.answer("key")
    return rx.el.div(
        error_summary(_CONFIRM.mistakes, id=_CONFIRM.summary),
        rx.cond(
            key,
            rx.el.div(
                rx.el.p(t("factors.app_scan")),
                rx.el.img(
                    src=_BEGIN.answer("picture"),
                    alt=t("factors.app_picture"),
                    class_name="qr-picture",
                ),
                rx.el.p(t("factors.app_key")),
                rx.el.p(rx.el.code(key, class_name="code is-key")),
                button_row(copy_text_button(key, t("factors.copy_key"))),
                class_name="stack",
            ),
            rx.fragment(),
        ),
        _CONFIRM(
            text_field(
                "app_code",
                t("factors.code"),
                hint=t("factors.code_hint"),
                error=told(_CONFIRM.mistake_of("app_code")),
                required=True,
                width="code",
                input_mode="numeric",
                auto_complete="one-time-code",
            ),
            button(t("factors.app_confirm"), submits=True, busy=_CONFIRM.is_busy),
            action=f"{_FORMS}/app",
            summary=_CONFIRM.summary,
            class_name="stack",
            on_answered=FactorsState.follow,
        ),
        class_name="stack",
    )


def _remove() -> rx.Component:
    return details(
        t("factors.remove"),
        error_summary(_REMOVE.mistakes, id=_REMOVE.summary),
        rx.el.p(t("factors.app_remove_text")),
        _REMOVE(
            button(t("factors.app_remove"), kind="danger", submits=True, busy=_REMOVE.is_busy),
            action=f"{_FORMS}/app/weg",
            summary=_REMOVE.summary,
        ),
    )


def _renew() -> rx.Component:
    return rx.el.div(
        error_summary(_RENEW.mistakes, id=_RENEW.summary),
        _RENEW(
            button(t("factors.codes_renew"), kind="secondary", submits=True, busy=_RENEW.is_busy),
            rx.el.p(t("factors.codes_renew_hint"), class_name="small muted"),
            action=f"{_FORMS}/codes",
            summary=_RENEW.summary,
            class_name="stack",
            on_answered=FactorsState.follow,
        ),
    )


def _new_codes(codes: StringVar, *, goes_on: bool) -> rx.Component:
    file = t("factors.codes_file", portal=brand.portal_name).to(str)
    return rx.el.div(
        rx.el.h3(t("factors.codes_new"), id="recovery-codes", tab_index=-1),
        message("warn", t("factors.codes_once")),
        rx.el.ul(
            rx.foreach(codes.split("\n"), lambda one: rx.el.li(rx.el.code(one, class_name="code"))),
            class_name="code-sheet",
        ),
        button_row(
            copy_text_button(codes, t("factors.codes_copy")),
            rx.el.button(
                icon("download"),
                t("factors.codes_download"),
                type="button",
                class_name="button is-secondary is-small",
                custom_attrs={
                    "data-saves": file + "\n\n" + codes + "\n",
                    "data-file": t("factors.codes_file_name"),
                },
            ),
        ),
        error_summary(_KEEP.mistakes, id=_KEEP.summary),
        _KEEP(
            checkbox_field("kept", t("factors.codes_kept"), error=told(_KEEP.mistake_of("kept"))),
            rx.el.input(type="hidden", name="goes_on", value="yes" if goes_on else "no"),
            button(t("factors.go_on"), submits=True, busy=_KEEP.is_busy),
            action=f"{_FORMS}/codes/bewaard",
            summary=_KEEP.summary,
            class_name="stack",
        ),
        class_name="stack",
    )
