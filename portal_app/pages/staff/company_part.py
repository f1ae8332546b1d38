"""What staff do with an application for a role or a capacity: look, and give it."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import link_button
from portal_app.components.messages import message
from portal_app.components.roles import roles
from portal_app.components.step_icons import tag
from portal_app.components.text import t
from portal_app.pages.staff.evidence import evidence
from portal_app.pages.staff.step_parts import does, part
from portal_app.state.application_record import ApplicationRecordState
from portal_app.state.company_evidence import CompanyEvidenceState

_E = CompanyEvidenceState


def company_part(form: PostedForm) -> rx.Component:
    """Build the evidence and the one way to give what was asked, or say where that is given."""
    given_at = ApplicationRecordState.given_at
    return rx.cond(given_at, _elsewhere(given_at), _here(form))


def _elsewhere(given_at: rx.Var[str] | str) -> rx.Component:
    return part(
        rx.el.p(t("applications.decided_by_manager")),
        link_button(t("applications.to_company"), given_at),
    )


def _here(form: PostedForm) -> rx.Component:
    return part(
        _evidence(),
        rx.cond(
            _E.is_oneself,
            message("info", t("applications.wrong_own")),
            rx.cond(
                ApplicationRecordState.capacity,
                does("agree_switch_on", "inschakelen", form),
                does("agree_give", "rol-geven", form),
            ),
        ),
    )


def _evidence() -> rx.Component:
    return evidence(
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
        people=_E.managers,
        heading=t("applications.managers_there"),
    )
