"""Invite somebody; the code is shown this once."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, copy_button, link_button
from portal_app.components.layout import app_page, back_link, column, form_card, page_head
from portal_app.components.messages import error_summary, message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.text import t
from portal_app.pages.staff.company_fields import company_fields
from portal_app.pages.staff.person_fields import person_fields
from portal_app.state.invitation_list import PATH as LIST
from portal_app.state.shapes import MISTAKES
from portal_app.state.staff_forms import StaffFormsState

PATH = f"{LIST}/nieuw"
_FORM = PostedForm("new_invitation")


def new_invitation() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    return app_page(
        rx.cond(StaffFormsState.is_refused, refused_page(), _form()),
        shell=SHELL,
        path=LIST,
    )


def _form() -> rx.Component:
    return rx.fragment(
        back_link(t("invitations.list_title"), LIST),
        page_head(t("invitations.new"), sub=t("invitations.new_sub")),
        column(
            _made(),
            _added(),
            error_summary(_FORM.mistakes),
            _is_known_here(),
            form_card(
                _FORM(
                    rx.el.fieldset(
                        rx.el.legend(t("staff.part_company")),
                        *company_fields(_FORM),
                        class_name="form-section",
                    ),
                    rx.el.fieldset(
                        rx.el.legend(t("staff.part_person")),
                        *person_fields(_FORM, names_required=False),
                        class_name="form-section",
                    ),
                    button_row(
                        button(
                            t("invitations.send"),
                            icon_name="send",
                            submits=True,
                            busy=_FORM.is_busy,
                        ),
                        link_button(t("shell.cancel"), LIST),
                    ),
                    id="new-invitation",
                    action="/formulieren/beheer/uitnodigen",
                    summary=MISTAKES,
                    class_name="stack",
                )
            ),
        ),
    )


def _made() -> rx.Component:
    code = _FORM.answer("code")
    return rx.cond(
        code,
        rx.el.section(
            message(
                "ok",
                rx.el.p(
                    t(
                        "invitations.made",
                        email=_FORM.answer("email"),
                        company=_FORM.answer("company"),
                        until=_FORM.answer("until"),
                    )
                ),
                rx.cond(_FORM.answer("is_new"), rx.el.p(t("invitations.made_new")), rx.fragment()),
            ),
            rx.el.p(t("invitations.code_once")),
            rx.el.p(
                rx.el.span(code, class_name="mono secret-once"),
                " ",
                copy_button(code, t("invitations.copy_code")),
            ),
            id="made",
            tab_index=-1,
            class_name="card stack",
            custom_attrs={"aria-label": t("invitations.code")},
        ),
        rx.fragment(),
    )


def _added() -> rx.Component:
    return rx.cond(
        _FORM.answer("added"),
        message(
            "ok",
            rx.el.p(
                t(
                    "invitations.role_added",
                    email=_FORM.answer("email"),
                    company=_FORM.answer("company"),
                )
            ),
            id="added",
            tab_index=-1,
        ),
        rx.fragment(),
    )


def _is_known_here() -> rx.Component:
    """Offer what belongs to somebody who is known at the company: the role, without a mail."""
    return rx.cond(
        _FORM.was_refused("email", "invitations.wrong_already_there"),
        rx.el.div(
            button(
                t("invitations.add_role"),
                kind="secondary",
                submits=True,
                form="new-invitation",
                form_action="/formulieren/beheer/rol",
            ),
            class_name="button-row",
        ),
        rx.fragment(),
    )
