"""How far one's application is, opened with the key of a mail, or from the list of one's own."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button
from portal_app.components.fields import text_area
from portal_app.components.footer import help_section
from portal_app.components.layout import (
    account_page,
    app_page,
    aside_section,
    back_link,
    column,
    form_card,
)
from portal_app.components.messages import details, error_summary, live_message, message
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import step_icon
from portal_app.components.text import day, moment, t, told, told_by_key, unbroken
from portal_app.state.own_application import MINE, MyApplicationState, OwnApplicationState, ToldLine
from portal_app.state.shapes import MISTAKES

PATH = "/aanvraag"
_FORM = PostedForm("own_application")
_FORMS, _MY_FORMS = "/formulieren/aanvraag", "/formulieren/aanvragen"
Shown = type[OwnApplicationState] | type[MyApplicationState]


def own_application() -> rx.Component:
    """Show what happened, the newest last, by when an answer comes, and what one may do."""
    state = OwnApplicationState
    key = rx.el.input(type="hidden", name="code", custom_attrs={"data-from-address": "code"})
    return account_page(
        error_summary(_FORM.mistakes),
        rx.el.h1(t("applications.own_title"), id="title", tab_index=-1),
        live_message("ok", _done(_FORM)),
        rx.cond(state.is_loaded, _found(state, _FORM, _FORMS, key), skeleton(4)),
        aside=(
            aside_section(t("asking.safe_title"), rx.el.p(t("asking.safe_text"))),
            help_section(),
        ),
    )


def my_application() -> rx.Component:
    """Show the same to whoever is signed in, inside."""
    state, form = MyApplicationState, PostedForm("my_application")
    number = rx.el.input(type="hidden", name="number", value=state.number)
    return app_page(
        back_link(t("shell.own_applications"), MINE),
        column(
            error_summary(form.mistakes),
            rx.el.h1(t("applications.own_title"), id="title", tab_index=-1),
            live_message("ok", _done(form)),
            rx.cond(state.is_loaded, _found(state, form, _MY_FORMS, number), skeleton(4)),
        ),
        shell=SHELL,
        path=MINE,
    )


def _found(state: Shown, form: PostedForm, forms: str, which: rx.Component) -> rx.Component:
    unknown = "own_unknown" if state is OwnApplicationState else "my_unknown"
    return rx.cond(
        state.number,
        form_card(
            rx.el.div(
                rx.el.h2(
                    told_by_key(state.kind_key), " ", rx.el.span(state.number, class_name="code")
                ),
                rx.cond(
                    state.due,
                    rx.el.p(unbroken(t("applications.own_due", day=day(state.due)))),
                    rx.fragment(),
                ),
                rx.el.ol(rx.foreach(state.lines, _line), class_name="timeline"),
                form(  # it stays when what may be done changes
                    which,
                    rx.cond(state.may_answer, _answer(form), rx.fragment()),
                    rx.cond(state.may_withdraw, _withdrawal(forms), rx.fragment()),
                    action=f"{forms}/antwoorden",
                    summary=MISTAKES,
                    on_answered=state.load,
                    class_name="stack",
                ),
                class_name="stack",
            ),
        ),
        message("bad", rx.el.p(t(f"applications.{unknown}")), role="alert"),
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


def _done(form: PostedForm) -> rx.Var[str]:
    done = form.answer("done")
    return rx.cond(
        done == "answered",
        t("applications.own_done_answered"),
        rx.cond(done == "withdrawn", t("applications.own_done_withdrawn"), ""),
    )


def _answer(form: PostedForm) -> rx.Component:
    return rx.el.div(
        text_area(
            "answer",
            t("applications.own_answer"),
            hint=t("applications.own_answer_hint"),
            error=told(form.mistake_of("answer")),
            required=True,
            rows="4",
        ),
        button(t("applications.own_answer_send"), submits=True, busy=form.is_busy),
        class_name="stack",
    )


def _withdrawal(forms: str) -> rx.Component:
    return details(
        t("applications.own_withdraw_title"),
        rx.el.p(t("applications.own_withdraw_text")),
        button(
            t("applications.own_withdraw"),
            kind="danger",
            submits=True,
            form_action=f"{forms}/intrekken",
        ),
    )
