"""The phone desk: who calls, what they may be told, and what is done for them."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.elements import Words
from portal_app.components.empty import empty
from portal_app.components.fields import field_class, hint_and_error, select_field
from portal_app.components.filters import filter_form, keyword_field
from portal_app.components.layout import app_page, back_link, page_head
from portal_app.components.messages import error_summary, live_message, message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.skeleton import skeleton
from portal_app.components.step_icons import tag
from portal_app.components.tables import under_line
from portal_app.components.text import day, moment, t, told, told_by_key, unbroken
from portal_app.state.application_list import PATH as LIST
from portal_app.state.enter_application import PATH as ENTER
from portal_app.state.phone_desk import FactLine, FoundLine, PhoneDeskState, QuestionLine
from portal_app.state.shapes import MISTAKES

_FORM = PostedForm("phone_desk")
_FORMS = "/formulieren/beheer/telefoon"
_DONE = ("established", "password", "invitation", "blocked", "unblocked")
_S = PhoneDeskState


def phone_desk() -> rx.Component:
    """Show the search and what was chosen from it, or that it is not for the reader."""
    return app_page(
        rx.cond(_S.is_refused, refused_page(), _desk()),
        shell=SHELL,
        path=LIST,
    )


def _desk() -> rx.Component:
    return rx.fragment(
        back_link(t("applications.list_title"), LIST),
        page_head(t("phone_desk.title")),
        filter_form(
            keyword_field("zoek", t("phone_desk.search"), default_value=_S.words, key=_S.words),
            on_submit=_S.search,
            finds=True,
        ),
        rx.cond(
            _S.is_loaded,
            rx.cond(_S.name, _caller(), rx.cond(_S.company, _company(), _found())),
            skeleton(4),
        ),
    )


def _found() -> rx.Component:
    nothing = rx.cond(
        rx.Var.create(_S.has_searched) | rx.Var.create(_S.is_gone),
        empty(t("phone_desk.none_title"), t("phone_desk.none_text"), icon_name="search"),
        rx.el.p(t("phone_desk.intro")),
    )
    return rx.cond(
        _S.found,
        rx.el.section(
            rx.el.h2(t("phone_desk.found")),
            rx.el.ul(rx.foreach(_S.found, _found_line), class_name="stack"),
            class_name="card is-padded stack",
        ),
        nothing,
    )


def _found_line(line: FoundLine) -> rx.Component:
    return rx.el.li(
        rx.el.a(line.name, href=line.href),
        under_line(told_by_key(line.kind_key)),
        rx.cond(line.detail, under_line(told(line.detail)), rx.fragment()),
    )


def _caller() -> rx.Component:
    done = _FORM.answer("done")
    said = rx.Var.create("")
    for word in _DONE:
        said = rx.cond(done == word, t(f"phone_desk.done_{word}"), said)
    return rx.el.div(
        error_summary(_FORM.mistakes),
        rx.el.h2(_S.name, id="title", tab_index=-1),
        live_message("ok", said),
        _FORM(  # it stays when what may be told comes
            rx.el.input(type="hidden", name="person", value=_S.person),
            rx.cond(_S.until, _told(), _identity()),
            action=f"{_FORMS}/vastgesteld",
            summary=MISTAKES,
            on_answered=_S.load,
            class_name="stack",
        ),
        class_name="stack",
    )


def _identity() -> rx.Component:
    wrong = told(_FORM.mistake_of("asked"))
    return rx.el.section(
        rx.el.h3(t("phone_desk.identity_title")),
        message("info", rx.el.p(t("phone_desk.say_nothing"))),
        rx.cond(
            _S.can_establish,
            rx.el.div(
                rx.el.fieldset(
                    rx.el.legend(t("phone_desk.identity_text"), class_name="field-label"),
                    *hint_and_error("asked", None, wrong),
                    rx.el.div(rx.foreach(_S.questions, _question), class_name="choices is-column"),
                    class_name=field_class(wrong),
                ),
                button(t("phone_desk.establish"), submits=True, busy=_FORM.is_busy),
                class_name="stack",
            ),
            rx.el.p(t("phone_desk.cannot_establish")),
        ),
        class_name="card is-padded stack",
    )


def _question(line: QuestionLine, at: rx.Var[int]) -> rx.Component:
    word = rx.Var.create(line.word).to(str)
    return rx.el.label(
        rx.el.input(
            id=rx.cond(at == 0, "asked", "asked-" + word),
            name="asked_" + word,
            type="checkbox",
            value="yes",
        ),
        rx.el.span(
            told_by_key(line.question_key),
            under_line(rx.cond(line.is_day, day(line.answer), line.answer)),
        ),
        class_name="choice",
    )


def _told() -> rx.Component:
    return rx.fragment(
        message("ok", t("phone_desk.established_until", moment=moment(_S.until))),
        rx.el.section(
            rx.el.h3(t("phone_desk.sign_in_title")),
            rx.el.ul(
                rx.el.li(
                    rx.cond(_S.has_account, t("phone_desk.account"), t("phone_desk.no_account"))
                ),
                _line(rx.Var.create(_S.username), t("phone_desk.username", name=_S.username)),
                _line(
                    rx.Var.create(_S.temporary_until),
                    t("phone_desk.temporary", moment=moment(_S.temporary_until)),
                ),
                _line(rx.Var.create(_S.has_second_step), t("phone_desk.second_step")),
            ),
            message("info", rx.el.p(t("phone_desk.never_the_address"))),
            rx.cond(
                rx.Var.create(_S.has_account) & (_S.blocked_at == ""),
                button(
                    t("phone_desk.send_password"),
                    kind="secondary",
                    submits=True,
                    form_action=f"{_FORMS}/wachtwoord",
                ),
                rx.fragment(),
            ),
            button_row(
                _enters("address_changed", "phone_desk.enter_address"),
                _enters("activation_codes", "phone_desk.enter_codes"),
                rx.cond(
                    _S.has_second_step,
                    _enters("lost_factor", "phone_desk.enter_lost_factor"),
                    rx.fragment(),
                ),
                rx.cond(
                    rx.Var.create(_S.has_account) & rx.Var.create(_S.roles),
                    _enters("role", "phone_desk.enter_role"),
                    rx.fragment(),
                ),
            ),
            class_name="card is-padded stack",
        ),
        rx.cond(_S.has_account, _blocking(), rx.fragment()),
        _facts("phone_desk.roles", _S.roles, "phone_desk.no_roles"),
        _facts("phone_desk.invitations", _S.invitations, "phone_desk.no_invitations"),
        _facts("phone_desk.applications", _S.applications, "phone_desk.no_applications"),
    )


def _blocking() -> rx.Component:
    return rx.el.section(
        rx.el.h3(t("phone_desk.block_title")),
        rx.cond(
            _S.blocked_at,
            rx.fragment(
                message(
                    "warn",
                    rx.el.p(
                        unbroken(t("phone_desk.blocked_since", moment=moment(_S.blocked_at))),
                        " ",
                        told_by_key(_S.blocked_why_key),
                    ),
                ),
                button(
                    t("phone_desk.unblock"),
                    kind="secondary",
                    submits=True,
                    form_action=f"{_FORMS}/deblokkeren",
                ),
            ),
            rx.fragment(
                rx.el.p(t("phone_desk.block_text")),
                select_field(
                    "reason",
                    t("phone_desk.block_reason"),
                    rx.Var.create(_S.block_reasons),
                    empty=t("phone_desk.block_choose"),
                    error=told(_FORM.mistake_of("reason")),
                ),
                button(
                    t("phone_desk.block"),
                    kind="danger",
                    submits=True,
                    form_action=f"{_FORMS}/blokkeren",
                ),
            ),
        ),
        class_name="card is-padded stack",
    )


def _enters(kind: str, key: str) -> rx.Component:
    person = rx.Var.create(_S.person).to_string()
    return link_button(t(key), rx.Var.create(f"{ENTER}?soort={kind}&persoon=") + person)


def _line(shown: rx.Var, words: Words) -> rx.Component:
    return rx.cond(shown, rx.el.li(unbroken(words)), rx.fragment())


def _facts(title: str, lines: list[FactLine], none: str) -> rx.Component:
    return rx.el.section(
        rx.el.h3(t(title)),
        rx.cond(
            rx.Var.create(lines),
            rx.el.ul(rx.foreach(lines, _fact), class_name="stack"),
            rx.el.p(t(none)),
        ),
        class_name="card is-padded stack",
    )


def _fact(line: FactLine) -> rx.Component:
    return rx.el.li(
        told_by_key(line.name_key),
        " · ",
        rx.cond(line.href, rx.el.a(told(line.name), href=line.href), told(line.name)),
        rx.cond(line.state_key, rx.fragment(" ", tag("info", told_by_key(line.state_key))), ""),
        rx.cond(line.at, under_line(moment(line.at)), rx.fragment()),
        rx.cond(
            line.invitation > 0,
            button(
                t("phone_desk.send_invitation"),
                kind="secondary",
                small=True,
                submits=True,
                name="invitation",
                value=line.invitation,
                form_action=f"{_FORMS}/uitnodiging",
            ),
            rx.fragment(),
        ),
    )


def _company() -> rx.Component:
    return rx.el.div(
        rx.el.h2(_S.company, id="title", tab_index=-1),
        rx.el.p(_S.company_detail),
        message("info", rx.el.p(t("phone_desk.company_may_hear"))),
        _facts("phone_desk.managers", _S.managers, "phone_desk.no_managers"),
        button_row(
            _leads(_S.data_href, "phone_desk.to_company"),
            _leads(_S.access_href, "phone_desk.to_access"),
        ),
        class_name="stack",
    )


def _leads(href: str, key: str) -> rx.Component:
    return rx.cond(href, link_button(t(key), href), rx.fragment())
