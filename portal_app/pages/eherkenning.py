"""Prove one's company with eHerkenning: the way there, and how it ended (W-05, W-14)."""

from functools import partial

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.elements import Words, native_link
from portal_app.components.footer import help_section
from portal_app.components.layout import (
    account_page,
    aside_section,
    form_card,
    form_part,
    form_parts,
    open_page,
)
from portal_app.components.messages import error_summary, message
from portal_app.components.shell import SHELL
from portal_app.components.text import t
from portal_app.eherkenning import Outcome
from portal_app.oidc_settings import oidc_settings
from portal_app.state.eherkenning import EherkenningState, ProvenCompany
from portal_app.state.shapes import MISTAKES

PATH = "/eherkenning"
_MORE_ABOUT_IT = "https://www.eherkenning.nl/"
_FORM = PostedForm("eherkenning")
_HAPPY = (Outcome.ADMIN, Outcome.CO_MANAGER, Outcome.ASKED, Outcome.ALREADY)
_STRANGE = "strange"


def eherkenning() -> rx.Component:
    """Show the way, or how it ended."""
    state = EherkenningState
    succeeded = (state.outcome == Outcome.ADMIN.value) | (state.outcome == Outcome.CO_MANAGER.value)
    is_known = state.outcome == Outcome.ALREADY.value
    is_asked = state.outcome == Outcome.ASKED.value
    return account_page(
        rx.cond(
            succeeded,
            _success(),
            rx.cond(is_known, _known(), rx.cond(is_asked, _asked(), _way())),
        ),
        frame=partial(open_page, shell=SHELL, path=PATH),
        aside=(
            aside_section(t("eherkenning.several_title"), rx.el.p(t("eherkenning.several_text"))),
            help_section(),
        ),
    )


def _way() -> rx.Component:
    state = EherkenningState
    return rx.el.div(
        rx.el.h1(t("eherkenning.title")),
        error_summary(_FORM.mistakes),
        rx.cond(state.outcome, _how_it_ended(), rx.fragment()),
        rx.el.p(t("eherkenning.intro")),
        form_card(
            rx.el.div(
                form_parts(
                    form_part(
                        1,
                        t("eherkenning.step_account"),
                        rx.el.p(t("eherkenning.step_account_text")),
                        done=state.signed_in,
                    ),
                    form_part(
                        2,
                        t("eherkenning.step_login"),
                        rx.el.p(t("eherkenning.step_login_text")),
                        now=state.signed_in,
                    ),
                    form_part(
                        3, t("eherkenning.step_done"), rx.el.p(t("eherkenning.step_done_text"))
                    ),
                ),
                _FORM(
                    button(
                        rx.cond(state.outcome, t("eherkenning.again"), t("eherkenning.login")),
                        submits=True,
                        busy=_FORM.is_busy,
                    ),
                    action="/formulieren/eherkenning",
                    summary=MISTAKES,
                ),
                class_name="stack",
            ),
        ),
        rx.el.p(
            t("eherkenning.none_yet", organisation=brand.organisation),
            " ",
            native_link(t("eherkenning.apply"), href=_MORE_ABOUT_IT),
        ),
        class_name="stack",
    )


def _success() -> rx.Component:
    state = EherkenningState
    is_admin = state.outcome == Outcome.ADMIN.value
    return rx.el.div(
        rx.el.h1(t("eherkenning.succeeded")),
        message(
            "ok",
            rx.el.p(
                rx.el.b(
                    rx.cond(is_admin, t("eherkenning.now_admin"), t("eherkenning.now_co_manager"))
                )
            ),
            rx.el.p(t("eherkenning.all_rights", organisation=brand.organisation)),
            rx.cond(is_admin, rx.fragment(), rx.el.p(t("eherkenning.first_was_told"))),
            role="status",
        ),
        _companies(),
        message("info", rx.el.p(t("eherkenning.no_rights_needed"))),
        _onward(t("eherkenning.dashboard"), "/"),
        class_name="stack",
    )


def _known() -> rx.Component:
    return _without_change(
        t("eherkenning.already"),
        t("eherkenning.already_next"),
        _onward(t("eherkenning.dashboard"), "/"),
    )


def _asked() -> rx.Component:
    return _without_change(
        t("eherkenning.asked"),
        t("eherkenning.asked_next"),
        _onward(t("eherkenning.asked_follow"), "/aanvragen"),
    )


def _without_change(what: Words, what_next: Words, onward: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.h1(t("eherkenning.title")),
        message("info", rx.el.p(rx.el.b(what)), rx.el.p(what_next), role="status"),
        _companies(),
        onward,
        class_name="stack",
    )


def _onward(words: Words, href: str) -> rx.Component:
    return button_row(
        link_button(words, href, kind="orange"),
        link_button(t("eherkenning.another"), PATH),
    )


def _companies() -> rx.Component:
    return rx.el.ul(rx.foreach(EherkenningState.companies, _company), class_name="card")


def _company(one: ProvenCompany) -> rx.Component:
    return rx.el.li(
        rx.el.b(one.name),
        ", ",
        rx.cond(
            one.unit,
            t("eherkenning.kvk_branch", number=one.number, unit=one.unit),
            t("eherkenning.kvk", number=one.number),
        ),
    )


def _how_it_ended() -> rx.Component:
    state = EherkenningState
    what, what_next = rx.Var.create(""), rx.Var.create("")
    for outcome in (*(one.value for one in Outcome if one not in _HAPPY), _STRANGE):
        is_it = state.outcome == outcome
        what = rx.cond(is_it, _said(outcome), what)
        what_next = rx.cond(is_it, t(f"eherkenning.{outcome}_next"), what_next)
    return rx.el.div(
        message(
            "warn",
            rx.el.p(rx.el.b(what)),
            rx.el.p(what_next),
            rx.el.p(t("eherkenning.nothing_changed")),
            rx.cond(
                state.reference,
                rx.el.p(t("eherkenning.reference", reference=state.reference), class_name="small"),
                rx.fragment(),
            ),
            icon_name="alert",
        ),
        role="alert",
    )


def _said(outcome: str) -> rx.Var[str]:
    state = EherkenningState
    values = {
        Outcome.LEVEL_TOO_LOW: {"level": state.level, "least": oidc_settings.least_level.label},
        Outcome.UNKNOWN_COMPANY: {"number": state.number},
        Outcome.UNKNOWN_BRANCH: {"branch": state.branch},
    }
    given = next((told for one, told in values.items() if one.value == outcome), {})
    return t(f"eherkenning.{outcome}", **given)
