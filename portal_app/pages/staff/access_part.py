"""What staff do with an application for access: look at the evidence, invite or grant."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button_row
from portal_app.components.elements import Words
from portal_app.components.fields import select_field
from portal_app.components.step_icons import tag
from portal_app.components.text import t, told
from portal_app.pages.staff.evidence import evidence
from portal_app.pages.staff.step_parts import does, part
from portal_app.permissions import INVITABLE_ROLES
from portal_app.state.access_evidence import AccessEvidenceState

_E = AccessEvidenceState


def access_part(form: PostedForm) -> rx.Component:
    """Build the evidence, the role, and the two ways to give it."""
    return part(
        _evidence(),
        select_field(
            "role",
            t("staff.role"),
            [(role.value, t(f"roles.{role.value}")) for role in INVITABLE_ROLES],
            error=told(form.mistake_of("role")),
            required=True,
            default_value=INVITABLE_ROLES[0].value,
        ),
        button_row(
            does("agree_invite", "uitnodigen", form),
            rx.cond(
                _E.account,
                does("agree_grant", "toekennen", form, kind="secondary", default=False),
                rx.fragment(),
            ),
        ),
    )


def _evidence() -> rx.Component:
    return evidence(
        _line(
            t("applications.company_known", company=_E.company),
            t("applications.company_new"),
            holds=_E.company != "",
        ),
        rx.cond(
            _E.siblings,
            rx.el.li(t("applications.company_siblings", units=_E.siblings)),
            rx.fragment(),
        ),
        _line(
            t("applications.account_known", name=_E.account),
            t("applications.account_new"),
            holds=_E.account != "",
        ),
        rx.cond(
            _E.is_known_there,
            rx.el.li(tag("ok", t("applications.known_there"))),
            rx.fragment(),
        ),
        rx.cond(
            _E.has_address_alike,
            rx.el.li(tag("info", t("applications.address_alike"))),
            rx.fragment(),
        ),
        people=_E.people,
        heading=t("applications.people_there"),
    )


def _line(good: Words, otherwise: Words, *, holds: rx.Var[bool] | bool) -> rx.Component:
    return rx.el.li(rx.cond(holds, tag("ok", good), tag("idle", otherwise)))
