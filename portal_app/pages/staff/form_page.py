"""The page of a form with which staff give somebody access: a company, a person, and a button."""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button_row, link_button
from portal_app.components.elements import Words
from portal_app.components.layout import app_page, back_link, column, form_card, page_head
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.text import t
from portal_app.pages.staff.company_fields import company_fields
from portal_app.state.invitation_list import PATH as LIST
from portal_app.state.shapes import MISTAKES
from portal_app.state.staff_forms import StaffFormsState


def form_page(
    form: PostedForm,
    *said: rx.Component,
    title: Words,
    sub: Words,
    person: Sequence[rx.Component],
    submit: rx.Component,
    **props: Any,
) -> rx.Component:
    """Show the form, or that it is not for the reader.

    `said` stands above the form: what came of it, and what was refused. `props` are the form's own.
    """
    fields = form(
        _part(t("staff.part_company"), company_fields(form)),
        _part(t("staff.part_person"), person),
        button_row(submit, link_button(t("shell.cancel"), LIST)),
        summary=MISTAKES,
        class_name="stack",
        **props,
    )
    page = rx.fragment(
        back_link(t("invitations.list_title"), LIST),
        page_head(title, sub=sub),
        column(*said, form_card(fields)),
    )
    return app_page(
        rx.cond(StaffFormsState.is_refused, refused_page(), page),
        shell=SHELL,
        path=LIST,
    )


def _part(title: Words, fields: Sequence[rx.Component]) -> rx.Component:
    return rx.el.fieldset(rx.el.legend(title), *fields, class_name="form-section")
