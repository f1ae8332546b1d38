"""One application: what was asked, what happened, and what can be done next (design 3.19)."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.capacities import capacity_name
from portal_app.components.elements import Words, native_link
from portal_app.components.empty import empty
from portal_app.components.layout import app_page, back_link, page_head
from portal_app.components.messages import error_summary, live_message, message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import step_icon, tag
from portal_app.components.tables import under_line
from portal_app.components.text import day, moment, t, told_by_key, unbroken
from portal_app.pages.staff.application_steps import next_steps
from portal_app.state.application_list import PATH as LIST
from portal_app.state.application_record import (
    ApplicationRecordState,
    DoubleLine,
    HappeningLine,
)

_FORM = PostedForm("application")
_DONE = (
    "taken",
    "asked",
    "refused",
    "checked",
    "agreed",
    "disagreed",
    "sent",
    "invited",
    "granted",
    "given",
    "switched_on",
)
_R = ApplicationRecordState


def application() -> rx.Component:
    """Show the application, or that it is not there, or not for the reader."""
    there = rx.cond(_R.is_there, _record(), _gone())
    return app_page(
        rx.cond(
            _R.is_refused,
            refused_page(),
            rx.cond(_R.is_loaded, there, rx.fragment(_head(), skeleton(6))),
        ),
        shell=SHELL,
        path=LIST,
    )


def _head() -> rx.Component:
    return rx.fragment(
        back_link(t("applications.list_title"), LIST), page_head(t("applications.asked"))
    )


def _gone() -> rx.Component:
    return rx.fragment(
        _head(),
        empty(
            t("applications.gone_title"),
            t("applications.gone"),
            rx.el.a(t("applications.list_title"), href=LIST, class_name="button is-primary"),
            icon_name="file",
        ),
    )


def _record() -> rx.Component:
    done = _FORM.answer("done")
    said = rx.Var.create("")
    for word in _DONE:
        said = rx.cond(done == word, t(f"applications.done_{word}"), said)
    return rx.fragment(
        back_link(t("applications.list_title"), LIST),
        rx.el.div(
            rx.el.div(
                rx.el.h1(told_by_key(_R.kind_key), " ", _R.number, id="title", tab_index=-1),
                rx.el.p(_R.name, " · ", told_by_key(_R.state_key), class_name="page-sub"),
            ),
            class_name="page-head",
        ),
        live_message("ok", said),
        error_summary(_FORM.mistakes),
        rx.el.div(
            next_steps(_FORM),
            rx.el.div(_asked(), _doubles(), _history(), class_name="record-aside"),
            class_name="record-columns",
        ),
    )


def _asked() -> rx.Component:
    facts = rx.el.dl(
        *_fact(
            t("applications.reached_at"),
            native_link(unbroken(_R.email), href="mailto:" + _R.email),
            _R.email,
        ),
        *_fact(t("asking.new_email"), unbroken(_R.new_email), _R.new_email),
        *_fact(t("applications.asks_for"), _R.asks_for, _R.asks_for),
        *_fact(t("asking.position"), _R.position, _R.position),
        *_fact(
            t("applications.call_at"),
            native_link(_R.phone_said, href="tel:" + _R.phone),
            _R.phone,
        ),
        *_fact(
            t("applications.direct_phone"),
            native_link(_R.direct_phone_said, href="tel:" + _R.direct_phone),
            _R.direct_phone,
        ),
        *_fact(t("applications.role"), told_by_key(_R.role_key), _R.role_key),
        *_fact(t("applications.capacity"), capacity_name(_R.capacity), _R.capacity),
        *_fact(t("applications.asked_why"), _R.asked_why, _R.asked_why),
        *_fact(t("asking.company"), _R.company, _R.company),
        *_fact(
            t("applications.company_number"),
            rx.el.span(_R.company_number, " ", _R.company_unit),
            _R.company_number,
        ),
        *_fact(t("asking.street"), _R.company_address, _R.company_address),
        *_fact(t("applications.language"), told_by_key(_R.language_key)),
        *_fact(t("applications.column_received"), moment(_R.submitted_at)),
        *_fact(
            t("applications.column_due"),
            rx.el.span(
                unbroken(day(_R.due_at)),
                " ",
                rx.cond(
                    _R.is_late,
                    tag("warn", t("applications.late"), icon_name="clock"),
                    rx.fragment(),
                ),
            ),
        ),
        *_fact(
            t("applications.column_assignee"),
            rx.cond(_R.assignee, _R.assignee, t("applications.nobody")),
        ),
        class_name="facts",
    )
    return rx.el.section(
        rx.el.h2(t("applications.asked")),
        rx.cond(_R.is_erased, message("info", t("applications.erased")), rx.fragment()),
        facts,
        class_name="card record-facts",
    )


def _fact(
    name: Words, value: rx.Component | Words, shown: rx.Var | Words | None = None
) -> list[rx.Component]:
    pair = [rx.el.dt(name), rx.el.dd(value)]
    return pair if shown is None else [rx.cond(shown, rx.fragment(*pair), rx.fragment())]


def _doubles() -> rx.Component:
    return rx.cond(
        _R.doubles,
        rx.el.section(
            rx.el.h2(t("applications.doubles")),
            rx.el.ul(rx.foreach(_R.doubles, _double)),
            class_name="card stack",
        ),
        rx.fragment(),
    )


def _double(line: DoubleLine) -> rx.Component:
    return rx.el.li(
        rx.el.a(line.number, href=line.href),
        " · ",
        told_by_key(line.kind_key),
        " · ",
        told_by_key(line.state_key),
        " · ",
        unbroken(day(line.submitted_at)),
    )


def _history() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("applications.history")),
        rx.el.ol(rx.foreach(_R.events, _event), class_name="timeline"),
        class_name="card stack",
    )


def _event(line: HappeningLine) -> rx.Component:
    return rx.el.li(
        step_icon(rx.Var.create(line.icon)),
        rx.el.span(
            rx.el.b(told_by_key(line.state_key)),
            under_line(rx.cond(line.by, line.by, t("applications.by_applicant"))),
            rx.cond(line.reason_key, under_line(told_by_key(line.reason_key)), rx.fragment()),
            rx.cond(line.public_note, under_line(line.public_note), rx.fragment()),
            rx.cond(
                line.internal_note,
                under_line(t("applications.internal", note=line.internal_note)),
                rx.fragment(),
            ),
        ),
        rx.el.span(moment(line.at), class_name="small muted"),
    )
