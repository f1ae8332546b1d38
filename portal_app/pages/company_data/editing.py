"""A part of the page: what is said, or the form with which it is changed, and who did last."""

import reflex as rx

from portal_app.brand import brand
from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.dialogs import GUARDS_CHANGES
from portal_app.components.elements import Words, maybe
from portal_app.components.messages import error_summary, live_message
from portal_app.components.text import moment, t, unbroken
from portal_app.state.company_data import PARTS, PATH, ChangeLine, CompanyDataState
from portal_app.state.shapes import MISTAKES

_S = CompanyDataState
_FORMS = "/formulieren/bedrijf"


def part_card(
    part: str,
    said: rx.Component,
    form: rx.Component,
    last: ChangeLine,
    *more: rx.Component,
    fixed: rx.Var[bool] | bool = False,
) -> rx.Component:
    """Show a part under its heading; `more` stands below, and while `fixed` nobody changes it."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(t(f"company_data.part_{part}")),
            rx.cond(_is_open(part) | ~_S.may_edit | fixed, rx.fragment(), _change(part)),
            class_name="card-head",
        ),
        rx.cond(
            _is_open(part),
            form,
            rx.fragment(
                rx.el.dl(said, class_name="facts"),
                rx.cond(last.at, _last_change(last), rx.fragment()),
                *more,
            ),
        ),
        class_name="card is-padded stack",
    )


def fact(
    name: Words, value: Words, note: Words | None = None, *, shown: rx.Component | None = None
) -> rx.Component:
    """Name a thing and say it, with a note below; what is empty is said to be."""
    return rx.fragment(
        rx.el.dt(name),
        rx.el.dd(
            rx.cond(
                rx.Var.create(value),
                rx.el.span(unbroken(value)) if shown is None else shown,
                rx.el.span(t("company_data.empty"), class_name="muted"),
            ),
            *maybe(rx.el.span(note, class_name="under") if note is not None else None),
        ),
    )


def part_form(
    form: PostedForm, part: str, *fields: rx.Component, now: rx.Component, buttons: rx.Component
) -> rx.Component:
    """Build the form of a part; `now` is what is saved, shown once somebody else changed it."""
    return rx.fragment(
        error_summary(form.mistakes),
        live_message("warn", rx.cond(_S.is_newer, _newer_said(_S.newest), "")),
        rx.cond(_S.is_newer, _both(now), rx.fragment()),
        form(
            *(
                rx.el.input(type="hidden", name=name, value=rx.Var.create(value).to_string())
                for name, value in (("organisation", _S.organisation_id), ("version", _S.version))
            ),
            *fields,
            buttons,
            action=f"{_FORMS}/{PARTS[part]}",
            values=rx.Var.create({"part": _S.editing}),  # nothing is sent before it is there
            summary=MISTAKES,
            on_answered=_S.compare,
            class_name="stack",
            custom_attrs=GUARDS_CHANGES,
        ),
    )


def save_or_leave(form: PostedForm) -> rx.Component:
    """Build the two buttons below a form."""
    return button_row(
        button(t("shell.save"), submits=True, busy=form.is_busy),
        link_button(t("shell.cancel"), here()),
    )


def value_of(field: str) -> rx.Var[str]:
    """Return what is saved of a field."""
    return rx.Var.create(_S.values)[field].to(str)


def here(more: str = "") -> rx.Var[str]:
    """Return the address of this page for the company that it shows."""
    number = rx.Var.create(_S.organisation_id).to_string()
    return rx.Var.create(f"{PATH}?org=") + number + more


def _is_open(part: str) -> rx.Var[bool]:
    return rx.Var.create(_S.editing) == part


def _change(part: str) -> rx.Component:
    return link_button(
        t("company_data.change"),
        here(f"&wijzig={PARTS[part]}"),
        small=True,
        aria_label=t(f"company_data.change_{part}"),
    )


def _by(last: ChangeLine) -> rx.Var[str]:
    return rx.cond(last.by, last.by, brand.organisation)


def _last_change(last: ChangeLine) -> rx.Component:
    at = moment(last.at)
    return rx.el.p(
        unbroken(
            rx.cond(
                last.is_own,
                t("company_data.changed_by_you", moment=at),
                t("company_data.changed_by", name=_by(last), moment=at),
            )
        ),
        class_name="small muted",
    )


def _newer_said(last: ChangeLine) -> rx.Var[str]:
    at = moment(last.at)
    return rx.cond(
        last.is_own,
        t("company_data.newer_by_you", moment=at),
        t("company_data.newer", name=_by(last), moment=at),
    )


def _both(now: rx.Component) -> rx.Component:
    """Show what is saved, above the fields with what the reader typed."""
    return rx.el.div(
        rx.el.h3(t("company_data.now_saved")),
        rx.el.dl(now, class_name="facts"),
        rx.el.h3(t("company_data.yours")),
        class_name="stack",
    )
