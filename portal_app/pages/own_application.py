"""How far one's application is, opened with the key of a mail."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button
from portal_app.components.fields import text_area
from portal_app.components.footer import help_section
from portal_app.components.layout import account_page, aside_section, form_card
from portal_app.components.messages import details, error_summary, live_message, message
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import step_icon
from portal_app.components.text import day, moment, t, told, told_by_key
from portal_app.state.own_application import OwnApplicationState, ToldLine
from portal_app.state.shapes import MISTAKES

PATH = "/aanvraag"
_FORM = PostedForm("own_application")
_FORMS = "/formulieren/aanvraag"


def own_application() -> rx.Component:
    """Show what happened, the newest last, by when an answer comes, and what one may do."""
    state = OwnApplicationState
    return account_page(
        error_summary(_FORM.mistakes),
        rx.el.h1(t("applications.own_title"), id="title", tab_index=-1),
        live_message("ok", _done()),
        rx.cond(state.is_loaded, _found(), skeleton(4)),
        aside=(
            aside_section(t("applications.safe_title"), rx.el.p(t("applications.safe_text"))),
            help_section(),
        ),
    )


def _found() -> rx.Component:
    state = OwnApplicationState
    return rx.cond(
        state.number,
        form_card(
            rx.el.h2(told_by_key(state.kind_key), " ", rx.el.span(state.number, class_name="code")),
            rx.cond(
                state.due,
                rx.el.p(t("applications.own_due", day=day(state.due))),
                rx.fragment(),
            ),
            rx.el.ol(rx.foreach(state.lines, _line), class_name="timeline"),
            _FORM(  # it stays when what may be done changes
                rx.el.input(type="hidden", name="code", custom_attrs={"data-from-address": "code"}),
                rx.cond(state.may_answer, _answer(), rx.fragment()),
                rx.cond(state.may_withdraw, _withdrawal(), rx.fragment()),
                action=f"{_FORMS}/antwoorden",
                summary=MISTAKES,
                on_answered=state.load,
                class_name="stack",
            ),
        ),
        message("bad", rx.el.p(t("applications.own_unknown")), role="alert"),
    )


def _line(line: ToldLine) -> rx.Component:
    return rx.el.li(
        step_icon(rx.Var.create(line.icon)),
        rx.el.span(
            rx.el.b(told_by_key(line.said_key)),
            rx.cond(
                line.reason_key,
                rx.el.span(told_by_key(line.reason_key), class_name="under"),
                rx.fragment(),
            ),
            rx.cond(line.note, rx.el.span(line.note, class_name="under"), rx.fragment()),
        ),
        rx.el.span(moment(line.at), class_name="small muted"),
    )


def _done() -> rx.Var[str]:
    done = _FORM.answer("done")
    return rx.cond(
        done == "answered",
        t("applications.own_done_answered"),
        rx.cond(done == "withdrawn", t("applications.own_done_withdrawn"), ""),
    )


def _answer() -> rx.Component:
    return rx.el.div(
        text_area(
            "answer",
            t("applications.own_answer"),
            hint=t("applications.own_answer_hint"),
            error=told(_FORM.mistake_of("answer")),
            required=True,
            rows="4",
        ),
        button(t("applications.own_answer_send"), submits=True, busy=_FORM.is_busy),
        class_name="stack",
    )


def _withdrawal() -> rx.Component:
    return details(
        t("applications.own_withdraw_title"),
        rx.el.p(t("applications.own_withdraw_text")),
        button(
            t("applications.own_withdraw"),
            kind="danger",
            submits=True,
            form_action=f"{_FORMS}/intrekken",
        ),
    )
