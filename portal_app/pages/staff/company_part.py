"""What staff do with an application for a role or a capacity: look, and give it."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button
from portal_app.components.messages import message
from portal_app.components.roles import roles
from portal_app.components.step_icons import tag
from portal_app.components.text import t, told_by_key
from portal_app.state.application_record import ApplicationRecordState
from portal_app.state.company_evidence import CompanyEvidenceState, ManagerLine

_FORMS = "/formulieren/beheer/aanvragen"
_E = CompanyEvidenceState


def company_part(form: PostedForm) -> rx.Component:
    """Build the evidence and the one way to give what was asked."""
    return rx.el.div(
        _evidence(),
        rx.cond(
            _E.is_oneself,
            message("info", t("applications.wrong_own")),
            rx.cond(
                ApplicationRecordState.capacity,
                _gives(form, "agree_switch_on", "inschakelen"),
                _gives(form, "agree_give", "rol-geven"),
            ),
        ),
        class_name="stack",
        custom_attrs={"data-part": ""},
    )


def _evidence() -> rx.Component:
    return rx.el.div(
        rx.el.h3(t("applications.evidence")),
        rx.el.ul(
            rx.el.li(
                rx.cond(
                    _E.is_open,
                    tag("ok", t("applications.company_known", company=_E.company)),
                    tag("warn", t("applications.wrong_company_closed")),
                )
            ),
            rx.el.li(
                rx.cond(
                    _E.role_keys,
                    rx.fragment(t("applications.holds_there"), " ", roles(_E.role_keys)),
                    tag("warn", t("applications.wrong_left_company")),
                )
            ),
            rx.cond(
                _E.is_there_already,
                rx.el.li(tag("info", t("applications.is_there_already"))),
                rx.fragment(),
            ),
            class_name="stack",
        ),
        rx.cond(
            _E.managers,
            rx.fragment(
                rx.el.h3(t("applications.managers_there")),
                rx.el.ul(rx.foreach(_E.managers, _manager)),
            ),
            rx.fragment(),
        ),
        class_name="stack",
    )


def _manager(one: ManagerLine) -> rx.Component:
    return rx.el.li(one.name, " · ", one.email, " · ", told_by_key(one.role_key))


def _gives(form: PostedForm, what: str, action: str) -> rx.Component:
    return button(
        t(f"applications.{what}"),
        submits=True,
        form_action=f"{_FORMS}/{action}",
        busy=form.is_busy,
        custom_attrs={"data-default": ""},
    )
