"""Make a personal account with a provided password (V-06, V-07)."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row, link_button
from portal_app.components.fields import text_field
from portal_app.components.layout import app_page, back_link, column, form_card, page_head
from portal_app.components.messages import error_summary, message
from portal_app.components.refused import refused_page
from portal_app.components.shell import SHELL
from portal_app.components.text import t, told
from portal_app.pages.staff.company_fields import company_fields
from portal_app.pages.staff.person_fields import person_fields
from portal_app.state.invitation_list import PATH as LIST
from portal_app.state.shapes import MISTAKES
from portal_app.state.staff_forms import StaffFormsState

PATH = "/beheer/accounts/nieuw"
_FORM = PostedForm("new_account")


def new_account() -> rx.Component:
    """Show the form, or that it is not for the reader."""
    return app_page(
        rx.cond(StaffFormsState.is_refused, refused_page(), _form()),
        shell=SHELL,
        path=LIST,
    )


def _form() -> rx.Component:
    return rx.fragment(
        back_link(t("invitations.list_title"), LIST),
        page_head(t("invitations.new_account"), sub=t("staff.account_sub")),
        column(
            rx.cond(
                _FORM.answer("made"),
                message(
                    "ok",
                    rx.el.p(t("staff.account_made", email=_FORM.answer("email"))),
                    id="made",
                    tab_index=-1,
                ),
                rx.fragment(),
            ),
            error_summary(_FORM.mistakes),
            form_card(
                _FORM(
                    rx.el.fieldset(
                        rx.el.legend(t("staff.part_company")),
                        *company_fields(_FORM),
                        class_name="form-section",
                    ),
                    rx.el.fieldset(
                        rx.el.legend(t("staff.part_person")),
                        *person_fields(_FORM, names_required=True),
                        text_field(
                            "username",
                            t("profile.username"),
                            hint=t("staff.username_hint"),
                            error=told(_FORM.mistake_of("username")),
                            verbatim=True,
                            auto_complete="off",
                        ),
                        class_name="form-section",
                    ),
                    button_row(
                        button(t("staff.make_account"), submits=True, busy=_FORM.is_busy),
                        link_button(t("shell.cancel"), LIST),
                    ),
                    action="/formulieren/beheer/account",
                    summary=MISTAKES,
                    class_name="stack",
                )
            ),
        ),
    )
