"""Who manages the access of a company, by its number, and a message to them (decision 0030)."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.elements import Words
from portal_app.components.fields import select_field, text_area, text_field
from portal_app.components.footer import help_section, helpdesk_line
from portal_app.components.layout import account_page, aside_section, form_card, open_page
from portal_app.components.messages import error_summary, message
from portal_app.components.shell import SHELL
from portal_app.components.text import t, tn, told, told_by_key
from portal_app.state.shapes import Option
from portal_app.state.shell import ShellState
from portal_app.state.who_manages import WhoManagesState

PATH = "/wie-beheert-toegang"
_LOOK_UP, _MESSAGE = PostedForm("who_manages"), PostedForm("access_message")
_FORMS = f"/formulieren{PATH}"
_LONGEST_MESSAGE = 1000


@dataclass(frozen=True, slots=True)
class ManagerLine:
    """Somebody who manages the access: a name, or initials."""

    name: str
    role_key: str


def who_manages() -> rx.Component:
    """Ask for the number; show who manages the access, and let the reader write to them."""
    found = _LOOK_UP.answer("found")
    return account_page(
        error_summary(_LOOK_UP.mistakes, id=_LOOK_UP.summary),
        error_summary(_MESSAGE.mistakes, id=_MESSAGE.summary),
        rx.el.h1(t("shell.who_manages")),
        form_card(_question(found)),
        rx.cond(
            found == "managers",
            _managers(),
            rx.cond(found == "nobody", _nobody(), rx.fragment()),
        ),
        frame=partial(open_page, shell=SHELL, path=PATH),
        aside=(
            aside_section(t("who_manages.seen_title"), rx.el.p(t("who_manages.seen_text"))),
            help_section(),
        ),
    )


def _question(found: rx.Var[str]) -> rx.Component:
    return _LOOK_UP(
        rx.el.p(t("who_manages.intro")),
        text_field(
            "number",
            t("who_manages.number"),
            hint=t("who_manages.number_hint"),
            error=told(_LOOK_UP.mistake_of("number")),
            required=True,
            width="short",
            auto_complete="off",
        ),
        rx.cond(
            found == "units",
            select_field(
                "unit",
                t("who_manages.unit"),
                _LOOK_UP.lines("units", Option),
                hint=t("who_manages.unit_hint"),
            ),
            rx.fragment(),
        ),
        button_row(
            button(
                t("who_manages.look_up"), icon_name="search", submits=True, busy=_LOOK_UP.is_busy
            )
        ),
        action=_FORMS,
        summary=_LOOK_UP.summary,
        values=rx.Var.create(WhoManagesState.asked),
        class_name="stack",
    )


def _managers() -> rx.Component:
    company = _LOOK_UP.answer("company")
    return rx.el.div(
        rx.el.section(
            _found_title(rx.cond(company, company, t("who_manages.found_title"))),
            rx.el.ul(
                rx.foreach(_LOOK_UP.lines("managers", ManagerLine), _manager),
                class_name="plain-rows",
            ),
            rx.cond(company, rx.fragment(), rx.el.p(_about_names(), class_name="small muted")),
            class_name="card stack",
            custom_attrs={"aria-labelledby": "found"},
        ),
        rx.el.section(
            rx.el.h2(t("who_manages.write_title")),
            _letter(),
            class_name="card stack",
        ),
        class_name="stack after-card",
    )


def _about_names() -> rx.Component:
    # Whoever is signed in has no role there, or would read names.
    return rx.cond(
        ShellState.person_name,
        rx.fragment(t("who_manages.names_for_colleagues")),
        rx.fragment(
            t("who_manages.names_for_colleagues"),
            " ",
            rx.el.a(t("shell.to_sign_in"), href=f"/aanmelden?terug={PATH}"),
        ),
    )


def _manager(one: ManagerLine) -> rx.Component:
    return rx.el.li(
        rx.el.b(one.name),
        " ",
        rx.el.span(told_by_key(one.role_key), class_name="small muted"),
    )


def _letter() -> rx.Component:
    number, unit = _LOOK_UP.answer("number"), _LOOK_UP.answer("unit")
    return _MESSAGE(  # around its answer too: a form that goes takes that along
        rx.cond(
            _MESSAGE.answer("sent"),
            rx.el.div(
                message("ok", t("who_manages.sent"), icon_name="mail", role="status"),
                id="sent",
                tab_index=-1,
            ),
            rx.el.div(
                rx.el.p(t("who_manages.write_intro")),
                rx.el.input(type="hidden", name="number", value=number),
                rx.el.input(type="hidden", name="unit", value=unit),
                _field("name", t("who_manages.your_name"), auto_complete="name"),
                _field(
                    "email",
                    t("who_manages.your_email"),
                    kind="email",
                    verbatim=True,
                    input_mode="email",
                    auto_complete="email",
                ),
                text_area(
                    "message",
                    t("who_manages.message"),
                    hint=tn("who_manages.message_hint", _LONGEST_MESSAGE),
                    error=told(_MESSAGE.mistake_of("message")),
                    required=True,
                    rows="6",
                ),
                button_row(
                    button(
                        t("who_manages.send"),
                        icon_name="send",
                        submits=True,
                        busy=_MESSAGE.is_busy,
                    )
                ),
                class_name="stack",
            ),
        ),
        action=f"{_FORMS}/bericht",
        summary=_MESSAGE.summary,
        values=rx.Var.create(WhoManagesState.sender),
        class_name="stack",
        key=f"{number} {unit}",  # what was sent to one company says nothing of another
    )


def _nobody() -> rx.Component:
    return rx.el.section(
        _found_title(t("who_manages.nobody")),
        rx.el.p(t("who_manages.nobody_next")),
        button_row(link_button(t("shell.ask_access"), "/toegang-aanvragen")),
        rx.el.p(helpdesk_line()),
        class_name="card stack after-card",
        custom_attrs={"aria-labelledby": "found"},
    )


def _found_title(words: Words) -> rx.Component:
    return rx.el.h2(words, id="found", tab_index=-1)


def _field(name: str, label: Words, **props: Any) -> rx.Component:
    return text_field(name, label, error=told(_MESSAGE.mistake_of(name)), required=True, **props)
