"""What staff do with an application for access: look at the evidence, invite or grant."""

import reflex as rx

from portal_app.browser.posted_forms import PostedForm
from portal_app.components.buttons import button, button_row
from portal_app.components.elements import Words
from portal_app.components.fields import select_field
from portal_app.components.step_icons import tag
from portal_app.components.text import t, told
from portal_app.permissions import INVITABLE_ROLES
from portal_app.state.access_evidence import AccessEvidenceState, KnownLine

_FORMS = "/formulieren/beheer/aanvragen"
_E = AccessEvidenceState


def access_part(form: PostedForm) -> rx.Component:
    """Build the evidence, the role, and the two ways to give it."""
    return rx.el.div(
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
            _gives(form, "agree_invite", "uitnodigen", primary=True),
            rx.cond(
                _E.account, _gives(form, "agree_grant", "toekennen", primary=False), rx.fragment()
            ),
        ),
        class_name="stack",
        custom_attrs={"data-part": ""},
    )


def _evidence() -> rx.Component:
    return rx.el.div(
        rx.el.h3(t("applications.evidence")),
        rx.el.ul(
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
            class_name="stack",
        ),
        rx.cond(
            _E.people,
            rx.fragment(
                rx.el.h3(t("applications.people_there")),
                rx.el.ul(rx.foreach(_E.people, _person)),
            ),
            rx.fragment(),
        ),
        class_name="stack",
    )


def _line(good: Words, otherwise: Words, *, holds: rx.Var[bool] | bool) -> rx.Component:
    return rx.el.li(rx.cond(holds, tag("ok", good), tag("idle", otherwise)))


def _person(one: KnownLine) -> rx.Component:
    return rx.el.li(
        one.name,
        " · ",
        one.email,
        " · ",
        told(rx.Var.create(one.role_key), rx.Var.create({})),
    )


def _gives(form: PostedForm, what: str, action: str, *, primary: bool) -> rx.Component:
    return button(
        t(f"applications.{what}"),
        kind="primary" if primary else "secondary",
        submits=True,
        form_action=f"{_FORMS}/{action}",
        busy=form.is_busy if primary else None,
        custom_attrs={"data-default": ""} if primary else {},
    )
