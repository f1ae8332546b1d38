"""Invite somebody; the code is shown this once."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, copy_button
from portal_app.components.messages import error_summary, message
from portal_app.components.text import t, tn
from portal_app.pages.staff.form_page import form_page
from portal_app.pages.staff.person_fields import person_fields
from portal_app.settings import settings
from portal_app.state.invitation_list import PATH as LIST

PATH = f"{LIST}/nieuw"
_FORM = PostedForm("new_invitation")


def new_invitation() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    return form_page(
        _FORM,
        _made(),
        _added(),
        error_summary(_FORM.mistakes),
        _is_known_here(),
        title=t("invitations.new"),
        sub=tn("invitations.new_sub", settings.invitation_days),
        person=person_fields(_FORM, names_required=False),
        submit=button(t("invitations.send"), icon_name="send", submits=True, busy=_FORM.is_busy),
        id="new-invitation",
        action="/formulieren/beheer/uitnodigen",
    )


def _made() -> rx.Component:
    code = _FORM.answer("code")
    return rx.cond(
        code,
        rx.el.section(
            message(
                "ok",
                t(
                    "invitations.made",
                    email=_FORM.answer("email"),
                    company=_FORM.answer("company"),
                    until=_FORM.answer("until"),
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
            t(
                "invitations.role_added",
                email=_FORM.answer("email"),
                company=_FORM.answer("company"),
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
